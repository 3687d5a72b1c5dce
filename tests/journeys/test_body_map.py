"""Injuries on the body map: placed with mouse, touch or keyboard, and as a list without scripts."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.journeys.school import School, Somebody

pytestmark = pytest.mark.slow

STORY = "A boy has a mark on his arm and would not say how it happened."


def _injuries(school: School, *, scripts: bool = True, width: int = 1200, touch: bool = False) -> Somebody:
    """Somebody on the page of injuries of a new concern."""
    sam = school.somebody("Sam Okafor", scripts=scripts, width=width, touch=touch)
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


@pytest.mark.parametrize("width", [1024, 360])
def test_a_mark_is_placed_with_a_finger_moved_and_kept(school: School, width: int) -> None:
    sam = _injuries(school, width=width, touch=True)
    page = sam.page
    assert page.evaluate("matchMedia('(pointer: coarse)').matches")
    arm = page.locator("[data-view=front] svg")
    arm.tap(position={"x": 40, "y": 60})
    row = page.locator("#rows [data-row]")
    expect(row).to_have_count(1)
    expect(row.locator("[name$='.view'][value=front]")).to_be_checked()
    placed = row.locator("[data-axis=x]").input_value()
    again = page.get_by_role("button", name="Place this mark on the body map")
    button = again.bounding_box()
    assert button is not None
    assert button["height"] >= 24  # a finger finds it (WCAG 2.5.8)
    again.tap()
    arm.tap(position={"x": 60, "y": 80})
    expect(row).to_have_count(1)
    expect(row.locator("[data-axis=x]")).not_to_have_value(placed)
    moved = row.locator("[data-axis=x]").input_value()
    row.locator("[name$='.type'][value=burn]").check()
    sam.picture(f"touch-{width}")
    page.get_by_role("button", name="Save and check everything").tap()
    sam.sees("Burn", "Front")
    sam.open(sam.path().replace("/check", "/draft/injuries"))
    expect(page.locator("#rows [data-axis=x]")).to_have_value(moved)
    expect(page.locator(".app-dot")).to_have_count(1)


def test_dragging_a_finger_over_the_map_scrolls_and_leaves_no_mark(school: School) -> None:
    sam = _injuries(school, width=360, touch=True)
    page = sam.page
    picture = page.locator("[data-view=front] svg")
    picture.scroll_into_view_if_needed()
    box = picture.bounding_box()
    assert box is not None
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    before = page.evaluate("scrollY")
    finger = page.context.new_cdp_session(page)
    finger.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [{"x": x, "y": y}]})
    for step in range(1, 11):
        moved = {"x": x, "y": y - 15 * step}
        finger.send("Input.dispatchTouchEvent", {"type": "touchMove", "touchPoints": [moved]})
    finger.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    page.wait_for_function("before => scrollY > before", arg=before)
    expect(page.locator("#rows [data-row]")).to_have_count(0)


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
