"""Bringing a database to this release's tables (alembic), and telling whether it is there.

Migrations run while the previous release still serves: a release only adds (expand); what the previous one
still used is taken away one release later (contract). See docs/operators.md, "Migrations".
"""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

from bot.store.database import database_url, for_writing, open_engine

_FOLDER = Path(__file__).parent / "migrations"


def migrate(url: str, revision: str = "head") -> None:
    """Create or update all tables. Safe to run twice, and by two processes at once."""
    command.upgrade(_config(url), revision)


def applied_revision(connection: Connection) -> str | None:
    """The migration that a database stands at; None when it has no tables."""
    return MigrationContext.configure(connection).get_current_revision()


def check(url: str) -> None:
    """Raise alembic's CommandError when the tables of this release and the migrations differ."""
    command.check(_config(url))


def draft_migration(url: str, why: str) -> None:
    """For developers: write a migration from what differs. Read and correct it before it is kept."""
    command.revision(_config(url), message=why, autogenerate=True)


def is_current(url: str) -> bool:
    """Whether every migration of this release was applied."""
    engine = open_engine(url)
    try:
        with engine.connect() as connection:
            applied = MigrationContext.configure(connection).get_current_heads()
    finally:
        engine.dispose()
    return set(applied) == set(ScriptDirectory.from_config(_config(url)).get_heads())


def _config(url: str) -> Config:
    config = Config()
    config.set_main_option("script_location", str(_FOLDER).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    engine = open_engine(database_url(url))
    config.attributes["engine"] = for_writing(engine)
    return config
