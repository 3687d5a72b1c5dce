"""Who collects the child, and how often it happened, in the words of the account."""

from __future__ import annotations

import pytest

from bot.referrals.particulars import how_often, who_collects


@pytest.mark.parametrize(
    ("text", "who", "when"),
    [
        ("mums bf grabbed him, mum collects at 3.15", "mum", "at 3.15"),
        ("Nan’s fetching her at half 3", "Nan", "at half 3"),
        ("stepdad Craig picks him up at 3.30", "stepdad Craig", "at 3.30"),
        ("being collected by her older brother around 3:20", "her older brother", "around 3:20"),
        ("she goes home with mum at half 11", "mum", "at half 11"),
        ("nan is picking him up as dad is drunk", "nan", ""),
        ("he won’t be collected by dad", "", ""),
        ("mum collected him yesterday", "", ""),
        ("she wants nan to pick her up", "", ""),
        ("nothing of the kind", "", ""),
    ],
)
def test_who_collects_the_child_and_when(text: str, who: str, when: str) -> None:
    assert who_collects([text]) == (who, when)


def test_what_is_told_last_counts() -> None:
    assert who_collects(["dad is collecting at 3.15", "now nan is collecting"]) == ("nan", "")


@pytest.mark.parametrize(
    ("text", "often"),
    [
        ("comes in hungry most days, third time this week", "most days; third time this week"),
        ("late loads of times since September", "loads of times since September"),
        ("it is not every day", ""),
        ("he fell once", ""),
    ],
)
def test_how_often_it_happened(text: str, often: str) -> None:
    assert how_often([text]) == often
