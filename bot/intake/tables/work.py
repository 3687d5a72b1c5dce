"""What MASH's people do: sign in, screen, rate, discuss, ask agencies, decide; and the trail of all of it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from bot.intake.tables.row import CODE, HASH, ID, Base, Row
from bot.safekeeping import sealed_json, sealed_text


class Person(Row):
    """Somebody of MASH, of an early-help hub, or an allocated worker."""

    __tablename__ = "people"
    name: Mapped[str] = mapped_column(String(200))
    role: Mapped[str] = mapped_column(CODE, index=True)
    hub: Mapped[str | None] = mapped_column(CODE)
    left_at: Mapped[datetime | None]


class SignIn(Row):
    """A browser session; only its fingerprint is kept."""

    __tablename__ = "sign_ins"
    person_id: Mapped[str] = mapped_column(ForeignKey("people.id"))
    hash: Mapped[str] = mapped_column(HASH, unique=True)
    seen_at: Mapped[datetime]


class Step(Row):
    """One step of MASH's work on a referral, in words of the person who took it.

    kind: screening, rating, reveal, discussion, band, asked, step_up, decision, hub, closed. Steps are never
    changed: the history of a band is the list of its steps. `number` is the referral's version after it.
    """

    __tablename__ = "steps"
    __table_args__ = (UniqueConstraint("referral_id", "number"),)
    referral_id: Mapped[str] = mapped_column(ForeignKey("referrals.id"))
    number: Mapped[int]
    kind: Mapped[str] = mapped_column(CODE)
    by: Mapped[str] = mapped_column(ForeignKey("people.id"))
    at: Mapped[datetime]
    band: Mapped[str | None] = mapped_column(String(10))
    band_before: Mapped[str | None] = mapped_column(String(10))
    outcome: Mapped[str | None] = mapped_column(CODE)
    said_sealed: Mapped[bytes]
    said = sealed_json("said_sealed")


class InformationRequest(Row):
    """What one agency is asked, through a link that opens once, with a code that went another way."""

    __tablename__ = "information_requests"
    referral_id: Mapped[str] = mapped_column(ForeignKey("referrals.id"), index=True)
    agency: Mapped[str] = mapped_column(CODE)
    by: Mapped[str] = mapped_column(ForeignKey("people.id"))
    at: Mapped[datetime]
    due_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    link_hash: Mapped[str] = mapped_column(HASH, unique=True)
    code_hash: Mapped[str] = mapped_column(String(200))
    wrong_codes: Mapped[int] = mapped_column(default=0)
    opened_at: Mapped[datetime | None]
    open_hash: Mapped[str | None] = mapped_column(HASH)
    answered_at: Mapped[datetime | None]
    answer_seen_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    sections: Mapped[list[str]]
    asked_sealed: Mapped[bytes]
    asked = sealed_text("asked_sealed")
    answer_sealed: Mapped[bytes | None]
    answer = sealed_json("answer_sealed")


class Notice(Row):
    """Something that a person must see."""

    __tablename__ = "notices"
    __table_args__ = (UniqueConstraint("person_id", "referral_id", "kind"),)
    person_id: Mapped[str] = mapped_column(ForeignKey("people.id"), index=True)
    referral_id: Mapped[str] = mapped_column(ForeignKey("referrals.id"))
    kind: Mapped[str] = mapped_column(CODE)
    at: Mapped[datetime]
    seen_at: Mapped[datetime | None]


class AuditEntry(Row):
    """One link of the audit chain: ids only, never a name."""

    __tablename__ = "audit"
    number: Mapped[int] = mapped_column(unique=True)
    at: Mapped[datetime]
    actor: Mapped[str] = mapped_column(String(80))
    action: Mapped[str] = mapped_column(CODE)
    subject: Mapped[str] = mapped_column(String(80), index=True)
    details: Mapped[dict[str, Any]]
    digest: Mapped[str] = mapped_column(HASH)


class AuditHead(Base):
    """The last link as remembered apart from the chain, so that a chain cut short shows."""

    __tablename__ = "audit_heads"
    chain: Mapped[str] = mapped_column(ID, primary_key=True)
    number: Mapped[int]
    digest: Mapped[str] = mapped_column(HASH)


class KeyInUse(Base):
    """A sealing key that was used here, so that a start without it is refused before harm is done."""

    __tablename__ = "keys_in_use"
    key_id: Mapped[str] = mapped_column(CODE, primary_key=True)
    first_used_at: Mapped[datetime]
