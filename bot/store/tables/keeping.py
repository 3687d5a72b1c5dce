"""What keeps the record honest: the audit trail, its heads, and the keys that sealed anything here."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from bot.store.tables.row import CODE, ID, Base


class AuditEntry(Base):
    """One link of an organisation's audit trail. Only ever appended; ids, never personal data."""

    __tablename__ = "audit"
    organisation_id: Mapped[str] = mapped_column(ForeignKey("organisations.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[datetime]
    actor: Mapped[str] = mapped_column(ID)
    action: Mapped[str] = mapped_column(CODE)
    subject: Mapped[str] = mapped_column(String(120), index=True)
    details: Mapped[dict[str, Any]]
    digest: Mapped[str] = mapped_column(String(64))


class AuditHead(Base):
    """Where an organisation's trail ends; a trail that was cut short does not reach it."""

    __tablename__ = "audit_heads"
    organisation_id: Mapped[str] = mapped_column(ForeignKey("organisations.id"), primary_key=True)
    number: Mapped[int]
    digest: Mapped[str] = mapped_column(String(64))


class KeyInUse(Base):
    """A key that sealed something in this database, so that a wrong or lost ring is found at start."""

    __tablename__ = "keys_in_use"
    key_id: Mapped[str] = mapped_column(CODE, primary_key=True)
    first_used_at: Mapped[datetime]
