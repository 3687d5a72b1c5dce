"""Yes, no and “that's all” to what stands ticked, and answers that none of these is."""

from __future__ import annotations

import pytest

from bot.dialogue.ticks import denies, leaves_some_out, says_no_more
from bot.dialogue.understanding import Ranked, Understanding


def said(words: str, act: str = "affirm") -> Understanding:
    return Understanding(redacted=words, acts=(Ranked(act, 0.9),))


@pytest.mark.parametrize(
    "words", ["all right except the last one", "yes, all but the second", "yes but not the bruise"]
)
def test_some_are_left_out_and_only_ticks_can_say_which(words: str) -> None:
    assert leaves_some_out(said(words))


@pytest.mark.parametrize("words", ["yes", "that's all", "all of it", "yeah that's right"])
def test_a_plain_yes_leaves_nothing_out(words: str) -> None:
    assert not leaves_some_out(said(words))


def test_a_no_denies_and_no_more_does_not() -> None:
    assert denies(said("no, none of that", "tell"))
    assert not denies(said("no more than that", "tell"))
    assert says_no_more(said("the bruise, nothing else", "tell"))
