"""Bringing the intake's database to this release's tables (alembic)."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config

from bot.intake.database import for_writing, open_engine

_FOLDER = Path(__file__).parent / "migrations"


def migrate(url: str) -> None:
    """Create or update all tables. Safe to run twice, and by two processes at once."""
    command.upgrade(_config(url), "head")


def check(url: str) -> None:
    """Raise alembic's CommandError when the tables of this release and the migrations differ."""
    command.check(_config(url))


def draft_migration(url: str, why: str) -> None:
    """For developers: write a migration from what differs. Read and correct it before it is kept."""
    command.revision(_config(url), message=why, autogenerate=True)


def _config(url: str) -> Config:
    config = Config()
    config.set_main_option("script_location", str(_FOLDER).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["engine"] = for_writing(open_engine(url))
    return config
