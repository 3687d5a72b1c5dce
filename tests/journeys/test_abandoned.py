"""A Red that its author leaves reaches the DSL, whose list shows it first."""

from __future__ import annotations

import pytest

from tests.journeys.school import LOOKS, School

pytestmark = pytest.mark.slow

STORY = "He told me he is not safe at home tonight. Then the bell rang and I had to teach."


def test_an_unsent_red_reaches_the_dsl(school: School) -> None:
    sam = school.somebody("Sam Okafor")
    concern = sam.worries(STORY)
    sam.answers({"danger_now": "yes"}, until="categories")
    sam.sees("Ring MASH now")

    helen = school.somebody("Helen Marsh")
    helen.open("/school")
    helen.waits_for("left unsent")
    helen.sees("Not sent")
    rows = helen.page.locator("tbody tr")
    own = rows.filter(has=helen.page.locator(f'a[href="{concern}"]')).get_by_text("Not sent")
    for _ in range(LOOKS):  # another concern may have been shown to her as left unsent before this one
        if own.count():
            break
        helen.page.wait_for_timeout(500)
        helen.page.reload()
    assert own.count() == 1
    assert rows.first.get_by_text("Not sent").count() == 1
    helen.picture("list")
    helen.page.locator(f'a[href="{concern}"]').first.click()
    helen.sees(STORY)
    helen.picture("concern")
