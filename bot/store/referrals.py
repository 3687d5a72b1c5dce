"""Referrals: written together with their outbox row, numbered beyond guessing, never changed."""

from __future__ import annotations

import hashlib
import json
import secrets
from datetime import datetime
from typing import Any

from sqlalchemy import exists, func, or_, select
from sqlalchemy.orm import Session, aliased

from bot.store.concerns import concern_seen_by, get_concern
from bot.store.sessions import NotThere
from bot.store.standing import ANSWERS, FOLLOWS_WITHIN, STEPPED_UP, WITHDRAWN
from bot.store.tables import Addition, Call, Concern, Outbox, Person, Referral, StatusEvent
from bot.thresholds import Band

_SIGNS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # no I, L, O, U: read aloud on the telephone without mistakes


def new_reference() -> str:
    """A reference like R-7K2M-QX4T-0WZ9: 60 random bits, so that knowing one tells nothing of another."""
    signs = [secrets.choice(_SIGNS) for _ in range(12)]
    return "R-" + "-".join("".join(signs[start : start + 4]) for start in (0, 4, 8))


def document_digest(document: dict[str, Any]) -> str:
    """The fingerprint of what is sent (SHA-256 of its canonical JSON); the same on every machine."""
    said = json.dumps(document, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(said.encode()).hexdigest()


def add_referral_with_outbox(
    session: Session,
    concern: Concern,
    document: dict[str, Any],
    *,
    reference: str,
    sent_by: str,
    band: Band | None,
    at: datetime,
    arrive_by: datetime | None = None,
    chase_at: datetime | None = None,
) -> Referral:
    """Write the referral and its outbox row in the caller's transaction: both are kept, or neither.

    `document` is what the intake will get (the contract's JSON); `reference` comes from new_reference(),
    since the document carries it. The outbox row holds ids only.
    """
    referral = new_referral(
        concern,
        document,
        reference=reference,
        sent_by=sent_by,
        band=band,
        at=at,
        arrive_by=arrive_by,
        chase_at=chase_at,
    )
    session.add(referral)
    concern.ended_at = at
    session.flush()
    _post(session, "referral", referral.id, None, at)
    return referral


def new_referral(
    concern: Concern,
    document: dict[str, Any],
    *,
    reference: str,
    sent_by: str,
    band: Band | None,
    at: datetime,
    arrive_by: datetime | None = None,
    chase_at: datetime | None = None,
) -> Referral:
    """A referral that is not kept yet; whoever keeps it says how it travels."""
    return Referral(
        reference=reference,
        concern_id=concern.id,
        organisation_id=concern.organisation_id,
        sent_by=sent_by,
        band=None if band is None else band.value,
        body_digest=document_digest(document),
        created_at=at,
        arrive_by=arrive_by,
        chase_at=chase_at,
        document=document,
    )


def add_information(
    session: Session,
    referral: Referral,
    document: dict[str, Any],
    *,
    by: str,
    at: datetime,
    kind: str = "information",
) -> Addition:
    """Add `information` (or a `withdrawal`) on the same reference, with its outbox row. It goes after the
    referral.
    """
    get_concern(session, referral.concern_id, lock=True)
    addition = Addition(referral_id=referral.id, kind=kind, by=by, created_at=at, document=document)
    session.add(addition)
    session.flush()
    _post(session, kind, referral.id, addition.id, at)
    return addition


def add_call(
    session: Session,
    concern_id: str,
    *,
    by: str,
    at: datetime,
    noted_at: datetime,
    details: dict[str, Any],
    referral_id: str | None = None,
) -> Call:
    """Keep a telephone call: `at` when it was, `details` who answered and which reference they gave
    (sealed).
    """
    call = Call(
        concern_id=concern_id, by=by, at=at, noted_at=noted_at, details=details, referral_id=referral_id
    )
    session.add(call)
    session.flush()
    return call


def calls_of(session: Session, concern_id: str) -> list[Call]:
    """The calls about a concern, oldest first."""
    return list(session.scalars(select(Call).where(Call.concern_id == concern_id).order_by(Call.at, Call.id)))


def get_referral(session: Session, referral_id: str) -> Referral:
    """The referral of that id; raises NotThere."""
    referral = session.get(Referral, referral_id)
    if referral is None:
        raise NotThere("There is no such referral.")
    return referral


def referral_by_reference(session: Session, reference: str) -> Referral:
    """The referral of that reference, whoever asks; raises NotThere."""
    referral = session.scalar(select(Referral).where(Referral.reference == reference.strip().upper()))
    if referral is None:
        raise NotThere("There is no such referral.")
    return referral


def referral_seen_by(session: Session, person: Person, reference: str) -> Referral:
    """The referral, if this person may see its concern; raises NotThere otherwise."""
    referral = referral_by_reference(session, reference)
    try:
        concern_seen_by(session, person, referral.concern_id)
    except NotThere:
        raise NotThere("There is no such referral.") from None
    return referral


def referrals_of(session: Session, concern_id: str) -> list[Referral]:
    """The referrals made from a concern, oldest first (siblings across a border become two, of which the
    school's own authority has the first).
    """
    found = session.scalars(select(Referral).where(Referral.concern_id == concern_id))
    return sorted(found, key=lambda one: (one.created_at, bool(one.by_hand), one.id))


def additions_of(session: Session, referral_id: str) -> list[Addition]:
    """What was added to a referral, in the order in which it goes out: two of one moment keep theirs."""
    found = select(Addition).join(Outbox, Outbox.addition_id == Addition.id)
    return list(session.scalars(found.where(Addition.referral_id == referral_id).order_by(Outbox.number)))


def get_addition(session: Session, addition_id: str) -> Addition:
    """The addition of that id; raises NotThere."""
    addition = session.get(Addition, addition_id)
    if addition is None:
        raise NotThere("There is no such addition.")
    return addition


def late_referrals(session: Session, now: datetime) -> list[tuple[Referral, Outbox]]:
    """Referrals that have not arrived and miss their clock (see `will_miss_clock`), with their row."""
    found = (
        select(Referral, Outbox)
        .join(Outbox, (Outbox.referral_id == Referral.id) & (Outbox.number == 1))
        .where(
            Outbox.sent_at.is_(None),
            or_(Referral.arrive_by <= now, Referral.arrive_by <= Outbox.due_at),
        )
        .order_by(Referral.arrive_by)
    )
    return [(referral, row) for referral, row in session.execute(found)]


def late_additions(session: Session, now: datetime) -> list[tuple[Referral, Outbox]]:
    """What was added to a referral that has arrived and does not follow in time, oldest first. What is dead
    was told already.
    """
    own = aliased(Outbox)
    found = (
        select(Referral, Outbox)
        .join(Outbox, Outbox.referral_id == Referral.id)
        .where(
            Outbox.number > 1,
            Outbox.sent_at.is_(None),
            Outbox.dead_at.is_(None),
            Outbox.created_at <= now - FOLLOWS_WITHIN,
            exists().where(own.referral_id == Referral.id, own.number == 1, own.sent_at.is_not(None)),
        )
        .order_by(Outbox.created_at)
    )
    return [(referral, row) for referral, row in session.execute(found)]


def unanswered_referrals(session: Session, now: datetime) -> list[Referral]:
    """Referrals that reached MASH, that it has not answered (or not since it looks again), and whose time to
    chase has come; oldest first.
    """
    again = aliased(StatusEvent)
    looked_again = exists().where(
        again.referral_id == StatusEvent.referral_id,
        again.type == STEPPED_UP,
        again.at > StatusEvent.at,
    )
    found = select(Referral).where(
        Referral.chase_at.is_not(None),
        Referral.chase_at <= now,
        exists().where(Outbox.referral_id == Referral.id, Outbox.number == 1, Outbox.sent_at.is_not(None)),
        ~exists().where(
            StatusEvent.referral_id == Referral.id,
            StatusEvent.type.in_([*ANSWERS, WITHDRAWN]),
            ~looked_again,
        ),
    )
    return list(session.scalars(found.order_by(Referral.chase_at)))


def _post(session: Session, kind: str, referral_id: str, addition_id: str | None, at: datetime) -> None:
    last = session.scalar(select(func.max(Outbox.number)).where(Outbox.referral_id == referral_id)) or 0
    session.add(
        Outbox(
            kind=kind,
            referral_id=referral_id,
            addition_id=addition_id,
            number=last + 1,
            created_at=at,
            due_at=at,
            attempts=0,
        )
    )
    session.flush()
