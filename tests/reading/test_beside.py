"""What is told beside a question, a courtesy or a “no” that opens a message."""

from __future__ import annotations

import pytest

from bot.reading.beside import told_beside


@pytest.mark.parametrize(
    ("text", "beside"),
    [
        ("why do you ask? hes run off", "hes run off"),
        ("why do you ask, he has got a knife", "he has got a knife"),
        ("thanks, he also said dad burns him", "he also said dad burns him"),
        ("no. actually wait hes collapsed", "actually wait hes collapsed"),
        ("no but his sister is locked in a shed", "his sister is locked in a shed"),
        ("not sure, hes hung himself", "hes hung himself"),
        ("ignore that. She is missing", "She is missing"),
    ],
)
def test_what_stands_behind_the_opening_is_read_apart(text: str, beside: str) -> None:
    assert told_beside(text) == beside


@pytest.mark.parametrize(
    "text", ["why do you ask?", "no", "thanks", "dad hit him, he says", "no he is fine", ""]
)
def test_a_message_that_only_asks_or_only_tells_has_nothing_beside(text: str) -> None:
    assert told_beside(text) == ""
