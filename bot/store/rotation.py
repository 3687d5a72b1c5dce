"""Changing the sealing key: a new one from now on, then every field that an older key sealed is sealed anew.

It runs while the application serves, may be stopped at any moment, and goes on where it stopped: what is
left to do is read from the fields themselves. Older keys stay in the ring, since backups still need them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, LargeBinary, Table, and_, func, select, update

from bot.safekeeping import seal_prefix, sealed_columns
from bot.store.sessions import Store
from bot.store.tables import Base, KeyInUse

_AT_A_TIME = 200


@dataclass(frozen=True)
class Progress:
    """How many fields are sealed anew, of how many."""

    done: int
    total: int


def rotate_keys(store: Store, now: datetime, report: Callable[[Progress], None] = lambda _: None) -> int:
    """Seal every field with a new key; returns how many were. Goes on with a rotation that was stopped."""
    total = fields_under_older_keys(store)
    if total == 0:
        store.vault.ring.add_primary(now)
        store.check(now)  # the database must know the key before anything is sealed with it
        total = fields_under_older_keys(store)
    done = 0
    report(Progress(done, total))
    for table, column in _places():
        while changed := _reseal_some(store, table, column):
            done += changed
            report(Progress(done, max(total, done)))
    return done


def fields_under_older_keys(store: Store) -> int:
    """How many fields another key than the primary one has sealed."""
    with store.read() as session:
        counts = (select(func.count()).where(_older(store, table, column)) for table, column in _places())
        return sum(session.scalar(count) or 0 for count in counts)


def keys_still_needed(store: Store) -> set[str]:
    """The ids of the keys that this database was ever sealed with; none of them may leave the ring."""
    with store.read() as session:
        return set(session.scalars(select(KeyInUse.key_id)))


def _reseal_some(store: Store, table: Table, column: str) -> int:
    vault = store.vault
    with store.write() as session:
        rows = session.execute(
            select(table.c.id, table.c[column]).where(_older(store, table, column)).limit(_AT_A_TIME)
        ).all()
        for row_id, sealed in rows:
            opened = vault.open(table.name, column, row_id, sealed)
            session.execute(
                update(table)
                .where(table.c.id == row_id, table.c[column] == sealed)  # not what was changed meanwhile
                .values({column: vault.seal(table.name, column, row_id, opened)})
            )
        return len(rows)


def _older(store: Store, table: Table, column: str) -> ColumnElement[bool]:
    prefix = seal_prefix(store.vault.ring.primary.id)
    begins = func.substr(table.c[column], 1, len(prefix), type_=LargeBinary)
    return and_(table.c[column].is_not(None), begins != prefix)


def _places() -> Iterator[tuple[Table, str]]:
    for mapper in Base.registry.mappers:
        table = mapper.local_table
        if isinstance(table, Table):
            for column in sealed_columns(mapper.class_):
                yield table, column
