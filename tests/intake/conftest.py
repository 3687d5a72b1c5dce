"""The running MASH of each test, on each kind of database."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from bot.intake.schema import migrate
from tests.databases import create_database
from tests.intake.mash import Mash

type MakeDatabase = Callable[[str, Path], str]


@pytest.fixture(scope="session")
def intake_database(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> MakeDatabase:
    """Copies of a migrated database, made once for each kind."""
    made: dict[str, str] = {}

    def copy(kind: str, folder: Path) -> str:
        if kind == "sqlite":
            if kind not in made:
                made[kind] = str(tmp_path_factory.mktemp("intake") / "intake.db")
                migrate(f"sqlite:///{made[kind]}")
            shutil.copy(made[kind], folder / "intake.db")
            return f"sqlite:///{folder / 'intake.db'}"
        server: str = request.getfixturevalue("postgresql")
        if kind not in made:
            address = create_database(server)
            migrate(address)
            made[kind] = urlsplit(address).path.lstrip("/")
        return create_database(server, template=made[kind])

    return copy


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def both(request: pytest.FixtureRequest, intake_database: MakeDatabase, tmp_path: Path) -> Iterator[Mash]:
    """A MASH, once on each kind of database."""
    yield from _running(intake_database(request.param, tmp_path), tmp_path)


@pytest.fixture
def mash(intake_database: MakeDatabase, tmp_path: Path) -> Iterator[Mash]:
    """A MASH on SQLite, for tests that are not about databases."""
    yield from _running(intake_database("sqlite", tmp_path), tmp_path)


def _running(url: str, folder: Path) -> Iterator[Mash]:
    running = Mash(url, folder)
    yield running
    running.close()
