"""Telling the sender what happened: one event per step, numbered per organisation, pushed where one asked."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from bot.contract import Event as EventView
from bot.contract import EventPage, EventType
from bot.intake.tables import Event, Organisation, Push, Referral, WebhookTarget

_CURSOR_DIGITS = 12
_HIGHEST = 2**31 - 1  # what a number of an event can be; a cursor beyond it has nothing after it
NO_CURSOR = "0" * _CURSOR_DIGITS


def tell(
    session: Session,
    referral: Referral,
    kind: EventType,
    now: datetime,
    words: str,
    *,
    reasons: Sequence[str] = (),
    due: bool = True,
) -> Event:
    """Append an event. Its number is taken under the organisation's row lock, so numbers appear in order."""
    number = session.scalar(
        update(Organisation)
        .where(Organisation.id == referral.organisation_id)
        .values(last_event=Organisation.last_event + 1)
        .returning(Organisation.last_event)
    )
    if number is None:
        raise RuntimeError("a referral belongs to no organisation")
    event = Event(
        organisation_id=referral.organisation_id,
        referral_id=referral.id,
        number=number,
        type=kind.value,
        at=now,
        due_at=referral.due_at if due else None,
        band=referral.band,
        decision=referral.decision,
        said={"words": words, "reasons": list(reasons)},
    )
    session.add(event)
    wanted = select(WebhookTarget.id).where(WebhookTarget.organisation_id == referral.organisation_id)
    if session.scalar(wanted) is not None:
        session.add(Push(organisation_id=referral.organisation_id, event_id=event.id, due_at=now))
    session.flush()
    return event


def events_after(session: Session, organisation_id: str, after: int, most: int) -> EventPage:
    """The organisation's events after a cursor, oldest first."""
    rows = session.execute(
        select(Event, Referral.reference)
        .join(Referral, Referral.id == Event.referral_id)
        .where(Event.organisation_id == organisation_id, Event.number > min(after, _HIGHEST))
        .order_by(Event.number)
        .limit(most + 1)
    ).all()
    events = [shown(event, reference) for event, reference in rows[:most]]
    following = events[-1].cursor if events else cursor(after)
    return EventPage(events=events, next=following, more=len(rows) > most)


def events_of(session: Session, referral: Referral) -> list[EventView]:
    """Every event of one referral, oldest first."""
    rows = session.scalars(select(Event).where(Event.referral_id == referral.id).order_by(Event.number))
    return [shown(event, referral.reference) for event in rows]


def shown(event: Event, reference: str) -> EventView:
    """The event as the contract has it."""
    return EventView.model_validate(
        {
            "id": event.id,
            "cursor": cursor(event.number),
            "type": event.type,
            "reference": reference,
            "at": event.at,
            "due_at": event.due_at,
            "band": event.band,
            "decision": event.decision,
            **event.said,
        }
    )


def cursor(number: int) -> str:
    """A number as a cursor; cursors sort like their numbers."""
    return f"{number:0{_CURSOR_DIGITS}d}"
