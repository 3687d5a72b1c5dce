"""What the referral lacks, asked one thing at a time instead of on the form."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.journeys.school import School

pytestmark = pytest.mark.slow

STORY = "A girl in Year 2 has a bruise behind her ear and would not say how it happened."


@pytest.mark.parametrize("scripts", [True, False])
def test_gaps_are_asked_one_by_one_left_and_kept(school: School, scripts: bool) -> None:
    sam = school.somebody("Sam Okafor", scripts=scripts, width=360)
    address = sam.worries(STORY)
    sam.open(f"{address}/draft")
    sam.page.get_by_role("link", name="Ask me one thing at a time").click()
    expect(sam.page.locator("h1")).to_contain_text("First name (child 1)")
    sam.picture("first")
    sam.page.get_by_label("First name").fill("Testy")
    sam.page.get_by_role("button", name="Save and ask the next").click()
    expect(sam.page.locator("h1")).to_contain_text("Last name (child 1)")
    sam.page.get_by_role("button", name="Leave it for now").click()
    expect(sam.page.locator("h1")).not_to_contain_text("Last name")
    sam.picture("next")
    sam.page.get_by_role("link", name="Check everything and send").click()
    sam.sees("Check your answers", "Testy")
