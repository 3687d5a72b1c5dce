"""Rasa's own door: the message goes to ``concerns``, its reply goes to the dispatcher. Translation only."""

from __future__ import annotations

import json
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.door import Door, DoorClosed
from bot.concerns import BadInput, Reply

CHOICE = "/choose"


class ActionConcern(Action):  # type: ignore[misc]
    """The one action of the domain. State lives in the database only; no slot, no event."""

    def __init__(self, door: Door) -> None:
        self._door = door

    def name(self) -> str:
        """The name by which the rule calls it."""
        return "action_concern"

    def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[dict[str, Any]]:
        """One turn of the conversation whose token is the sender id."""
        text = tracker.latest_message.get("text") or ""
        try:
            reply = self._turn(tracker.sender_id, text)
        except DoorClosed as closed:
            dispatcher.utter_message(text=str(closed))
            return []
        except BadInput as bad:
            dispatcher.utter_message(text=str(bad))
            return []
        for said in reply.messages:
            dispatcher.utter_message(text=said)
        if reply.question is not None:
            dispatcher.utter_message(text=reply.question.ask, buttons=buttons(reply))
        return []

    def _turn(self, token: str, text: str) -> Reply:
        if text.startswith(CHOICE):
            question, value, child = chosen(text)
            return self._door.choose(token, question, value, child)
        return self._door.say(token, text)


def buttons(reply: Reply) -> list[dict[str, str]]:
    """The options of the open question; each carries its answer as a payload that needs no reading."""
    question = reply.question
    if question is None:
        return []
    payload = {"question": question.id, "child": question.child or ""}
    return [
        {
            "title": option.label,
            "payload": f"{CHOICE}{json.dumps({**payload, 'value': _value(question.kind, option.value)})}",
        }
        for option in question.options
    ]


def chosen(text: str) -> tuple[str, str | list[str], str]:
    """Question, value and child of a button's payload; a payload that is none of ours is refused."""
    try:
        payload = json.loads(text.removeprefix(CHOICE))
        return payload["question"], payload["value"], payload.get("child", "")
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise BadInput("That button is not one of this conversation's. Please choose again.") from error


def _value(kind: str, value: str) -> str | list[str]:
    return [value] if kind == "many" else value
