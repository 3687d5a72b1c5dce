"""The closed lists of the contract: bands, states, decisions, kinds of event, scopes and census codes."""

from __future__ import annotations

from enum import StrEnum
from typing import Final, Literal

Band = Literal["red", "amber", "green"]
"""What MASH rates: how soon, and by whom, it is dealt with."""

Suggested = Literal["red", "amber", "green", "none", "consult"]
"""What a sender may suggest. `none`: no criterion was met; `consult`: sent after asking for advice."""


class EventType(StrEnum):
    """What happened to a referral, as its sender is told."""

    RECEIVED = "received"
    SCREENED = "screened"
    ALLOCATED = "allocated"
    RATED = "rated"
    INFORMATION_REQUESTED = "information_requested"
    STEPPED_UP = "stepped_up"
    DECIDED = "decided"
    CLOSED = "closed"
    INFORMATION_ADDED = "information_added"
    WITHDRAWN = "withdrawn"


class State(StrEnum):
    """Where a referral stands at MASH; read from what happened to it, never set by hand."""

    RECEIVED = "received"
    SCREENED = "screened"
    RATED = "rated"
    INFORMATION_REQUESTED = "information_requested"
    EARLY_INTERVENTION = "early_intervention"
    ALLOCATED = "allocated"
    DECIDED = "decided"
    WITHDRAWN = "withdrawn"


class Decision(StrEnum):
    """What MASH decides to do."""

    NO_ACTION = "no_action"
    ADVICE = "advice"
    EARLY_HELP = "early_help"
    ALLOCATED_WORKER = "allocated_worker"
    SECTION_17 = "section_17"
    SECTION_47 = "section_47"
    IMMEDIATE_PROTECTION = "immediate_protection"
    OTHER_AUTHORITY = "other_authority"


class Scope(StrEnum):
    """What a machine of a sending organisation may do."""

    WRITE_REFERRALS = "referrals:write"
    READ_REFERRALS = "referrals:read"
    READ_EVENTS = "events:read"


SourceCode = Literal[
    "1A", "1B", "1C", "1D", "2A", "2B", "3A", "3B", "3C", "3D", "3E", "3F", "4", "5A", "5B", "5C", "5D", "6",
    "7", "8", "9", "10",
]  # fmt: skip
"""Source of referral, Children in Need census (rule 8866)."""

SOURCE_LABELS: Final[dict[str, str]] = {
    "1A": "Family member or carer",
    "1B": "Acquaintance",
    "1C": "The child or young person",
    "1D": "Other individual",
    "2A": "School",
    "2B": "Education service",
    "3A": "GP",
    "3B": "Health visitor",
    "3C": "School nurse",
    "3D": "Other primary health service",
    "3E": "Accident and emergency",
    "3F": "Other health service",
    "4": "Housing",
    "5A": "Local authority social care",
    "5B": "Other service of this authority",
    "5C": "Another authority",
    "5D": "Local authority early help",
    "6": "Police",
    "7": "Other legal agency",
    "8": "Other",
    "9": "Anonymous",
    "10": "Unknown",
}

NeedCode = Literal["N0", "N1", "N2", "N3", "N4", "N5", "N6", "N7", "N8", "N9"]
"""Primary need, Children in Need census (rule 8650). MASH records it; a sender may propose it."""

Ethnicity = Literal[
    "WBRI", "WIRI", "WIRT", "WROM", "WOTH", "MWBC", "MWBA", "MWAS", "MOTH", "AIND", "APKN", "ABAN", "AOTH",
    "CHNE", "BCRB", "BAFR", "BOTH", "OOTH", "REFU", "NOBT",
]  # fmt: skip
"""Ethnicity as the person describes it, Children in Need census (rule 4220). Never inferred."""

Disability = Literal[
    "NONE", "MOB", "HAND", "PC", "INC", "COMM", "LD", "HEAR", "VIS", "BEH", "CON", "AUT", "DDA",
]  # fmt: skip
"""Disability, Children in Need census (rule 8540)."""

YesNoNotKnown = Literal["yes", "no", "not_known"]
"""An answer that may honestly be missing."""
