"""How alembic meets our databases: in one transaction, one migrator at a time."""

from typing import Literal

from alembic import context
from sqlalchemy import Connection, Engine, text

from bot.store.tables import Base

_ONE_MIGRATOR = 7_260_115  # any number, the same for all: PostgreSQL's advisory lock


def _render(kind: str, thing: object, autogen: object) -> str | Literal[False]:
    """Write our own column types as what they are in the database, so that migrations outlive our classes."""
    if kind == "type" and type(thing).__name__ == "UtcTime":
        return "sa.DateTime(timezone=True)"
    return False


def _run(connection: Connection) -> None:
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        render_as_batch=True,
        render_item=_render,
        compare_type=True,
    )
    with context.begin_transaction():
        context.run_migrations()


engine: Engine = context.config.attributes["engine"]
with engine.begin() as connection:
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:number)"), {"number": _ONE_MIGRATOR})
    _run(connection)
engine.dispose()
