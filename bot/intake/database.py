"""The intake's database: SQLite (WAL) by default, PostgreSQL by URL, with sealed personal fields.

IntakeStoreError
├── NotReady     the tables are missing or older than this release
├── Impossible   a value that no column can hold, such as one with a NUL character
└── Unavailable  the database cannot be reached, is locked, or is full; nothing of this step was saved
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DataError, InterfaceError, OperationalError, ProgrammingError
from sqlalchemy.exc import TimeoutError as NoConnectionFree
from sqlalchemy.orm import Session, sessionmaker

from bot.safekeeping import KeyRing, Vault

_WRITER = "intake_writer"
_BUSY_MILLISECONDS = 15_000
_POOL = {"pool_size": 20, "max_overflow": 20}  # as many as threads that answer requests: none waits for one


class IntakeStoreError(Exception):
    """Something cannot be kept or read."""


class NotReady(IntakeStoreError):
    """The tables are missing or older than this release."""


class Impossible(IntakeStoreError):
    """What was asked for holds something that no column can hold, so it is not here. PostgreSQL says so."""


class Unavailable(IntakeStoreError):
    """The database cannot serve now. Nothing of this step was saved; it may be tried again."""


class Database:
    """One database and the vault that opens its sealed fields."""

    def __init__(self, url: str, ring: KeyRing) -> None:
        self.engine = open_engine(url)
        self.vault = Vault(ring)
        info = {"vault": self.vault}
        self._reading = sessionmaker(self.engine, expire_on_commit=False, info=info)
        self._writing = sessionmaker(for_writing(self.engine), expire_on_commit=False, info=info)

    @contextmanager
    def read(self) -> Iterator[Session]:
        """A session to look things up; what it changes is not kept."""
        with clear_errors(), self._reading() as session:
            yield session

    @contextmanager
    def write(self) -> Iterator[Session]:
        """One transaction: all of it is kept, or nothing."""
        with clear_errors(), self._writing.begin() as session:
            yield session

    def answers(self) -> None:
        """Raise Unavailable when the database does not answer."""
        with self.read() as session:
            session.execute(text("SELECT 1"))

    def close(self) -> None:
        """Let go of all connections."""
        self.engine.dispose()


def open_engine(url: str) -> Engine:
    """An engine that never writes a value into an error message or a log."""
    scheme, _, rest = url.partition("://")
    address = make_url(f"postgresql+psycopg://{rest}" if scheme in ("postgres", "postgresql") else url)
    if address.get_backend_name() != "sqlite":
        return create_engine(
            address,
            hide_parameters=True,
            **_POOL,
            pool_pre_ping=True,
            connect_args={"connect_timeout": 10, "options": "-c timezone=UTC -c lock_timeout=15s"},
        )
    if address.database:
        Path(address.database).parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    engine = create_engine(address, hide_parameters=True, **(_POOL if address.database else {}))
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def for_writing(engine: Engine) -> Engine:
    """The same database; on SQLite the write lock is taken when a transaction begins, not in its middle."""
    return engine.execution_options(**{_WRITER: True})


def _prepare_sqlite(connection: sqlite3.Connection, _: Any) -> None:
    connection.isolation_level = None  # a transaction begins where _begin_sqlite says
    for pragma in (
        "journal_mode=WAL",
        "foreign_keys=ON",
        "synchronous=FULL",  # what was acknowledged survives a power cut
        f"busy_timeout={_BUSY_MILLISECONDS}",
        "secure_delete=ON",
    ):
        connection.execute(f"PRAGMA {pragma}").close()


def _begin_sqlite(connection: Connection) -> None:
    writing = connection.get_execution_options().get(_WRITER, False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")


@contextmanager
def clear_errors() -> Iterator[None]:
    """Turn the driver's errors into ours, which say whether trying again helps."""
    try:
        yield
    except NoConnectionFree as error:
        raise Unavailable("The intake is too busy now. Nothing of this step was kept. Try again.") from error
    except DataError as error:
        raise Impossible("A value holds something that no column can hold. Nothing was kept.") from error
    except (OperationalError, InterfaceError, ProgrammingError) as error:
        said = str(error.orig).lower()
        if "no such table" in said or "no such column" in said or "does not exist" in said:
            raise NotReady("The intake's database is older than this release. Restart the intake.") from error
        if isinstance(error, ProgrammingError):
            raise
        raise Unavailable(
            "The intake cannot save anything now. Nothing of this step was kept. Try again."
        ) from error
