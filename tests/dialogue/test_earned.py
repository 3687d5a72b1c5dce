"""A none or a Green is earned: nothing that was read from the words may stand unheard beside it."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.dialogue import wording
from bot.dialogue.steps import Step, facts_to_confirm
from bot.thresholds import NONE_OF_THESE, Band, Pack, Value, assess, load_pack, overlooked
from bot.thresholds.walks import random_answer
from tests.dialogue.talk import Talk, heard

PACKS = Path(__file__).resolve().parents[2] / "data" / "thresholds"
MOST_STEPS = 60
STORY: dict[str, Value] = {"injury": "mark", "injury_signs": frozenset({"hidden_place", "by_adult"})}
"""A bruise on the ear, and a stepfather who grabbed him: what the rules read while the parser is down."""


@cache
def wolverhampton() -> Pack:
    return load_pack("wolverhampton", root=PACKS)


@pytest.fixture
def talk() -> Talk:
    return Talk(wolverhampton())


def least(talk: Talk, step: Step) -> str:
    """The answer of somebody who waves a question away."""
    asked = talk.pack.question(step.id)
    choices = dict(asked.choices)
    if step.kind == "many":
        return NONE_OF_THESE
    return asked.severity[0] if asked.severity else next(one for one in ("no", *choices) if one in choices)


def wave_away(talk: Talk) -> list[Step]:
    """Answer everything with “none of these” until the last look or the end; returns what was asked."""
    asked: list[Step] = []
    while (step := talk.step) is not None and step.ask != wording.LAST_LOOK:
        assert len(asked) < MOST_STEPS
        asked.append(step)
        talk.choose(step.id, least(talk, step))
    return asked


def test_everything_denied_beside_a_story_of_harm_is_looked_at_again_before_a_none(talk: Talk) -> None:
    talk.say(heard("", facts=dict(STORY), parser_up=False))
    wave_away(talk)
    assert talk.step is not None
    assert talk.step.ask == wording.LAST_LOOK
    assert {"physical_harm", "fact:injury", "fact:injury_signs.by_adult"} <= {
        one.value for one in talk.step.options
    }
    assert talk.assessment.parents.advice != "tell"
    assert talk.assessment.likely is Band.RED


def test_what_was_read_and_is_right_raises_its_category_whatever_was_ticked(talk: Talk) -> None:
    talk.say(heard("", facts=dict(STORY), parser_up=False))
    wave_away(talk)
    said = talk.choose("categories", "fact:injury", "fact:injury_signs")
    assert talk.assessment.route == "red"
    assert "physical_harm" in talk.state.answers.given["", "categories"]
    assert any("also belongs to" in line for line in said)


def test_what_was_read_and_is_wrong_is_denied_and_then_a_none_is_earned(talk: Talk) -> None:
    talk.say(heard("", facts=dict(STORY), parser_up=False))
    wave_away(talk)
    talk.choose("categories", NONE_OF_THESE)
    wave_away(talk)
    assert talk.step is None
    assert talk.assessment.route == "none"


@pytest.mark.parametrize("unsure", ["not_sure", "not_known"])
def test_not_sure_what_the_worry_is_rules_nothing_out(talk: Talk, unsure: str) -> None:
    talk.say(heard(categories=("physical_harm",), facts=dict(STORY)))
    talk.choose("categories", unsure)
    assert talk.state.answers.given["", "categories"] == frozenset({"physical_harm"})
    assert ("", "injury") not in talk.state.answers.given  # nothing is confirmed by it either
    assert dict(facts_to_confirm_of(talk)) == STORY


@pytest.mark.parametrize("unsure", ["not_sure", "not_known"])
def test_not_sure_about_everything_that_was_read_earns_no_none(talk: Talk, unsure: str) -> None:
    talk.say(heard("", facts=dict(STORY), parser_up=False))
    wave_away(talk)
    assert talk.step is not None
    assert talk.step.ask == wording.LAST_LOOK
    talk.choose("categories", unsure)
    wave_away(talk)
    assert talk.assessment.route == "consult"
    assert talk.assessment.parents.advice != "tell"


def facts_to_confirm_of(talk: Talk) -> list[tuple[str, Value]]:
    return [(question, value) for _, question, value in facts_to_confirm(talk.state.answers)]


def test_confirmed_facts_outlast_a_screen_that_denies_them(talk: Talk) -> None:
    talk.say(heard(categories=("physical_harm",), facts=dict(STORY)))
    said = talk.choose("categories", "fact:injury", "fact:injury_signs")
    assert not said  # nothing is denied yet: the screen comes later
    wave_away(talk)
    assert talk.assessment.route == "red"


def test_going_back_takes_back_the_category_that_the_answers_raised(talk: Talk) -> None:
    talk.say(heard("", facts=dict(STORY), parser_up=False))
    wave_away(talk)
    talk.choose("categories", "fact:injury", "fact:injury_signs")
    talk.say(heard("go_back"))
    assert talk.assessment.route != "red"
    assert "physical_harm" not in talk.state.answers.given.get(("", "categories"), frozenset())


def test_something_told_after_the_last_question_is_looked_at_before_the_advice_stands(talk: Talk) -> None:
    talk.say(heard("", parser_up=False))
    wave_away(talk)
    assert talk.assessment.route == "none"
    talk.say(heard(facts=dict(STORY)))
    assert talk.step is not None
    assert talk.step.ask == wording.LAST_LOOK


@settings(max_examples=60, deadline=None)
@given(seed=st.integers(min_value=0, max_value=2**32))
def test_no_ending_below_red_leaves_anything_unheard_or_overlooked(seed: int) -> None:
    pack, random = wolverhampton(), Random(seed)
    talk = Talk(pack)
    askable = [one for one in pack.questions if one not in ("categories", "screen", "danger_now")]
    read = {one: random_answer(pack.question(one), random) for one in random.sample(askable, k=4)}
    talk.say(heard("", facts=read, parser_up=False))
    for _ in range(MOST_STEPS):
        if (step := talk.step) is None:
            break
        if step.kind == "text":
            talk.say(heard(text="it was a mistake"))
        elif step.id == "categories" and random.random() < 0.5:
            talk.choose("categories", *(step.suggested or ()), NONE_OF_THESE)
        else:
            talk.choose(step.id, least(talk, step))
    assert talk.step is None, "the interview does not end"
    if assess(pack, talk.state.answers).route != "red":
        assert not facts_to_confirm(talk.state.answers)
        assert not overlooked(pack, talk.state.answers)
