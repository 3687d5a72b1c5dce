"""The referral's form: its fields on a page, and what was typed as a change of the draft."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from starlette.datastructures import FormData

from bot.referrals.draft import changes, next_mark, value_at
from bot.referrals.form import NOT_KNOWN, Field, Section
from bot.thresholds import Band
from bot.web.show import Errors
from bot.web.times import LONDON

#: Appended to the name of a field: the tick “not known” beside it, and the parts of a date.
UNKNOWN = "--unknown"
DAY, MONTH, YEAR = "--day", "--month", "--year"
REMOVE = "--remove"
MARK = "--mark"


@dataclass(frozen=True)
class Shown:
    """One field on the page."""

    name: str
    field: Field
    value: Any
    unknown: bool
    need: str
    items: tuple[Mapping[str, Any], ...] = ()
    parts: Mapping[str, str] = dataclasses.field(default_factory=dict)

    @property
    def at_hand(self) -> bool:
        """Whether it stands on the page itself: the band must have it, or something is filled in."""
        return self.need == "M" or self.unknown or self.value not in ("", [])


@dataclass(frozen=True)
class ShownItem:
    """One child, person, event … of a list."""

    name: str
    title: str
    fields: tuple[Shown, ...]
    new: bool


@dataclass(frozen=True)
class ShownList:
    """A list with its items; `add` is one more, still empty."""

    name: str
    field: Field
    items: tuple[ShownItem, ...]


def shown(
    section: Section, draft: Mapping[str, Any], band: Band | None, *, one_more: str = ""
) -> list[Shown | ShownList]:
    """A section as it stands in the draft. `one_more`: the list that gets an empty item."""
    return [
        _list(one, value_at(draft, one.path), band, more=one_more == one.path)
        if one.kind == "list"
        else _field(one, one.path, value_at(draft, one.path), band)
        for one in section.fields
    ]


def _list(described: Field, value: Any, band: Band | None, *, more: bool) -> ShownList:
    kept: list[dict[str, Any]] = list(value) if isinstance(value, list) else []
    items = list(kept)
    if more or (not items and described.path == "children"):
        items.append({"id": next_mark([item["id"] for item in items], described.path)})
    return ShownList(
        described.path,
        described,
        tuple(
            ShownItem(
                f"{described.path}.{item['id']}",
                f"{described.item.capitalize()} {number}",
                tuple(
                    _field(one, f"{described.path}.{item['id']}.{one.path}", value_at(item, one.path), band)
                    for one in described.fields
                ),
                item not in kept,
            )
            for number, item in enumerate(items, start=1)
        ),
    )


def _field(described: Field, name: str, value: Any, band: Band | None) -> Shown:
    unknown = value == NOT_KNOWN and described.kind not in ("radios", "checkboxes")
    plain = "" if unknown or value is None else value
    return Shown(
        name=name,
        field=described,
        value=_local(plain) if described.kind == "datetime" else plain,
        unknown=unknown,
        need=described.need.at(band),
        items=tuple(
            {
                "value": code,
                "text": label,
                "checked": code == plain or (isinstance(plain, list) and code in plain),
            }
            for code, label in described.options
        ),
        parts=_parts(plain) if described.kind == "date" else {},
    )


def _local(value: Any) -> str:
    """A moment as the browser's field takes it."""
    try:
        at = datetime.fromisoformat(str(value))
    except ValueError:
        return ""
    return f"{at.astimezone(LONDON) if at.tzinfo else at:%Y-%m-%dT%H:%M}"


def _parts(value: Any) -> dict[str, str]:
    """A date in its three boxes."""
    try:
        day = date.fromisoformat(str(value))
    except ValueError:
        return {}
    return {"day": str(day.day), "month": str(day.month), "year": str(day.year)}


def patch_of(section: Section, draft: Mapping[str, Any], form: FormData, errors: Errors) -> dict[str, Any]:
    """What the form changes in the draft; only that, so that two people who edit at once lose nothing."""
    typed: dict[str, Any] = {}
    for one in section.fields:
        if one.kind == "list":
            _put(typed, one.path, _items(one, form, errors))
        else:
            _put(typed, one.path, _read(one, one.path, form, errors))
    return changes(draft, typed)


def _put(draft: dict[str, Any], path: str, value: Any) -> None:
    *parents, last = path.split(".")
    for part in parents:
        draft = draft.setdefault(part, {})
    draft[last] = value


def _items(described: Field, form: FormData, errors: Errors) -> dict[str, Any]:
    """The items of a list by their marks; None for one that is to be removed."""
    items: dict[str, Any] = {}
    for mark in form.getlist(f"{described.path}{MARK}"):
        name = f"{described.path}.{mark}"
        if form.get(f"{name}{REMOVE}") is not None:
            items[str(mark)] = None
            continue
        item: dict[str, Any] = {}
        for one in described.fields:
            _put(item, one.path, _read(one, f"{name}.{one.path}", form, errors))
        items[str(mark)] = item
    return items


def _read(described: Field, name: str, form: FormData, errors: Errors) -> Any:
    """One field as typed; empty for nothing."""
    if described.kind == "checkboxes":
        return [str(value) for value in form.getlist(name)] or ""
    said = _date(name, form, errors) if described.kind == "date" else _text(form, name)
    if said and described.kind == "datetime":
        said = _moment(said, name, errors)
    if not said:
        return NOT_KNOWN if form.get(f"{name}{UNKNOWN}") is not None else ""
    if described.kind == "number":
        return _number(said, name, errors)
    return said


def _text(form: FormData, name: str) -> str:
    value = form.get(name)
    return value.replace("\r\n", "\n").strip() if isinstance(value, str) else ""


def _date(name: str, form: FormData, errors: Errors) -> str:
    day, month, year = (_text(form, name + part) for part in (DAY, MONTH, YEAR))
    if not (day or month or year):
        return ""
    try:
        return date(int(year), int(month), int(day)).isoformat()
    except ValueError:
        errors.add(name, "Enter a real date, such as 27 3 2016.")
        return ""


def _moment(said: str, name: str, errors: Errors) -> str:
    try:
        return datetime.fromisoformat(said).replace(tzinfo=LONDON).isoformat()
    except ValueError:
        errors.add(name, "Enter a real date and time.")
        return ""


def _number(said: str, name: str, errors: Errors) -> float | int | str:
    try:
        number = float(said)
    except ValueError:
        errors.add(name, "Enter a number.")
        return ""
    return int(number) if number.is_integer() else number
