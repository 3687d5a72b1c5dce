"""Where a sent referral stands, as every door shows it (see docs/api.md)."""

from __future__ import annotations

from datetime import datetime

from pydantic import BaseModel, Field

from bot.concerns.reply import ContactView


class TimelineEntry(BaseModel):
    """One step of a referral, in plain words."""

    at: datetime
    kind: str
    says: str
    reasons: list[str] = Field(default_factory=list)
    due_at: datetime | None = None


class Timeline(BaseModel):
    """Where a referral stands. The status is derived from the times of what happened, never set by hand."""

    reference: str
    concern: str
    status: str
    band: str | None
    """The band when it was sent, by what the school said; `rated` is MASH's own."""
    rated: str | None = None
    entries: list[TimelineEntry]
    due_at: datetime | None = None
    estimated: bool = True
    ring: str | None = None
    say: list[str] = Field(default_factory=list)
    parents: str = ""
    """What to tell the parents, by everything that was said; empty once MASH has decided."""
    band_now: str | None = None
    """The band by everything that was said, also after sending; never lower than at sending."""
    step_up_offered: bool = False
    may_withdraw: bool = False
    escalation: list[str] = Field(default_factory=list)
    """The steps of a professional disagreement, where MASH is late or has decided."""
    escalation_source: str = ""
    authority: str = ""
    """The authority that it is for, where that is not the school's own."""
    by_hand: bool = False
    """There is no link to that authority: ring, and send the PDF by its secure route."""
    contacts: list[ContactView] = Field(default_factory=list)
