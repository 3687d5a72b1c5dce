"""The agencies of MASH's roster, and how much of a referral each one needs to answer.

The roster is Wolverhampton's (seed paper, 2.6). What each is shown is the least from which it can find its
own records; the manager may show more for a reason.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

SECTIONS: dict[str, str] = {
    "identity": "Who the children are",
    "household": "The household",
    "people_of_concern": "People who may pose a risk",
    "categories": "Kinds of concern",
    "what_happened": "What happened",
    "child_words": "What the child said",
    "injuries": "Injuries",
    "health": "Health",
    "schooling": "School",
}
_IDENTITY = ("first_name", "last_name", "known_as", "former_names", "date_of_birth", "address", "postcode")
_HEALTH = ("nhs_number", "gp", "health", "allergies", "disabilities")
_SCHOOLING = ("school", "upn", "attendance_percent", "exclusions", "sen", "ehcp")
_KIND = ("code", "label")
_MEMBER = ("name", "date_of_birth", "relation", "address", "lives_with_child")


@dataclass(frozen=True)
class Agency:
    """One agency, what it is asked by default and which parts of a referral it needs."""

    name: str
    needs: tuple[str, ...]
    asks: str


AGENCIES: dict[str, Agency] = {
    "police": Agency(
        "West Midlands Police",
        ("identity", "household", "people_of_concern", "categories", "what_happened", "injuries"),
        "Any record of these people or this address: incidents, call-outs, warnings, bail or orders.",
    ),
    "hospital": Agency(
        "Royal Wolverhampton Trust",
        ("identity", "health", "injuries"),
        "Attendances, injuries, missed appointments and concerns noted.",
    ),
    "mental_health": Agency(
        "Black Country Partnership Foundation Trust",
        ("identity", "household", "categories"),
        "Whether the children or adults are known, and any risk noted.",
    ),
    "commissioning": Agency(
        "Wolverhampton Clinical Commissioning Group",
        ("identity", "health"),
        "What the GP and health visitor know of the children.",
    ),
    "housing": Agency(
        "Wolverhampton Homes",
        ("identity", "household"),
        "Tenancy, who lives there, condition of the home, complaints.",
    ),
    "probation": Agency(
        "West Midlands Probation Service",
        ("identity", "household", "people_of_concern"),
        "Whether anybody of this household is supervised, and any risk to children.",
    ),
    "substance_misuse": Agency(
        "Recovery Near You",
        ("household", "people_of_concern"),
        "Whether adults are in treatment, and how it goes.",
    ),
    "marac": Agency(
        "MARAC Coordinator",
        ("identity", "household", "people_of_concern", "categories"),
        "Domestic abuse heard of: dates, level of risk, plans.",
    ),
    "adult_social_care": Agency(
        "Adult Social Care",
        ("identity", "household"),
        "Whether adults of this household receive care or support.",
    ),
    "strengthening_families": Agency(
        "Strengthening Families",
        ("identity", "household", "categories", "schooling"),
        "Early help given or offered, and how the family took it.",
    ),
    "joint_protocol": Agency(
        "Joint Protocol Officer", ("identity", "household"), "What is held under the joint protocol."
    ),
    "education": Agency(
        "Education service",
        ("identity", "schooling"),
        "Attendance, exclusions, moves of school, other children.",
    ),
}


def part_for(document: dict[str, Any], sections: Iterable[str]) -> dict[str, Any]:
    """Only the chosen sections of a referral, for an agency to read. The suggestion is never in it."""
    wanted = set(sections)
    shown: dict[str, Any] = {}
    fields = [
        field
        for section, names in (("identity", _IDENTITY), ("health", _HEALTH), ("schooling", _SCHOOLING))
        if section in wanted
        for field in names
    ]
    if fields:
        shown["children"] = [_only(child, fields) for child in document.get("children", [])]
    if "household" in wanted:
        shown["household"] = [_only(member, _MEMBER) for member in document.get("household", [])]
    for section in ("people_of_concern", "injuries"):
        if section in wanted:
            shown[section] = document.get(section, [])
    if "categories" in wanted:  # the kinds in words; codes for the census are nobody else's business
        shown["categories"] = [_only(one, _KIND) for one in document.get("categories", [])]
    concern = document.get("concern", {})
    told = [
        field
        for section, names in (
            ("what_happened", ("why_now", "what_happened")),
            ("child_words", ("child_words",)),
        )
        if section in wanted
        for field in names
    ]
    if told:
        shown["concern"] = _only(concern, told)
    return {section: part for section, part in shown.items() if part}


def _only(part: dict[str, Any], fields: Iterable[str]) -> dict[str, Any]:
    return {field: part[field] for field in fields if field in part}
