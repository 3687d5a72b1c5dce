"""Discussions and decisions, and the words that go back to the school."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from bot.contract import Decision, EventType
from bot.intake.tables import Case, Child, Person, Referral, Step
from bot.intake.work.rating import hand_to_hub, hub_for
from bot.intake.work.receiving import notify
from bot.intake.work.rights import Right, Role
from bot.intake.work.standing import DECISIONS
from bot.intake.work.steps import Incomplete, WrongStage, note, said, still_open, take_up
from bot.intake.work.telling import tell

DISCUSSIONS = {"strategy": "Strategy discussion", "mash": "MASH discussion"}
HUB_DECISIONS = (Decision.EARLY_HELP, Decision.ADVICE, Decision.NO_ACTION)
"""What an Early Intervention hub may decide; for anything more it steps up."""

OPENS_A_CASE = frozenset({Decision.SECTION_17, Decision.SECTION_47, Decision.IMMEDIATE_PROTECTION})


def discuss(
    session: Session,
    person: Person,
    referral_id: str,
    *,
    version: int,
    kind: str,
    attended: str,
    record: str,
    now: datetime,
) -> Referral:
    """Record a Strategy Discussion (Red) or a MASH discussion (Amber): who took part, what was agreed."""
    referral = take_up(session, person, referral_id, Right.DISCUSS, version=version)
    still_open(referral)
    if referral.rated_at is None:
        raise WrongStage("Rate the referral first.")
    if kind not in DISCUSSIONS:
        raise Incomplete("kind", "Choose which discussion this was")
    there = said(attended, "attended", "Say who took part")
    agreed = said(record, "record", "Say what was agreed")
    note(session, referral, person, "discussion", now, {"attended": there, "record": agreed}, outcome=kind)
    return referral


def decide(
    session: Session,
    person: Person,
    referral_id: str,
    *,
    version: int,
    decision: str,
    reason: str,
    words: str,
    worker_id: str | None,
    now: datetime,
) -> Referral:
    """Decide, with the reason kept and words for the school, which reach it as an event.

    A decision that opens a case, or passes it on to an allocated worker, names the worker.
    """
    referral = take_up(session, person, referral_id, Right.DECIDE, version=version)
    still_open(referral)
    chosen = _chosen(person, decision)
    if referral.rated_at is None and chosen is not Decision.IMMEDIATE_PROTECTION:
        raise WrongStage("Rate the referral first. Only immediate protection does not wait for a rating.")
    why = said(reason, "reason", "Say why this was decided")
    plain = said(words, "words", "Write to the school what was decided, why, and what it should do now")
    if referral.band == "red" and chosen in HUB_DECISIONS and not was_discussed(session, referral):
        raise Incomplete(
            "decision",
            "Record the strategy discussion of this Red first. It cannot end like this without one",
        )
    if chosen in OPENS_A_CASE or chosen is Decision.ALLOCATED_WORKER:
        _allocate(session, referral, chosen, worker_id, now)
    if chosen is Decision.EARLY_HELP and referral.hub is None:
        hub = hub_for(session, referral)
        if hub is not None:
            hand_to_hub(session, referral, hub, now, "early_help_decided")
    referral.decided_at = referral.left_at = now
    referral.decision = chosen.value
    note(session, referral, person, "decision", now, {"reason": why, "words": plain}, outcome=chosen.value)
    tell(session, referral, EventType.DECIDED, now, plain, reasons=[DECISIONS[chosen]], due=False)
    return referral


def close_case(
    session: Session, person: Person, referral_id: str, *, version: int, words: str, now: datetime
) -> Referral:
    """The allocated worker ends the work; the school hears it."""
    referral = take_up(session, person, referral_id, Right.CLOSE_CASE, version=version)
    if referral.worker_id != person.id or referral.left_at is None:
        raise WrongStage("This referral is not with you.")
    if _has_ended(session, referral):
        raise WrongStage("You ended the work on this referral already, and the school was told.")
    plain = said(words, "words", "Write to the school how it ended")
    children = select(Child.id).where(Child.referral_id == referral.id)
    for case in session.scalars(select(Case).where(Case.child_id.in_(children), Case.closed_at.is_(None))):
        case.closed_at = now
    note(session, referral, person, "closed", now, {"words": plain})
    tell(session, referral, EventType.CLOSED, now, plain, due=False)
    return referral


def _chosen(person: Person, decision: str) -> Decision:
    allowed = HUB_DECISIONS if person.role == Role.HUB else tuple(Decision)
    if decision not in allowed:
        raise Incomplete("decision", "Choose what was decided")
    return Decision(decision)


def _allocate(
    session: Session, referral: Referral, chosen: Decision, worker_id: str | None, now: datetime
) -> None:
    worker = session.get(Person, worker_id) if worker_id else None
    if worker is None or worker.role != Role.WORKER:
        raise Incomplete("worker", "Choose the worker who takes it on")
    referral.worker_id = worker.id
    referral.allocated_at = now
    notify(session, worker.id, referral, "allocated", now)
    if chosen not in OPENS_A_CASE:
        return
    for child in session.scalars(select(Child).where(Child.referral_id == referral.id)):
        session.add(Case(child_id=child.id, worker_id=worker.id, opened_at=now))


def workers(session: Session) -> list[tuple[str, str]]:
    """The workers who may take a case, as (id, name)."""
    found = select(Person).where(Person.role == Role.WORKER, Person.left_at.is_(None)).order_by(Person.name)
    return [(worker.id, worker.name) for worker in session.scalars(found)]


def was_discussed(session: Session, referral: Referral) -> bool:
    """Whether the discussion that the band needs was recorded since MASH last took the referral up: for a Red
    the strategy discussion, since a MASH discussion of the Amber that it was is none.
    """
    held = _steps(referral, "discussion")
    if referral.stepped_up_at is not None:
        held = held.where(Step.at >= referral.stepped_up_at)
    if referral.band == "red":
        held = held.where(Step.outcome == "strategy")
    return session.scalar(held.limit(1)) is not None


def _has_ended(session: Session, referral: Referral) -> bool:
    """Whether the worker ended the work since the referral last left the queue."""
    return session.scalar(_steps(referral, "closed").where(Step.at >= referral.left_at).limit(1)) is not None


def _steps(referral: Referral, kind: str) -> Select[str]:
    return select(Step.id).where(Step.referral_id == referral.id, Step.kind == kind)
