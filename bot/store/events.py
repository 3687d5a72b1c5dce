"""What MASH says about referrals: each event is kept exactly once, however often it comes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from bot.store.standing import STEPPED_UP
from bot.store.tables import Cursor, Referral, StatusEvent

CHASE_AGAIN = timedelta(days=1)
"""When a step-up is chased for which MASH gave no time."""


@dataclass(frozen=True)
class NewEvent:
    """One event as the intake gave it. `body` holds its words and reasons (kept sealed)."""

    event_id: str
    reference: str
    type: str
    at: datetime
    due_at: datetime | None = None
    body: dict[str, Any] = field(default_factory=dict)


def cursor(session: Session, feed: str) -> str | None:
    """How far that feed was read; None at its beginning."""
    kept = session.get(Cursor, feed)
    return None if kept is None or kept.value == "" else kept.value


def store_page(
    session: Session,
    feed: str,
    events: Sequence[NewEvent],
    *,
    read_after: str | None,
    upto: str | None,
    now: datetime,
) -> list[StatusEvent]:
    """Keep one page of a feed and move its cursor, in the caller's transaction. Returns the events that
    were new.

    When another worker moved the cursor meanwhile (`read_after` is no longer where it stands) nothing is
    moved; the events are kept all the same if they are new.
    """
    kept = _locked_cursor(session, feed, now)
    new = [stored for event in events if (stored := store_event(session, event, now)) is not None]
    if upto is not None and kept.value == (read_after or ""):
        kept.value, kept.moved_at = upto, now
    session.flush()
    return new


def store_event(session: Session, event: NewEvent, now: datetime) -> StatusEvent | None:
    """Keep one event; None when it was kept before. The times that the intake states go to the referral."""
    referral = session.scalar(select(Referral).where(Referral.reference == event.reference).with_for_update())
    if session.scalar(select(StatusEvent.id).where(StatusEvent.event_id == event.event_id)) is not None:
        return None
    last = (
        session.scalar(select(func.max(StatusEvent.number)).where(StatusEvent.reference == event.reference))
        or 0
    )
    stored = StatusEvent(
        event_id=event.event_id,
        reference=event.reference,
        referral_id=None if referral is None else referral.id,
        number=last + 1,
        type=event.type,
        at=event.at,
        due_at=event.due_at,
        stored_at=now,
        body=event.body,
    )
    try:
        with session.begin_nested():
            session.add(stored)
    except IntegrityError:
        return None  # another process kept it between our look and our writing
    if referral is not None:
        state_times(referral, received_at=event.at if event.type == "received" else None, due_at=event.due_at)
        if event.type == STEPPED_UP:  # its clock starts anew, and so does the time to chase
            referral.chase_at = event.due_at or event.at + CHASE_AGAIN
        session.flush()
    return stored


def state_times(referral: Referral, *, received_at: datetime | None, due_at: datetime | None) -> None:
    """Take over what the intake says: when it received the referral, by when it will answer."""
    if received_at is not None and referral.received_at is None:
        referral.received_at = received_at
    if due_at is not None:
        referral.due_at = due_at
        if referral.chase_at is not None:
            referral.chase_at = min(referral.chase_at, due_at)


def events_of(session: Session, referral_id: str) -> list[StatusEvent]:
    """What MASH said about a referral, in the order it was kept."""
    found = select(StatusEvent).where(StatusEvent.referral_id == referral_id).order_by(StatusEvent.number)
    return list(session.scalars(found))


def events_after(session: Session, organisation_id: str, after: datetime) -> list[StatusEvent]:
    """What was kept since then about one school's referrals, oldest first."""
    found = (
        select(StatusEvent)
        .join(Referral, Referral.id == StatusEvent.referral_id)
        .where(Referral.organisation_id == organisation_id, StatusEvent.stored_at > after)
        .order_by(StatusEvent.stored_at, StatusEvent.number)
    )
    return list(session.scalars(found))


def _locked_cursor(session: Session, feed: str, now: datetime) -> Cursor:
    kept = session.get(Cursor, feed, with_for_update=True, populate_existing=True)
    if kept is not None:
        return kept
    try:
        with session.begin_nested():
            session.add(Cursor(name=feed, value="", moved_at=now))
    except IntegrityError:
        pass  # another worker made it at the same moment; it is locked below
    return session.get_one(Cursor, feed, with_for_update=True, populate_existing=True)
