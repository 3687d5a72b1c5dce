"""The parts of a referral that are not people: suggestion, concern, injuries, consent, duties.

Every field may be left out: a missing field never blocks a Red. Unknown fields are refused, so that nothing
is dropped in silence.
"""

from __future__ import annotations

from datetime import date
from typing import Literal

from pydantic import AwareDatetime, Field

from bot.contract.codes import NeedCode, Suggested, YesNoNotKnown
from bot.contract.part import Code, Line, Part, Text
from bot.contract.people import Contact


class Source(Part):
    """Where a criterion stands written. `mark`: r read, k to be rechecked, proposed."""

    title: Line | None = None
    cite: Line | None = None
    mark: Code | None = None
    where: Line | None = None


class CriterionMet(Part):
    """One criterion of the threshold pack that the answers met, for whom and why."""

    id: Code
    child: Code | None = None
    category: Code | None = None
    level: int | None = Field(None, ge=1, le=5)
    band: Suggested | None = None
    because: Text | None = None
    source: Source | None = None


class PackUsed(Part):
    """Which threshold pack advised: exactly this version, by its digest."""

    name: Code
    version: Code
    digest: Code | None = None
    status: Code | None = None


class Disagreement(Part):
    """The sender sees it otherwise than the advice, and says why."""

    band: Suggested
    reason: Text | None = None


class Suggestion(Part):
    """What the sender's side suggests. Advice only: MASH rates it before seeing this."""

    band: Suggested | None = None
    peak: Suggested | None = Field(
        None, description="the highest band reached while the concern was talked through"
    )
    level: int | None = Field(None, ge=1, le=5)
    criteria: list[CriterionMet] = Field(default_factory=list, max_length=200)
    open_criteria: list[Code] = Field(default_factory=list, max_length=500)
    pack: PackUsed | None = None
    lowered_because: Text | None = Field(None, description="why the band is lower than its peak")
    disagreement: Disagreement | None = None
    referrer_view: Line | None = Field(None, description="the referrer's own words for the level of need")


class Category(Part):
    """A kind of harm or need, with its Children in Need census codes."""

    code: Code
    label: Line | None = None
    need: NeedCode | None = None
    factors: list[Code] = Field(default_factory=list, max_length=20, examples=[["18C"]])


class Quote(Part):
    """What the child said, word for word, and what was asked."""

    words: Text
    asked_by: Line | None = None
    question: Line | None = None
    language: Line | None = None
    at: Line | None = None


class EarlyHelp(Part):
    """Whether an early help assessment was done, by whom, or why not."""

    done: YesNoNotKnown | None = None
    lead_professional: Contact | None = None
    reason_not: Text | None = None


class Concern(Part):
    """What the worry is: facts first, opinion apart and called so."""

    why_now: Text | None = None
    what_happened: Text | None = None
    occurred_on: date | None = None
    occurred_when: Line | None = None
    place: Line | None = None
    who_involved: Text | None = None
    known_by: Literal["saw", "heard", "told", "recorded"] | None = None
    told_by: Line | None = None
    child_words: list[Quote] = Field(default_factory=list, max_length=100)
    pattern: Text | None = None
    impact: Text | None = None
    complicating: Text | None = None
    protective: Text | None = None
    working_well: Text | None = None
    needs_to_happen: Text | None = None
    safety_scale: int | None = Field(None, ge=0, le=10)
    safety_scale_reason: Text | None = None
    done_so_far: Text | None = None
    early_help: EarlyHelp | None = None
    asked_for: Text | None = None
    hoped_outcome: Text | None = None
    analysis: Text | None = None
    confidential_from_family: Text | None = None


class ChronologyRow(Part):
    """One dated event of a pattern."""

    date: Line | None = Field(None, description="a date, or as near as it is known", examples=["2026-09-14"])
    event: Text
    source: Line | None = None
    recorded_by: Line | None = None
    action: Text | None = None
    impact: Text | None = None
    evidence_id: Line | None = None


class Injury(Part):
    """One mark on the body map: only what was seen in the ordinary course; nobody undresses or photographs a
    child.

    `x` and `y` are parts of the picture's width and height, from the top left.
    """

    child: Code | None = None
    view: Literal["front", "back", "left", "right", "face", "hands", "feet"] | None = None
    x: float | None = Field(None, ge=0, le=1, allow_inf_nan=False)
    y: float | None = Field(None, ge=0, le=1, allow_inf_nan=False)
    type: Literal["bruise", "burn", "cut", "bite", "swelling", "mark"] | None = None
    where: Line | None = None
    size_cm: float | None = Field(None, ge=0, le=200, allow_inf_nan=False)
    colour: Line | None = None
    shape: Line | None = None
    seen_by: Line | None = None
    seen_at: Line | None = None
    explanation: Text | None = None
    explanation_by: Line | None = None
    first_aid: Line | None = None


Agreement = Literal["given", "refused", "not_sought", "not_needed"]


class Consent(Part):
    """Consent to share and to be helped: another question than whether the parents were told."""

    share: Agreement | None = None
    support: Agreement | None = None
    given_by: Line | None = None
    whose_information: Line | None = None
    given_on: Line | None = None
    form: Line | None = None
    limits: Text | None = None
    child_view: Text | None = None
    lawful_basis: Line | None = None
    decided_by: Line | None = None


class Parents(Part):
    """Whether the parents were told, and if not, why not."""

    informed: Literal["yes", "no", "not_safe", "advice_awaited"] | None = None
    when: Line | None = None
    by: Line | None = None
    response: Text | None = None
    reason_not_informed: (
        Literal[
            "raises_risk", "endangers_other", "obstructs_police", "undue_delay", "not_contactable", "other"
        ]
        | None
    ) = None
    reason_words: Text | None = None
    view: Text | None = None
    engagement: Text | None = None


class VoiceOfChild(Part):
    """What the child wishes and feels; for a child who does not speak, how it presents."""

    wishes: Text | None = None
    feelings: Text | None = None
    wants_to_happen: Text | None = None
    aware_of_referral: YesNoNotKnown | None = None
    how_obtained: Text | None = None
    presentation: Text | None = None


class Safety(Part):
    """Risks to staff who visit, and whom and when it is safe to contact."""

    risks_to_staff: Text | None = None
    none_known: bool | None = None
    do_not_visit_alone: YesNoNotKnown | None = None
    safe_contact: Text | None = None
    when_not_to_contact: Text | None = None


class DutyDone(Part):
    """A duty besides the referral (999, police 101, LADO, Prevent …) and whether it was done."""

    duty: Code
    done: YesNoNotKnown | None = None
    at: Line | None = None
    by: Line | None = None
    reference: Line | None = None


class UrgentCall(Part):
    """The telephone call that goes before a Red."""

    made: YesNoNotKnown | None = None
    at: AwareDatetime | None = None
    to: Line | None = None
    spoke_to: Line | None = None
    call_reference: Line | None = None
    outcome: Text | None = None
    emergency_service: Line | None = None
    incident_number: Line | None = None


class AttachmentMeta(Part):
    """A document that follows through the attachments address."""

    name: Line
    kind: Code | None = None
    size: int | None = Field(None, ge=0)
    sha256: Code | None = None
