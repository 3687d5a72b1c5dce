"""What officers mend: misread messages, redacted and sealed, and the models that learned from them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, String
from sqlalchemy.orm import Mapped, mapped_column

from bot.safekeeping import sealed_json, sealed_text
from bot.store.tables.row import CODE, ID, Row


class Example(Row):
    """A message that was unsure, missed or corrected. Only its redacted text is here, sealed.

    `signals` says why it was collected, `score` how useful a label would be. `label` is the intent that an
    officer gave it (`concern/<category>` or an act), `use` training or evaluation, never both. No foreign key
    leads to the message: what the school purges goes, and a checked example names nobody.
    """

    __tablename__ = "examples"
    la_code: Mapped[str | None] = mapped_column(String(3), index=True)
    concern_id: Mapped[str] = mapped_column(ID, index=True)
    message_id: Mapped[str] = mapped_column(ID, unique=True)
    at: Mapped[datetime]
    signals: Mapped[dict[str, Any]]
    score: Mapped[float] = mapped_column(index=True)
    version: Mapped[int] = mapped_column(default=1)
    label: Mapped[str | None] = mapped_column(CODE)
    also: Mapped[list[str]] = mapped_column(JSON, default=list)
    use: Mapped[str | None] = mapped_column(CODE)
    labelled_by: Mapped[str | None] = mapped_column(ID)
    labelled_at: Mapped[datetime | None]
    checked_by: Mapped[str | None] = mapped_column(ID)
    checked_at: Mapped[datetime | None]
    set_aside_by: Mapped[str | None] = mapped_column(ID)
    set_aside_at: Mapped[datetime | None]
    text_sealed: Mapped[bytes]
    understood_sealed: Mapped[bytes]
    ticked_sealed: Mapped[bytes]
    text = sealed_text("text_sealed")
    understood = sealed_json("understood_sealed")
    ticked = sealed_json("ticked_sealed")


class TrainedModel(Row):
    """One model of the parser, from the start of its training to its retirement; its times say where it is.

    `running` is set while it is trained and unique, so that two trainings never run at once. `touched_at`
    moves while the training lives. `figures` compare it with the model of its day: counts only.
    """

    __tablename__ = "models"
    name: Mapped[str] = mapped_column(String(100), unique=True)
    digest: Mapped[str | None] = mapped_column(String(64))
    started_at: Mapped[datetime]
    started_by: Mapped[str | None] = mapped_column(ID)
    running: Mapped[str | None] = mapped_column(CODE, unique=True)
    touched_at: Mapped[datetime]
    stage: Mapped[str] = mapped_column(CODE, default="")
    percent: Mapped[int] = mapped_column(default=0)
    examples: Mapped[int] = mapped_column(default=0)
    trained_at: Mapped[datetime | None]
    failed_at: Mapped[datetime | None]
    failed_because: Mapped[str | None] = mapped_column(String(300))
    compared_with: Mapped[str | None] = mapped_column(String(100))
    figures: Mapped[dict[str, Any]] = mapped_column(default=dict)
    promoted_at: Mapped[datetime | None]
    promoted_by: Mapped[str | None] = mapped_column(ID)
    retired_at: Mapped[datetime | None]
    set_aside_at: Mapped[datetime | None]
