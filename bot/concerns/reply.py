"""What every door gives back after a turn. The JSON API returns it as it is (see docs/api.md)."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal

from pydantic import BaseModel, Field

JsonValue = str | list[str]


class OptionView(BaseModel):
    """One answer that can be chosen."""

    value: str
    label: str
    hint: str = ""


class QuestionView(BaseModel):
    """The open question. ``kind``: one, many (tick all that apply; a list) or text."""

    id: str
    ask: str
    why: str
    kind: Literal["one", "many", "text"]
    child: str | None = None
    options: list[OptionView] = Field(default_factory=list)
    help: dict[str, str] = Field(default_factory=dict)
    suggested: JsonValue | None = None
    words: str = ""
    other: str = ""
    """The option beside which an answer in one's own words may be given: send those words as the value."""


class SuggestionView(BaseModel):
    """An unconfirmed answer read from words: it may raise the advice, never lower it."""

    question: str
    ask: str
    value: JsonValue
    label: str
    words: str
    child: str | None = None


class AnswerView(BaseModel):
    """An answer that a person gave or confirmed."""

    question: str
    ask: str
    value: JsonValue
    label: str
    child: str | None = None


class SourceView(BaseModel):
    """Where a rule stands. ``mark``: r read in the source, k to be rechecked, proposed by us."""

    title: str
    cite: str
    mark: str
    where: str = ""
    url: str = ""


class MetView(BaseModel):
    """A criterion that is met, with its reason and source."""

    criterion: str
    category: str
    band: str
    level: int | None = None
    because: str
    source: SourceView


class OpenView(BaseModel):
    """A criterion that may still hold, and the questions that would decide it."""

    criterion: str
    band: str
    because: str
    needs: list[str]


class AssessmentView(BaseModel):
    """The assessment of one child, or of the whole concern (the most serious of its children)."""

    certain: str | None
    possible: str
    likely: str | None
    peak: str | None
    route: str | None
    level: int | None = None
    met: list[MetView] = Field(default_factory=list)
    open: list[OpenView] = Field(default_factory=list)
    not_met: list[str] = Field(default_factory=list)
    would_change: list[str] = Field(default_factory=list)


class DutyView(BaseModel):
    """Something that must be done besides or instead of a band."""

    duty: str
    title: str
    who: str
    by_when: str
    how: list[str]
    do_not: list[str]
    route: str
    emergency: bool
    personal: bool
    certain: bool
    child: str | None = None
    done_at: datetime | None = None
    source: SourceView | None = None


class ParentsView(BaseModel):
    """Whether to tell the parents: tell, ask_first (ask MASH or the DSL before) or do_not_tell."""

    advice: Literal["tell", "ask_first", "do_not_tell"]
    because: list[str]
    say: str


class ClockView(BaseModel):
    """MASH's target for the band as a wall-clock time: an estimate until MASH itself says ``due_at``."""

    band: str
    due_at: datetime | None
    says: str
    unit_stated: bool = False
    out_of_hours: bool = False


class ChildView(BaseModel):
    """One child of the concern; the label never is a full name."""

    id: str
    label: str
    role: str


class PackView(BaseModel):
    """The pack that the concern is pinned to, or by which a child is judged who lives elsewhere."""

    name: str
    version: str
    digest: str
    status: str
    title: str


class ContactView(BaseModel):
    """Whom to ring; ``says`` also says so where no number is published."""

    label: str
    phone: str = ""
    hours: str = ""
    note: str = ""
    says: str


class HomeView(BaseModel):
    """Under which authority a child lives, whose thresholds are used, and whom to ring there."""

    child: str | None = None
    elsewhere: bool
    """Under another authority than the school's own."""
    authority: str
    """Empty while it is not known."""
    published: bool
    """Whether that authority's own pack is used; otherwise it is the national base."""
    says: str
    pack: PackView
    contacts: list[ContactView] = Field(default_factory=list)


class SentTo(BaseModel):
    """One referral of a concern. Children under different authorities give one each."""

    reference: str
    authority: str
    children: list[str] = Field(default_factory=list)
    band: str | None = None
    by_hand: bool = False
    """There is no link to that authority: staff ring and send the document themselves."""
    handed_over: bool = False
    """A member of staff said that they have sent it; always false for what goes by itself."""


class Reply(BaseModel):
    """The state of a concern after a turn."""

    id: str
    version: int
    messages: list[str]
    question: QuestionView | None
    suggestions: list[SuggestionView]
    answers: list[AnswerView]
    assessment: AssessmentView
    children: list[ChildView] = Field(default_factory=list)
    assessments: dict[str, AssessmentView] = Field(default_factory=dict)
    duties: list[DutyView]
    parents: ParentsView
    clock: ClockView | None
    draft: dict[str, Any] | None
    done: bool
    route: str | None
    headline: str
    """What the route means, in a sentence; empty while questions are open."""
    always: list[str]
    """What every ending says: whom to tell today, and that staff may refer anyway."""
    emergency: bool
    parser: Literal["up", "down"]
    pack: PackView
    state: Literal["open", "sent", "decided"] = "open"
    reference: str | None = None
    homes: list[HomeView] = Field(default_factory=list)
    referrals: list[SentTo] = Field(default_factory=list)


class DraftView(BaseModel):
    """The draft referral: fields, what is missing for the band (never a block for a Red), quality."""

    draft: dict[str, Any]
    missing: list[dict[str, str]]
    quality: dict[str, Any]
    warnings: list[dict[str, str]]
    version: int
    band: str | None = None


class Sent(BaseModel):
    """A referral that was handed to the outbox: stored, numbered, immutable."""

    reference: str
    status: str
    ring_first: bool = False
    say: list[str] = Field(default_factory=list)
    referrals: list[SentTo] = Field(default_factory=list)
    """Every referral of the concern; ``reference`` is the first of them."""


class Added(BaseModel):
    """Information that was added to a referral: the band before and now, and whether MASH looks again."""

    reference: str
    before: str | None
    now: str | None
    step_up: bool = False
    """It went as a higher risk: MASH looks at the referral again at once."""
    step_up_offered: bool = False
    """It reads as a higher band, but was not sent as a higher risk."""
    ring_first: bool = False
    emergency: bool = False
    """It reads as danger now: 999 comes before everything else."""
    say: list[str] = Field(default_factory=list)


class Decision(BaseModel):
    """A record of a decision without a referral."""

    concern: str
    decision: str
    recorded_at: datetime
    say: list[str] = Field(default_factory=list)


class ConcernRow(BaseModel):
    """One line of a list of concerns."""

    id: str
    label: str
    opened_at: datetime
    author: str
    band: str | None
    peak: str | None
    state: Literal["open", "sent", "decided"]
    unsent_alert: bool = False
    reference: str | None = None
    referrals: list[SentTo] = Field(default_factory=list)
    version: int = 0
