"""When and where, in the words of the account: never reworded, and nothing that is still to come."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.referrals.circumstances import when_told, where_told

MONDAY = datetime(2026, 11, 30, 10, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "when"),
    [
        ("dad hit him last night", "last night (29 November 2026)"),
        ("On Thursday she told me that it hurts", "On Thursday (26 November 2026)"),
        (
            "he cried this morning, and yesterday as well",
            "this morning (30 November 2026); yesterday (29 November 2026)",
        ),
        ("it was Monday at lunch", "Monday (30 November 2026); at lunch"),
        ("last Monday he hid", "last Monday (23 November 2026)"),
        ("at 10.15am in the corridor", "at 10.15am"),
        ("three weeks ago he ran off", "three weeks ago"),
        ("On Tuesday she told me that he hit her last night", "On Tuesday (24 November 2026); last night"),
        ("burns on his hand. Not today. Two weeks ago", "Two weeks ago"),
        ("hungry for weeks", ""),
        ("stepdad has him from Friday, she goes back Saturday", ""),
        ("he is due home tonight", ""),
        ("mum collects at 3.15", ""),
        ("nan picks up on fridays only", ""),
        ("she wants to meet him on saturday", ""),
        ("the next core group is thursday", ""),
        ("stays at grandad's every friday", ""),
        ("dad hit him last nite", "last nite (29 November 2026)"),
        (
            "on weds he had it, and it was worse sat night",
            "on weds (25 November 2026); sat night (28 November 2026)",
        ),
        ("heard screaming at 2am", "at 2am"),
    ],
)
def test_when_it_happened(text: str, when: str) -> None:
    assert when_told([(text, MONDAY)]) == when


@pytest.mark.parametrize(
    ("text", "where"),
    [
        ("grabbed him in the boys' changing rooms", "in the boys' changing rooms"),
        ("it happens at his dad's house, and at home too", "at his dad's house; at home"),
        ("a man she met on Snapchat", "on Snapchat"),
        ("she is safe with me in the library", ""),
        ("he's sat in the hall now. it was on the bus", "on the bus"),
        ("nothing of the kind", ""),
    ],
)
def test_where_it_happened(text: str, where: str) -> None:
    assert where_told([text]) == where


def test_the_same_phrase_is_taken_once_and_a_few_at_most() -> None:
    text = "At home. at home. In the park. on the bus. in the garden"
    assert where_told([text]) == "At home; In the park; on the bus"


@given(st.text(max_size=200))
def test_nothing_is_made_up(text: str) -> None:
    for phrase in where_told([text]).split("; "):
        assert phrase in text
