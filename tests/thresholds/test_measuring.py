"""The figures of ``make bench`` count what they say they count."""

from __future__ import annotations

from itertools import count
from random import Random

from bot.thresholds import Pack
from bot.thresholds.measuring import speed


def test_speed_counts_by_the_clock_it_is_given(pack: Pack) -> None:
    ticks = count()
    found = speed(pack, lambda: next(ticks) / 1000, Random(1), samples=20)
    assert (round(found.assess_median, 6), round(found.next_median, 6)) == (1, 1)
    assert found.criteria == len(pack.criteria)
