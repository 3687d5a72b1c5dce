"""Backups: one file for either database, with the personal fields still sealed; never with the key ring.

A backup of SQLite may be restored into PostgreSQL and the other way round, so that a school can grow out of
one. The file is gzip over lines of JSON: a head, one line for each row, and a foot that proves it complete.
"""

from __future__ import annotations

import base64
import gzip
import hashlib
import json
import os
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, DateTime, LargeBinary, MetaData, Table, insert, select

from bot.safekeeping import BrokenLink, KeyRing
from bot.store.audit import verify
from bot.store.database import database_url, for_writing, open_engine
from bot.store.schema import applied_revision, migrate
from bot.store.sessions import Store, StoreError
from bot.store.tables import Base

_FORMAT = "safeguarding-backup-1"
_AT_A_TIME = 500


class BackupError(StoreError):
    """A backup cannot be made or restored. The message says why and how to mend it."""


@dataclass(frozen=True)
class Restored:
    """What came back: rows by table, and whether the audit trail holds."""

    rows: dict[str, int]
    broken: list[BrokenLink]


def back_up(store: Store, path: Path, now: datetime) -> dict[str, int]:
    """Write a consistent copy while the application serves; returns the rows by table. Never overwrites a
    file.
    """
    if path.exists():
        raise BackupError(f"{path} exists already. Choose another name.")
    beside = path.with_name(f".{path.name}.part")
    handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    try:
        with os.fdopen(handle, "wb") as file:
            counts = _write(store, file, now)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise
    return counts


def restore(path: Path, url: str, ring: KeyRing, now: datetime) -> Restored:
    """Bring a backup into an empty database, then to this release's tables, and verify the audit trail.

    Raises BackupError when the file is damaged or the database holds something, KeyMissing when the ring
    lacks a key that sealed fields of the backup. Nothing is kept unless all is.
    """
    head = _head(path)
    _prove_whole(path)
    for key_id in head["keys"]:
        ring.key(key_id)
    migrate(url, head["revision"])
    engine = open_engine(database_url(url))
    try:
        with for_writing(engine).begin() as connection:
            rows = _load(connection, path)
    finally:
        engine.dispose()
    migrate(url)
    store = Store(url, ring)
    try:
        store.check(now)
        with store.read() as session:
            return Restored(rows, verify(session))
    finally:
        store.close()


def _write(store: Store, file: Any, now: datetime) -> dict[str, int]:
    level = "REPEATABLE READ" if store.is_postgresql else "SERIALIZABLE"
    digest = hashlib.sha256()
    counts: Counter[str] = Counter()
    with gzip.GzipFile(fileobj=file, mode="wb", mtime=0) as packed, store.engine.connect() as plain:
        connection = plain.execution_options(isolation_level=level) if store.is_postgresql else plain

        def line(content: dict[str, Any]) -> None:
            said = json.dumps(content, separators=(",", ":")).encode() + b"\n"
            digest.update(said)
            packed.write(said)

        with connection.begin():
            keys = sorted(connection.scalars(select(Base.metadata.tables["keys_in_use"].c.key_id)))
            revision = applied_revision(connection)
            line({"format": _FORMAT, "revision": revision, "made_at": now.isoformat(), "keys": keys})
            for table in Base.metadata.sorted_tables:
                rows = connection.execute(select(table).execution_options(yield_per=_AT_A_TIME))
                for row in rows.mappings():
                    line({"t": table.name, "r": {name: _said(value) for name, value in row.items()}})
                    counts[table.name] += 1
        packed.write(json.dumps({"rows": counts, "sha256": digest.hexdigest()}).encode() + b"\n")
    return dict(counts)


def _load(connection: Connection, path: Path) -> dict[str, int]:
    tables = MetaData()
    tables.reflect(connection)
    for table in tables.sorted_tables:
        if table.name != "alembic_version" and connection.execute(select(table).limit(1)).first() is not None:
            raise BackupError("The database is not empty. Restore into a new one, then use that one.")
    counts: Counter[str] = Counter()
    waiting: list[dict[str, Any]] = []
    current: Table | None = None
    for content in _lines(path):
        table = tables.tables[content["t"]]
        if current is not None and (table is not current or len(waiting) >= _AT_A_TIME):
            connection.execute(insert(current), waiting)
            waiting = []
        current = table
        zoned = connection.dialect.name == "postgresql"
        waiting.append({name: _meant(table, name, value, zoned) for name, value in content["r"].items()})
        counts[table.name] += 1
    if current is not None and waiting:
        connection.execute(insert(current), waiting)
    return dict(counts)


def _head(path: Path) -> dict[str, Any]:
    try:
        with gzip.open(path, "rb") as packed:
            head: dict[str, Any] = json.loads(packed.readline())
    except FileNotFoundError:
        raise BackupError(f"There is no backup at {path}.") from None
    except (OSError, ValueError, EOFError):
        raise BackupError(f"{path} is not a backup of this application.") from None
    if head.get("format") != _FORMAT:
        raise BackupError(f"{path} is not a backup of this application.")
    return head


def _prove_whole(path: Path) -> None:
    """Read the file once before anything is restored: its foot must fit all that stands before it."""
    digest, before = hashlib.sha256(), b""
    try:
        with gzip.open(path, "rb") as packed:
            for said in packed:
                digest.update(before)
                before = said
        whole = json.loads(before).get("sha256") == digest.hexdigest()
    except (OSError, ValueError, EOFError):
        whole = False
    if not whole:
        raise BackupError(f"{path} is damaged or was cut short. Nothing was restored. Use another backup.")


def _lines(path: Path) -> Iterator[dict[str, Any]]:
    """The rows of a file that was proved whole."""
    with gzip.open(path, "rb") as packed:
        packed.readline()
        for said in packed:
            content: dict[str, Any] = json.loads(said)
            if "t" in content:
                yield content


def _said(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    return base64.b64encode(value).decode("ascii") if isinstance(value, bytes) else value


def _meant(table: Table, name: str, value: Any, zoned: bool) -> Any:
    kind = table.c[name].type
    if value is None:
        return None
    if isinstance(kind, DateTime):
        at = datetime.fromisoformat(value)
        return at if zoned else at.replace(tzinfo=None)
    return base64.b64decode(value) if isinstance(kind, LargeBinary) else value
