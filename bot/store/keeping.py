"""Retention: nothing is purged before the school has confirmed its own copy; then by date, unless held.

A purge takes away what was said, answered, drafted, decided and sent. What stays is that there was a
concern, when, and the audit trail, none of which says about whom.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import Delete, delete, exists, select
from sqlalchemy.orm import Session

from bot.store.audit import record
from bot.store.concerns import get_concern
from bot.store.sessions import Store
from bot.store.tables import (
    Access,
    Addition,
    Answer,
    Attachment,
    Call,
    Child,
    Concern,
    Decision,
    Delivery,
    Draft,
    Example,
    HandedOver,
    Message,
    Notice,
    Outbox,
    Referral,
    StatusEvent,
)


def confirm_copy(session: Session, concern_id: str, *, by: str, at: datetime) -> None:
    """The school says that its own file holds a copy. Only then may a concern ever be purged."""
    concern = get_concern(session, concern_id, lock=True)
    concern.copy_confirmed_at, concern.copy_confirmed_by = at, by
    record(
        session,
        organisation_id=concern.organisation_id,
        actor=by,
        action="copy_confirmed",
        subject=f"concern:{concern.id}",
        at=at,
    )


def hold(session: Session, concern_id: str, *, by: str, at: datetime, held: bool = True) -> None:
    """Put a legal hold on a concern (an inquiry, a court), or lift it. A held concern is never purged."""
    concern = get_concern(session, concern_id, lock=True)
    concern.legal_hold_at = at if held else None
    record(
        session,
        organisation_id=concern.organisation_id,
        actor=by,
        action="held" if held else "hold_lifted",
        subject=f"concern:{concern.id}",
        at=at,
    )


def due_for_purge(session: Session, now: datetime, keep_for: timedelta) -> list[Concern]:
    """Concerns that may be purged: copy confirmed, not held, nothing waiting, and untouched for so long."""
    before = now - keep_for
    waiting = exists().where(
        Referral.concern_id == Concern.id, Outbox.referral_id == Referral.id, Outbox.sent_at.is_(None)
    )
    unhanded = exists().where(
        Referral.concern_id == Concern.id,
        Referral.by_hand.is_(True),
        ~exists().where(HandedOver.referral_id == Referral.id),
    )
    heard = exists().where(
        Referral.concern_id == Concern.id,
        StatusEvent.referral_id == Referral.id,
        StatusEvent.stored_at > before,
    )
    found = select(Concern).where(
        Concern.copy_confirmed_at.is_not(None),
        Concern.copy_confirmed_at >= Concern.touched_at,  # what came after the copy is not in it
        Concern.legal_hold_at.is_(None),
        Concern.purged_at.is_(None),
        Concern.touched_at <= before,
        ~waiting,
        ~unhanded,
        ~heard,
    )
    return list(session.scalars(found.order_by(Concern.touched_at)))


def purge_due(
    store: Store, now: datetime, keep_for: timedelta, *, by: str, dry_run: bool = True
) -> list[str]:
    """The ids of the concerns that are (or, in a dry run, would be) purged."""
    with store.read() as session:
        ids = [concern.id for concern in due_for_purge(session, now, keep_for)]
    if dry_run:
        return ids
    purged = []
    for concern_id in ids:
        with store.write() as session:
            get_concern(session, concern_id, lock=True)
            if concern_id in {concern.id for concern in due_for_purge(session, now, keep_for)}:
                _purge(session, concern_id, by, now)
                purged.append(concern_id)
    return purged


def _purge(session: Session, concern_id: str, by: str, now: datetime) -> None:
    for deletion in _deletions(concern_id):
        session.execute(deletion)
    concern = get_concern(session, concern_id)
    concern.purged_at = now
    record(
        session,
        organisation_id=concern.organisation_id,
        actor=by,
        action="purged",
        subject=f"concern:{concern_id}",
        at=now,
    )


def _deletions(concern_id: str) -> list[Delete]:
    """Everything that hangs on a concern, what depends on others first."""
    referrals = select(Referral.id).where(Referral.concern_id == concern_id)
    rows = select(Outbox.id).where(Outbox.referral_id.in_(referrals))
    return [
        delete(Delivery).where(Delivery.outbox_id.in_(rows)),
        delete(Outbox).where(Outbox.referral_id.in_(referrals)),
        delete(Addition).where(Addition.referral_id.in_(referrals)),
        delete(HandedOver).where(HandedOver.referral_id.in_(referrals)),
        delete(StatusEvent).where(StatusEvent.referral_id.in_(referrals)),
        delete(Notice).where(Notice.concern_id == concern_id),
        delete(Referral).where(Referral.concern_id == concern_id),
        *(
            delete(table).where(table.concern_id == concern_id)
            for table in (Answer, Message, Draft, Decision, Attachment, Call, Child, Access, Example)
        ),
    ]
