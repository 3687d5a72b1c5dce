"""Who uses it: organisations, people, their sign-ins and tokens."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from bot.safekeeping import sealed_text, sealed_text_or_none
from bot.store.tables.row import CODE, ID, Row

ROLES = ("staff", "dsl", "head", "chair", "officer", "admin")
"""What a person may be: member of staff, Designated Safeguarding Lead (or deputy), head, chair of governors,
education officer of the authority, administrator."""


class Organisation(Row):
    """A school, or the authority that its officers work for."""

    __tablename__ = "organisations"
    kind: Mapped[str] = mapped_column(CODE)
    name: Mapped[str] = mapped_column(String(200))
    la_code: Mapped[str | None] = mapped_column(String(3))
    urn: Mapped[str | None] = mapped_column(String(6))
    pack: Mapped[str | None] = mapped_column(CODE)
    details: Mapped[dict[str, Any]] = mapped_column(default=dict)
    created_at: Mapped[datetime]


class Person(Row):
    """Someone who signs in. The e-mail address is looked up by blind index only."""

    __tablename__ = "people"
    organisation_id: Mapped[str] = mapped_column(ForeignKey("organisations.id"), index=True)
    role: Mapped[str] = mapped_column(CODE)
    name_sealed: Mapped[bytes]
    email_sealed: Mapped[bytes | None]
    email_index: Mapped[str | None] = mapped_column(String(64), unique=True)
    subject: Mapped[str | None] = mapped_column(String(255), unique=True)
    job_title: Mapped[str | None] = mapped_column(String(100))
    created_at: Mapped[datetime]
    left_at: Mapped[datetime | None]

    organisation: Mapped[Organisation] = relationship(lazy="joined", innerjoin=True)
    name = sealed_text("name_sealed")
    email = sealed_text_or_none("email_sealed")


class ApiToken(Row):
    """A bearer token of the JSON API, or of Rasa's own door (then tied to one concern). Only its hash is
    kept.
    """

    __tablename__ = "api_tokens"
    person_id: Mapped[str] = mapped_column(ForeignKey("people.id"), index=True)
    purpose: Mapped[str] = mapped_column(CODE)
    concern_id: Mapped[str | None] = mapped_column(ID)
    secret_hash: Mapped[str] = mapped_column(String(64), unique=True)
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]

    person: Mapped[Person] = relationship(lazy="joined", innerjoin=True)


class SignIn(Row):
    """One browser that is signed in. Only the hash of its cookie is kept."""

    __tablename__ = "sessions"
    person_id: Mapped[str] = mapped_column(ForeignKey("people.id"), index=True)
    secret_hash: Mapped[str] = mapped_column(String(64), unique=True)
    created_at: Mapped[datetime]
    seen_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]

    person: Mapped[Person] = relationship(lazy="joined", innerjoin=True)
