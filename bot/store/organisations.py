"""Schools, and the authority that its officers work for."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.store.sessions import NotThere
from bot.store.tables import Organisation


def add_organisation(
    session: Session,
    *,
    kind: str,
    name: str,
    at: datetime,
    la_code: str | None = None,
    urn: str | None = None,
    pack: str | None = None,
    details: dict[str, Any] | None = None,
) -> Organisation:
    """A new school (`kind` school) or authority (`kind` authority). `pack` is the threshold pack that it
    works by.
    """
    organisation = Organisation(
        kind=kind, name=name, la_code=la_code, urn=urn, pack=pack, details=details or {}, created_at=at
    )
    session.add(organisation)
    session.flush()
    return organisation


def get_organisation(session: Session, organisation_id: str) -> Organisation:
    """The organisation of that id; raises NotThere."""
    organisation = session.get(Organisation, organisation_id)
    if organisation is None:
        raise NotThere("There is no such organisation.")
    return organisation


def organisation_named(session: Session, name: str) -> Organisation | None:
    """The organisation of exactly that name, or None."""
    return session.scalar(select(Organisation).where(Organisation.name == name))


def organisations(session: Session) -> list[Organisation]:
    """All organisations by name."""
    return list(session.scalars(select(Organisation).order_by(Organisation.name, Organisation.id)))
