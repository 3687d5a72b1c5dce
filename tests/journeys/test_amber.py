"""An Amber: referred today, screened, rated and decided by MASH, whose feedback the school reads."""

from __future__ import annotations

import re

import pytest

from tests.journeys.mash import Mash
from tests.journeys.school import School

pytestmark = pytest.mark.slow

STORY = "He comes in hungry and dirty again. We spoke to mum in September and it got better for a while only."
NEGLECT = {
    "screen": ["not_cared_for"],
    "which_not_cared_for": ["neglect"],
    "categories": ["neglect"],
    "neglect_signs": ["at_times"],
    "also_true": ["again"],
}


WHY = "He was hungry and dirty again after help in September; the last change did not last."
FOUND = "Two call-outs to the home in May; no charges."
AGREED = "A social worker visits this week; school keeps its daily check."
FEEDBACK = "A social worker will assess what he needs. Please keep your daily check; ring us if he is away."


def test_an_amber_is_rated_and_decided_and_the_school_is_told(school: School) -> None:
    sam = school.somebody("Sam Okafor")
    concern = sam.worries(STORY)
    sam.answers(NEGLECT)
    sam.sees("This looks Amber", "Refer it to MASH today", "Telling parents", "Source:")
    sam.picture("advice")
    sam.open(f"{concern}/send")
    sam.follows("Send to MASH")
    sam.waits_for("Its reference there is")
    theirs = re.search(r"M-[0-9A-Z]{4}-[0-9A-Z]{4}", sam.page.locator("main").inner_text())
    assert theirs

    mash = Mash(school, theirs[0], sam.pictures)
    mash.screens("Priya Shah")
    sam.waits_for("MASH screened it")
    sam.picture("screened")

    mash.rates("Grace Okafor", "Amber", WHY, kept="The thresholds say the same.")
    sam.waits_for("MASH has rated this referral Amber")
    sam.sees(WHY)
    sam.picture("rated")

    link, code = mash.asks("Helen Marsh", "West Midlands Police")
    shown = mash.is_answered(link, code, "We know something that worries us", FOUND)
    assert "Amber" in shown and "suggested" not in shown and "Attendance" not in shown
    mash.discusses("Helen Marsh", "Police, school nurse, social care", AGREED)
    mash.decides(
        "Grace Okafor",
        "Assessment as a child in need (section 17)",
        "Sian Price",
        why="Neglect that came back after early help.",
        words=FEEDBACK,
    )
    sam.waits_for(FEEDBACK)
    sam.sees(
        "MASH decided",
        "Assessment as a child in need (section 17)",
        "MASH has rated this referral Amber",
        WHY,
    )
    assert FOUND not in sam.page.locator("main").inner_text(), "what agencies say stays at MASH"
    assert AGREED not in sam.page.locator("main").inner_text(), "what was said in the discussion, too"
    assert "have not heard" not in sam.page.locator("main").inner_text(), "it was decided"
    sam.picture("decided")
