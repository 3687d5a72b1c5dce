"""Two officers of one authority, one of another, and a misread message, on a real database."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from bot.officers import Labelling, Places
from bot.store import Person, Store, examples
from bot.store.concerns import add_concern
from bot.store.organisations import add_organisation
from bot.store.people import add_person
from tests.concerns.conftest import CLOSED_PORT, Clock
from tests.databases import NOW

ROOT = Path(__file__).resolve().parents[2]
CATEGORIES = {"neglect": "Neglect", "physical_harm": "Physical harm", "bullying": "Bullying"}
STORY = "the wee lad was proper clemmed again, scoffing crusts off the floor by the bins"


@dataclass
class Authority:
    """Who is there."""

    officer: Person
    second: Person
    stranger: Person
    teacher: Person


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def authority(store: Store) -> Authority:
    with store.write() as session:

        def place(kind: str, la_code: str) -> str:
            return add_organisation(session, kind=kind, name=f"{kind} {la_code}", la_code=la_code, at=NOW).id

        ours, theirs, school = place("authority", "336"), place("authority", "884"), place("school", "336")

        def person(role: str, name: str, organisation: str) -> Person:
            return add_person(session, organisation_id=organisation, role=role, name=name, at=NOW)

        return Authority(
            officer=person("officer", "Jo Officer", ours),
            second=person("officer", "Lewis Officer", ours),
            stranger=person("officer", "Other Officer", theirs),
            teacher=person("staff", "Tess Teacher", school),
        )


@pytest.fixture
def misread(store: Store, authority: Authority) -> Callable[..., str]:
    """Keeps a misread message and returns its id."""
    numbers = iter(range(100))

    def keep(text: str = STORY, **signals: float) -> str:
        with store.write() as session:
            concern = add_concern(
                session,
                author=authority.teacher,
                pack_name="wolverhampton",
                pack_version="2026.1",
                pack_digest="d" * 64,
                at=NOW,
            )
            number = next(numbers)
            kept = examples.note_misread(
                session,
                concern,
                f"message-{number}",
                text,
                at=NOW,
                signals=signals or {"unsure": 1.0},
            )
            return kept.id

    return keep


@pytest.fixture
def places(tmp_path: Path) -> Places:
    return Places(
        ROOT,
        tmp_path / "state",
        tmp_path / "base",
        CLOSED_PORT,
        tmp_path / "state" / "models" / "promoted.tar.gz",
    )


@pytest.fixture
def labelling(store: Store, clock: Clock, places: Places) -> Labelling:
    return Labelling(store, clock, places)
