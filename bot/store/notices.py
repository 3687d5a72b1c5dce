"""Notices: what a person must see, once for each matter, with whether they have seen it and were written
to.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime

from sqlalchemy import func, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from bot.store.concerns import closed_to, shown_to
from bot.store.people import people_of
from bot.store.tables import Concern, Notice, Person

UNSENT = "unsent"
"""A Red or Amber that its author left unsent."""
LATE = "late"
"""A referral has not arrived and will miss the band's clock: ring."""
LATE_ADDITION = "late_addition"
"""What was added to a referral has not followed it in time: ring."""
DEAD_LETTER = "dead_letter"
"""A referral, or what was added to it, cannot be delivered as it is: ring, and have it looked at."""
STATUS = "status"
"""MASH said something about a referral."""
CHASE = "chase"
"""MASH has not answered in time: chase."""
NO_ACCESS = "no_access"
"""The intake refuses our sign-in: for the officer."""


def add_notice(
    session: Session,
    *,
    person_id: str,
    kind: str,
    subject: str,
    at: datetime,
    concern_id: str | None = None,
    referral_id: str | None = None,
    detail: str | None = None,
) -> Notice | None:
    """Put a notice before a person; None when they have one of that kind and subject already.

    `subject` is what it is about, by id (a concern and its band, an outbox row, an event).
    """
    there = select(Notice.id).where(
        Notice.person_id == person_id, Notice.kind == kind, Notice.subject == subject
    )
    if session.scalar(there) is not None:
        return None
    notice = Notice(
        person_id=person_id,
        kind=kind,
        subject=subject,
        at=at,
        concern_id=concern_id,
        referral_id=referral_id,
        detail=detail,
    )
    try:
        with session.begin_nested():
            session.add(notice)
    except IntegrityError:
        return None
    return notice


def notices_for(session: Session, person_id: str, *, unseen_only: bool = False) -> list[Notice]:
    """A person's notices, newest first."""
    found = select(Notice).where(Notice.person_id == person_id)
    if unseen_only:
        found = found.where(Notice.seen_at.is_(None))
    return list(session.scalars(found.order_by(Notice.at.desc(), Notice.id)))


def was_alerted(session: Session, concern_id: str) -> bool:
    """Whether anybody was told that this concern was left unsent."""
    found = select(Notice.id).where(Notice.concern_id == concern_id, Notice.kind == UNSENT).limit(1)
    return session.scalar(found) is not None


def unseen_count(session: Session, person_id: str) -> int:
    """How many notices a person has not seen."""
    found = select(func.count()).where(Notice.person_id == person_id, Notice.seen_at.is_(None))
    return session.scalar(found) or 0


def mark_seen(
    session: Session, person_id: str, now: datetime, *, notice_ids: Iterable[str] | None = None
) -> None:
    """The person has seen these notices (all of theirs by default)."""
    change = update(Notice).where(Notice.person_id == person_id, Notice.seen_at.is_(None))
    if notice_ids is not None:
        change = change.where(Notice.id.in_(list(notice_ids)))
    session.execute(change.values(seen_at=now))


def untold_notices(session: Session, limit: int = 100) -> list[tuple[Notice, Person]]:
    """Notices whose outgoing message has not gone out yet, oldest first, with whom to write to."""
    found = (
        select(Notice, Person)
        .join(Person, Person.id == Notice.person_id)
        .where(Notice.told_at.is_(None), Person.left_at.is_(None))
        .order_by(Notice.at, Notice.id)
        .limit(limit)
    )
    return [(notice, person) for notice, person in session.execute(found)]


def mark_told(session: Session, notice_id: str, now: datetime) -> None:
    """The outgoing message has gone out."""
    session.execute(update(Notice).where(Notice.id == notice_id).values(told_at=now))


type Hidden = Callable[[Session, Concern, Person], bool]
"""Whether somebody may not see a concern yet, beyond those whom it is closed to."""


def from_nobody(_session: Session, _concern: Concern, _person: Person) -> bool:
    """Nothing else is hidden."""
    return False


def safeguarding_leads_for(session: Session, concern: Concern, hidden: Hidden = from_nobody) -> list[Person]:
    """Who must hear about a concern that its author leaves: the DSLs who may see it.

    Where there is no DSL besides the author, the head hears too; where the head may not see it either, the
    chair of governors and whoever the concern was shown to.
    """
    closed = closed_to(session, concern.id)
    everybody = [
        person
        for person in people_of(session, concern.organisation_id)
        if person.id not in closed and not hidden(session, concern, person)
    ]
    shown = shown_to(session, concern.id)
    chosen = [person for person in everybody if person.role == "dsl" or person.id in shown]
    for role in ("head", "chair"):
        if any(person.id != concern.author_id for person in chosen):
            break
        chosen += [person for person in everybody if person.role == role and person not in chosen]
    return chosen
