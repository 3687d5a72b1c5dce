"""An Amber: referred today; what MASH does with it comes back to the school."""

from __future__ import annotations

import re

import pytest

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


def test_an_amber_is_sent_and_mash_screens_it(school: School) -> None:
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

    priya = school.mash("Priya Shah")
    priya.get_by_role("link", name=theirs[0]).first.click()
    priya.goto(f"{priya.url.partition('?')[0]}/screen")
    priya.get_by_label("No current case: on to rating").check()
    priya.get_by_role("button", name="Save and go on").click()

    sam.waits_for("MASH screened it")
    sam.picture("screened")
