"""What was worked out for one concern is kept for the next; it must never speak for another state of it."""

from __future__ import annotations

from itertools import permutations
from pathlib import Path

import pytest

from bot.thresholds import Answers, Band, Pack, assess, load_pack

PACKS = Path(__file__).resolve().parents[2] / "data" / "thresholds"
MARK = Answers().with_answer("injury", "mark").with_answer("injury_signs", frozenset({"hidden_place"}))


@pytest.fixture
def pack() -> Pack:
    """Loaded anew, so that nothing is kept in it yet."""
    return load_pack("wolverhampton", root=PACKS)


def test_a_mark_told_before_its_category_does_not_hide_the_red_of_the_next_concern(pack: Pack) -> None:
    assert assess(pack, MARK).certain is None
    assert assess(pack, MARK.with_answer("categories", frozenset({"physical_harm"}))).certain is Band.RED


def test_what_was_only_read_still_raises_when_somebody_read_the_same_before(pack: Pack) -> None:
    read = Answers().with_suggestion("neglect_signs", frozenset({"often_unmet"}))
    assert assess(pack, read).likely is None
    assert assess(pack, read.with_suggestion("categories", frozenset({"neglect"}))).likely is Band.AMBER


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_the_order_of_concerns_changes_no_advice(pack: Pack, order: tuple[int, ...]) -> None:
    concerns = [
        (MARK, None),
        (MARK.with_answer("categories", frozenset({"physical_harm"})), Band.RED),
        (MARK.with_answer("screen", frozenset({"none"})), None),
    ]
    for number in order:
        answers, certain = concerns[number]
        assert assess(pack, answers).certain is certain
