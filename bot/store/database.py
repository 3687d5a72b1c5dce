"""Opening a database: SQLite by default, PostgreSQL by URL; the same rules of transactions on both.

The intake uses its own; nothing here knows a table.
"""

from __future__ import annotations

import sqlite3
import time
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import make_url

_WRITER = "bot_writer"
_BUSY_MILLISECONDS = 15_000
_TRY_MILLISECONDS = 4


def database_url(url: str) -> str:
    """The URL with its driver: `postgres://` and `postgresql://` mean psycopg, a bare path means SQLite."""
    if "://" not in url:
        return f"sqlite:///{url}"
    scheme, rest = url.split("://", 1)
    return f"postgresql+psycopg://{rest}" if scheme in ("postgres", "postgresql") else url


def open_engine(url: str, *, pool_size: int = 10) -> Engine:
    """An engine that never writes personal data into an error message or a log."""
    address = make_url(database_url(url))
    if address.get_backend_name() == "sqlite":
        if address.database and address.database != ":memory:":
            file = Path(address.database)
            file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            file.touch(mode=0o600)  # for its owner only; what lies beside it (-wal, -shm) follows
        engine = create_engine(address, hide_parameters=True)
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
        return engine
    return create_engine(
        address,
        hide_parameters=True,
        pool_size=pool_size,
        max_overflow=pool_size,
        pool_pre_ping=True,
        connect_args={"connect_timeout": 10, "options": "-c timezone=UTC -c lock_timeout=15s"},
    )


def for_writing(engine: Engine) -> Engine:
    """The same database for transactions that write: on SQLite they take the write lock at once.

    A transaction that first reads and then writes could otherwise be refused in its middle.
    """
    return engine.execution_options(**{_WRITER: True})


def _prepare_sqlite(connection: sqlite3.Connection, _: Any) -> None:
    connection.isolation_level = (
        None  # transactions begin where _begin_sqlite says, not where the driver guesses
    )
    for pragma in (
        "journal_mode=WAL",
        "foreign_keys=ON",
        "synchronous=FULL",  # a referral that was called saved survives a power cut
        f"busy_timeout={_BUSY_MILLISECONDS}",
        "secure_delete=ON",
    ):
        connection.execute(f"PRAGMA {pragma}").close()


def _begin_sqlite(connection: Connection) -> None:
    if connection.get_execution_options().get(_WRITER, False):
        _begin_writing(connection)
    else:
        connection.exec_driver_sql("BEGIN")


def _begin_writing(connection: Connection) -> None:
    """Take SQLite's write lock, with the same chance for everybody who waits.

    SQLite's own waiting sleeps longer the longer it waits, so that a busy web process would keep the worker
    from ever delivering. Here everybody tries again at the same short pace.
    """
    driver: sqlite3.Connection = connection.connection.driver_connection  # type: ignore[assignment]
    until = time.monotonic() + _BUSY_MILLISECONDS / 1000
    driver.execute(f"PRAGMA busy_timeout={_TRY_MILLISECONDS}").close()
    try:
        while time.monotonic() < until:
            try:
                driver.execute("BEGIN IMMEDIATE").close()
            except sqlite3.OperationalError as error:
                if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY:
                    break
            else:
                return
        connection.exec_driver_sql("BEGIN IMMEDIATE")  # the last try, which says what is wrong
    finally:
        driver.execute(f"PRAGMA busy_timeout={_BUSY_MILLISECONDS}").close()
