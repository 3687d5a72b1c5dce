"""What the draft still lacks for its band, in the order in which it matters. A gap never blocks a Red."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from bot.referrals.draft import items_of, value_at
from bot.referrals.form import NOT_KNOWN, SECTIONS, Field, Only, Section
from bot.referrals.values import filled
from bot.thresholds import Band

FIRST = (
    "urgent_call.made",
    "where_now",
    "collected_by",
    "collected_at",
    "first_name",
    "last_name",
    "date_of_birth",
    "address",
    "postcode",
    "concern.why_now",
    "concern.what_happened",
    "concern.occurred_on",
    "concern.known_by",
    "safety.safe_contact",
    "parents.informed",
    "parents.reason_not_informed",
    "consent.support",
    "referrer.phone",
)
"""What is asked before all else: where the child is, who it is, what happened, who can safely be reached."""


@dataclass(frozen=True)
class Missing:
    """A field that the band needs and the draft lacks. ``need``: M must, S should (asked once)."""

    path: str
    section: str
    label: str
    need: str
    why: str


def missing(draft: Mapping[str, Any], band: Band | None) -> list[Missing]:
    """What the band needs and the draft lacks: first what must be there, in the order in which it matters."""
    found = [
        one
        for section in SECTIONS
        for field in section.fields
        for one in _lacking(draft, band, section, field)
    ]
    return sorted(found, key=lambda one: (one.need != "M", _rank(one.path)))


def _lacking(
    draft: Mapping[str, Any], band: Band | None, section: Section, field: Field
) -> Iterator[Missing]:
    if field.kind != "list":
        if _wanted(draft, field, band) and not _settled(draft, field):
            yield _missing(field.path, section, field, band, "")
        return
    items = items_of(draft, field)
    if not items and _wanted(draft, field, band):
        yield _missing(field.path, section, field, band, "")
    for number, item in enumerate(items, start=1):
        called = _called(field, item, number)
        for one in field.fields:
            if _wanted(item, one, band) and not _settled(item, one):
                yield _missing(f"{field.path}.{item['id']}.{one.path}", section, one, band, called)


def _wanted(place: Mapping[str, Any], field: Field, band: Band | None) -> bool:
    return field.need.at(band) in ("M", "S") and (field.only is None or holds(place, field.only))


def holds(place: Mapping[str, Any], only: Only) -> bool:
    """Whether the condition under which a field is needed holds."""
    value = value_at(place, only.path)
    if not filled(value):
        return False
    said = str(value).strip().lower()
    return said not in only.apart_from and (not only.values or said in only.values)


def _settled(place: Mapping[str, Any], field: Field) -> bool:
    said = [value_at(place, path) for path in (field.path, *field.instead)]
    return any(filled(value) and (field.may_be_unknown or value != NOT_KNOWN) for value in said)


def _missing(path: str, section: Section, field: Field, band: Band | None, called: str) -> Missing:
    need = field.need.at(band)
    label = f"{field.label} ({called})" if called else field.label
    return Missing(path, section.title, label, need, _why(field, need, band))


def _why(field: Field, need: str, band: Band | None) -> str:
    unknown = " “Not known” is an answer." if field.may_be_unknown else ""
    if need == "S":
        return f"It helps MASH.{unknown}"
    if band is Band.RED:
        return f"MASH needs it; do not wait for it. The referral can go without.{unknown}"
    return f"MASH needs it.{unknown}"


def _called(field: Field, item: Mapping[str, Any], number: int) -> str:
    """A row as people know it: by its name, what it is or where; else by its place in the list."""
    names = (item.get(part) for part in ("first_name", "name", "relation", "where", "date"))
    return next((str(name) for name in names if filled(name)), f"{field.item} {number}")


def _rank(path: str) -> int:
    for place, first in enumerate(FIRST):
        if path == first or (path.startswith("children.") and path.split(".", 2)[2] == first):
            return place
    return len(FIRST)
