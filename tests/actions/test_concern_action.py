"""Rasa's one action against the real service: translation only, and no way in without a minted token."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.concern import CHOICE, ActionConcern, chosen
from actions.door import Door
from bot.concerns import BadInput
from tests.web.conftest import Site, make_site

__all__ = ["make_site"]

STORY = "Year 2 girl has a bruise behind her ear and would not say how it happened."
Say = Callable[[str, str], CollectingDispatcher]


@pytest.fixture
def token(site: Site) -> str:
    """The sender id that the application minted for one concern."""
    return "minted"


@pytest.fixture
def say(site: Site, token: str) -> Say:
    """One message through the action, as Rasa would send it."""
    person = site.people["Sam Okafor"]
    concern = site.services.concerns.open(person)
    door = Door(site.services.concerns, lambda sender: (person, concern.id) if sender == token else None)
    action = ActionConcern(door)

    def message(sender: str, text: str) -> CollectingDispatcher:
        dispatcher = CollectingDispatcher()
        tracker = Tracker(sender, {}, {"text": text}, [], False, None, {}, "action_listen")
        assert action.run(dispatcher, tracker, {}) == []
        return dispatcher

    return message


def last(dispatcher: CollectingDispatcher) -> dict[str, Any]:
    """The last thing that was said."""
    said: dict[str, Any] = dispatcher.messages[-1]
    return said


def test_a_story_is_answered_with_the_next_question_and_its_buttons(say: Say, token: str) -> None:
    question = last(say(token, STORY))
    assert question["buttons"]
    assert all(button["payload"].startswith(CHOICE) for button in question["buttons"])


def test_a_button_answers_its_question(say: Say, token: str) -> None:
    asked = last(say(token, STORY))
    then = last(say(token, asked["buttons"][0]["payload"]))
    assert then["text"] != asked["text"]


def test_an_unknown_sender_is_refused(say: Say) -> None:
    said = last(say("somebody-else", STORY))
    assert "not known" in said["text"]
    assert not said["buttons"]


def test_an_empty_message_gets_a_clear_answer(say: Say, token: str) -> None:
    assert "Write a message" in last(say(token, "  "))["text"]


@pytest.mark.parametrize("payload", ["/choose", "/choose{", "/choose[1]", '/choose{"value": "x"}'])
def test_a_payload_that_is_none_of_ours_is_refused(payload: str) -> None:
    with pytest.raises(BadInput, match="not one of this conversation"):
        chosen(payload)
