"""Marks and their places on the body, as the account tells them: the child's, seen, and not denied."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.referrals import merge
from bot.referrals.marks import MOST, marks


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        (
            "a bruise on his left shin and one on his back",
            [{"type": "bruise", "where": "left shin"}, {"type": "bruise", "where": "back"}],
        ),
        (
            "yellow bruise, about 3 cm, on the inside of his upper left arm",
            [
                {
                    "type": "bruise",
                    "where": "inside of his upper left arm",
                    "size_cm": 3.0,
                    "colour": "yellow",
                }
            ],
        ),
        (
            "a cut behind her ear, and burns to both hands",
            [{"type": "cut", "where": "behind her ear"}, {"type": "burn", "where": "hands"}],
        ),
        ("his cheek is swollen", [{"type": "swelling", "where": "cheek"}]),
        ("came in with a black eye", [{"type": "bruise", "where": "eye"}]),
        (
            "Two bruises, one on left shin one on right thigh, and a scratch above her eye",
            [
                {"type": "bruise", "where": "left shin"},
                {"type": "bruise", "where": "right thigh"},
                {"type": "cut", "where": "above her eye"},
            ],
        ),
        ("bite mark on his forearm", [{"type": "bite", "where": "forearm"}]),
        ("has cut his arms before, last time in September", []),
        ("no marks on his arm", []),
        ("mum has bruises on her neck", []),
        ("full marks from the head teacher", []),
        ("he came back with a bruise", []),
    ],
)
def test_a_mark_makes_a_row_with_its_place(text: str, rows: list[dict[str, Any]]) -> None:
    assert marks([text]) == rows


def test_the_same_mark_told_twice_makes_one_row() -> None:
    assert len(marks(["bruise on his arm", "the bruise on his arm is bigger"])) == 1


@given(st.lists(st.text(max_size=200), max_size=4))
def test_whatever_is_written_the_rows_fit_the_form(texts: list[str]) -> None:
    rows = [{"id": f"told-mark-{number}", **row} for number, row in enumerate(marks(texts), start=1)]
    assert len(rows) <= MOST
    assert merge({}, {"injuries": rows})["injuries"] == rows


@pytest.mark.parametrize(
    ("accounts", "kinds"),
    [
        (["a bruise on her cheek", "hang on, there was no mark"], []),
        (["a bruise on his back", "correction - it was a scratch not a bruise"], ["cut"]),
        (["a bruise on his back", "mum says there was no bruise"], ["bruise"]),
        (["a bruise on his back", "no marks on his legs"], ["bruise"]),
        (["a bruise on his back", "sorry, no marks on his legs"], ["bruise"]),
        (["a bruise on his back", "no marks today"], ["bruise"]),
    ],
)
def test_a_later_account_puts_a_mark_right(accounts: list[str], kinds: list[str]) -> None:
    assert [row["type"] for row in marks(accounts)] == kinds
