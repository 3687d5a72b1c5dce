"""Where a child lives: whose pack judges the child, and how an answer is understood and kept."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from bot.dialogue.history import HOME, Effect, State, replay
from bot.dialogue.homes import Home, Homes, Kept, choosable, lives_elsewhere, take_home
from bot.dialogue.steps import Step
from bot.dialogue.turn import take_message
from bot.reading.answers import read_answer
from bot.thresholds import AnswerError, Answers, Pack, assess, load_pack, next_question
from tests.dialogue.talk import heard
from tests.thresholds.small import SMALL, SOURCE, write_pack

PACKS = Path(__file__).resolve().parents[2] / "data" / "thresholds"


@cache
def pack(name: str) -> Pack:
    """A published pack."""
    return load_pack(name, root=PACKS)


def homes(child: str = "") -> Homes:
    """The homes of a concern in Wolverhampton about a child who lives elsewhere."""
    away = Home(pack("england"), "", elsewhere=True, published=False, asked=False)
    return Homes(pack("wolverhampton"), (pack("herefordshire"),), {child: away})


def kept(value: str, child: str = "") -> tuple[State, str]:
    """The state after that answer, and what is said to it."""
    effect, says = take_home(homes(child), State(Answers()), value, child)
    return replay([effect]), says


@pytest.mark.parametrize(
    "said", ["herefordshire", "Herefordshire", "herefordshire council", "County of Herefordshire"]
)
def test_a_listed_authority_is_pinned_by_version_and_digest(said: str) -> None:
    state, says = kept(said)
    found = Kept.of(state.homes[""])
    assert found.pack == ("herefordshire", pack("herefordshire").version, pack("herefordshire").digest)
    assert "Herefordshire Council" in says


@pytest.mark.parametrize("said", ["Hereford", "Worcestershire", "Herefordshire and Worcestershire"])
def test_another_name_is_kept_as_it_was_written_and_guessed_at_never(said: str) -> None:
    state, says = kept(said)
    assert Kept.of(state.homes[""]) == Kept(name=said)
    assert "national guidance" in says


@pytest.mark.parametrize("said", ["not_sure", "not_known"])
def test_not_knowing_is_an_answer_and_says_how_to_find_out(said: str) -> None:
    state, says = kept(said)
    assert Kept.of(state.homes[""]).unknown == said
    assert "www.gov.uk/find-local-council" in says


@pytest.mark.parametrize(
    "said", ["wolverhampton", "City of Wolverhampton Council", "other", "", "a|b", "x" * 121]
)
def test_the_own_council_and_no_name_are_refused_in_plain_words(said: str) -> None:
    with pytest.raises(AnswerError) as refused:
        kept(said)
    assert "council" in str(refused.value)


def test_the_base_and_the_own_pack_are_not_in_the_list() -> None:
    everything = [pack("england"), pack("herefordshire"), pack("wolverhampton")]
    assert [one.name for one in choosable(everything, pack("wolverhampton"))] == ["herefordshire"]


def test_only_a_confirmed_answer_says_that_a_child_lives_elsewhere() -> None:
    ticked = frozenset({"lives_elsewhere"})
    assert lives_elsewhere(Answers().with_answer("about_child", ticked, "c2"), "c2")
    assert not lives_elsewhere(Answers().with_answer("about_child", ticked, "c2"), "c1")
    assert not lives_elsewhere(Answers().with_suggestion("about_child", ticked), "")


def test_it_may_be_said_in_words() -> None:
    here = homes()
    step = Step(HOME, here.which.ask, here.which.why, "one")
    read = read_answer("She lives in Herefordshire Council's area", here.which)
    assert read is not None
    turn = take_message(here.own, State(Answers(), told=True), step, heard(answer=read.value), here)
    [effect] = [one for one in turn.effects if isinstance(one, Effect) and one.question == HOME]
    assert Kept.of(str(effect.value)).name == "Herefordshire Council"


LOCAL = f"""\
pack: next_door
version: 1
title: Next door
extends: small@1
in_force: 2026-01-01
status: illustrative
questions:
  ours:
    ask: Is this so?
    why: It matters here.
    kind: one
    options: {{no: "No", yes: "Yes"}}
criteria:
  ours: {{category: harm, level: 4, band: red, when: {{ours: yes}}, because: It is so., source: {SOURCE}}}
"""


def test_the_same_answers_are_judged_and_asked_on_by_the_pack_of_where_each_child_lives(
    tmp_path: Path,
) -> None:
    here = write_pack(tmp_path, SMALL)
    there = load_pack(write_pack(tmp_path, LOCAL, name="next_door"), root=tmp_path)
    own = load_pack(here, root=tmp_path)
    answers = Answers({("", "categories"): frozenset({"harm"})}).with_children(("c1", "c2"))
    asked = set()
    while (ask := next_question(own, answers, {"c2": there})) is not None:
        asked.add((ask.question, ask.child))
        answers = answers.with_answer(ask.question, "not_known", ask.child)
    assert ("ours", "c2") in asked
    assert ("ours", "c1") not in asked
    answers = answers.with_answer("ours", "yes", "c2")
    assert assess(there, answers, "c2").route == "red"
    assert assess(own, answers, "c2").route != "red"
