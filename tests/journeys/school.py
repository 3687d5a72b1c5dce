"""What people do in their browser, in the words of a journey."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from playwright.sync_api import Browser, Page, expect

Answer = str | list[str]
MOST_QUESTIONS = 40
LOOKS = 120
USUAL: Mapping[str, Answer] = {
    "danger_now": "no",
    "child_next": "safe_adult",
    "open_case": "no",
    "lives_in": "here",
    "age_band": "age_7_9",
    "child_says": ["none"],
    "about_child": ["none"],
    "also_true": ["none"],
    "telling_risk": ["none"],
}
"""What staff answer when a journey does not say otherwise: nothing unusual."""


class School:
    """Opens windows for people; each keeps its own sign-in."""

    def __init__(
        self, web: str, intake: str, browser: Browser, screenshots: Path, *, strict: bool = True
    ) -> None:
        """`strict`: keep to the content security policy; a checker put in from outside cannot."""
        self._strict = strict
        self._web, self.intake = web, intake
        self._browser = browser
        self._screenshots = screenshots
        self._windows: list[Page] = []

    def somebody(
        self, name: str, *, scripts: bool = True, width: int = 1200, touch: bool = False
    ) -> Somebody:
        """A person of the school who is signed in; `touch`: on a tablet or a telephone, with a finger."""
        page = self._window(scripts, width, touch)
        page.goto(f"{self._web}/sign-in")
        page.get_by_role("button", name=f"Sign in as {name}").click()
        expect(page.get_by_role("heading", name="My concerns", level=1)).to_be_visible()
        return Somebody(page, self._web, self._screenshots)

    def mash(self, name: str) -> Page:
        """A person of MASH who is signed in at the intake."""
        page = self.window()
        page.goto(f"{self.intake}/sign-in")
        page.get_by_role("button", name=name).click()
        return page

    def window(self) -> Page:
        """A browser that nobody has used."""
        return self._window(True, 1200)

    def close(self) -> None:
        """Close all windows."""
        for window in self._windows:
            window.context.close()

    def _window(self, scripts: bool, width: int, touch: bool = False) -> Page:
        context = self._browser.new_context(
            java_script_enabled=scripts,
            viewport={"width": width, "height": 900},
            locale="en-GB",
            has_touch=touch,
            is_mobile=touch,
            bypass_csp=not self._strict,
        )
        page = context.new_page()
        self._windows.append(page)
        return page


class Somebody:
    """A person of the school at their browser."""

    def __init__(self, page: Page, web: str, screenshots: Path) -> None:
        self.page = page
        self.pictures = screenshots
        self._web = web
        self._taken = 0

    def path(self) -> str:
        """The address of the open page."""
        return self.page.url.removeprefix(self._web).partition("#")[0]

    def open(self, path: str) -> None:
        """Go to a page of the service."""
        self.page.goto(self._web + path)

    def picture(self, what: str) -> None:
        """Keep a picture of the page, to be looked at."""
        self._taken += 1
        self.pictures.mkdir(parents=True, exist_ok=True)
        self.page.screenshot(path=self.pictures / f"{self._taken}-{what}.png", full_page=True)

    def worries(self, story: str) -> str:
        """Begin a concern and tell it; returns its address."""
        self.open("/concerns")
        self.page.get_by_role("button", name="Tell us about a new concern").click()
        self.page.locator("#text").fill(story)
        address = self.path()
        self._press("Continue")
        expect(self.page.get_by_role("log")).to_contain_text(story)
        expect(self.page.locator("#text")).to_have_value("")
        return address

    def answers(self, answers: Mapping[str, Answer], *, until: str = "") -> list[str]:
        """Answer what is asked, until nothing is (or until that question); returns what was asked."""
        known = {**USUAL, **answers}
        asked: list[str] = []
        for _ in range(MOST_QUESTIONS):
            question = self.question()
            if question is None or question == until:
                return asked
            asked.append(question)
            self.answer(known.get(question))
        raise AssertionError(f"still asking after {asked}")

    def question(self) -> str | None:
        """The id of the open question, or None when nothing is asked."""
        field = self.page.locator("#question input[name=question]")
        return field.get_attribute("value") if field.count() else None

    def answer(self, value: Answer | None) -> None:
        """Choose an answer and go on; None is nothing unusual, or not known."""
        if value is None and self.page.locator("#question input[type=checkbox][value=none]").count():
            value = ["none"]
        if value is None:
            self._press("We don’t know")
            return
        wanted = [value] if isinstance(value, str) else value
        for box in self.page.locator("#question input[type=checkbox]").all():
            box.set_checked(box.get_attribute("value") in wanted)
        if isinstance(value, str):
            self.page.locator(f'#question input[type=radio][value="{value}"]').check()
        self._press("Continue")

    def says(self, words: str) -> None:
        """Answer the open question in words."""
        self.page.locator("#text").fill(words)
        self._press("Continue")

    def sees(self, *words: str) -> None:
        """Each of these stands on the page."""
        for one in words:
            expect(self.page.locator("main")).to_contain_text(one)

    def waits_for(self, words: str) -> None:
        """Open the page again until it says so: other processes do their part meanwhile."""
        for _ in range(LOOKS):
            if words in self.page.locator("main").inner_text():
                return
            self.page.wait_for_timeout(500)
            self.page.reload()
        raise AssertionError(f"the page never says {words!r}")

    def follows(self, name: str) -> None:
        """Follow a link or press a button by its name."""
        self.page.get_by_role("link", name=name).or_(self.page.get_by_role("button", name=name)).first.click()

    def _press(self, name: str) -> None:
        version = self.page.locator("#question input[name=version]").get_attribute("value")
        self.page.locator("#question").get_by_role("button", name=name, exact=True).click()
        now = self.page.locator("#question input[name=version]")
        expect(now).not_to_have_value(version or "", timeout=90_000)
