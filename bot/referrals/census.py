"""Children in Need census codes that the categories of a concern propose; MASH records them.

Source: the census rules for primary need (8650) and assessment factors (8897Q; 18A and 19A are retired), and
a crosswalk proposed by us. A pack's own codes for a category go before these.
"""

from __future__ import annotations

from typing import NamedTuple

SCHOOLS = "2A"
"""Referral source (rule 8866): schools."""


class Codes(NamedTuple):
    """Primary need and assessment factors of one category."""

    need: str
    factors: tuple[str, ...] = ()


CROSSWALK: dict[str, Codes] = {
    "physical_harm": Codes("N1", ("18C",)),
    "fabricated_illness": Codes("N1", ("18C",)),
    "harmful_sexual_behaviour": Codes("N1", ("19B",)),
    "sexual_harm": Codes("N1", ("19C",)),
    "neglect": Codes("N1", ("16A",)),
    "emotional_harm": Codes("N1", ("17A",)),
    "domestic_abuse": Codes("N1", ("3A", "3B")),
    "cse": Codes("N1", ("11A",)),
    "cce_county_lines": Codes("N1", ("24A", "13A")),
    "fgm": Codes("N1", ("22A",)),
    "faith_belief_abuse": Codes("N1", ("23A",)),
    "trafficking_modern_slavery": Codes("N1", ("12A",)),
    "serious_youth_violence": Codes("N1", ("13A",)),
    "self_harm_suicide": Codes("N4", ("15A",)),
    "child_mental_health": Codes("N4", ("4A",)),
    "missing": Codes("N1", ("10A",)),
    "young_carer": Codes("N3", ("7A",)),
    "parental_substance_misuse": Codes("N3", ("1B", "2B")),
    "child_substance_misuse": Codes("N6", ("1A", "2A")),
    "parental_mental_health": Codes("N3", ("4B",)),
    "parental_learning_difficulty": Codes("N3", ("5B",)),
    "send_disability_medical": Codes("N2", ("5A", "6A")),
    "housing_poverty_nrpf": Codes("N7", ("20",)),
    "bereavement": Codes("N4", ("20",)),
    "family_conflict_breakdown": Codes("N5", ("20",)),
    "behaviour": Codes("N6", ("14A",)),
}


def codes_of(category: str) -> Codes | None:
    """The proposed codes of a category; None where nothing is proposed (never a guess)."""
    return CROSSWALK.get(category)
