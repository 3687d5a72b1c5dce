"""Nothing left lying: what nobody does in time is put before somebody who can."""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.handover.alarms import raise_chase, raise_late, raise_late_addition
from bot.store import Concern, Referral, Session, Store
from bot.store.audit import record
from bot.store.by_hand import unhanded_referrals
from bot.store.concerns import closed_to, get_concern, unsent_concerns
from bot.store.notices import UNSENT, Hidden, add_notice, from_nobody, safeguarding_leads_for
from bot.store.referrals import late_additions, late_referrals, unanswered_referrals


def watch_unsent(store: Store, now: datetime, left_for: timedelta, hidden: Hidden = from_nobody) -> int:
    """A Red or Amber that its author left for so long is shown to the DSL (or who stands in), also one that
    is written and that nobody has sent by hand. Returns the new ones.

    ``hidden``: whom a concern is hidden from for now, since it may be about them.
    """
    with store.write() as session:
        left = unsent_concerns(session, left_since=now - left_for)
        unhanded = unhanded_referrals(session, left_since=now - left_for)
        new = sum(_show_unsent(session, concern, now, hidden) for concern in left)
        return new + sum(_show_unhanded(session, referral, now, hidden) for referral in unhanded)


def watch_late(store: Store, now: datetime) -> int:
    """Whatever will miss the band's clock, or does not follow its referral in time, is told to its sender and
    the DSL, who then ring. Returns the new ones.
    """
    with store.write() as session:
        late = sum(
            raise_late(session, referral, row.id, now) for referral, row in late_referrals(session, now)
        )
        behind = late_additions(session, now)
        return late + sum(raise_late_addition(session, referral, row.id, now) for referral, row in behind)


def watch_unanswered(store: Store, now: datetime) -> int:
    """A referral that MASH has not answered in time is to be chased. Returns the new ones."""
    with store.write() as session:
        return sum(raise_chase(session, referral, now) for referral in unanswered_referrals(session, now))


def _show_unsent(session: Session, concern: Concern, now: datetime, hidden: Hidden) -> bool:
    told = [
        add_notice(
            session,
            person_id=person.id,
            kind=UNSENT,
            subject=f"{concern.id}:{concern.advised_band}",
            at=now,
            concern_id=concern.id,
        )
        for person in safeguarding_leads_for(session, concern, hidden)
    ]
    return _recorded(session, concern, any(notice is not None for notice in told), now)


def _show_unhanded(session: Session, referral: Referral, now: datetime, hidden: Hidden) -> bool:
    """Its sender hears of it as well: it does not go by itself, as others do."""
    concern = get_concern(session, referral.concern_id)
    leads = [person.id for person in safeguarding_leads_for(session, concern, hidden)]
    hears = [person for person in (referral.sent_by, *leads) if person not in closed_to(session, concern.id)]
    told = [
        add_notice(
            session,
            person_id=person,
            kind=UNSENT,
            subject=f"referral:{referral.id}",
            at=now,
            concern_id=concern.id,
            referral_id=referral.id,
        )
        for person in dict.fromkeys(hears)
    ]
    return _recorded(session, concern, any(notice is not None for notice in told), now)


def _recorded(session: Session, concern: Concern, new: bool, now: datetime) -> bool:
    if new:
        record(
            session,
            organisation_id=concern.organisation_id,
            actor="worker",
            action="unsent_shown",
            subject=f"concern:{concern.id}",
            at=now,
        )
    return new
