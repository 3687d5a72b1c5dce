"""Referrals as they were received, what came later, the children in them, and what was done about them."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from bot.intake.tables.row import CODE, HASH, ID, Row
from bot.safekeeping import sealed_bytes, sealed_json, sealed_text


def _lane(name: str, *first: str, where: str) -> Index:
    """The index of one lane of the queue: only what waits there, in the order in which it is shown."""
    only = text(f"left_at IS NULL AND {where}")
    ordered = (*first, "urgency", "due_at")
    return Index(f"ix_referrals_{name}", *ordered, sqlite_where=only, postgresql_where=only)


class Referral(Row):
    """What a sender sent, unchanged, and the times at which each step was taken; its state is read from them.

    `urgency` orders the queue: 0 red, 1 amber, 2 not known, 3 green; from MASH's rating, before that from the
    suggestion (so of a rated referral it says the same as `band`). `left_at`: when it left MASH's queue
    (decided, or with its worker). `version` grows with every step, so that two people cannot act on the same
    page unawares.
    """

    __tablename__ = "referrals"
    __table_args__ = (
        UniqueConstraint("organisation_id", "reference"),
        _lane("to_screen", where="screened_at IS NULL"),
        _lane("to_rate", where="screened_at IS NOT NULL AND rated_at IS NULL"),
        _lane("rated", where="rated_at IS NOT NULL"),
        _lane("of_hub", "hub", where="hub IS NOT NULL"),
        Index("ix_referrals_of_worker", "worker_id", "allocated_at"),
        Index("ix_referrals_of_sender", "organisation_id", "received_at", "id"),
    )
    mash_reference: Mapped[str] = mapped_column(String(20), unique=True)
    organisation_id: Mapped[str] = mapped_column(ForeignKey("organisations.id"))
    reference: Mapped[str] = mapped_column(String(64))
    source: Mapped[str] = mapped_column(String(2))
    digest: Mapped[str] = mapped_column(HASH)
    version: Mapped[int] = mapped_column(default=1)
    received_at: Mapped[datetime]
    clock_from: Mapped[datetime]
    due_at: Mapped[datetime]
    urgency: Mapped[int]
    band: Mapped[str | None] = mapped_column(String(10))
    screened_at: Mapped[datetime | None]
    rated_at: Mapped[datetime | None]
    revealed_at: Mapped[datetime | None]
    stepped_up_at: Mapped[datetime | None]
    asked_at: Mapped[datetime | None]
    news_at: Mapped[datetime | None]
    allocated_at: Mapped[datetime | None]
    worker_id: Mapped[str | None] = mapped_column(ForeignKey("people.id"))
    hub: Mapped[str | None] = mapped_column(CODE)
    decided_at: Mapped[datetime | None]
    decision: Mapped[str | None] = mapped_column(CODE)
    withdrawn_at: Mapped[datetime | None]
    left_at: Mapped[datetime | None]
    document_sealed: Mapped[bytes]
    document = sealed_json("document_sealed")


class Addition(Row):
    """What the sender said later: `information` or `withdrawal`."""

    __tablename__ = "additions"
    referral_id: Mapped[str] = mapped_column(ForeignKey("referrals.id"), index=True)
    kind: Mapped[str] = mapped_column(CODE)
    at: Mapped[datetime]
    seen_at: Mapped[datetime | None]
    document_sealed: Mapped[bytes]
    document = sealed_json("document_sealed")


class Attachment(Row):
    """A file that the sender added; its content is sealed like every personal field."""

    __tablename__ = "attachments"
    __table_args__ = (UniqueConstraint("referral_id", "sha256"),)
    referral_id: Mapped[str] = mapped_column(ForeignKey("referrals.id"))
    kind: Mapped[str] = mapped_column(String(100))
    size: Mapped[int]
    sha256: Mapped[str] = mapped_column(HASH)
    at: Mapped[datetime]
    name_sealed: Mapped[bytes]
    name = sealed_text("name_sealed")
    content_sealed: Mapped[bytes]
    content = sealed_bytes("content_sealed")


class Child(Row):
    """A child whom MASH knows: from a referral, or (without `referral_id`) from the register of cases."""

    __tablename__ = "children"
    referral_id: Mapped[str | None] = mapped_column(ForeignKey("referrals.id"), index=True)
    added_at: Mapped[datetime]
    details_sealed: Mapped[bytes]
    details = sealed_json("details_sealed")


class Trace(Row):
    """One blind index of a child: finds equal sounds, dates, numbers and addresses without telling them."""

    __tablename__ = "traces"
    __table_args__ = (Index("ix_traces_value", "value", "kind", "child_id"),)
    child_id: Mapped[str] = mapped_column(ForeignKey("children.id"), index=True)
    kind: Mapped[str] = mapped_column(String(16))
    value: Mapped[str] = mapped_column(HASH)


class Case(Row):
    """A child's case at Children's Services, open until `closed_at`, with its allocated worker."""

    __tablename__ = "cases"
    child_id: Mapped[str] = mapped_column(ForeignKey("children.id"), index=True)
    worker_id: Mapped[str] = mapped_column(ForeignKey("people.id"), index=True)
    opened_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]


class Tie(Row):
    """Two referrals that belong together: a duplicate, or about a sibling. One row for each direction."""

    __tablename__ = "ties"
    __table_args__ = (UniqueConstraint("referral_id", "other_id"),)
    referral_id: Mapped[str] = mapped_column(ForeignKey("referrals.id"))
    other_id: Mapped[str] = mapped_column(ForeignKey("referrals.id"))
    kind: Mapped[str] = mapped_column(CODE)
    by: Mapped[str] = mapped_column(ID)
    at: Mapped[datetime]


class Event(Row):
    """Something that the sender is told. `number` counts the events of one organisation."""

    __tablename__ = "events"
    __table_args__ = (UniqueConstraint("organisation_id", "number"),)
    organisation_id: Mapped[str] = mapped_column(ForeignKey("organisations.id"))
    referral_id: Mapped[str] = mapped_column(ForeignKey("referrals.id"), index=True)
    number: Mapped[int]
    type: Mapped[str] = mapped_column(CODE)
    at: Mapped[datetime]
    due_at: Mapped[datetime | None]
    band: Mapped[str | None] = mapped_column(String(10))
    decision: Mapped[str | None] = mapped_column(CODE)
    said_sealed: Mapped[bytes]
    said = sealed_json("said_sealed")
