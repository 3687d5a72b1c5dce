"""A school with its people, and the concerns service on a real database, with the parser switched off."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from bot.concerns import Concerns, PackShelf
from bot.reading import Reader
from bot.store import Person, Store
from bot.store import organisations as kept_organisations
from bot.store import people as kept_people
from tests.databases import NOW

PACKS = Path(__file__).resolve().parents[2] / "data" / "thresholds"
CLOSED_PORT = "http://127.0.0.1:9"


class Clock:
    """Time that tests move on by hand."""

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        """The time now."""
        return self.now

    def pass_by(self, **span: float) -> None:
        """Let time pass."""
        self.now += timedelta(**span)


@dataclass
class School:
    """The people of one school, by role, and a stranger from another."""

    staff: Person
    colleague: Person
    dsl: Person
    head: Person
    chair: Person
    stranger: Person


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def school(store: Store) -> School:
    with store.write() as session:
        here = kept_organisations.add_organisation(
            session, kind="school", name="Here Primary", la_code="336", pack="wolverhampton", at=NOW
        )
        there = kept_organisations.add_organisation(
            session, kind="school", name="There High", la_code="336", pack="wolverhampton", at=NOW
        )

        def person(role: str, name: str, organisation: str = here.id) -> Person:
            return kept_people.add_person(session, organisation_id=organisation, role=role, name=name, at=NOW)

        return School(
            staff=person("staff", "Sam Example"),
            colleague=person("staff", "Col Example"),
            dsl=person("dsl", "Dee Example"),
            head=person("head", "Hal Example"),
            chair=person("chair", "Cay Example"),
            stranger=person("dsl", "Stray Example", there.id),
        )


@pytest.fixture
def concerns(store: Store, clock: Clock) -> Concerns:
    return Concerns(store, PackShelf(PACKS), Reader(CLOSED_PORT, timeout=0.2), clock, "wolverhampton")
