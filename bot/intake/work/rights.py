"""Who at MASH may do what. One table; a test walks it against every page."""

from __future__ import annotations

from enum import StrEnum

from bot.intake.tables import Person, Referral


class Role(StrEnum):
    """What a person is at MASH."""

    SCREENING = "screening"
    LEAD = "lead"
    MANAGER = "manager"
    HUB = "hub"
    WORKER = "worker"


ROLES: dict[str, str] = {
    Role.SCREENING: "Screening officer",
    Role.LEAD: "Lead professional",
    Role.MANAGER: "Social work unit manager",
    Role.HUB: "Early-help hub",
    Role.WORKER: "Allocated worker",
}


class Right(StrEnum):
    """One thing that a person may do."""

    SCREEN = "screen"
    RATE = "rate"
    REBAND = "reband"
    DISCUSS = "discuss"
    ASK = "ask"
    DECIDE = "decide"
    STEP_UP = "step_up"
    CLOSE_CASE = "close_case"
    AUDIT = "audit"


RIGHTS: dict[str, frozenset[Right]] = {
    Role.SCREENING: frozenset({Right.SCREEN}),
    Role.LEAD: frozenset({Right.RATE, Right.DISCUSS, Right.DECIDE, Right.STEP_UP}),
    Role.MANAGER: frozenset(
        {Right.REBAND, Right.DISCUSS, Right.ASK, Right.DECIDE, Right.STEP_UP, Right.AUDIT}
    ),
    Role.HUB: frozenset({Right.DECIDE, Right.STEP_UP}),
    Role.WORKER: frozenset({Right.STEP_UP, Right.CLOSE_CASE}),
}


def may(person: Person, right: Right) -> bool:
    """Whether this person's role has the right."""
    return right in RIGHTS.get(person.role, frozenset())


def may_see(person: Person, referral: Referral) -> bool:
    """MASH sees every referral; a hub those that went to it; a worker those allocated to them."""
    if person.role == Role.HUB:
        return referral.hub is not None and referral.hub == person.hub
    if person.role == Role.WORKER:
        return referral.worker_id == person.id
    return person.role in RIGHTS
