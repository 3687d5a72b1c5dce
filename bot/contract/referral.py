"""What a sender sends: the referral, later information, a withdrawal."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import AwareDatetime, ConfigDict, Field, StringConstraints

from bot.contract.codes import SourceCode
from bot.contract.part import Code, Line, Part, Text
from bot.contract.parts import (
    AttachmentMeta,
    Category,
    ChronologyRow,
    Concern,
    Consent,
    DutyDone,
    Injury,
    Parents,
    Safety,
    Suggestion,
    UrgentCall,
    VoiceOfChild,
)
from bot.contract.people import Child, HouseholdMember, PersonOfConcern, Referrer

Reference = Annotated[
    str,
    StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]{3,63}$"),
    Field(description="the sender's own reference; unguessable, since it stands in addresses"),
]

EXAMPLE: dict[str, Any] = {
    "reference": "R-7K2M-QX4T-0WZ9",
    "submitted_at": "2026-09-14T13:05:00+01:00",
    "authority": "336",
    "suggested": {
        "band": "red",
        "peak": "red",
        "level": 4,
        "criteria": [
            {
                "id": "physical_unexplained_injury",
                "category": "physical_harm",
                "because": "The child is hurt and the account does not explain it.",
                "source": {"title": "Keeping children safe in education", "cite": "kcsie", "mark": "k"},
            }
        ],
        "pack": {"name": "wolverhampton", "version": "2026.1", "digest": "0f3a…", "status": "illustrative"},
    },
    "categories": [{"code": "physical_harm", "label": "Physical harm", "need": "N1", "factors": ["18C"]}],
    "source": "2A",
    "referrer": {
        "name": "Sam Field",
        "role": "Class teacher",
        "agency": "Example Primary School",
        "phone": "01632 960001",
        "email": "s.field@school.example",
        "school": {"name": "Example Primary School", "urn": "100000"},
        "dsl": {"name": "Jo Marsh", "told": "yes", "agrees": "yes"},
    },
    "children": [
        {
            "id": "c1",
            "first_name": "Robin",
            "last_name": "Example",
            "date_of_birth": "2018-03-02",
            "address": "1 Sample Street",
            "postcode": "WV1 1AA",
            "where_now": "In school until 15:15",
            "collected_by": "Mother",
            "collected_at": "15:15",
        }
    ],
    "concern": {
        "why_now": "Robin is collected at 15:15 by the adult who may have caused the injury.",
        "what_happened": "Robin came in with a mark on the left ear. The account changed twice.",
        "known_by": "saw",
        "child_words": [{"words": "I fell. No, the door did it.", "question": "What happened?"}],
    },
    "parents": {"informed": "not_safe", "reason_not_informed": "raises_risk"},
    "urgent_call": {"made": "yes", "at": "2026-09-14T12:50:00+01:00", "to": "MASH"},
    "gaps": ["household", "children.0.upn"],
}


class Referral(Part):
    """A pre-structured referral to one authority about one or more children of one home.

    `gaps` names the fields that the sender was asked for and does not know, so that MASH can tell "not known"
    from "not asked".
    """

    model_config = ConfigDict(json_schema_extra={"examples": [EXAMPLE]})

    reference: Reference
    submitted_at: AwareDatetime | None = None
    authority: Code | None = Field(None, description="code of the receiving authority")
    related: list[Reference] = Field(
        default_factory=list, max_length=20, description="the sender's other referrals about the same family"
    )
    suggested: Suggestion | None = None
    categories: list[Category] = Field(default_factory=list, max_length=50)
    source: SourceCode = Field(
        "2A",
        description="source of referral, Children in Need census; 2A is a school. Left out: the one that "
        "MASH keeps for the sending organisation",
    )
    referrer: Referrer | None = None
    children: list[Child] = Field(default_factory=list, max_length=30)
    household: list[HouseholdMember] = Field(default_factory=list, max_length=60)
    people_of_concern: list[PersonOfConcern] = Field(default_factory=list, max_length=30)
    concern: Concern | None = None
    chronology: list[ChronologyRow] = Field(default_factory=list, max_length=500)
    injuries: list[Injury] = Field(default_factory=list, max_length=200)
    consent: Consent | None = None
    parents: Parents | None = None
    voice_of_child: VoiceOfChild | None = None
    safety: Safety | None = None
    duties_done: list[DutyDone] = Field(default_factory=list, max_length=100)
    urgent_call: UrgentCall | None = None
    attachments: list[AttachmentMeta] = Field(default_factory=list, max_length=50)
    gaps: list[Line] = Field(default_factory=list, max_length=500)


class Information(Part):
    """What a sender adds later. What was sent before stays as it was."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "words": "Robin's aunt rang: the mother's partner moved back in last night.",
                    "said_by": "Jo Marsh, DSL",
                    "risk_is_higher": True,
                }
            ]
        }
    )

    words: Text = Field(min_length=1)
    said_by: Line | None = None
    at: AwareDatetime | None = None
    risk_is_higher: bool = Field(False, description="true puts the referral back in front of MASH at once")
    suggested: Suggestion | None = None
    chronology: list[ChronologyRow] = Field(default_factory=list, max_length=500)
    injuries: list[Injury] = Field(default_factory=list, max_length=200)
    gaps_closed: list[Line] = Field(default_factory=list, max_length=500)


class Withdrawal(Part):
    """A sender asks for a referral to be withdrawn. MASH may go on all the same."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"reason": "Sent twice by mistake.", "by": "Jo Marsh"}]}
    )

    reason: Text = Field(min_length=1)
    by: Line | None = None
