"""Given a correction, expect the options that it denies; a denial by somebody else takes nothing back."""

from __future__ import annotations

import pytest

from bot.reading.taken_back import corrects, taken_back
from bot.thresholds import Pack


@pytest.mark.parametrize(
    ("text", "question", "option"),
    [
        ("hang on, there was no mark", "injury", "mark"),
        ("actually there wasn't a bruise, it was pen", "injury", "mark"),
        ("hang on, he wasn't hit", "injury", "hit"),
        ("just checked, she does not have a social worker", "about_child", "social_worker"),
        ("correction: he is not scared to go home", "child_says", "afraid_home"),
        ("wait, there is no weapon", "syv_signs", "weapon_now"),
        ("actually he's not missing", "missing_signs", "now"),
    ],
)
def test_a_correction_takes_back_what_it_denies(text: str, question: str, option: str, pack: Pack) -> None:
    assert corrects(text)
    assert (question, option) in taken_back(text, pack)


@pytest.mark.parametrize(
    "text",
    [
        "actually mum says dad never hit him",
        "sorry, dad denies there was a bruise",
        "actually she told me there was no bruise",
        "sorry it was dad not mum",
        "actually the bruise is on his neck",
    ],
)
def test_what_others_deny_and_what_is_only_told_takes_nothing_back(text: str, pack: Pack) -> None:
    assert not taken_back(text, pack)


def test_no_mark_leaves_hitting_without_a_mark(pack: Pack) -> None:
    assert ("injury", "hit") not in taken_back("hang on, there was no mark", pack)


@pytest.mark.parametrize("text", ["he has a bruise", "she was hit", "no", "there is no mark"])
def test_only_a_correction_corrects(text: str) -> None:
    assert not corrects(text)
