"""The JSON API for a referral that staff send themselves: the call, and that it was sent."""

from __future__ import annotations

from typing import Literal

from fastapi import APIRouter, Depends
from pydantic import AwareDatetime, Field

from bot.concerns.timeline import Timeline
from bot.web.access import Token, Wired, token
from bot.web.api import PROBLEMS, Body, CallBody

router = APIRouter(
    prefix="/api/v1/referrals/{reference}",
    dependencies=[Depends(token)],
    responses=PROBLEMS,
    tags=["referral"],
)


class HandedOverBody(Body):
    """That a referral to another authority was sent by hand: how, to whom and when (now, if left out)."""

    how: Literal["secure_email", "portal", "in_person", "other"]
    to: str = Field(min_length=1, max_length=200)
    at: AwareDatetime | None = None


@router.post("/call", status_code=201)
def note_call(reference: str, body: CallBody, person: Token, services: Wired) -> Timeline:
    """Write down a call to MASH about a referral. It does not make one with `by_hand` sent."""
    return services.concerns.note_call(person, reference, body.model_dump(exclude_none=True))


@router.post("/handed-over", status_code=201)
def handed_over(reference: str, body: HandedOverBody, person: Token, services: Wired) -> Timeline:
    """Say that a referral with `by_hand` was sent. Only from now on does it count as sent."""
    return services.concerns.handed_over(person, reference, how=body.how, to=body.to, at=body.at)
