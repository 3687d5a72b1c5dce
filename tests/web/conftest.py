"""The web door on a real database with the parser switched off, and browsers for the people of a school."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from pathlib import Path

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from bot import demo
from bot.concerns import Concerns, PackShelf
from bot.reading import Reader
from bot.settings import Settings
from bot.store import Store
from bot.store import tokens as kept_tokens
from bot.web.people import People, Person
from bot.web.services import Services
from bot.web.site import create_web
from tests.concerns.conftest import CLOSED_PORT, PACKS, Clock

shelf = cache(lambda: PackShelf(PACKS))  # packs are loaded once for all tests
reader = cache(lambda: Reader(CLOSED_PORT, timeout=0.2))  # it loads a language model: once is enough

ADDRESS = "http://127.0.0.1:8000"
Browser = TestClient


@dataclass
class Site:
    """The application with what tests look behind the pages with."""

    app: FastAPI
    services: Services
    clock: Clock
    people: dict[str, Person]

    def browser(self, name: str | None = None) -> Browser:
        """A browser; signed in as that person where one is named."""
        browser = Browser(self.app, base_url=ADDRESS, follow_redirects=False)
        if name is not None:
            answer = browser.post("/sign-in", data={"person": self.people[name].id})
            assert answer.status_code == 303
        return browser

    def program(self, name: str = "Sam Okafor") -> Browser:
        """A program with a bearer token of that person."""
        with self.services.store.write() as session:
            token = kept_tokens.mint_token(session, person_id=self.people[name].id, at=self.clock())
        headers = {"authorization": f"Bearer {token}"}
        return Browser(self.app, base_url=ADDRESS, headers=headers, follow_redirects=False)


@pytest.fixture
def site(sqlite_store: Store, tmp_path: Path) -> Site:
    """The site of the demonstration school."""
    return make_site(sqlite_store, tmp_path)


def make_site(
    store: Store, folder: Path, *, demonstration: bool = True, idle: timedelta = timedelta(minutes=60)
) -> Site:
    """Wire it as the process does, with a clock that tests move."""
    clock = Clock()
    demo.seed(store, "wolverhampton", clock())
    people = People(store, idle)
    services = Services(
        concerns=Concerns(store, shelf(), reader(), clock, "wolverhampton"),
        packs=shelf(),
        people=people,
        store=store,
        settings=Settings(demo=demonstration, state_dir=folder),
        clock=clock,
        readiness=lambda: {"parser": "down"},
    )
    return Site(create_web(services), services, clock, {person.name: person for person in people.all()})


@pytest.fixture
def sam(site: Site) -> Browser:
    """The browser of a member of staff."""
    return site.browser("Sam Okafor")


@pytest.fixture
def opened(site: Site, sam: Browser) -> Callable[[], str]:
    """Opens a concern and returns its address."""

    def open_one() -> str:
        return str(sam.post("/concerns").headers["location"])

    return open_one
