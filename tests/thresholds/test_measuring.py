"""The figures of ``make bench`` count what they say they count."""

from __future__ import annotations

from itertools import count
from random import Random

from bot.thresholds import Pack
from bot.thresholds.measuring import growth, speed


def test_speed_counts_by_the_clock_it_is_given(pack: Pack) -> None:
    ticks = count()
    found = speed(pack, lambda: next(ticks) / 1000, Random(1), samples=20)
    assert (round(found.assess_median, 6), round(found.next_median, 6)) == (1, 1)
    assert found.criteria == len(pack.criteria)


def test_growth_weighs_each_share_of_the_criteria_anew(pack: Pack) -> None:
    ticks = count()
    measured = growth(pack, lambda: next(ticks) / 1000, Random(1), shares=(0.5, 1.0), samples=5)
    assert [round(milliseconds, 6) for _, milliseconds in measured] == [1, 1]
    assert measured[0][0] < measured[1][0] == len(pack.criteria)
