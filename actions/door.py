"""Who stands at Rasa's door: the sender id must be a token that the application minted for one concern."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from bot.concerns import Actor, Concerns, Reply


class DoorClosed(Exception):
    """The sender id is unknown, revoked or expired. The message says what to do; it names nobody."""


@dataclass(frozen=True)
class Door:
    """Turns of one concern each, opened by its token (see ``bot door TOKEN`` in the README)."""

    concerns: Concerns
    who: Callable[[str], tuple[Actor, str] | None]
    """The person and the concern of a token; None when the application did not mint it."""

    def say(self, token: str, text: str) -> Reply:
        """A message in words."""
        actor, concern = self._enter(token)
        return self.concerns.message(actor, concern, text)

    def choose(self, token: str, question: str, value: str | list[str], child: str) -> Reply:
        """A button."""
        actor, concern = self._enter(token)
        return self.concerns.answer(actor, concern, question, value, child)

    def _enter(self, token: str) -> tuple[Actor, str]:
        entered = self.who(token)
        if entered is None:
            raise DoorClosed("This conversation is not known. Open one in the application and use its token.")
        return entered
