"""Every category proposes codes of the Children in Need census, which a referral then carries."""

from __future__ import annotations

from pathlib import Path
from typing import get_args

import pytest

from bot.contract import Referral
from bot.contract.codes import NeedCode
from bot.thresholds import load_pack
from tests.packs.test_packs import ROOT, pack_in
from tests.referrals.drafts import sent

FACTORS = {
    *(f"{number}{letter}" for number in range(1, 7) for letter in "ABC"),
    *("7A", "8B", "8C", "8D", "8E", "8F", "9A", "10A", "11A", "12A", "13A", "14A", "15A", "16A", "17A"),
    *("18B", "18C", "19B", "19C", "20", "21", "22A", "23A", "24A"),
}
"""Rule 8897Q, as it stands after rule 8950Q: 18A and 19A are retired."""
CROSSWALK = {
    "physical_harm": ("N1", {"18C"}),
    "harmful_sexual_behaviour": ("N1", {"19B"}),
    "sexual_harm": ("N1", {"19C"}),
    "neglect": ("N1", {"16A"}),
    "emotional_harm": ("N1", {"17A"}),
    "domestic_abuse": ("N1", {"3A", "3B"}),
    "cse": ("N1", {"11A"}),
    "cce_county_lines": ("N1", {"24A", "13A"}),
    "fgm": ("N1", {"22A"}),
    "faith_belief_abuse": ("N1", {"23A"}),
    "trafficking_modern_slavery": ("N1", {"12A"}),
    "self_harm_suicide": (None, {"15A"}),
    "missing": (None, {"10A"}),
    "young_carer": ("N3", {"7A"}),
    "private_fostering": (None, {"8F"}),
    "parental_substance_misuse": (None, {"1B", "2B"}),
    "parental_mental_health": (None, {"4B"}),
    "send_disability_medical": ("N2", {"6A", "5A"}),
    "housing_poverty_nrpf": ("N7", {"20"}),
    "bereavement": ("N4", {"20"}),
}
"""What is known of the crosswalk; None where a need is ours to propose."""


@pytest.mark.parametrize("folder", sorted(ROOT.glob("*/*/")), ids=lambda folder: folder.parent.name)
def test_every_category_of_every_pack_proposes_codes_that_exist(folder: Path) -> None:
    pack = pack_in(folder)
    assert len(pack.categories) >= 36
    wrong = {
        code
        for code, one in pack.categories.items()
        if one.need not in get_args(NeedCode) or not one.factors or not set(one.factors) <= FACTORS
    }
    assert wrong == set()


@pytest.mark.parametrize("code", CROSSWALK)
def test_the_codes_of_a_category_are_those_of_the_crosswalk(code: str) -> None:
    one = load_pack("england", root=ROOT).categories[code]
    need, factors = CROSSWALK[code]
    assert set(one.factors) == factors
    assert need in (None, one.need)


def test_a_referral_carries_the_label_and_codes_of_each_of_its_categories() -> None:
    categories = load_pack("wolverhampton", root=ROOT).categories.values()
    body = sent({}, categories=categories)
    assert Referral.model_validate(body).source == "2A"
    assert [(one["label"], one["need"], tuple(one["factors"])) for one in body["categories"]] == [
        (one.label, one.need, one.factors) for one in categories
    ]
