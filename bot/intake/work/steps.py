"""The steps of MASH's work (paragraphs 1.3 to 1.5 of Wolverhampton's practice), each with who, why, history.

StepRefused
├── NotThere     no such referral, or not this person's to see
├── NotAllowed   this role has no such right
├── WrongStage   the step does not fit where the referral stands; the message says which step does
├── Changed      somebody acted on it after the page was opened
└── Incomplete   something that the step needs was not said (`field`)
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.intake.tables import Person, Referral, Step
from bot.intake.work import trail
from bot.intake.work.rights import Right, may, may_see


class StepRefused(Exception):
    """A step could not be taken; the message is for the person who tried."""


class NotThere(StepRefused):
    """There is no such referral, or it is not this person's to see. Both look the same on purpose."""


class NotAllowed(StepRefused):
    """This role has no such right."""


class WrongStage(StepRefused):
    """The step does not fit where the referral stands."""


class Changed(StepRefused):
    """Somebody acted on the referral after this person's page was opened."""

    def __init__(self) -> None:
        super().__init__(
            "Somebody acted on this referral after you opened the page. Your step was not taken."
        )


class Incomplete(StepRefused):
    """Something that the step needs was not said."""

    def __init__(self, field: str, says: str) -> None:
        super().__init__(says)
        self.field = field


def take_up(
    session: Session, person: Person, referral_id: str, right: Right, *, version: int | None
) -> Referral:
    """The referral, locked for this step, after checking right, sight and that nobody was quicker.

    `version` is what the person's page showed.
    """
    referral = session.get(Referral, referral_id, with_for_update=True, populate_existing=True)
    if referral is None or not may_see(person, referral):
        raise NotThere
    if not may(person, right):
        raise NotAllowed
    if version is not None and referral.version != version:
        raise Changed
    referral.version += 1
    return referral


def still_open(referral: Referral) -> None:
    """Refuse what cannot be done to a referral that has left the queue."""
    if referral.left_at is not None:
        raise WrongStage(
            "This referral was already dealt with. Step it up first if there is new information."
        )


def note(
    session: Session,
    referral: Referral,
    person: Person,
    kind: str,
    now: datetime,
    said: dict[str, Any],
    *,
    band_before: str | None = None,
    outcome: str | None = None,
) -> Step:
    """Append the step to the referral's history and to the audit trail."""
    step = Step(
        referral_id=referral.id,
        number=referral.version,
        kind=kind,
        by=person.id,
        at=now,
        band=referral.band,
        band_before=band_before,
        outcome=outcome,
        said=said,
    )
    session.add(step)
    session.flush()
    trail.record(
        session,
        actor=f"person:{person.id}",
        action=kind,
        subject=f"referral:{referral.id}",
        at=now,
        details={"band": referral.band, "outcome": outcome},
    )
    return step


def history(session: Session, referral: Referral) -> list[tuple[Step, Person]]:
    """Every step, oldest first, with who took it."""
    rows = session.execute(
        select(Step, Person)
        .join(Person, Person.id == Step.by)
        .where(Step.referral_id == referral.id)
        .order_by(Step.number)
    )
    return [(step, person) for step, person in rows]


def said(text: str, field: str, says: str) -> str:
    """Words that a step needs; blank ones are refused."""
    if not text.strip():
        raise Incomplete(field, says)
    return text.strip()
