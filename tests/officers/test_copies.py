"""Near-copies are found whatever their case, punctuation or names; other messages are left alone."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.officers.copies import known, near_copy

KNOWN = [known("concern/neglect", "came in starving again, third time this week, no breakfast he says")]


@pytest.mark.parametrize(
    "text",
    [
        "came in starving again, third time this week, no breakfast he says",
        "Came in STARVING again third time this week. No breakfast, she says!",
        "[NAME] came in starving again third time this week no breakfast he says",
        "came in starving again, third time this week, no breakfast",
    ],
)
def test_a_copy_with_small_changes_is_found(text: str) -> None:
    assert near_copy(text, KNOWN) is KNOWN[0]


@pytest.mark.parametrize("text", ["no breakfast again", "third time he is late this week", "greetings", ""])
def test_another_message_is_none(text: str) -> None:
    assert near_copy(text, KNOWN) is None


@given(st.text())
def test_every_text_is_a_copy_of_itself(text: str) -> None:
    assert near_copy(text, [known("tell", text)]) is not None
