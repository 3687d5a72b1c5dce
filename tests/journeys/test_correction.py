"""A corrected answer lowers the band: the reason is asked for, and the peak stays in sight."""

from __future__ import annotations

import pytest

from tests.journeys.school import School

pytestmark = pytest.mark.slow

STORY = "Dad shouts at him in front of everyone and calls him useless. He cried and would not leave at three."
EMOTIONAL = {
    "screen": ["fear_at_home"],
    "which_fear_at_home": ["emotional_harm"],
    "categories": ["emotional_harm"],
    "emo_signs": ["criticised"],
    "child_says": ["afraid_home"],
}


def test_a_lower_band_needs_a_reason_and_keeps_the_peak(school: School) -> None:
    sam = school.somebody("Priya Shah")
    concern = sam.worries(STORY)
    sam.answers(EMOTIONAL)
    sam.sees("This looks Red")
    sam.picture("before")

    sam.open(f"{concern}/change/child_says")
    sam.page.locator('input[value="afraid_home"]').uncheck()
    sam.page.locator('input[value="none"]').check()
    sam.follows("Save the change")
    sam.sees("Your changes lower the likely band from Red to Amber. Why?")
    sam.picture("asked-why")
    assert sam.question() == "lowering_reason"
    sam.says("I misheard: he was crying about a lost toy.")
    sam.answers(EMOTIONAL | {"child_says": ["none"]})
    sam.sees("This looks Amber", "Highest so far")
    assert sam.page.locator("#panel .app-band--red").count() == 1
    sam.picture("after")
