"""Making the intake ready: key ring, tables, audit chain, and the demonstration's people."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import inspect, select

from bot.intake.database import Database, open_engine
from bot.intake.schema import migrate
from bot.intake.seeding import seed
from bot.intake.services import Services
from bot.intake.settings import IntakeSettings
from bot.intake.tables import KeyInUse
from bot.intake.work import trail
from bot.safekeeping import KeyRing


def wall_clock() -> datetime:
    """Now."""
    return datetime.now(UTC)


def make_ready(settings: IntakeSettings, now: Callable[[], datetime] = wall_clock) -> Services:
    """Open, or on the very first start make, everything that the intake stands on.

    Raises KeyRingError when the database holds sealed fields and their key is gone.
    """
    settings.state_dir.mkdir(parents=True, exist_ok=True, mode=0o700)
    if not settings.key_ring.exists() and not _has_tables(settings):
        settings.key_ring.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        KeyRing.create(settings.key_ring, now())
    ring = KeyRing.load(settings.key_ring)
    migrate(settings.database)
    database = Database(settings.database, ring)
    with database.write() as session:
        known = set(session.scalars(select(KeyInUse.key_id)))
        for key_id in known:
            ring.key(key_id)
        if ring.primary.id not in known:
            session.add(KeyInUse(key_id=ring.primary.id, first_used_at=now()))
        trail.prepare(session)
        if settings.demonstration:
            seed(session, settings.intake_client_id, _demonstration_secret(settings), now())
    return Services(settings, database, now)


def _has_tables(settings: IntakeSettings) -> bool:
    engine = open_engine(settings.database)
    try:
        return inspect(engine).has_table("alembic_version")
    finally:
        engine.dispose()


def _demonstration_secret(settings: IntakeSettings) -> str:
    """The secret from the environment, else the one that the school's side of the demonstration keeps."""
    given = settings.intake_client_secret.get_secret_value()
    return given or _kept_secret(settings.state_dir / "keys" / "intake-client-secret")


def _kept_secret(path: Path) -> str:
    if not path.exists():
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(32))
    return path.read_text().strip()
