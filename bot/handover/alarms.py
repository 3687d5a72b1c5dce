"""Notices about the handover: to the sender, the DSL and the officer, without a word of what was sent."""

from __future__ import annotations

from datetime import datetime

from bot.store import Referral, Session, StatusEvent
from bot.store.concerns import closed_to, get_concern
from bot.store.notices import (
    CHASE,
    DEAD_LETTER,
    LATE,
    LATE_ADDITION,
    NO_ACCESS,
    STATUS,
    add_notice,
    safeguarding_leads_for,
)
from bot.store.organisations import get_organisation
from bot.store.people import officers_of_authority


def raise_dead_letter(session: Session, referral: Referral, outbox_id: str, now: datetime) -> None:
    """It cannot be delivered as it is: sender and DSL ring, the officer has it looked at."""
    _tell_school(session, referral, DEAD_LETTER, outbox_id, now)
    _tell_officers(session, referral, DEAD_LETTER, outbox_id, now)


def raise_late(session: Session, referral: Referral, outbox_id: str, now: datetime) -> int:
    """It has not arrived and will miss the band's clock: sender and DSL must ring. Returns how many are
    told now.
    """
    return _tell_school(session, referral, LATE, outbox_id, now)


def raise_late_addition(session: Session, referral: Referral, outbox_id: str, now: datetime) -> int:
    """What was added has not followed in time: sender and DSL must ring. Returns how many are told now."""
    return _tell_school(session, referral, LATE_ADDITION, outbox_id, now)


def raise_chase(session: Session, referral: Referral, now: datetime) -> int:
    """MASH has not answered in time: sender and DSL chase, then escalate. Returns how many are told now."""
    matter = f"{referral.id}:{referral.chase_at:%Y-%m-%dT%H:%M}"  # a step-up is chased anew
    return _tell_school(session, referral, CHASE, matter, now)


def raise_no_access(session: Session, referral: Referral, now: datetime) -> None:
    """The intake refuses our sign-in: the officers of the authority must look; once a day."""
    _tell_officers(session, referral, NO_ACCESS, f"{now:%Y-%m-%d}", now)


def tell_of_event(session: Session, referral: Referral, event: StatusEvent, now: datetime) -> None:
    """MASH said something: its sender sees it on the next page."""
    if referral.sent_by not in closed_to(session, referral.concern_id):
        _tell(session, referral.sent_by, referral, STATUS, event.event_id, now)


def _tell_school(session: Session, referral: Referral, kind: str, subject: str, now: datetime) -> int:
    concern = get_concern(session, referral.concern_id)
    told = [referral.sent_by, *(person.id for person in safeguarding_leads_for(session, concern))]
    return sum(_tell(session, person, referral, kind, subject, now) for person in dict.fromkeys(told))


def _tell(
    session: Session, person_id: str, referral: Referral, kind: str, subject: str, now: datetime
) -> bool:
    notice = add_notice(
        session,
        person_id=person_id,
        kind=kind,
        subject=subject,
        at=now,
        concern_id=referral.concern_id,
        referral_id=referral.id,
    )
    return notice is not None


def _tell_officers(session: Session, referral: Referral, kind: str, subject: str, now: datetime) -> None:
    """Tell the authority's officers that something waits; a child's record is not theirs to read."""
    school = get_organisation(session, referral.organisation_id)
    for officer in officers_of_authority(session, school.la_code):
        add_notice(session, person_id=officer.id, kind=kind, subject=subject, at=now)
