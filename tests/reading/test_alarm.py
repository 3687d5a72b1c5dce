"""Danger is met by a rule or by the model; of what is often denied, both are weighed together."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.dialogue.understanding import Ranked
from bot.reading.alarm import OFTEN_DENIED, alarms
from bot.reading.parser import Parsed, Told


def said(danger: float) -> Parsed:
    return Parsed((), (), danger, offer_above=0.05, danger_above=0.25)


@pytest.mark.parametrize(
    ("signs", "danger", "met"),
    [
        ((), 0.1, ()),
        ((), 0.25, ("model",)),
        (("weapon",), 0.15, ("weapon",)),
        (("weapon",), 0.9, ("weapon", "model")),
        (("weapon",), 0.01, ()),
        (("weapon", "fgm"), 0.0, ("fgm",)),
        (("baby_mark",), 0.0, ("baby_mark",)),
        (("in_danger",), 0.0, ("in_danger",)),
        (("violence_now", "strangled"), 0.0, ()),
    ],
)
def test_a_rule_or_the_model_raises_the_alarm(
    signs: tuple[str, ...], danger: float, met: tuple[str, ...]
) -> None:
    assert alarms("he is hurt", signs, said(danger)) == met


@pytest.mark.parametrize(
    ("category", "option", "sure", "met"),
    [
        ("sexual_harm", "person_of_worry", 0.8, ("goes_to_harm",)),
        ("physical_harm", "person_of_worry", 0.6, ()),  # not sure enough
        ("physical_harm", "safe_adult", 0.9, ()),
        ("attendance_cme", "person_of_worry", 0.9, ()),  # nobody hurts the child
    ],
)
def test_a_child_who_goes_today_to_the_very_person_that_hurts_is_in_danger(
    category: str, option: str, sure: float, met: tuple[str, ...]
) -> None:
    told = (Told("child_next", option, sure, "words"),)
    read = Parsed((), (Ranked(category, 0.9),), 0.0, offer_above=0.05, danger_above=0.25, told=told)
    assert alarms("he is hurt", (), read) == met


def test_without_the_parser_every_rule_counts() -> None:
    assert alarms("he is hurt", ("weapon",), None) == ("weapon",)


@given(
    st.floats(0, 1),
    st.floats(0, 1),
    st.lists(st.sampled_from(sorted(OFTEN_DENIED | {"fgm", "in_danger"})), unique=True),
)
def test_a_surer_model_or_one_more_rule_never_quiets_an_alarm(
    one: float, other: float, signs: list[str]
) -> None:
    less, more = sorted((one, other))
    if alarms("he is hurt", tuple(signs), said(less)):
        assert alarms("he is hurt", tuple(signs), said(more))
    if alarms("he is hurt", tuple(signs[:-1]), said(less)):
        assert alarms("he is hurt", tuple(signs), said(less))


@pytest.mark.parametrize(
    ("text", "met"),
    [
        ("yr 5 boy has a bruise on his knee from football", False),
        ("bruise on yr 3 girls leg", False),
        ("he has a mark on his cheek from sleeping on his sleeve", False),
        ("the baby has a bruise on his knee", True),
        ("4 month old with a bruise on his leg", True),
        ("he has a burn and cannot walk alone", True),
        ("bruise on his leg, dad is at the gate", True),
        ("deep cut on her arm", True),
        ("he has a bruise on his neck", True),
    ],
)
def test_a_mark_alone_on_a_child_who_can_walk_needs_a_surer_model(text: str, met: bool) -> None:
    assert bool(alarms(text, (), said(0.4))) is met
    assert alarms(text, (), said(0.9))
