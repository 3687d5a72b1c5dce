"""What all tables share: names of constraints, ids, times."""

from __future__ import annotations

from datetime import datetime
from typing import Any, ClassVar

from sqlalchemy import JSON, LargeBinary, MetaData, String
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from bot.safekeeping import SealedRow, UtcTime

ID = String(32)
CODE = String(64)


class Base(DeclarativeBase):
    """The school's database. Constraints are named, so that migrations can speak of them anywhere."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(column_0_label)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map: ClassVar[dict[Any, Any]] = {
        datetime: UtcTime,
        bytes: LargeBinary,
        dict[str, Any]: JSON,
    }


class Row(SealedRow, Base):
    """A row with an id that cannot be guessed; its personal fields are sealed for that id."""

    __abstract__ = True
    id: Mapped[str] = mapped_column(ID, primary_key=True)
