"""The school's own file: what is handed out as a document, and that the school has filed its copy."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from bot.concerns.errors import NotFound, NotNow
from bot.concerns.handing import Handing
from bot.concerns.seeing import Actor
from bot.store import decisions as kept_decisions
from bot.store import keeping as kept_keeping

KEEPS_THE_FILE = frozenset({"dsl", "head", "chair"})
"""Who keeps the school's safeguarding files, and so may say that a copy is in them."""


class Filing(Handing):
    """Hands out what was sent and what was decided, and notes who took it."""

    def referral_for_file(self, actor: Actor, reference: str) -> tuple[dict[str, Any], str]:
        """What was sent, to be printed or saved, and for which other authority; noted in the audit trail."""
        with self._writing() as session:
            person, concern, sent = self._sent(session, actor, reference)
            self._audit(session, concern, person, "referral.printed", {"reference": sent.reference})
            return dict(sent.document), str(sent.authority["name"]) if sent.by_hand else ""

    def record_of(self, actor: Actor, concern_id: str) -> dict[str, Any]:
        """The latest record of a decision, to be printed or saved; noted in the audit trail."""
        with self._writing() as session:
            person, concern = self._mine(session, actor, concern_id)
            decided = kept_decisions.decisions_of(session, concern.id, kind="decision")
            record = decided[-1].record if decided else None
            if record is None:
                raise NotFound
            self._audit(session, concern, person, "record.printed")
            return dict(record)

    def confirm_copy(self, actor: Actor, concern_id: str) -> None:
        """The school's own file holds a copy. Nothing is ever purged before somebody has said so."""
        with self._writing() as session:
            person, concern = self._mine(session, actor, concern_id, lock=True)
            if person.role not in KEEPS_THE_FILE:
                raise NotNow("The DSL or the head confirms that the school’s file holds a copy.")
            if concern.ended_at is None:
                raise NotNow("Send the referral or record a decision first; then file your copy.")
            kept_keeping.confirm_copy(session, concern.id, by=person.id, at=self._clock())

    def copy_confirmed_at(self, actor: Actor, concern_id: str) -> datetime | None:
        """When the school said that it holds a copy of all of it; None where something came later."""
        with self._reading() as session:
            _, concern = self._mine(session, actor, concern_id)
            at = concern.copy_confirmed_at
            return at if at is not None and at >= concern.touched_at else None
