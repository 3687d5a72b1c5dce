"""One value of one field: its proper form, or what is wrong and how to mend it (never the value itself)."""

from __future__ import annotations

from datetime import date, datetime
from functools import lru_cache
from typing import Annotated, Any, get_args, get_origin

from annotated_types import MaxLen
from pydantic import BaseModel, TypeAdapter, ValidationError
from pydantic.fields import FieldInfo

from bot.contract import LONDON, Referral
from bot.referrals.form import NOT_KNOWN, Field

FORM_ONLY = frozenset({"legal_status", "legal_status_before"})
"""Tick boxes that the contract carries as rows of another shape (see document.py)."""


EARLIEST = 1900
"""No time of a referral lies before this year; zones of earlier times have no standard offset."""


class FieldError(ValueError):
    """A field that the form does not have, or a value that cannot be kept. Never repeats the value."""

    def __init__(self, path: str, what: str, mend: str) -> None:
        super().__init__(f"{path}: {what} {mend}")
        self.path, self.what, self.mend = path, what, mend


def accept(field: Field, path: str, place: str, value: object) -> Any:
    """Return a value in the form in which the draft keeps it; raises FieldError.

    ``path`` names the field to people (children.c1.upn), ``place`` to the contract (children.upn).
    """
    if value == "" or (value == NOT_KNOWN and field.may_be_unknown):
        return value
    read = {"checkboxes": _ticks, "radios": _option, "number": _number, "date": _day, "datetime": _moment}
    kept = read.get(field.kind, _words)(field, path, value)
    _fits(field, path, place, kept)
    return kept


def unknown_fits(path: str) -> bool:
    """Whether the contract itself has "not known" as a value of this field (path as in FIELDS, or
    list.field).
    """
    return _accepts(path, NOT_KNOWN) and _is_code(path)


@lru_cache(maxsize=16)
def most_items(path: str) -> int:
    """How many items a list of the referral may have at most."""
    return next(limit.max_length for limit in _info(path).metadata if isinstance(limit, MaxLen))


def filled(value: object) -> bool:
    """Whether a value says anything. "Not known" does; a blank does not."""
    if isinstance(value, str):
        return bool(value.strip())
    if isinstance(value, dict):
        return any(filled(one) for key, one in value.items() if key != "id")
    if isinstance(value, list):
        return any(filled(one) for one in value)
    return value is not None


def _words(field: Field, path: str, value: object) -> str:
    if not isinstance(value, str):
        raise FieldError(path, "This field holds words.", "Send text, or null to remove it.")
    return value


def _option(field: Field, path: str, value: object) -> str:
    if isinstance(value, bool):
        value = "yes" if value else "no"
    if value not in {option for option, _ in field.options}:
        raise FieldError(path, "That is not one of the options.", f"Choose from: {_listed(field)}.")
    return str(value)


def _ticks(field: Field, path: str, value: object) -> list[str]:
    ticks = [value] if isinstance(value, str) else value
    if not isinstance(ticks, list) or not all(isinstance(tick, str) for tick in ticks):
        raise FieldError(path, "This field holds ticks.", f"Send a list of: {_listed(field)}.")
    if not set(ticks) <= {option for option, _ in field.options}:
        raise FieldError(path, "A tick is not one of the options.", f"Choose from: {_listed(field)}.")
    return list(dict.fromkeys(ticks))


def _number(field: Field, path: str, value: object) -> int | float:
    try:
        number = float(str(value).strip().rstrip("%"))
    except ValueError:
        raise FieldError(path, "This field holds a number.", "Write digits, for example 7.") from None
    return int(number) if number.is_integer() else number


def _day(field: Field, path: str, value: object) -> str:
    try:
        return date.fromisoformat(str(value).strip()).isoformat()
    except ValueError:
        raise FieldError(path, "This is not a day of the calendar.", "Write it as 2026-09-14.") from None


def _moment(field: Field, path: str, value: object) -> str:
    try:
        moment = datetime.fromisoformat(str(value).strip())
    except ValueError:
        raise FieldError(path, "This is not a date and time.", "Write it as 2026-09-14T13:05.") from None
    if moment.year < EARLIEST:
        raise FieldError(path, "This is too long ago.", "Check the year.")
    return (moment if moment.tzinfo else moment.replace(tzinfo=LONDON)).isoformat()


def _listed(field: Field) -> str:
    return ", ".join(f"{option} ({label})" for option, label in field.options)


def _fits(field: Field, path: str, place: str, value: object) -> None:
    if place.rpartition(".")[2] in FORM_ONLY:
        return
    ticks = [tick for tick in value if tick != NOT_KNOWN] if isinstance(value, list) else value
    if value == NOT_KNOWN or _accepts(place, ticks):
        return
    if isinstance(value, str):
        raise FieldError(
            path, "This is longer than the referral can carry.", "Shorten it, or attach a document."
        )
    raise FieldError(path, "This number is out of range.", field.hint or "Check it.")


def _accepts(place: str, value: object) -> bool:
    try:
        _adapter(place).validate_python(value)
    except ValidationError:
        return False
    return True


@lru_cache(maxsize=512)
def _is_code(place: str) -> bool:
    """Whether the contract holds one of a closed list here, not free words."""
    return not _accepts(place, "any words")


@lru_cache(maxsize=512)
def _adapter(place: str) -> TypeAdapter[Any]:
    """What the contract accepts at a place."""
    info = _info(place)
    annotation: Any = info.annotation
    for constraint in info.metadata:
        annotation = Annotated[annotation, constraint]
    return TypeAdapter(annotation)


def _info(place: str) -> FieldInfo:
    model: type[BaseModel] = Referral
    *parts, last = place.split(".")
    for part in parts:
        model = _model(model.model_fields[part].annotation)
    return model.model_fields[last]


def _model(annotation: Any) -> type[BaseModel]:
    """The model inside ``Part | None`` or ``list[Part]``."""
    if get_origin(annotation) is None and isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next(_model(inner) for inner in get_args(annotation) if inner is not type(None))
