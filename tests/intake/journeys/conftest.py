"""Chromium in front of a running MASH, and what people do there."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.intake.mash import Mash

ROOT = Path(__file__).resolve().parents[3]
PICTURES = ROOT / "var" / "screenshots" / "mash"
AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
CHECK = """async (tags) => (await axe.run({runOnly: tags})).violations.map(
    (found) => found.id + ": " + found.nodes.map((node) => node.html.slice(0, 120)).join(" | "))"""
TELEPHONE, DESK = 320, 1280


@dataclass
class Journey:
    """One MASH, its colleagues each in a browser of their own, and the pictures of the way."""

    mash: Mash
    browser: Browser
    name: str
    taken: list[str] = field(default_factory=list)

    def sign_in(self, who: str) -> Page:
        """Somebody signs in through the demonstration page."""
        page = self.visitor()
        page.goto(f"{self.mash.base}/sign-in")
        page.get_by_role("button", name=who).click()
        return page

    def visitor(self) -> Page:
        """A browser that nobody has used."""
        page = self.browser.new_context(viewport={"width": DESK, "height": 900}).new_page()
        page.set_default_timeout(30_000)
        return page

    def look(self, page: Page, what: str) -> None:
        """Take a picture; nothing may be inaccessible or wider than the page, on a desk or a telephone."""
        PICTURES.mkdir(parents=True, exist_ok=True)
        page.screenshot(path=PICTURES / f"{self.name}-{len(self.taken) + 1}-{what}.png", full_page=True)
        self.taken.append(what)
        for width in (TELEPHONE, DESK):
            page.set_viewport_size({"width": width, "height": 900})
            assert page.evaluate("document.documentElement.scrollWidth") <= width, (what, width)
            if AXE.exists():
                page.evaluate(AXE.read_text())
                assert page.evaluate(CHECK, TAGS) == [], (what, width)


@pytest.fixture
def journey(mash: Mash, browser: Browser, request: pytest.FixtureRequest) -> Journey:
    """A journey named like its test."""
    return Journey(mash, browser, request.node.name.removeprefix("test_").replace("_", "-"))
