"""Who may send referrals: organisations, their machines, tokens, and where their events go."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from bot.intake.tables.row import CODE, HASH, ID, Row
from bot.safekeeping import sealed_json, sealed_text


class Organisation(Row):
    """A school or another agency that refers. `last_event` numbers its events without a gap."""

    __tablename__ = "organisations"
    name: Mapped[str] = mapped_column(String(200))
    source: Mapped[str] = mapped_column(String(2))
    created_at: Mapped[datetime]
    last_event: Mapped[int] = mapped_column(default=0)


class Client(Row):
    """A machine of an organisation: it proves itself by a secret or by a key pair, and has scopes."""

    __tablename__ = "clients"
    organisation_id: Mapped[str] = mapped_column(ForeignKey("organisations.id"), index=True)
    client_id: Mapped[str] = mapped_column(String(100), unique=True)
    secret_hash: Mapped[str | None] = mapped_column(String(200))
    public_keys: Mapped[dict[str, Any] | None]
    scopes: Mapped[list[str]]
    created_at: Mapped[datetime]
    disabled_at: Mapped[datetime | None]


class AccessToken(Row):
    """A token that was given out; only its fingerprint is kept."""

    __tablename__ = "access_tokens"
    client_id: Mapped[str] = mapped_column(ForeignKey("clients.id"), index=True)
    hash: Mapped[str] = mapped_column(HASH, unique=True)
    scopes: Mapped[list[str]]
    expires_at: Mapped[datetime] = mapped_column(index=True)


class AssertionUsed(Row):
    """A signed assertion (`jti`) that bought a token: it buys no second one."""

    __tablename__ = "assertions_used"
    __table_args__ = (UniqueConstraint("client_id", "jti_hash"),)
    client_id: Mapped[str] = mapped_column(ForeignKey("clients.id"))
    jti_hash: Mapped[str] = mapped_column(HASH)
    expires_at: Mapped[datetime] = mapped_column(index=True)


class Answered(Row):
    """What an idempotency key was answered with, so that the same request gets the same answer."""

    __tablename__ = "answered"
    __table_args__ = (UniqueConstraint("organisation_id", "key_hash"),)
    organisation_id: Mapped[str] = mapped_column(ForeignKey("organisations.id"))
    key_hash: Mapped[str] = mapped_column(HASH)
    digest: Mapped[str] = mapped_column(HASH)
    at: Mapped[datetime]
    status: Mapped[int]
    body_sealed: Mapped[bytes]
    body = sealed_json("body_sealed")


class WebhookTarget(Row):
    """Where an organisation wants its events pushed to, and the secret that pushes are signed with."""

    __tablename__ = "webhook_targets"
    organisation_id: Mapped[str] = mapped_column(ForeignKey("organisations.id"), unique=True)
    url: Mapped[str] = mapped_column(String(2000))
    created_at: Mapped[datetime]
    secret_sealed: Mapped[bytes]
    secret = sealed_text("secret_sealed")


class Push(Row):
    """One event on its way to a webhook: tried again, ever more slowly, until it is acknowledged."""

    __tablename__ = "pushes"
    __table_args__ = (
        Index(
            "ix_pushes_waiting",
            "due_at",
            sqlite_where=text("acknowledged_at IS NULL"),
            postgresql_where=text("acknowledged_at IS NULL"),
        ),
    )
    organisation_id: Mapped[str] = mapped_column(ForeignKey("organisations.id"), index=True)
    event_id: Mapped[str] = mapped_column(ID, unique=True)
    due_at: Mapped[datetime]
    lease_until: Mapped[datetime | None]
    attempts: Mapped[int] = mapped_column(default=0)
    last_failure: Mapped[str | None] = mapped_column(CODE)
    acknowledged_at: Mapped[datetime | None]
