"""The second half of the service: the draft, and how a concern ends."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from bot.concerns import drafts, endings, sending
from bot.concerns.errors import BadInput, NotNow
from bot.concerns.following import timeline
from bot.concerns.following_by_hand import timeline_by_hand
from bot.concerns.reply import Decision, DraftView, Reply, Sent
from bot.concerns.seeing import Actor, Seeing
from bot.concerns.timeline import Timeline
from bot.referrals import FieldError
from bot.store import Concern, Person, Referral, Session
from bot.store import concerns as kept_concerns
from bot.store import people as kept_people
from bot.store import referrals as kept_referrals
from bot.thresholds import Pack, PackError


class Handing(Seeing):
    """Drafts, sends, decides, and follows what was sent."""

    def draft(self, actor: Actor, concern_id: str) -> DraftView:
        """The draft with what is missing, its quality and warnings."""
        self._saw(actor, concern_id)
        with self._reading() as session:
            _, concern = self._mine(session, actor, concern_id)
            return drafts.draft_view(session, self._standing(session, concern), self._clock().date())

    def patch_draft(
        self, actor: Actor, concern_id: str, fields: dict[str, Any], *, version: int | None = None
    ) -> DraftView:
        """Change fields of the draft; ``version`` is the draft's own (see DraftView)."""
        with self._writing() as session:
            person, concern = self._mine(session, actor, concern_id, lock=True)
            _not_sent(session, concern)
            now = self._standing(session, concern)
            at = self._clock()
            try:
                drafts.change_draft(session, now, fields, person=person, version=version, at=at)
            except FieldError as error:
                raise BadInput(str(error)) from error
            self._audit(session, concern, person, "draft.changed")
            return drafts.draft_view(session, now, at.date())

    def disagree(self, actor: Actor, concern_id: str, band: str, reason: str) -> Reply:
        """Hold another band than the advised one; it goes along with the referral or the record."""
        with self._writing() as session:
            person, concern = self._mine(session, actor, concern_id, lock=True)
            endings.disagree(session, concern, person, self._clock(), band, reason)
            kept_concerns.touch(session, concern, self._clock())
            return self._reply(session, concern, ("Your view is kept and goes along. You may refer anyway.",))

    def send(self, actor: Actor, concern_id: str, *, call: dict[str, Any] | None = None) -> Sent:
        """Send the referral: kept with its outbox row at once. Sending twice gives the same reference."""
        with self._writing() as session:
            person, concern = self._mine(session, actor, concern_id, lock=True)
            return sending.send(
                session, concern, self._standing(session, concern), person, self._clock(), call
            )

    def decide(
        self,
        actor: Actor,
        concern_id: str,
        decision: str,
        reason: str,
        *,
        look_again_at: datetime | None = None,
    ) -> Decision:
        """Record a decision without a referral."""
        with self._writing() as session:
            person, concern = self._mine(session, actor, concern_id, lock=True)
            _not_sent(session, concern)
            return endings.decide(
                session,
                concern,
                self._standing(session, concern),
                person,
                self._clock(),
                decision=decision,
                reason=reason,
                look_again_at=look_again_at,
            )

    def referral(self, actor: Actor, reference: str) -> Timeline:
        """Where a sent referral stands."""
        with self._reading() as session:
            _, concern, sent = self._sent(session, actor, reference)
            if sent.by_hand:
                shown = timeline_by_hand(session, self._pack_of(concern, sent), sent, self._clock())
            else:
                pack = self._shelf.pinned(concern.pack_name, concern.pack_version, concern.pack_digest)
                shown = timeline(session, pack, sent, self._clock())
        self._saw(actor, shown.concern)
        return shown

    def referral_document(self, actor: Actor, reference: str) -> dict[str, Any]:
        """What was sent, as the intake got it; for the school's file."""
        with self._reading() as session:
            _, concern, sent = self._sent(session, actor, reference)
        self._saw(actor, concern.id)
        return dict(sent.document)

    def _pack_of(self, concern: Concern, sent: Referral) -> Pack:
        """The pack by which a referral to another authority was judged; its base where that is gone."""
        name, version, digest = sent.authority["pack"]
        try:
            return self._shelf.pinned(name, version, digest)
        except (NotNow, PackError):
            own = self._shelf.pinned(concern.pack_name, concern.pack_version, concern.pack_digest)
            return self._shelf.base_of(own)

    def _sent(
        self, session: Session, actor: Actor, reference: str, *, lock: bool = False
    ) -> tuple[Person, Concern, Referral]:
        """The referral with its concern, if this person may see that concern."""
        asking = kept_people.get_person(session, actor.id)
        sent = kept_referrals.referral_seen_by(session, asking, reference)
        person, concern = self._mine(session, actor, sent.concern_id, lock=lock)
        return person, concern, sent


def _not_sent(session: Session, concern: Concern) -> None:
    if kept_referrals.referrals_of(session, concern.id):
        raise NotNow("This concern was sent. Add information to the referral instead.")
