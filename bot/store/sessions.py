"""The store: sessions on one database with one key ring. Every room that keeps something goes through it.

StoreError
├── StoreNotReady      the tables are missing or older than this release: run `bot migrate`
├── StoreUnavailable   the database cannot be reached or is full; nothing of this step was saved
├── NotThere           no such row (or it is not this person's to see)
├── Stale              somebody changed it meanwhile
├── KeyReused          the same key came with another content
└── BackupError        a backup cannot be made or restored (bot.store.backup)
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from sqlalchemy import Engine, select, text
from sqlalchemy.exc import InterfaceError, OperationalError, ProgrammingError
from sqlalchemy.orm import Session, sessionmaker

from bot.safekeeping import KeyRing, Vault
from bot.store.database import for_writing, open_engine
from bot.store.tables import KeyInUse


class StoreError(Exception):
    """Something cannot be kept or found."""


class StoreNotReady(StoreError):
    """The tables are missing or older than this release."""


class StoreUnavailable(StoreError):
    """The database cannot be reached, is locked, or is full. Nothing of the step was saved; it may be tried
    again.
    """


class NotThere(StoreError):
    """There is no such row, or it is not this person's to see. Both look the same on purpose."""


class Stale(StoreError):
    """Somebody changed it since it was read. `version` is the current one."""

    def __init__(self, version: int) -> None:
        super().__init__("It was changed meanwhile. Read it again, then repeat your change.")
        self.version = version


class KeyReused(StoreError):
    """The same idempotency key came with another content."""

    def __init__(self) -> None:
        super().__init__(
            "This idempotency key was used for another message. Use a new key for a new message."
        )


class Store:
    """One database and the key ring that opens it."""

    def __init__(self, url: str, ring: KeyRing, *, pool_size: int = 10) -> None:
        self.engine: Engine = open_engine(url, pool_size=pool_size)
        self.vault = Vault(ring)
        info = {"vault": self.vault}
        self._reading = sessionmaker(self.engine, expire_on_commit=False, info=info)
        self._writing = sessionmaker(for_writing(self.engine), expire_on_commit=False, info=info)

    @property
    def is_postgresql(self) -> bool:
        """Whether several workers may deliver at once."""
        return self.engine.dialect.name == "postgresql"

    @contextmanager
    def read(self) -> Iterator[Session]:
        """A session to look things up; what it changes is not kept."""
        with _clear_errors(), self._reading() as session:
            yield session

    @contextmanager
    def write(self) -> Iterator[Session]:
        """One transaction: all of it is kept, or nothing."""
        with _clear_errors(), self._writing.begin() as session:
            yield session

    def check(self, now: datetime) -> None:
        """Called at every start: the tables are there, and the ring holds every key that sealed something
        here.

        Raises StoreNotReady, StoreUnavailable or KeyMissing.
        """
        ring = self.vault.ring
        with self.write() as session:
            known = set(session.scalars(select(KeyInUse.key_id)))
            for key_id in known:
                ring.key(key_id)
            if ring.primary.id not in known:
                session.add(KeyInUse(key_id=ring.primary.id, first_used_at=now))

    def answers(self) -> None:
        """Whether the database answers, for readiness; raises StoreUnavailable."""
        with self.read() as session:
            session.execute(text("SELECT 1"))

    def close(self) -> None:
        """Let go of all connections."""
        self.engine.dispose()


@contextmanager
def _clear_errors() -> Iterator[None]:
    try:
        yield
    except (OperationalError, InterfaceError, ProgrammingError) as error:
        if _was_stopped(error):
            raise KeyboardInterrupt from error
        said = str(error.orig).lower()
        if "no such table" in said or "no such column" in said or "does not exist" in said:
            raise StoreNotReady("The database is older than this release. Run `bot migrate`.") from error
        if isinstance(error, ProgrammingError):
            raise
        if "full" in said or "no space" in said:
            why = (
                "The database's disk is full. Nothing of this step was saved. Free some space and try again."
            )
        elif "locked" in said or "lock timeout" in said:
            why = "The database is busy. Nothing of this step was saved. Try again."
        else:
            why = "The database does not answer. Nothing of this step was saved. Try again."
        raise StoreUnavailable(why) from error


def _was_stopped(error: BaseException) -> bool:
    """Whether Ctrl-C came first, in the middle of a step of the driver, which then stumbled over it."""
    before: BaseException | None = error
    while before is not None and not isinstance(before, KeyboardInterrupt):
        before = before.__cause__ or before.__context__
    return before is not None
