"""A referral that staff send themselves: the call is written down, and that they have sent it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from bot.concerns.attaching import Attaching
from bot.concerns.calls import past
from bot.concerns.errors import BadInput, NotNow
from bot.concerns.following_by_hand import HOW
from bot.concerns.seeing import Actor
from bot.concerns.timeline import Timeline
from bot.store import Concern, Person, Referral, Session
from bot.store import by_hand as kept_by_hand
from bot.store import concerns as kept_concerns
from bot.store import referrals as kept_referrals

LONGEST_TO = 200


class ByHand(Attaching):
    """Notes what staff did with a referral to which there is no link."""

    def note_call(self, actor: Actor, reference: str, call: dict[str, Any]) -> Timeline:
        """Write down a call about a sent referral: when, who answered, their reference, how it ended."""
        with self._writing() as session:
            person, concern, sent = self._sent(session, actor, reference, lock=True)
            at = past(call.get("at"), self._clock())
            details = {name: call.get(name) for name in ("answered_by", "reference", "outcome")}
            kept_referrals.add_call(
                session,
                concern.id,
                by=person.id,
                at=at,
                noted_at=self._clock(),
                details={**details, "to": sent.authority["name"]} if sent.by_hand else details,
                referral_id=sent.id,
            )
            self._noted(session, concern, person, "call.noted", sent)
        return self.referral(actor, reference)

    def handed_over(
        self, actor: Actor, reference: str, *, how: str, to: str, at: datetime | None = None
    ) -> Timeline:
        """This person says that they have sent it: when, how and to whom. Only now does it count as sent."""
        to = " ".join(to.split())
        if how not in HOW:
            raise BadInput(f"Say how it was sent; choose one of these: {', '.join(HOW)}.")
        if not to or len(to) > LONGEST_TO or not to.isprintable():
            raise BadInput("Say to whom it was sent: a name, a team or an address, in a few words.")
        with self._writing() as session:
            person, concern, sent = self._by_hand(session, actor, reference)
            kept_by_hand.add_handed_over(
                session,
                sent,
                by=person.id,
                at=past(at, self._clock()),
                noted_at=self._clock(),
                details={"how": how, "to": to},
            )
            self._noted(session, concern, person, "referral.handed_over", sent)
        return self.referral(actor, reference)

    def _by_hand(self, session: Session, actor: Actor, reference: str) -> tuple[Person, Concern, Referral]:
        person, concern, sent = self._sent(session, actor, reference, lock=True)
        if not sent.by_hand:
            raise NotNow("This referral goes by itself; its page shows when it arrives.")
        return person, concern, sent

    def _noted(self, session: Session, concern: Concern, person: Person, action: str, sent: Referral) -> None:
        kept_concerns.touch(session, concern, self._clock())
        self._audit(session, concern, person, action, {"reference": sent.reference})
