"""Screening (1.3): is the child known? An open or just closed case goes to its worker; else on to rating."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.contract import EventType
from bot.intake.tables import Case, Child, Person, Referral, Tie
from bot.intake.work import known
from bot.intake.work.receiving import notify
from bot.intake.work.rights import Right
from bot.intake.work.steps import Incomplete, WrongStage, note, still_open, take_up
from bot.intake.work.telling import tell

RECENT = timedelta(days=28)
type Details = dict[str, Any]

TIES = {"duplicate": "The same concern, sent twice", "sibling": "About a brother or sister"}


@dataclass(frozen=True)
class Found:
    """A match with its case, if there is one, and whether that case takes the referral."""

    match: known.Match
    case: Case | None
    worker: Person | None
    referral: Referral | None
    takes_it: bool


def look_up(session: Session, referral: Referral, now: datetime) -> list[tuple[Details, list[Found]]]:
    """For each child of the referral, who among the known children it may be."""
    children = session.scalars(
        select(Child).where(Child.referral_id == referral.id).order_by(Child.added_at, Child.id)
    )
    return [(child.details, look_for(session, referral, child.details, now)) for child in children]


def look_for(session: Session, referral: Referral, details: Details, now: datetime) -> list[Found]:
    """Who a child of whom this is known may be; the referral's own children are not among them."""
    return [
        _found(session, match, now) for match in known.search(session, details, without_referral=referral.id)
    ]


def is_current(case: Case, now: datetime) -> bool:
    """Whether a case is open, or was closed within the last 28 days."""
    return case.closed_at is None or now - case.closed_at <= RECENT


def screen(
    session: Session,
    person: Person,
    referral_id: str,
    *,
    version: int,
    case_id: str | None,
    notes: str,
    ties: Sequence[tuple[str, str]],
    now: datetime,
) -> Referral:
    """Record what was found. With a current case the referral goes to its worker, who is notified.

    `ties` are (other referral's id, duplicate or sibling).
    """
    referral = take_up(session, person, referral_id, Right.SCREEN, version=version)
    still_open(referral)
    if referral.screened_at is not None:
        raise WrongStage("This referral was already screened.")
    referral.screened_at = now
    for other_id, kind in ties:
        _tie(session, referral, other_id, kind, person, now)
    if case_id is None:
        note(session, referral, person, "screening", now, {"notes": notes}, outcome="to_rating")
        tell(
            session,
            referral,
            EventType.SCREENED,
            now,
            "A screening officer has checked this referral. A lead professional will rate it next.",
        )
        return referral
    case = session.get(Case, case_id)
    if case is None or not is_current(case, now):
        raise Incomplete("case", "Choose a case that is open, or that was closed within the last 28 days")
    referral.worker_id = case.worker_id
    referral.allocated_at = referral.left_at = now
    notify(session, case.worker_id, referral, "allocated", now)
    note(session, referral, person, "screening", now, {"notes": notes, "case": case.id}, outcome="to_worker")
    tell(
        session,
        referral,
        EventType.ALLOCATED,
        now,
        "Children’s Services already knows this family. The allocated worker was told and will follow up.",
        due=False,
    )
    return referral


def ties_of(session: Session, referral: Referral) -> list[tuple[Tie, Referral]]:
    """The referrals that belong together with this one."""
    rows = session.execute(
        select(Tie, Referral)
        .join(Referral, Referral.id == Tie.other_id)
        .where(Tie.referral_id == referral.id)
    )
    return [(tie, other) for tie, other in rows]


def _tie(
    session: Session, referral: Referral, other_id: str, kind: str, person: Person, now: datetime
) -> None:
    if kind not in TIES or other_id == referral.id or session.get(Referral, other_id) is None:
        raise Incomplete("ties", "Choose how the other referral belongs to this one")
    for one, other in ((referral.id, other_id), (other_id, referral.id)):
        there = session.scalar(select(Tie).where(Tie.referral_id == one, Tie.other_id == other))
        if there is None:
            session.add(Tie(referral_id=one, other_id=other, kind=kind, by=person.id, at=now))


def _found(session: Session, match: known.Match, now: datetime) -> Found:
    case = session.scalar(
        select(Case).where(Case.child_id == match.child_id).order_by(Case.opened_at.desc()).limit(1)
    )
    worker = session.get(Person, case.worker_id) if case else None
    referral = session.get(Referral, match.referral_id) if match.referral_id else None
    return Found(match, case, worker, referral, case is not None and is_current(case, now))
