"""What staff bring: concerns, children, messages, answers, drafts and what is decided about them."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from bot.safekeeping import sealed_bytes, sealed_json, sealed_text, sealed_text_or_none
from bot.store.tables.row import CODE, ID, Row


class Concern(Row):
    """What one member of staff brings about one or more children, pinned to the pack of its opening.

    `advised_band` is the band as it is now, `peak_band` the highest it ever was. `version` counts every
    change.
    `misses` counts the messages in a row that did not fit the open question.
    """

    __tablename__ = "concerns"
    organisation_id: Mapped[str] = mapped_column(ForeignKey("organisations.id"), index=True)
    author_id: Mapped[str] = mapped_column(ForeignKey("people.id"), index=True)
    opened_at: Mapped[datetime]
    touched_at: Mapped[datetime]
    version: Mapped[int] = mapped_column(default=1)
    pack_name: Mapped[str] = mapped_column(CODE)
    pack_version: Mapped[str] = mapped_column(CODE)
    pack_digest: Mapped[str] = mapped_column(String(80))
    advised_band: Mapped[str | None] = mapped_column(CODE, index=True)
    advised_at: Mapped[datetime | None]
    peak_band: Mapped[str | None] = mapped_column(CODE)
    misses: Mapped[int] = mapped_column(default=0)
    ended_at: Mapped[datetime | None]
    copy_confirmed_at: Mapped[datetime | None]
    copy_confirmed_by: Mapped[str | None] = mapped_column(ID)
    legal_hold_at: Mapped[datetime | None]
    purged_at: Mapped[datetime | None]


class Access(Row):
    """An exception to who sees a concern: closed to the person it is about, shown to whom the pack names
    instead.
    """

    __tablename__ = "concern_access"
    __table_args__ = (UniqueConstraint("concern_id", "person_id"),)
    concern_id: Mapped[str] = mapped_column(ForeignKey("concerns.id"), index=True)
    person_id: Mapped[str] = mapped_column(ForeignKey("people.id"), index=True)
    shown: Mapped[bool]
    at: Mapped[datetime]


class Child(Row):
    """A child of a concern: `label` (c1, c2 …) is what answers are keyed by; who it is stays sealed."""

    __tablename__ = "children"
    __table_args__ = (UniqueConstraint("concern_id", "label"),)
    concern_id: Mapped[str] = mapped_column(ForeignKey("concerns.id"), index=True)
    label: Mapped[str] = mapped_column(CODE)
    role: Mapped[str] = mapped_column(CODE)
    details_sealed: Mapped[bytes | None]
    details = sealed_json("details_sealed")


class Message(Row):
    """One thing that was said, by staff or by the assistant. Never changed: it is evidence.

    `turn_done_at` is empty while the turn that it began was not finished.
    """

    __tablename__ = "messages"
    __table_args__ = (UniqueConstraint("concern_id", "number"), UniqueConstraint("concern_id", "key"))
    concern_id: Mapped[str] = mapped_column(ForeignKey("concerns.id"), index=True)
    number: Mapped[int]
    author: Mapped[str] = mapped_column(CODE)
    author_id: Mapped[str | None] = mapped_column(ID)
    at: Mapped[datetime]
    key: Mapped[str | None] = mapped_column(String(200))
    text_sealed: Mapped[bytes]
    turn_done_at: Mapped[datetime | None] = mapped_column(index=True)
    text = sealed_text("text_sealed")


class Answer(Row):
    """One step of the answers' history; only ever appended. `kind` says what it did (answer, suggestion,
    undo …).
    """

    __tablename__ = "answers"
    __table_args__ = (UniqueConstraint("concern_id", "number"),)
    concern_id: Mapped[str] = mapped_column(ForeignKey("concerns.id"), index=True)
    number: Mapped[int]
    turn: Mapped[int] = mapped_column(default=0)
    kind: Mapped[str] = mapped_column(CODE)
    question: Mapped[str] = mapped_column(String(100), default="")
    child: Mapped[str] = mapped_column(CODE, default="")
    given_by: Mapped[str | None] = mapped_column(ID)
    at: Mapped[datetime]
    via: Mapped[str] = mapped_column(CODE)
    message_id: Mapped[str | None] = mapped_column(ForeignKey("messages.id"))
    value_sealed: Mapped[bytes | None]
    words_sealed: Mapped[bytes | None]
    reason_sealed: Mapped[bytes | None]
    value = sealed_json("value_sealed")
    words = sealed_text_or_none("words_sealed")
    reason = sealed_text_or_none("reason_sealed")


class Draft(Row):
    """The referral while it is still private; one for each concern. `version` keeps two editors apart."""

    __tablename__ = "drafts"
    concern_id: Mapped[str] = mapped_column(ForeignKey("concerns.id"), unique=True)
    version: Mapped[int]
    changed_by: Mapped[str | None] = mapped_column(ID)
    changed_at: Mapped[datetime]
    fields_sealed: Mapped[bytes]
    fields = sealed_json("fields_sealed")


class Decision(Row):
    """What was decided about a concern without a referral, or said against the advice.

    `kind`: decision (an ending), disagreement (another band than the advised one), lowered (an answer that
    lowered the band, with its reason).
    """

    __tablename__ = "decisions"
    concern_id: Mapped[str] = mapped_column(ForeignKey("concerns.id"), index=True)
    kind: Mapped[str] = mapped_column(CODE)
    decision: Mapped[str] = mapped_column(CODE)
    advised_band: Mapped[str | None] = mapped_column(CODE)
    by: Mapped[str] = mapped_column(ID)
    at: Mapped[datetime]
    look_again_at: Mapped[datetime | None]
    reason_sealed: Mapped[bytes | None]
    record_sealed: Mapped[bytes | None]
    reason = sealed_text_or_none("reason_sealed")
    record = sealed_json("record_sealed")


class Attachment(Row):
    """A document that goes along (PDF or DOCX, never a photograph)."""

    __tablename__ = "attachments"
    concern_id: Mapped[str] = mapped_column(ForeignKey("concerns.id"), index=True)
    media_type: Mapped[str] = mapped_column(String(100))
    size: Mapped[int]
    sha256: Mapped[str] = mapped_column(String(64))
    by: Mapped[str] = mapped_column(ID)
    at: Mapped[datetime]
    removed_at: Mapped[datetime | None]
    name_sealed: Mapped[bytes]
    content_sealed: Mapped[bytes]
    name = sealed_text("name_sealed")
    content = sealed_bytes("content_sealed")
