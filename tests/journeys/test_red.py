"""A Red: told to ring first, sent with its gaps, and followed until MASH has decided."""

from __future__ import annotations

import pytest

from tests.journeys.school import School

pytestmark = pytest.mark.slow

STORY = "Maya has a burn on her arm. She said her dad held it on the cooker. He is at the gate now."


def test_a_red_is_rung_first_then_sent_and_followed(school: School) -> None:
    sam = school.somebody("Sam Okafor")
    concern = sam.worries(STORY)
    sam.answers({"danger_now": "yes", "categories": ["physical_harm"], "injury": "hit"}, until="injury")
    sam.sees("Ring 999 first", "Ring MASH now")
    sam.picture("ring-first")

    sam.open(f"{concern}/draft/children")
    sam.page.get_by_label("First name").fill("Maya")
    sam.page.get_by_label("Last name").first.fill("Testing")
    sam.follows("Save and check everything")
    sam.sees("Still missing", "gaps never hold back a Red", "Maya")
    sam.picture("check-your-answers")

    sam.follows("Continue to ring MASH and send")
    sam.sees("Ring MASH now, before you send")
    sam.follows("Send to MASH")
    sam.sees("There is a problem", "Say whether you got through")
    sam.page.get_by_label("Yes, I spoke to somebody").check()
    sam.page.get_by_label("Who you spoke to").fill("The duty worker")
    sam.picture("the-call")
    sam.follows("Send to MASH")
    sam.sees("Where the referral stands", "You sent it")

    sam.waits_for("MASH received it")
    sam.picture("received")
