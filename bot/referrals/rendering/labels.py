"""What a field is called on paper, where the form asks its sender: others read it, some years later."""

from __future__ import annotations

from bot.referrals.form import Field, Section

_SECTIONS = {"referrer": "Who refers", "parents": "What the parents have been told"}
_FIELDS = {
    "urgent_call.made": "Rung before sending?",
    "urgent_call.at": "When it was rung",
    "urgent_call.to": "Who was rung",
    "urgent_call.spoke_to": "Who answered",
    "suggested.referrer_view": "How serious the referrer thinks it is",
    "children.description": "Description",
    "children.age_estimate": "Age, roughly",
    "children.collected_at": "When the child is collected",
    "concern.why_now": "Why it is referred today",
    "concern.known_by": "How the school knows",
    "concern.told_by": "Who told the school",
    "concern.asked_for": "What is asked for",
    "concern.hoped_outcome": "What the school hopes will be different",
    "concern.analysis": "What the referrer thinks it means, and the risk if nothing changes",
    "concern.complicating": "What the school is worried about; what makes it harder",
    "voice_of_child.how_obtained": "How this is known",
    "parents.reason_not_informed": "Why they have not been told",
    "parents.reason_words": "The reason in the referrer’s words",
    "consent.given_on": "When it was given",
    "consent.decided_by": "Who decided that it may be shared",
    "concern.early_help.reason_not": "Why no assessment was done",
    "referrer.name": "Name",
    "referrer.role": "Job",
    "referrer.relationship_to_child": "How they know the child",
    "referrer.availability": "When they can be reached",
    "referrer.holiday_cover": "Who can be reached instead",
    "referrer.witness.name": "Who saw or heard it, if somebody else",
}
OUTCOMES = {"spoke": "Spoke to somebody", "could not get through": "Could not get through"}
"""How a call ended, in the values that our own pages give; any other words stand as they are."""


def title_of(section: Section) -> str:
    """The heading of a section on paper."""
    return _SECTIONS.get(section.name, section.title)


def label_of(field: Field, within: str = "") -> str:
    """The name of a field on paper; ``within``: the list that it is a field of."""
    path = f"{within}.{field.path}" if within else field.path
    return _FIELDS.get(path, field.label)
