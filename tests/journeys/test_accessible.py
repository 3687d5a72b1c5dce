"""axe-core in Chromium, as wide as a desk and as a telephone: no violation, nothing off the page.

The pages are real ones of a running system; a broken style sheet passes axe, so the width is asserted too.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from bot.referrals.form import SECTIONS
from tests.journeys.conftest import System
from tests.journeys.school import School, Somebody

pytestmark = pytest.mark.slow

AXE = Path(__file__).resolve().parents[2] / "node_modules" / "axe-core" / "axe.min.js"
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
CHECK = """async (tags) => (await axe.run({runOnly: tags})).violations.map(
    (found) => found.id + ": " + found.nodes.map((node) => node.html.slice(0, 120)).join(" | "))"""
STORY = "She says her uncle hit her with a belt. There are marks on her back. She goes home to him today."
STANDING = [
    "/accessibility",
    "/cookies",
    "/privacy",
    "/contact",
    "/api/docs",
    "/nothing",
    "/concerns",
    "/account",
]


@pytest.fixture(scope="module")
def school(system: System, browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[School]:
    if not AXE.exists():
        pytest.skip("axe-core is not installed: `make test` installs it from npm")
    opened = School(system.web, system.intake, browser, tmp_path_factory.mktemp("pictures"), strict=False)
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def pages(school: School) -> list[str]:
    """A concern in every state, and the pages around it."""
    sam = school.somebody("Sam Okafor")
    asked = sam.worries(STORY)
    red = sam.worries(STORY)
    sam.answer("yes")
    sent = sam.worries(STORY)
    sam.answer("yes")
    sam.open(f"{sent}/send")
    sam.page.get_by_label("No, I could not get through").check()
    sam.follows("Send to MASH")
    status = sam.path()
    inner = ["advice", "disagree", "draft", "check", "send", "decision", "record", "change/danger_now"]
    inner += [f"draft/{section.name}" for section in SECTIONS] + ["draft/household?add=household"]
    inner += ["attachments", "children", "draft/injuries?add=injuries"]
    after = [f"{status}/information", f"{status}/withdraw"]
    return [*STANDING, asked, red, sent, status, *after, *(f"{red}/{page}" for page in inner)]


@pytest.mark.parametrize("width", [1200, 320])
def test_no_page_has_an_axe_violation_or_runs_off_the_screen(
    school: School, pages: list[str], width: int
) -> None:
    helen = school.somebody("Helen Marsh", width=width)
    wrong: dict[str, list[str]] = {}
    for address in [*pages, "/school"]:
        helen.open(address)
        if found := _problems(helen):
            wrong[address] = found
    assert not wrong


@pytest.mark.parametrize("width", [1200, 320])
def test_an_error_on_the_form_is_accessible_too(school: School, width: int) -> None:
    sam = school.somebody("Priya Shah", width=width, scripts=True)
    sam.worries(STORY)
    sam.page.locator("#question").get_by_role("button", name="Continue").click()
    sam.page.get_by_role("alert").first.wait_for()
    assert _problems(sam) == []


def _problems(somebody: Somebody) -> list[str]:
    page: Page = somebody.page
    page.add_script_tag(path=AXE)
    found: list[str] = page.evaluate(CHECK, TAGS)
    width = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    return [*found, f"{width} px run off the screen"] if width > 0 else found
