"""The people of a referral: who refers, the children, the family, who may pose a risk.

Identifiers (UPN, NHS number, postcode, telephone) are taken as they were written: a sender warns about a
doubtful one, MASH sees it as it is.
"""

from __future__ import annotations

from datetime import date
from typing import Literal

from pydantic import Field

from bot.contract.codes import Disability, Ethnicity, YesNoNotKnown
from bot.contract.part import Code, Line, Part, Text


class Contact(Part):
    """Somebody who can be reached."""

    name: Line | None = None
    role: Line | None = None
    agency: Line | None = None
    phone: Line | None = None
    email: Line | None = None
    notes: Text | None = None


class School(Part):
    """A school or college. URN has 6 digits, LAESTAB 7 (authority and establishment)."""

    name: Line | None = None
    urn: Code | None = None
    laestab: Code | None = None
    address: Line | None = None
    postcode: Code | None = None


class Dsl(Part):
    """The Designated Safeguarding Lead, and whether they agree; their absence blocks nothing."""

    name: Line | None = None
    phone: Line | None = None
    email: Line | None = None
    told: YesNoNotKnown | None = None
    agrees: YesNoNotKnown | None = None


class Referrer(Part):
    """Who refers and how to reach them today."""

    name: Line | None = None
    role: Line | None = None
    agency: Line | None = None
    relationship_to_child: Line | None = None
    phone: Line | None = None
    email: Line | None = None
    availability: Line | None = None
    holiday_cover: Line | None = None
    school: School | None = None
    dsl: Dsl | None = None
    witness: Contact | None = None


class LegalStatus(Part):
    """Looked after, child protection plan, child in need, early help …: now or earlier."""

    kind: Code = Field(examples=["child_protection_plan", "child_in_need", "looked_after", "early_help"])
    when: Literal["current", "previous", "not_known"] | None = None
    notes: Line | None = None


class Child(Part):
    """One child. Name, or a description of who it is, and where it lives matter most."""

    id: Code | None = Field(None, description="the sender's own mark, to tell siblings apart (c1, c2 …)")
    role: Line | None = Field(None, description="subject, sibling or other: why this child is named")
    first_name: Line | None = None
    last_name: Line | None = None
    known_as: Line | None = None
    former_names: Line | None = None
    description: Text | None = None
    date_of_birth: date | None = None
    age_estimate: Line | None = None
    expected_date: date | None = Field(None, description="for an unborn child")
    sex: Line | None = None
    gender_identity: Line | None = None
    upn: Code | None = None
    nhs_number: Code | None = None
    address: Text | None = None
    postcode: Code | None = None
    lives_there: YesNoNotKnown | None = None
    address_now: Text | None = None
    where_now: Text | None = None
    collected_by: Line | None = None
    collected_at: Line | None = None
    ethnicity: Ethnicity | None = None
    religion: Line | None = None
    first_language: Line | None = None
    preferred_communication: Line | None = None
    interpreter: Line | None = None
    disabilities: list[Disability] = Field(default_factory=list, max_length=13)
    sen: Line | None = None
    ehcp: YesNoNotKnown | None = None
    health: Text | None = None
    allergies: Text | None = None
    nationality: Line | None = None
    immigration: Line | None = None
    gp: Contact | None = None
    school: School | None = None
    other_settings: Text | None = None
    legal_status: list[LegalStatus] = Field(default_factory=list, max_length=20)
    allocated_worker: Contact | None = None
    attendance_percent: float | None = Field(None, ge=0, le=100, allow_inf_nan=False)
    exclusions: Line | None = None
    missing_episodes: Line | None = None


class HouseholdMember(Part):
    """An adult or child of the family: in the home, elsewhere, or often there overnight."""

    name: Line | None = None
    date_of_birth: date | None = None
    relation: Line | None = None
    lives_with_child: YesNoNotKnown | None = None
    parental_responsibility: YesNoNotKnown | None = None
    ethnicity: Ethnicity | None = None
    first_language: Line | None = None
    interpreter: Line | None = None
    address: Text | None = None
    phone: Line | None = None
    school: Line | None = None
    notes: Text | None = None


class PersonOfConcern(Part):
    """Somebody thought to pose a risk; kept apart from what is said about the parents."""

    name: Line | None = None
    relation: Line | None = None
    whereabouts: Text | None = None
    access: Text | None = None
    orders: Text | None = None
    bail: Text | None = None
    notes: Text | None = None
