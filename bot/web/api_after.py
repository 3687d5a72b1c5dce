"""The JSON API after sending: information is added to a referral, or it is withdrawn."""

from __future__ import annotations

from fastapi import APIRouter, Depends
from pydantic import Field

from bot.concerns.reply import Added
from bot.concerns.timeline import Timeline
from bot.web.access import Token, Wired, token
from bot.web.api import PROBLEMS, Body, IdempotencyKey

router = APIRouter(
    prefix="/api/v1/referrals/{reference}",
    dependencies=[Depends(token)],
    responses=PROBLEMS,
    tags=["referral"],
)


class InformationBody(Body):
    """What became known after sending, in words."""

    words: str = Field(min_length=1, max_length=20_000)
    risk_is_higher: bool | None = Field(
        None, description="true: MASH looks again at once; left out: true where it reaches a higher band"
    )


class WithdrawalBody(Body):
    """Why the referral is withdrawn; MASH reads it."""

    reason: str = Field(min_length=1, max_length=5_000)


@router.post("/information", status_code=201)
def add_information(
    reference: str, body: InformationBody, person: Token, services: Wired, key: IdempotencyKey = None
) -> Added:
    """Add information on the same reference. It is assessed again; the band before and now are told."""
    return services.concerns.add_information(
        person, reference, body.words, risk_is_higher=body.risk_is_higher, key=key
    )


@router.post("/withdraw", status_code=201)
def withdraw(reference: str, body: WithdrawalBody, person: Token, services: Wired) -> Timeline:
    """Ask MASH to stop. What was sent stays in sight, and MASH may go on all the same."""
    return services.concerns.withdraw(person, reference, body.reason)
