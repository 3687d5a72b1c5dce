"""What MASH's people do with a referral on their pages, each in a window of their own."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Page, expect

from tests.journeys.school import School

RELOADS, MOMENT = 40, 500
"""How often the queue is looked at again, and milliseconds between."""


class Mash:
    """MASH at work on one referral, found in the queue by MASH's own reference."""

    def __init__(self, school: School, reference: str, screenshots: Path) -> None:
        self._school = school
        self._reference = reference
        self._screenshots = screenshots
        self._taken = 0
        self._windows: dict[str, Page] = {}

    def somebody(self, name: str, lane: str = "") -> Page:
        """This colleague with the referral open, from the lane that they see first or another."""
        if name not in self._windows:
            self._windows[name] = self._school.mash(name)
        page = self._windows[name]
        page.goto(f"{self._school.intake}/queue")
        if lane:
            page.get_by_role("navigation", name="Lanes").get_by_role("link", name=lane).click()
        listed = page.get_by_role("link", name=self._reference).first
        for _ in range(RELOADS):  # a referral is in the queue a moment after it was taken in
            if listed.is_visible():
                break
            page.wait_for_timeout(MOMENT)
            page.reload()
        listed.click()
        expect(page.get_by_role("heading", name=f"Referral {self._reference}")).to_be_visible()
        return page

    def picture(self, page: Page, what: str) -> None:
        """Keep a picture of MASH's page beside those of the school."""
        self._taken += 1
        self._screenshots.mkdir(parents=True, exist_ok=True)
        page.screenshot(path=self._screenshots / f"mash-{self._taken}-{what}.png", full_page=True)

    def screens(self, name: str) -> None:
        """Nobody is known: on to rating."""
        page = self.somebody(name)
        page.get_by_role("link", name="Screen: is the child known?").click()
        page.get_by_label("No current case: on to rating").check()
        self.picture(page, "screening")
        _save(page)

    def rates(self, name: str, band: str, why: str, *, kept: str) -> None:
        """Rate unseen, then see what was suggested and keep the rating."""
        page = self.somebody(name)
        expect(page.get_by_text("is shown after you have rated")).to_be_visible()
        expect(page.get_by_text("What the school's side suggested", exact=True)).to_have_count(0)
        page.get_by_role("link", name="Rate this referral").click()
        page.get_by_label(band, exact=True).check()
        page.get_by_label("Why", exact=True).fill(why)
        self.picture(page, "rating")
        _save(page, "Save the rating")
        expect(page.get_by_text("What the school's side suggested", exact=True)).to_be_visible()
        self.picture(page, "suggestion")
        page.get_by_label("Why you keep or change it").fill(kept)
        _save(page)

    def asks(self, name: str, agency: str) -> tuple[str, str]:
        """Ask one agency; returns the link and the code that go to it, each another way."""
        page = self.somebody(name)
        page.get_by_role("link", name="Ask agencies for information").click()
        page.get_by_label(agency, exact=True).check()
        _save(page, "Make the links")
        return page.locator(".mash-link").inner_text(), page.locator(".mash-code").inner_text()

    def is_answered(self, link: str, code: str, worry: str, words: str) -> str:
        """The agency answers in a browser that never signed in; returns what it was shown."""
        page = self._school.window()
        page.goto(link)
        page.get_by_label("Code").fill(code)
        page.get_by_role("button", name="Go on").click()
        shown = page.locator("main").inner_text()
        page.get_by_label(worry).check()
        page.get_by_label("In your words").fill(words)
        page.get_by_label("Your name and role").fill("A. Colleague, records officer")
        self.picture(page, "agency-answers")
        page.get_by_role("button", name="Send the answer").click()
        expect(page.get_by_role("heading", name="Answer sent")).to_be_visible()
        return shown

    def discusses(self, name: str, attended: str, record: str) -> None:
        """Record the discussion that belongs to the rating."""
        page = self.somebody(name)
        page.get_by_role("link", name="Record a discussion").click()
        page.get_by_label("Who took part").fill(attended)
        page.get_by_label("What was agreed").fill(record)
        self.picture(page, "discussion")
        _save(page)

    def decides(self, name: str, decision: str, worker: str, *, why: str, words: str) -> None:
        """Decide, with words to the school."""
        page = self.somebody(name, lane="In MASH")
        page.get_by_role("link", name="Decide and tell the school").click()
        page.get_by_label(decision).check()
        page.get_by_label("Allocated worker", exact=True).select_option(label=worker)
        page.get_by_label("Why (for the record)").fill(why)
        page.get_by_label("Words to the school").fill(words)
        self.picture(page, "deciding")
        _save(page, "Decide and tell the school")
        expect(page.locator("#standing")).to_contain_text(decision)
        self.picture(page, "decided")


def _save(page: Page, button: str = "Save and go on") -> None:
    page.get_by_role("button", name=button).click()
    expect(page.get_by_text("There is a problem")).to_have_count(0)
