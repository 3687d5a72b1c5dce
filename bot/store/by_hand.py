"""Referrals to an authority that there is no link to: kept here, never in the outbox, sent by staff.

Such a referral counts as sent only from the moment that a member of staff says so.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from bot.store.referrals import new_referral
from bot.store.tables import Call, Concern, HandedOver, Referral
from bot.thresholds import Band


def add_referral_by_hand(
    session: Session,
    concern: Concern,
    document: dict[str, Any],
    *,
    reference: str,
    authority: dict[str, Any],
    sent_by: str,
    band: Band | None,
    at: datetime,
    arrive_by: datetime | None = None,
) -> Referral:
    """Keep a referral that staff send themselves. `authority`: its name and the pack used (sealed)."""
    referral = new_referral(
        concern, document, reference=reference, sent_by=sent_by, band=band, at=at, arrive_by=arrive_by
    )
    referral.by_hand, referral.authority = True, authority
    session.add(referral)
    concern.ended_at = at
    session.flush()
    return referral


def add_handed_over(
    session: Session,
    referral: Referral,
    *,
    by: str,
    at: datetime,
    noted_at: datetime,
    details: dict[str, Any],
) -> HandedOver:
    """A member of staff has sent it: `at` when, `details` how and to whom (sealed)."""
    said = HandedOver(referral_id=referral.id, by=by, at=at, noted_at=noted_at, details=details)
    session.add(said)
    session.flush()
    return said


def handed_over_of(session: Session, referral_id: str) -> list[HandedOver]:
    """What was said about sending a referral by hand, oldest first."""
    found = select(HandedOver).where(HandedOver.referral_id == referral_id)
    return list(session.scalars(found.order_by(HandedOver.noted_at, HandedOver.id)))


def calls_about(session: Session, referral: Referral) -> list[Call]:
    """The calls that were noted with a referral, oldest first."""
    found = select(Call).where(Call.concern_id == referral.concern_id, Call.referral_id == referral.id)
    return list(session.scalars(found.order_by(Call.at, Call.id)))


def unhanded_referrals(session: Session, *, left_since: datetime) -> list[Referral]:
    """Red and Amber referrals to be sent by hand that nobody has sent since then, oldest first."""
    found = select(Referral).where(
        Referral.by_hand.is_(True),
        Referral.band.in_([Band.RED.value, Band.AMBER.value]),
        Referral.created_at <= left_since,
        ~exists().where(HandedOver.referral_id == Referral.id),
    )
    return list(session.scalars(found.order_by(Referral.created_at)))
