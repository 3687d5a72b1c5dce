"""The outbox: what still has to reach the intake, leased to one worker at a time.

A worker claims rows in one short transaction, delivers them without holding any, and settles each in
another. A worker that is killed in between leaves a lease that runs out; its rows are then claimed again
and sent with the same idempotency key, so that the intake keeps one.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import case, exists, func, or_, select
from sqlalchemy.orm import Session, aliased

from bot.store.tables import Delivery, Outbox, Referral
from bot.thresholds import Band


def claim(session: Session, *, worker: str, now: datetime, lease: timedelta, limit: int) -> list[Outbox]:
    """Lease up to `limit` due rows to this worker: Reds first, then the longest due.

    What follows a referral waits until everything before it on the same referral was sent. Only the referral
    itself holds it back when it is dead: a document that MASH refuses must not keep a step-up from arriving.
    On PostgreSQL rows that another worker is just claiming are skipped.
    """
    before = aliased(Outbox)
    found = (
        select(Outbox)
        .join(Referral, Referral.id == Outbox.referral_id)
        .where(
            Outbox.sent_at.is_(None),
            Outbox.dead_at.is_(None),
            Outbox.due_at <= now,
            or_(Outbox.lease_until.is_(None), Outbox.lease_until <= now),
            ~exists().where(
                before.referral_id == Outbox.referral_id,
                before.number < Outbox.number,
                before.sent_at.is_(None),
                or_(before.dead_at.is_(None), before.number == 1),
            ),
        )
        .order_by(case((Referral.band == Band.RED.value, 0), else_=1), Outbox.due_at, Outbox.id)
        .limit(limit)
        .with_for_update(skip_locked=True, of=Outbox)
    )
    rows = list(session.scalars(found))
    for row in rows:
        row.lease_until, row.leased_by = now + lease, worker
        row.attempts += 1
    session.flush()
    return rows


def settle_sent(session: Session, outbox_id: str, at: datetime) -> bool:
    """The intake has it. False when another worker had settled it before."""
    row = _locked(session, outbox_id)
    if row.sent_at is not None:
        return False
    row.sent_at, row.dead_at, row.lease_until = at, None, None
    session.flush()
    return True


def settle_later(session: Session, outbox_id: str, *, worker: str, due_at: datetime) -> bool:
    """Try again at `due_at`. False when the lease had passed to another worker, which then decides."""
    row = _locked(session, outbox_id)
    if row.sent_at is not None or row.dead_at is not None or row.leased_by != worker:
        return False
    row.due_at, row.lease_until, row.leased_by = due_at, None, None
    session.flush()
    return True


def settle_dead(session: Session, outbox_id: str, *, at: datetime) -> bool:
    """It cannot be delivered as it is: a person must act. False when it was settled before."""
    row = _locked(session, outbox_id)
    if row.sent_at is not None or row.dead_at is not None:
        return False
    row.dead_at, row.lease_until = at, None
    session.flush()
    return True


def revive(session: Session, outbox_id: str, now: datetime) -> bool:
    """Try a dead row again, once what stood in the way is mended."""
    row = _locked(session, outbox_id)
    if row.dead_at is None or row.sent_at is not None:
        return False
    row.dead_at, row.lease_until, row.due_at, row.attempts = None, None, now, 0
    session.flush()
    return True


def note_delivery(
    session: Session,
    outbox_id: str,
    *,
    at: datetime,
    ended_at: datetime,
    outcome: str,
    status: int | None = None,
    problem: str | None = None,
) -> None:
    """Keep how one attempt ended. `problem` is one of our own short texts, never what the other side said."""
    session.add(
        Delivery(
            outbox_id=outbox_id, at=at, ended_at=ended_at, outcome=outcome, status=status, problem=problem
        )
    )


def outbox_of(session: Session, referral_id: str) -> list[Outbox]:
    """Everything posted for a referral, in order: first the referral itself."""
    found = select(Outbox).where(Outbox.referral_id == referral_id).order_by(Outbox.number)
    return list(session.scalars(found))


def deliveries_of(session: Session, outbox_id: str) -> list[Delivery]:
    """The attempts to deliver one row, oldest first."""
    return list(
        session.scalars(select(Delivery).where(Delivery.outbox_id == outbox_id).order_by(Delivery.at))
    )


def delivered_between(session: Session) -> tuple[datetime, datetime]:
    """When the first attempt that delivered began and the last one ended; for measuring throughput."""
    arrived = select(func.min(Delivery.at), func.max(Delivery.ended_at)).where(
        Delivery.outcome == "delivered"
    )
    first, last = session.execute(arrived).one()
    return first, last


def undelivered(session: Session) -> list[Outbox]:
    """Every row that has not reached the intake, dead ones included, oldest first."""
    return list(session.scalars(select(Outbox).where(Outbox.sent_at.is_(None)).order_by(Outbox.created_at)))


def dead_letters(session: Session) -> list[Outbox]:
    """Rows that a person must look at."""
    found = select(Outbox).where(Outbox.sent_at.is_(None), Outbox.dead_at.is_not(None))
    return list(session.scalars(found.order_by(Outbox.dead_at)))


def _locked(session: Session, outbox_id: str) -> Outbox:
    return session.get_one(Outbox, outbox_id, with_for_update=True, populate_existing=True)
