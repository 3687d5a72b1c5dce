"""Sealed fields and UTC times as columns of SQLAlchemy tables (the school's side and the intake use the
same).

    class Message(SealedRow, Base):
        id: Mapped[str] = mapped_column(primary_key=True, default=new_id)
        text_sealed: Mapped[bytes]
        text = sealed_text("text_sealed")

The session carries the vault in `session.info["vault"]`. A new row is sealed when it is added to a session,
so it must have its id by then; `SealedRow` gives it one when it is made.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any, Self, overload

from sqlalchemy import DateTime, Dialect, event
from sqlalchemy.orm import Session
from sqlalchemy.types import TypeDecorator

from bot.safekeeping.sealing import Vault

_UNSEALED = "_unsealed"
_VAULT = "_vault"


def new_id() -> str:
    """An id that cannot be guessed (128 random bits, hexadecimal)."""
    return secrets.token_hex(16)


class UtcTime(TypeDecorator[datetime]):
    """A moment in time: always with its zone in Python, UTC in the database, on every database."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Refuse a time without a zone: nobody could say which moment it means."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a time without a time zone cannot be stored")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """SQLite forgets the zone; it was UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class SealedRow:
    """A table row with sealed fields. Gets its id when it is made, since fields are sealed for that id."""

    def __init__(self, **fields: Any) -> None:
        fields.setdefault("id", new_id())
        super().__init__(**fields)


class Sealed[T]:
    """A field that is written and read in clear and kept sealed in the column that it names."""

    def __init__(self, column: str, write: Callable[[T], bytes], read: Callable[[bytes], T]) -> None:
        self.column = column
        self._write = write
        self._read = read

    @overload
    def __get__(self, row: None, owner: type) -> Self: ...
    @overload
    def __get__(self, row: object, owner: type) -> T: ...
    def __get__(self, row: object | None, owner: type) -> Self | T:
        """The field in clear; raises KeyMissing or SealBroken."""
        if row is None:
            return self
        waiting = vars(row).get(_UNSEALED, {})
        if self.column in waiting:
            value: T = waiting[self.column]
            return value
        kept = getattr(row, self.column)
        if kept is None:
            return None  # type: ignore[return-value]  # only columns declared with None hold none
        table, row_id = _place(row)
        vault: Vault = vars(row)[_VAULT]
        return self._read(vault.open(table, self.column, row_id, kept))

    def __set__(self, row: object, value: T) -> None:
        """Seal at once when the row knows its vault, else when it is added to a session."""
        vault: Vault | None = vars(row).get(_VAULT)
        if value is None:
            setattr(row, self.column, None)
        elif vault is None:
            vars(row).setdefault(_UNSEALED, {})[self.column] = value
        else:
            table, row_id = _place(row)
            setattr(row, self.column, vault.seal(table, self.column, row_id, self._write(value)))


def sealed_text(column: str) -> Sealed[str]:
    """A sealed text."""
    return Sealed(column, lambda text: text.encode(), lambda content: content.decode())


def sealed_text_or_none(column: str) -> Sealed[str | None]:
    """A sealed text that may be absent."""
    return Sealed(column, lambda text: (text or "").encode(), lambda content: content.decode())


def sealed_json(column: str) -> Sealed[Any]:
    """A sealed value of what JSON can say: texts, numbers, lists and mappings."""
    return Sealed(
        column,
        lambda value: json.dumps(value, ensure_ascii=False).encode(),
        lambda content: json.loads(content),
    )


def sealed_bytes(column: str) -> Sealed[bytes]:
    """A sealed file."""
    return Sealed(column, lambda content: content, lambda content: content)


def sealed_columns(row_class: type) -> tuple[str, ...]:
    """The columns of a table that hold sealed fields."""
    found = {
        value.column
        for kind in row_class.__mro__
        for value in vars(kind).values()
        if isinstance(value, Sealed)
    }
    return tuple(sorted(found))


def _place(row: object) -> tuple[str, str]:
    return row.__table__.name, row.id  # type: ignore[attr-defined]


def _seal_waiting(session: Session, row: object) -> None:
    if not isinstance(row, SealedRow) or "vault" not in session.info:
        return
    vars(row)[_VAULT] = session.info["vault"]
    waiting = vars(row).pop(_UNSEALED, {})
    fields = {
        value.column: name
        for kind in type(row).__mro__
        for name, value in vars(kind).items()
        if isinstance(value, Sealed)
    }
    for column, value in waiting.items():
        setattr(row, fields[column], value)


def _remember_vault(row: object, context: Any, *_: Any) -> None:
    vars(row)[_VAULT] = context.session.info.get("vault")


event.listen(Session, "after_attach", _seal_waiting)
event.listen(SealedRow, "load", _remember_vault, propagate=True)
