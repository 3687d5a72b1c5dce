"""Two children: what was said of one is not taken to hold for the other."""

from __future__ import annotations

from bot.dialogue.children import given_to_first
from bot.dialogue.history import Effect, replay
from bot.dialogue.homes import Homes
from bot.thresholds import Band, assess
from tests.dialogue.talk import Talk, heard


def two(talk: Talk) -> list[Effect]:
    """The effects after a second child was added."""
    return [*talk.effects, *given_to_first(Homes(talk.pack), talk.state)]


def test_a_red_about_the_first_child_is_not_said_of_the_second(talk: Talk) -> None:
    talk.say(heard(categories=("physical_harm",)))
    talk.choose("categories", "physical_harm")
    talk.choose("danger_now", "no")
    talk.choose("injury", "mark")
    talk.choose("injury_explanation", "conflicts")
    state = replay(two(talk), children=("c1", "c2"))
    assert assess(talk.pack, state.answers, "c1").certain is Band.RED
    other = assess(talk.pack, state.answers, "c2")
    assert other.certain is None
    assert other.possible is Band.RED


def test_answers_about_the_whole_concern_stay_with_it(talk: Talk) -> None:
    talk.say(heard(categories=("physical_harm",)))
    talk.choose("danger_now", "no")
    state = replay(two(talk), children=("c1", "c2"))
    assert state.answers.get("c2", "danger_now") == "no"


def test_a_suggestion_goes_to_the_first_child(talk: Talk) -> None:
    talk.say(heard(categories=("physical_harm",), facts={"injury": "mark"}))
    state = replay(two(talk), children=("c1", "c2"))
    assert ("c1", "injury") in state.answers.suggested
    assert ("", "injury") not in state.answers.suggested
