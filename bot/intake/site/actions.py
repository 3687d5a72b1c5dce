"""The steps as pages, one small form each; which are offered depends on role and stage."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session
from starlette.datastructures import FormData

from bot.contract import Decision
from bot.intake.services import Services
from bot.intake.site import searching
from bot.intake.site.access import many, words
from bot.intake.tables import Person, Referral
from bot.intake.work import deciding, rating, screening
from bot.intake.work.hubs import HUBS
from bot.intake.work.known import name_of
from bot.intake.work.rights import Right, Role, may
from bot.intake.work.standing import DECISIONS
from bot.intake.work.steps import Incomplete


@dataclass(frozen=True)
class Taken:
    """What a step is taken with."""

    session: Session
    services: Services
    person: Person
    referral_id: str
    form: FormData
    now: datetime

    @property
    def version(self) -> int:
        """What the person's page showed; a form without it cannot be taken."""
        text = words(self.form, "version")
        if not text.isdecimal() or len(text) > 9:
            raise Incomplete("version", "Open the referral again, then repeat the step")
        return int(text)

    def text(self, name: str) -> str:
        """One field."""
        return words(self.form, name)


@dataclass(frozen=True)
class Action:
    """A step: its page, who may take it, when it is offered, how it is taken."""

    title: str
    right: Right
    offered: Callable[[Referral], bool]
    take: Callable[[Taken], Any]


def choices_for(person: Person, referral: Referral) -> list[tuple[str, str]]:
    """The steps that this person may take now, as (address, title)."""
    return [
        (name, action.title)
        for name, action in ACTIONS.items()
        if may(person, action.right) and action.offered(referral)
    ]


def context(
    session: Session, person: Person, referral: Referral, name: str, form: FormData, now: datetime
) -> dict[str, Any]:
    """What the form of a step needs besides the referral."""
    if name == "screen":
        return {
            "children": _found(session, referral, now),
            "searches": searching.found_by_form(session, referral, form, now),
            "search_fields": searching.FIELDS,
            "tie_kinds": screening.TIES,
        }
    if name == "decide":
        allowed = deciding.HUB_DECISIONS if person.role == Role.HUB else tuple(Decision)
        return {
            "decisions": [(one.value, DECISIONS[one]) for one in allowed],
            "workers": deciding.workers(session),
            "discussed": deciding.was_discussed(session, referral),
        }
    if name == "discussion":
        return {"kinds": deciding.DISCUSSIONS, "usual": "strategy" if referral.band == "red" else "mash"}
    if name == "hub":
        return {"hubs": [(key, hub.name) for key, hub in HUBS.items()]}
    return {}


def _screen(taken: Taken) -> None:
    found = words(taken.form, "case")
    ties = [
        (other, chosen[0])
        for other in dict.fromkeys(many(taken.form, "other"))
        if (chosen := [kind for kind in many(taken.form, f"tie-{other}") if kind])
    ]
    if not found:
        raise Incomplete("case", "Say whether a child of this referral has a current case")
    screening.screen(
        taken.session,
        taken.person,
        taken.referral_id,
        version=taken.version,
        case_id=None if found == "none" else found,
        notes=taken.text("notes"),
        ties=ties,
        now=taken.now,
    )


def _banded(act: Callable[..., Referral]) -> Callable[[Taken], None]:
    def take(taken: Taken) -> None:
        act(
            taken.session,
            taken.services.office,
            taken.person,
            taken.referral_id,
            version=taken.version,
            band=taken.text("band"),
            reason=taken.text("reason"),
            now=taken.now,
        )

    return take


def _step_up(taken: Taken) -> None:
    rating.step_up(
        taken.session,
        taken.services.office,
        taken.person,
        taken.referral_id,
        version=taken.version,
        reason=taken.text("reason"),
        now=taken.now,
    )


def _hub(taken: Taken) -> None:
    rating.send_to_hub(
        taken.session,
        taken.person,
        taken.referral_id,
        version=taken.version,
        hub=taken.text("hub"),
        now=taken.now,
    )


def _discuss(taken: Taken) -> None:
    deciding.discuss(
        taken.session,
        taken.person,
        taken.referral_id,
        version=taken.version,
        kind=taken.text("kind"),
        attended=taken.text("attended"),
        record=taken.text("record"),
        now=taken.now,
    )


def _decide(taken: Taken) -> None:
    deciding.decide(
        taken.session,
        taken.person,
        taken.referral_id,
        version=taken.version,
        decision=taken.text("decision"),
        reason=taken.text("reason"),
        words=taken.text("words"),
        worker_id=taken.text("worker") or None,
        now=taken.now,
    )


def _close(taken: Taken) -> None:
    deciding.close_case(
        taken.session,
        taken.person,
        taken.referral_id,
        version=taken.version,
        words=taken.text("words"),
        now=taken.now,
    )


def _open(referral: Referral) -> bool:
    return referral.left_at is None


def _rated(referral: Referral) -> bool:
    return _open(referral) and referral.rated_at is not None


ACTIONS: dict[str, Action] = {
    "screen": Action(
        "Screen: is the child known?",
        Right.SCREEN,
        lambda one: _open(one) and one.screened_at is None,
        _screen,
    ),
    "rate": Action(
        "Rate this referral",
        Right.RATE,
        lambda one: _open(one) and one.screened_at is not None and one.rated_at is None,
        _banded(rating.rate),
    ),
    "suggestion": Action(
        "See what was suggested",
        Right.RATE,
        lambda one: _rated(one) and one.revealed_at is None,
        _banded(rating.after_suggestion),
    ),
    "hub": Action(
        "Choose the Early Intervention hub",
        Right.RATE,
        lambda one: _rated(one) and one.band == "green",
        _hub,
    ),
    "band": Action("Change the rating", Right.REBAND, _rated, _banded(rating.change_band)),
    "discussion": Action("Record a discussion", Right.DISCUSS, _rated, _discuss),
    "decide": Action("Decide and tell the school", Right.DECIDE, _open, _decide),
    "step-up": Action(
        "Step up: the risk may be higher",
        Right.STEP_UP,
        lambda one: one.left_at is not None or (one.band == "green" and one.rated_at is not None),
        _step_up,
    ),
    "close": Action(
        "End the work and tell the school",
        Right.CLOSE_CASE,
        lambda one: one.left_at is not None and one.worker_id is not None,
        _close,
    ),
}


def _found(session: Session, referral: Referral, now: datetime) -> list[dict[str, Any]]:
    return [
        searching.group(name_of(details), details, found)
        for details, found in screening.look_up(session, referral, now)
    ]
