"""What the intake says, read as widely as the contract promises: fields and kinds of event that a later
release of it adds are passed over, and stop neither a delivery nor the news about a child.
"""

from __future__ import annotations

from typing import Annotated

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, StringConstraints

from bot.contract import Reference


class _Heard(BaseModel):
    model_config = ConfigDict(extra="ignore", frozen=True)


class Acknowledged(_Heard):
    """The intake has a referral: since when, and by when it means to answer."""

    reference: Reference
    received_at: AwareDatetime
    due_at: AwareDatetime | None = None


class Attached(_Heard):
    """The intake has a document."""

    id: str
    received_at: AwareDatetime


class SaidEvent(_Heard):
    """Something that happened to a referral at MASH. An unknown kind is shown with MASH's own words."""

    id: Annotated[str, StringConstraints(min_length=1, max_length=100)]
    type: Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,59}$")]
    reference: Reference
    at: AwareDatetime
    due_at: AwareDatetime | None = None
    band: str | None = None
    decision: str | None = None
    words: str = ""
    reasons: list[str] = Field(default_factory=list)


class SaidPage(_Heard):
    """Events after a cursor, oldest first."""

    events: list[SaidEvent]
    next: str
    more: bool = False
