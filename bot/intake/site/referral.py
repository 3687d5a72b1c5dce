"""One referral: what was sent, what came later, what was done, and what this person may do next."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from fastapi import APIRouter
from sqlalchemy import select
from sqlalchemy.orm import Session
from starlette.responses import Response

from bot.intake.services import Wired
from bot.intake.site.access import SignedIn
from bot.intake.site.actions import choices_for
from bot.intake.site.document import sections, source_of
from bot.intake.site.queue import STATES
from bot.intake.site.show import page
from bot.intake.tables import Addition, Attachment, Organisation, Person, Referral
from bot.intake.work import asking, screening, trail
from bot.intake.work.agencies import AGENCIES
from bot.intake.work.deciding import DISCUSSIONS
from bot.intake.work.hubs import HUBS
from bot.intake.work.rights import Right, Role, may, may_see
from bot.intake.work.standing import DECISIONS, files_of, state_of
from bot.intake.work.steps import NotThere, history

router = APIRouter(include_in_schema=False)

STEPS = {
    "screening": "Screened",
    "rating": "Rated before seeing the suggestion",
    "reveal": "Suggestion seen",
    "discussion": "Discussion",
    "band": "Rating changed",
    "step_up": "Stepped up",
    "decision": "Decided",
    "asked": "Agencies asked",
    "hub": "Hub chosen",
    "closed": "Work ended",
}
OUTCOMES: dict[str, str] = {
    "to_rating": "Not with a worker; on to rating",
    "to_worker": "Known: passed to the allocated worker",
    "kept": "Rating kept",
    "changed": "Rating changed",
    **DISCUSSIONS,
    **DECISIONS,
    **{key: hub.name for key, hub in HUBS.items()},
}


@router.get("/referrals/{referral_id}")
def show_referral(referral_id: str, person: SignedIn, services: Wired) -> Response:
    """The whole referral. Every view is audited."""
    now = services.now()
    with services.database.write() as session:
        referral = seen(session, person, referral_id, now, "viewed")
        context = shown(session, person, referral, now)
    return page("mash/referral.html", person=person, **context)


@router.get("/referrals/{referral_id}/attachments/{attachment_id}")
def download(referral_id: str, attachment_id: str, person: SignedIn, services: Wired) -> Response:
    """An attachment, as a download: nothing a sender sent is opened inside our pages."""
    with services.database.write() as session:
        referral = seen(session, person, referral_id, services.now(), "downloaded")
        file = session.get(Attachment, attachment_id)
        if file is None or file.referral_id != referral.id:
            raise NotThere
        content, kind = file.content, file.kind
    headers = {"content-disposition": "attachment", "content-security-policy": "sandbox"}
    return Response(content, media_type=kind, headers=headers)


def seen(session: Session, person: Person, referral_id: str, now: datetime, action: str) -> Referral:
    """The referral if this person may see it, after noting that they did."""
    referral = session.get(Referral, referral_id)
    if referral is None or not may_see(person, referral):
        raise NotThere
    trail.record(
        session, actor=f"person:{person.id}", action=action, subject=f"referral:{referral.id}", at=now
    )
    return referral


def is_blind(person: Person, referral: Referral) -> bool:
    """Whether the suggestion is kept from this person until they have rated."""
    return person.role == Role.LEAD and referral.rated_at is None


def shown(session: Session, person: Person, referral: Referral, now: datetime) -> dict[str, Any]:
    """Everything that the referral's page shows."""
    blind = is_blind(person, referral)
    sender = session.get_one(Organisation, referral.organisation_id)
    additions = session.scalars(
        select(Addition).where(Addition.referral_id == referral.id).order_by(Addition.at)
    )
    return {
        "referral": referral,
        "sender": sender.name,
        "source": source_of(referral.document),
        "state": STATES[state_of(referral)],
        "blind": blind,
        "suggested": None if blind else referral.document.get("suggested"),
        "sections": sections(referral.document),
        "related": referral.document.get("related", []),
        "additions": [_addition(one) for one in additions],
        "files": files_of(session, referral),
        "history": [_step(step, by) for step, by in history(session, referral)],
        "requests": [_request(one, now) for one in asking.requests_of(session, referral)]
        if person.role in (Role.LEAD, Role.MANAGER)
        else [],
        "ties": [
            {"words": screening.TIES[tie.kind], "reference": other.mash_reference, "id": other.id}
            for tie, other in screening.ties_of(session, referral)
            if may_see(person, other)
        ],
        "worker": session.get(Person, referral.worker_id) if referral.worker_id else None,
        "hub": HUBS[referral.hub].name if referral.hub else None,
        "decision": DECISIONS.get(referral.decision) if referral.decision else None,
        "overdue": referral.left_at is None and referral.due_at <= now,
        "now": now,
        "actions": choices_for(person, referral),
        "may_ask": may(person, Right.ASK),
    }


def _addition(addition: Addition) -> dict[str, Any]:
    document = dict(addition.document)
    document.pop("suggested", None)
    return {
        "kind": addition.kind,
        "at": addition.at,
        "sections": sections({"what_was_said": document}),
    }


def _step(step: Any, by: Person) -> dict[str, Any]:
    words = [
        step.said[field]
        for field in ("reason", "record", "attended", "notes", "words")
        if step.said.get(field)
    ]
    asked = [AGENCIES[key].name for key in step.said.get("agencies", [])]
    return {
        "title": STEPS[step.kind],
        "outcome": OUTCOMES.get(step.outcome or "", ""),
        "by": by.name,
        "at": step.at,
        "band": step.band if step.kind in ("rating", "reveal", "band", "step_up") else None,
        "before": step.band_before if step.band_before != step.band else None,
        "words": [*words, *asked],
    }


def _request(request: Any, now: datetime) -> dict[str, Any]:
    if request.answered_at is not None:
        state = "Answered late" if asking.is_late(request) else "Answered"
    elif request.ended_at is not None:
        state = "Replaced by a new link"
    elif request.wrong_codes >= asking.MOST_TRIES:
        state = "Locked after wrong codes"
    elif request.expires_at <= now:
        state = "Link expired"
    else:
        state = "Overdue" if request.due_at <= now else "Waiting"
    return {
        "id": request.id,
        "agency": AGENCIES[request.agency].name,
        "state": state,
        "due": request.due_at,
        "answered": request.answered_at,
        "answer": request.answer if request.answered_at else None,
        "worry": asking.WORRIES[request.answer["worry"]] if request.answered_at else "",
        "again": request.answered_at is None and request.ended_at is None,
    }
