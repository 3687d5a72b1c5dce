"""What the intake answers: the state of a referral, events, tokens, problems."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, HttpUrl

from bot.contract.codes import Band, Decision, EventType, State
from bot.contract.part import Answer, Part
from bot.contract.referral import Reference

EXAMPLE_EVENT: dict[str, Any] = {
    "id": "9f1c6d3a7b524e0f8d21c5a4e6b7f809",
    "cursor": "000000000017",
    "type": "rated",
    "reference": "R-7K2M-QX4T-0WZ9",
    "at": "2026-09-14T13:40:00Z",
    "band": "red",
    "due_at": "2026-09-14T16:06:00Z",
    "words": "A social worker has rated this Red. MASH aims to act by 5:06pm today.",
    "reasons": ["The child goes home today to the adult who may have caused the injury."],
}


EXAMPLE_ATTACHMENT: dict[str, Any] = {
    "id": "4e0b7f1c2d9a4c6f8e13a5b7c9d0e2f4",
    "name": "Early help assessment",
    "kind": "application/pdf",
    "size": 48213,
    "sha256": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
    "received_at": "2026-09-14T12:10:00Z",
}
EXAMPLE_ROW: dict[str, Any] = {
    "reference": "R-7K2M-QX4T-0WZ9",
    "mash_reference": "M-4T7K-92QX",
    "state": "rated",
    "received_at": "2026-09-14T12:06:00Z",
    "due_at": "2026-09-14T16:06:00Z",
    "band": "red",
}
EXAMPLE_TOKEN: dict[str, Any] = {
    "access_token": "q1Zt9x0c8V7b6N5m4L3k2J1h0G9f8D7s6A5p4O3i2U1",
    "token_type": "Bearer",
    "expires_in": 900,
    "scope": "referrals:write referrals:read events:read",
}


def _example(one: dict[str, Any]) -> ConfigDict:
    return ConfigDict(json_schema_extra={"examples": [one]})


class Event(Answer):
    """Something that happened to a referral at MASH. Delivered at least once: keep each `id` once.

    `words` are plain words for the school; `due_at` is MASH's target as it stands now.
    """

    model_config = _example(EXAMPLE_EVENT)

    id: str
    cursor: str = Field(description="orders events; give the last one back as `after`")
    type: EventType | str = Field(description="kinds may be added within a version")
    reference: Reference
    at: AwareDatetime
    due_at: AwareDatetime | None = None
    band: Band | None = None
    decision: Decision | str | None = None
    words: str = ""
    reasons: list[str] = Field(default_factory=list)


class EventPage(Answer):
    """Events after a cursor, oldest first."""

    model_config = _example({"events": [EXAMPLE_EVENT], "next": "000000000017", "more": False})

    events: list[Event]
    next: str = Field(description="give it as `after` next time, even when `events` is empty")
    more: bool = Field(description="true: ask again at once")


class AttachmentView(Answer):
    """An attachment as it was kept."""

    model_config = _example(EXAMPLE_ATTACHMENT)

    id: str
    name: str
    kind: str
    size: int
    sha256: str
    received_at: AwareDatetime


class ReferralView(Answer):
    """How a referral stands. `band` is MASH's own rating, not the suggestion."""

    model_config = _example(
        {
            **EXAMPLE_ROW,
            "words": EXAMPLE_EVENT["words"],
            "additions": 0,
            "attachments": [EXAMPLE_ATTACHMENT],
            "events": [EXAMPLE_EVENT],
        }
    )

    reference: Reference
    mash_reference: str
    state: State | str = Field(description="states may be added within a version")
    received_at: AwareDatetime
    due_at: AwareDatetime | None
    band: Band | None = None
    decision: Decision | str | None = None
    words: str = Field("", description="the newest words for the sender")
    additions: int = Field(0, description="how often information was added")
    attachments: list[AttachmentView] = Field(default_factory=list)
    events: list[Event] = Field(default_factory=list)


class ReferralRow(Answer):
    """One line of the sender's own list."""

    model_config = _example(EXAMPLE_ROW)

    reference: Reference
    mash_reference: str
    state: State | str = Field(description="states may be added within a version")
    received_at: AwareDatetime
    due_at: AwareDatetime | None
    band: Band | None = None
    decision: Decision | str | None = None


class ReferralPage(Answer):
    """The sender's own referrals, newest first."""

    model_config = _example({"referrals": [EXAMPLE_ROW], "next": None})

    referrals: list[ReferralRow]
    next: str | None = Field(None, description="give it as `after` for the next page; null on the last")


class Webhook(Part):
    """Where events are pushed to. The body of each push is one Event."""

    model_config = _example({"url": "https://school.example/mash-events"})

    url: HttpUrl = Field(description="https (http only on the loopback of a demonstration)")


class WebhookSecret(Answer):
    """The secret that pushes are signed with (Standard Webhooks). Shown once."""

    model_config = _example(
        {
            "url": "https://school.example/mash-events",
            "secret": "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSwMfKQ9r8GKYo=",
        }
    )

    url: str
    secret: str = Field(description="starts with whsec_")


class Token(BaseModel):
    """An access token (RFC 6749)."""

    model_config = _example(EXAMPLE_TOKEN)

    access_token: str
    token_type: Literal["Bearer"] = "Bearer"  # noqa: S105 - the name of the kind, as RFC 6750 wants it
    expires_in: int = Field(description="seconds")
    scope: str


class TokenRefused(BaseModel):
    """Why no token was given (RFC 6749, section 5.2)."""

    model_config = _example(
        {
            "error": "invalid_client",
            "error_description": "The client is not known, or it did not prove itself.",
        }
    )

    error: Literal[
        "invalid_request", "invalid_client", "unauthorized_client", "unsupported_grant_type", "invalid_scope"
    ]
    error_description: str


class FieldProblem(BaseModel):
    """Which field is wrong and how; never what was in it."""

    field: str = Field(description="JSON pointer into the body, or the name of a parameter")
    problem: str


class Problem(BaseModel):
    """RFC 9457 problem details. Never repeats what was sent."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "type": "urn:mash-intake:problem:key-reused",
                    "title": "This idempotency key was used for another body",
                    "status": 422,
                    "detail": "Use a new Idempotency-Key for a new referral; the first is kept unchanged.",
                }
            ]
        }
    )

    type: str = Field("about:blank", description="names the kind of problem; stable")
    title: str
    status: int
    detail: str = ""
    instance: str | None = None
    errors: list[FieldProblem] = Field(default_factory=list)


PROBLEM_TYPE = "urn:mash-intake:problem:"
"""What every problem `type` of the intake begins with."""
