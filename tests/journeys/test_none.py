"""No threshold is met: the decision is recorded with its reason, and the way to refer stays open."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from tests.journeys.school import School

pytestmark = pytest.mark.slow

STORY = "She was sad this morning because her rabbit died. She told her friends and was fine by lunch."


def test_a_worry_below_every_threshold_is_recorded(school: School) -> None:
    sam = school.somebody("Sam Okafor")
    sam.worries(STORY)
    sam.answers({"categories": ["none"]})
    sam.sees("No MASH threshold is met", "Tell your DSL today", "You may refer anyway")
    sam.picture("advice")

    sam.follows("Record the decision")
    sam.page.get_by_label("School supports the child").check()
    sam.page.get_by_label("Why, and who was asked").fill("Talked with Helen Marsh. We look again on Friday.")
    sam.page.get_by_label("When will you look at it again?").fill(
        f"{datetime.now(UTC) + timedelta(days=3):%Y-%m-%d}"
    )
    sam.page.get_by_role("button", name="Record the decision").click()
    sam.sees("Record of the decision", "We look again on Friday", STORY, "You may still refer it")
    sam.picture("record")
