"""The same without JavaScript: told, answered, asked back, drafted, checked and sent."""

from __future__ import annotations

import pytest

from tests.journeys.school import School

pytestmark = pytest.mark.slow

STORY = "She says her uncle hit her with a belt. There are marks on her back. She goes home to him today."


def test_a_red_without_javascript(school: School) -> None:
    sam = school.somebody("Sam Okafor", scripts=False, width=320)
    concern = sam.worries(STORY)
    first = sam.question()
    sam.answer("no")
    assert sam.question() != first
    sam.follows("Go back")
    assert sam.question() == first
    sam.answer("yes")
    sam.sees("Ring MASH now")
    sam.picture("chat")

    sam.open(f"{concern}/draft/children")
    sam.page.locator('input[name="children.c1.first_name"]').fill("Ada")
    sam.follows("Save and continue")
    sam.open(f"{concern}/check")
    sam.sees("Ada")
    sam.follows("Continue to ring MASH and send")
    sam.page.get_by_label("No, I could not get through").check()
    sam.follows("Send to MASH")
    sam.sees("Where the referral stands")
    sam.waits_for("MASH received it")
    sam.picture("status")
