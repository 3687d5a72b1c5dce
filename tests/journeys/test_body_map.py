"""Injuries on the body map: placed with mouse, touch or keyboard, and as a list without scripts."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.journeys.school import School, Somebody

pytestmark = pytest.mark.slow

STORY = "A boy has a mark on his arm and would not say how it happened."


def _injuries(school: School, *, scripts: bool = True, width: int = 1200) -> Somebody:
    """Somebody on the page of injuries of a new concern."""
    sam = school.somebody("Sam Okafor", scripts=scripts, width=width)
    sam.open("/concerns")
    sam.page.get_by_role("button", name="Tell us about a new concern").click()
    sam.page.wait_for_url("**/concerns/*")
    sam.open(f"{sam.path()}/draft/injuries")
    return sam


@pytest.mark.parametrize("width", [1200, 320])
def test_a_mark_is_placed_with_the_mouse_and_described(school: School, width: int) -> None:
    sam = _injuries(school, width=width)
    page = sam.page
    page.locator("[data-view=back] svg").click(position={"x": 40, "y": 60})
    row = page.locator("#rows [data-row]")
    expect(row).to_have_count(1)
    expect(row.locator("[name$='.view'][value=back]")).to_be_checked()
    row.locator("[name$='.type'][value=bruise]").check()
    row.get_by_label("Where exactly").fill("Left shoulder blade")
    page.locator("[data-view=hands] svg").click(position={"x": 30, "y": 30})
    expect(row).to_have_count(2)
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    sam.picture(f"marks-{width}")
    sam.follows("Save and check everything")
    sam.sees("Left shoulder blade", "Bruise", "Hands")
    sam.open(sam.path().replace("/check", "/draft/injuries"))
    expect(page.locator(".app-dot")).to_have_count(2)


def test_a_mark_is_placed_and_moved_with_the_keyboard(school: School) -> None:
    sam = _injuries(school)
    page = sam.page
    page.locator("#map-heading").scroll_into_view_if_needed()
    picture = page.locator("[data-view=front] svg")
    for _ in range(60):
        page.keyboard.press("Tab")
        if picture.evaluate("one => one === document.activeElement"):
            break
    expect(page.locator(".app-cross")).to_have_count(1)
    for key in ("ArrowRight", "ArrowRight", "ArrowDown"):
        page.keyboard.press(key)
    sam.picture("cross")
    page.keyboard.press("Enter")
    expect(page.locator("#rows [data-axis=x]")).to_have_value("0.540")
    expect(page.locator("#rows [data-axis=y]")).to_have_value("0.310")
    expect(page.locator("#map-says")).to_contain_text("Mark 1 is placed on: Front")
    page.get_by_role("button", name="Place this mark on the body map").press("Enter")
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("Enter")
    expect(page.locator("#rows [data-row]")).to_have_count(1)
    expect(page.locator("#rows [data-axis=x]")).to_have_value("0.520")
    page.locator("#rows [name$='.view'][value=face]").check()
    expect(page.locator(".app-dot")).to_have_count(0)
    page.get_by_role("button", name="Take this mark away").click()
    expect(page.locator("#rows [data-row]")).to_have_count(0)


def test_a_mark_is_a_row_of_a_list_without_scripts(school: School) -> None:
    sam = _injuries(school, scripts=False)
    sam.sees("choose the part of the body")
    sam.follows("Save and add a mark without the body map")
    sam.page.locator("[name$='.view'][value=face]").check()
    sam.page.get_by_label("Where exactly").fill("Above the right eyebrow")
    sam.picture("without-scripts")
    sam.follows("Save and check everything")
    sam.sees("Above the right eyebrow", "Face")
