"""What was sent: referrals, calls, information added later, the outbox, each delivery, what MASH said."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from bot.safekeeping import sealed_json, sealed_text_or_none
from bot.store.tables.row import CODE, ID, Base, Row


class Referral(Row):
    """A referral that was sent: numbered, never changed; more is only added to it.

    `arrive_by` is when it must have reached MASH for the band's clock to be kept, as the pack estimates it.
    `chase_at` is when MASH is asked why it has not answered (the earlier of its clock and one working day).
    `received_at` and `due_at` are the intake's own. `by_hand`: it is for another authority, to which there is
    no link; it has no outbox row, and staff ring and send the document themselves. `authority` names the one.
    """

    __tablename__ = "referrals"
    reference: Mapped[str] = mapped_column(String(20), unique=True)
    concern_id: Mapped[str] = mapped_column(ForeignKey("concerns.id"), index=True)
    organisation_id: Mapped[str] = mapped_column(ForeignKey("organisations.id"), index=True)
    sent_by: Mapped[str] = mapped_column(ForeignKey("people.id"))
    band: Mapped[str | None] = mapped_column(CODE)
    body_digest: Mapped[str] = mapped_column(String(64))
    created_at: Mapped[datetime]
    arrive_by: Mapped[datetime | None]
    chase_at: Mapped[datetime | None]
    received_at: Mapped[datetime | None]
    due_at: Mapped[datetime | None]
    by_hand: Mapped[bool | None]
    authority_sealed: Mapped[bytes | None]
    document_sealed: Mapped[bytes]
    document = sealed_json("document_sealed")
    authority = sealed_json("authority_sealed")


class HandedOver(Row):
    """A member of staff says that they have sent a referral by hand: who, when, how and to whom. Only such a
    row makes it count as sent.
    """

    __tablename__ = "handed_over"
    referral_id: Mapped[str] = mapped_column(ForeignKey("referrals.id"), index=True)
    by: Mapped[str] = mapped_column(ID)
    at: Mapped[datetime]
    noted_at: Mapped[datetime]
    details_sealed: Mapped[bytes]
    details = sealed_json("details_sealed")


class Call(Row):
    """A telephone call to MASH (or 999): when, by whom, who answered, which reference they gave.

    `referral_id`: the referral that it was about, where it was noted with one.
    """

    __tablename__ = "calls"
    concern_id: Mapped[str] = mapped_column(ForeignKey("concerns.id"), index=True)
    by: Mapped[str] = mapped_column(ID)
    referral_id: Mapped[str | None] = mapped_column(ID)
    at: Mapped[datetime]
    noted_at: Mapped[datetime]
    details_sealed: Mapped[bytes | None]
    details = sealed_json("details_sealed")


class Addition(Row):
    """What follows a referral on the same reference: `information` or `withdrawal`. Never edits what was
    sent.
    """

    __tablename__ = "additions"
    referral_id: Mapped[str] = mapped_column(ForeignKey("referrals.id"), index=True)
    kind: Mapped[str] = mapped_column(CODE)
    by: Mapped[str] = mapped_column(ID)
    created_at: Mapped[datetime]
    document_sealed: Mapped[bytes]
    document = sealed_json("document_sealed")


class Outbox(Row):
    """What still has to reach the intake. Holds ids and times only; its state is read from the times.

    Waiting: neither `sent_at` nor `dead_at`. Leased: `lease_until` in the future. Dead: `dead_at` is set.
    """

    __tablename__ = "outbox"
    __table_args__ = (
        Index(
            "ix_outbox_waiting",
            "due_at",
            sqlite_where=text("sent_at IS NULL AND dead_at IS NULL"),
            postgresql_where=text("sent_at IS NULL AND dead_at IS NULL"),
        ),
    )
    kind: Mapped[str] = mapped_column(CODE)
    referral_id: Mapped[str] = mapped_column(ForeignKey("referrals.id"), index=True)
    addition_id: Mapped[str | None] = mapped_column(ForeignKey("additions.id"))
    number: Mapped[int]
    created_at: Mapped[datetime]
    due_at: Mapped[datetime]
    lease_until: Mapped[datetime | None]
    leased_by: Mapped[str | None] = mapped_column(CODE)
    attempts: Mapped[int] = mapped_column(default=0)
    sent_at: Mapped[datetime | None]
    dead_at: Mapped[datetime | None]


class Delivery(Row):
    """One attempt to deliver: how it ended, never what was in it."""

    __tablename__ = "deliveries"
    outbox_id: Mapped[str] = mapped_column(ForeignKey("outbox.id"), index=True)
    at: Mapped[datetime]
    ended_at: Mapped[datetime]
    outcome: Mapped[str] = mapped_column(CODE)
    status: Mapped[int | None]
    problem: Mapped[str | None] = mapped_column(String(200))


class StatusEvent(Row):
    """What MASH said about a referral; each event of the intake is kept once."""

    __tablename__ = "status_events"
    __table_args__ = (UniqueConstraint("event_id"),)
    event_id: Mapped[str] = mapped_column(String(100))
    reference: Mapped[str] = mapped_column(String(64), index=True)
    referral_id: Mapped[str | None] = mapped_column(ForeignKey("referrals.id"), index=True)
    number: Mapped[int]
    type: Mapped[str] = mapped_column(CODE)
    at: Mapped[datetime]
    due_at: Mapped[datetime | None]
    stored_at: Mapped[datetime]
    body_sealed: Mapped[bytes | None]
    body = sealed_json("body_sealed")


class Cursor(Base):
    """How far a feed was read."""

    __tablename__ = "cursors"
    name: Mapped[str] = mapped_column(CODE, primary_key=True)
    value: Mapped[str] = mapped_column(String(200))
    moved_at: Mapped[datetime]


class Notice(Row):
    """Something that a person must see. One for each person, kind and subject; `told_at` is the outgoing
    message.
    """

    __tablename__ = "notices"
    __table_args__ = (UniqueConstraint("person_id", "kind", "subject"),)
    person_id: Mapped[str] = mapped_column(ForeignKey("people.id"), index=True)
    kind: Mapped[str] = mapped_column(CODE)
    subject: Mapped[str] = mapped_column(String(120))
    concern_id: Mapped[str | None] = mapped_column(ForeignKey("concerns.id"))
    referral_id: Mapped[str | None] = mapped_column(ForeignKey("referrals.id"))
    at: Mapped[datetime]
    seen_at: Mapped[datetime | None]
    told_at: Mapped[datetime | None]
    detail_sealed: Mapped[bytes | None]
    detail = sealed_text_or_none("detail_sealed")
