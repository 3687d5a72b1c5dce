"""The queue: what waits, by urgency and time left; each role sees its own lane first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session, defer

from bot.intake.tables import Child, InformationRequest, Organisation, Person, Referral
from bot.intake.work.known import name_of
from bot.intake.work.office import URGENCY
from bot.intake.work.rights import Role

LANES: dict[str, str] = {
    "screening": "To screen",
    "rating": "To rate",
    "mash": "In MASH",
    "early_help": "Early Intervention",
    "worker": "With a worker",
}
LANES_OF: dict[str, tuple[str, ...]] = {
    Role.SCREENING: ("screening", "rating", "mash", "early_help"),
    Role.LEAD: ("rating", "mash", "early_help", "screening"),
    Role.MANAGER: ("mash", "rating", "early_help", "screening"),
    Role.HUB: ("early_help",),
    Role.WORKER: ("worker",),
}
PAGE = 200


@dataclass(frozen=True)
class Waiting:
    """One line of the queue."""

    referral: Referral
    sender: str
    children: str
    answers: str


def lane(person: Person, name: str) -> Select[Any]:
    """The referrals of one lane, most urgent first, as far as this person may see them."""
    open_ = Referral.left_at.is_(None)
    rated = Referral.rated_at.is_not(None)
    condition = {
        "screening": open_ & Referral.screened_at.is_(None),
        "rating": open_ & Referral.screened_at.is_not(None) & Referral.rated_at.is_(None),
        "mash": open_ & rated & (Referral.urgency < URGENCY["green"]),
        "early_help": open_ & rated & (Referral.urgency == URGENCY["green"]),
        "worker": Referral.worker_id == person.id,
    }[name]
    found = select(Referral).where(condition)
    if person.role == Role.HUB:
        found = found.where(Referral.hub == person.hub)
    if name == "worker":
        return found.order_by(Referral.allocated_at.desc())
    return found.order_by(Referral.urgency, Referral.due_at)


def waiting(session: Session, person: Person, name: str) -> list[Waiting]:
    """The first 200 lines of a lane."""
    light = defer(Referral.document_sealed, raiseload=True)  # a line shows nothing of the document
    referrals = list(session.scalars(lane(person, name).limit(PAGE).options(light)))
    ids = [referral.id for referral in referrals]
    names: dict[str, list[str]] = {}
    for child in session.scalars(
        select(Child).where(Child.referral_id.in_(ids)).order_by(Child.added_at, Child.id)
    ):
        names.setdefault(child.referral_id or "", []).append(name_of(child.details))
    shown = {referral.organisation_id for referral in referrals}
    senders = {
        one.id: one.name for one in session.scalars(select(Organisation).where(Organisation.id.in_(shown)))
    }
    asked = {
        key: f"{answered} of {total} answered"
        for key, answered, total in session.execute(
            select(
                InformationRequest.referral_id,
                func.count(InformationRequest.answered_at),
                func.count(InformationRequest.id),
            )
            .where(InformationRequest.referral_id.in_(ids))
            .group_by(InformationRequest.referral_id)
        )
    }
    return [
        Waiting(
            referral,
            senders[referral.organisation_id],
            ", ".join(names.get(referral.id, [])) or "No child named",
            asked.get(referral.id, ""),
        )
        for referral in referrals
    ]


def counts(session: Session, person: Person, now: datetime) -> dict[str, tuple[int, int]]:
    """How many wait in each of the person's lanes, and how many of them are overdue."""
    found = {}
    for name in LANES_OF[person.role]:
        inner = lane(person, name).order_by(None).with_only_columns(Referral.due_at).subquery()
        total, overdue = session.execute(
            select(func.count(), func.count().filter(inner.c.due_at <= now)).select_from(inner)
        ).one()
        found[name] = (total, 0 if name == "worker" else overdue)
    return found
