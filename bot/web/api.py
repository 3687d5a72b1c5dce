"""The JSON API: enough to hold a whole conversation without a browser. Bearer token."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, Header, Query, Response
from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, model_validator

from bot.concerns.reply import ConcernRow, Decision, DraftView, JsonValue, Reply, Sent
from bot.concerns.timeline import Timeline
from bot.web.access import Token, Wired, token

IdempotencyKey = Annotated[
    str | None,
    Header(alias="Idempotency-Key", min_length=1, max_length=200, description="Repeat it to repeat safely"),
]
Version = Annotated[
    int | None, Field(ge=0, le=2**31 - 1, description="The version you saw; a stale one is a 409")
]


class Body(BaseModel):
    """A request body; unknown fields are refused, so that a misspelt one is not silently lost."""

    model_config = ConfigDict(extra="forbid")


class MessageBody(Body):
    """Either words (`text`), or an answer (`question`, `value`, and `child` where it is asked per child)."""

    text: str | None = None
    question: str | None = Field(None, max_length=100)
    value: JsonValue | None = None
    child: str | None = Field(None, max_length=20)
    version: Version = None

    @model_validator(mode="after")
    def _one_of_both(self) -> MessageBody:
        if (self.text is None) == (self.question is None):
            raise ValueError("send either text, or question with value")
        if self.question is not None and self.value is None:
            raise ValueError("send value with question")
        return self


class CorrectionBody(Body):
    """The corrected answer; `reason` is needed when it lowers the band."""

    value: JsonValue
    child: str | None = Field(None, max_length=20)
    reason: str | None = Field(None, max_length=2000)
    version: Version = None


class ChildBody(Body):
    """Another child: their part in the concern, and the name if it is known (kept sealed)."""

    role: Literal["harmed", "harming", "sibling", "other"]
    name: str = Field("", max_length=200)


class DisagreementBody(Body):
    """Another band than the one that was advised, and why."""

    band: Literal["red", "amber", "green", "none"]
    reason: str = Field(min_length=1, max_length=2000)


class CallBody(Body):
    """A telephone call to MASH: when, who answered, the reference they gave, and how it ended."""

    at: AwareDatetime | None = None
    answered_by: str | None = Field(None, max_length=200)
    reference: str | None = Field(None, max_length=100)
    outcome: str | None = Field(None, max_length=200, description="for example: could not get through")


class SendBody(Body):
    """What goes with the sending of a referral. For a Red the call comes first."""

    call: CallBody | None = None


class DecisionBody(Body):
    """How a concern ends without a referral, and why."""

    decision: str = Field(min_length=1, max_length=100)
    reason: str = Field(min_length=1, max_length=5000)
    look_again_at: AwareDatetime | None = Field(
        None, description="when the school looks at it again; in two weeks, if left out"
    )


class Disagreed(BaseModel):
    """The disagreement was kept."""

    concern: str
    band: str


router = APIRouter(prefix="/api/v1", dependencies=[Depends(token)])

PROBLEMS: dict[int | str, dict[str, Any]] = {
    401: {"description": "No known bearer token"},
    404: {"description": "No such thing, or not yours: both look the same"},
    409: {"description": "Changed meanwhile; `version` is the current one"},
    422: {"description": "It cannot be taken; nothing was changed and nothing is echoed"},
}


def _as_json(reply: Reply, status: int = 200) -> Response:
    """A reply as it is sent. It is long and made of its own model: checking it again gains nothing."""
    return Response(reply.model_dump_json(), status, media_type="application/json")


@router.post("/concerns", status_code=201, response_model=Reply, responses=PROBLEMS, tags=["concerns"])
def open_concern(person: Token, services: Wired) -> Response:
    """Begin a concern."""
    return _as_json(services.concerns.open(person), 201)


@router.get("/concerns", responses=PROBLEMS, tags=["concerns"])
def list_concerns(person: Token, services: Wired) -> list[ConcernRow]:
    """The concerns that this person may see."""
    return services.concerns.mine(person)


@router.post("/concerns/{concern_id}/messages", response_model=Reply, responses=PROBLEMS, tags=["concerns"])
def take_message(
    concern_id: str, body: MessageBody, person: Token, services: Wired, key: IdempotencyKey = None
) -> Response:
    """One turn: words, or an answer to a question."""
    if body.question is not None and body.value is not None:
        said = services.concerns.answer(
            person, concern_id, body.question, body.value, body.child or "", key=key, version=body.version
        )
    else:
        said = services.concerns.message(person, concern_id, body.text or "", key=key, version=body.version)
    return _as_json(said)


@router.post("/concerns/{concern_id}/children", response_model=Reply, responses=PROBLEMS, tags=["concerns"])
def add_child(concern_id: str, body: ChildBody, person: Token, services: Wired) -> Response:
    """Another child of the concern, with their part in it. Each child is asked about and assessed apart."""
    return _as_json(services.concerns.add_child(person, concern_id, body.role, name=body.name))


@router.put(
    "/concerns/{concern_id}/answers/{question}", response_model=Reply, responses=PROBLEMS, tags=["concerns"]
)
def correct_answer(
    concern_id: str, question: str, body: CorrectionBody, person: Token, services: Wired
) -> Response:
    """Correct an answer. The earlier one stays in the record; the peak band stays."""
    said = services.concerns.correct(
        person, concern_id, question, body.value, body.child or "", reason=body.reason, version=body.version
    )
    return _as_json(said)


@router.get("/concerns/{concern_id}", response_model=Reply, responses=PROBLEMS, tags=["concerns"])
def read_concern(concern_id: str, person: Token, services: Wired) -> Response:
    """Where the concern stands, with every answer and suggestion."""
    return _as_json(services.concerns.read(person, concern_id))


@router.patch("/concerns/{concern_id}/draft", responses=PROBLEMS, tags=["referral"])
def patch_draft(
    concern_id: str,
    fields: dict[str, Any],
    person: Token,
    services: Wired,
    version: Annotated[
        int | None, Query(ge=0, le=2**31 - 1, description="The draft's version that you saw")
    ] = None,
) -> DraftView:
    """Fill in fields of the referral."""
    return services.concerns.patch_draft(person, concern_id, fields, version=version)


@router.post("/concerns/{concern_id}/disagreement", responses=PROBLEMS, tags=["referral"])
def disagree(concern_id: str, body: DisagreementBody, person: Token, services: Wired) -> Disagreed:
    """Say which band one would choose, and why; it goes along with the referral."""
    services.concerns.disagree(person, concern_id, body.band, body.reason)
    return Disagreed(concern=concern_id, band=body.band)


@router.post("/concerns/{concern_id}/referral", status_code=201, responses=PROBLEMS, tags=["referral"])
def send(concern_id: str, person: Token, services: Wired, body: SendBody | None = None) -> Sent:
    """Send the referral to MASH. A missing field never holds back a Red; `ring_first` says to ring before."""
    call = body.call.model_dump(exclude_none=True) if body is not None and body.call is not None else None
    return services.concerns.send(person, concern_id, call=call)


@router.post("/concerns/{concern_id}/decision", status_code=201, responses=PROBLEMS, tags=["referral"])
def decide(concern_id: str, body: DecisionBody, person: Token, services: Wired) -> Decision:
    """Close the concern with a record of what was decided, without a referral."""
    return services.concerns.decide(
        person, concern_id, body.decision, body.reason, look_again_at=body.look_again_at
    )


@router.get("/referrals/{reference}", responses=PROBLEMS, tags=["referral"])
def referral(reference: str, person: Token, services: Wired) -> Timeline:
    """Where a referral stands."""
    return services.concerns.referral(person, reference)
