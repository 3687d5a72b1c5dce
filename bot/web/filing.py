"""The school's own file: the referral and the record of a decision as PDF and DOCX."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

from fastapi import APIRouter, Request
from starlette.responses import Response

from bot.concerns.filing import KEEPS_THE_FILE
from bot.referrals import decision_docx, decision_pdf, referral_docx, referral_pdf
from bot.web.access import SignedIn, Wired
from bot.web.conversation import Form, words
from bot.web.people import Person
from bot.web.services import Services
from bot.web.show import see_other
from bot.web.times import wall

router = APIRouter(include_in_schema=False)

Kind = Literal["pdf", "docx"]
MEDIA: dict[Kind, str] = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}
REFERRAL: dict[Kind, Callable[[dict[str, Any], str], bytes]] = {"pdf": referral_pdf, "docx": referral_docx}
DECISION: dict[Kind, Callable[[dict[str, Any]], bytes]] = {"pdf": decision_pdf, "docx": decision_docx}


@router.get("/referrals/{reference}/referral.{kind}")
def referral_file(reference: str, kind: Kind, person: SignedIn, services: Wired) -> Response:
    """The referral as it was sent, for the school's file."""
    document, to = services.concerns.referral_for_file(person, reference)
    return _file(f"referral-{document['reference']}", kind, REFERRAL[kind](document, to))


@router.get("/concerns/{concern_id}/record.{kind}")
def record_file(concern_id: str, kind: Kind, person: SignedIn, services: Wired) -> Response:
    """The record of a decision, for the school's file."""
    record = services.concerns.record_of(person, concern_id)
    return _file(f"decision-{record['decided_at'][:10]}", kind, DECISION[kind](record))


@router.post("/concerns/{concern_id}/copy")
def confirm_copy(
    request: Request, concern_id: str, person: SignedIn, services: Wired, form: Form
) -> Response:
    """The school's own file holds a copy."""
    services.concerns.confirm_copy(person, concern_id)
    reference = services.concerns.read(person, concern_id).reference
    back = f"/referrals/{reference}" if words(form, "from") == "status" and reference else None
    return see_other(request, back or f"/concerns/{concern_id}/record")


@dataclass(frozen=True)
class Copy:
    """What a page says about the school's own copy."""

    concern: str
    confirmed: str | None
    may_confirm: bool


def copy_of(services: Services, person: Person, concern_id: str) -> Copy:
    """Whether the school has filed its copy, and whether this person may say so."""
    at = services.concerns.copy_confirmed_at(person, concern_id)
    return Copy(
        concern=concern_id,
        confirmed=wall(at, services.clock()) if at is not None else None,
        may_confirm=person.role in KEEPS_THE_FILE,
    )


def _file(name: str, kind: Kind, content: bytes) -> Response:
    """A document to save; its name says nothing about a child."""
    disposition = f'attachment; filename="{name}.{kind}"'
    return Response(content, media_type=MEDIA[kind], headers={"content-disposition": disposition})
