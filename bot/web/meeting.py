"""Two people at one draft: what each changed is kept, and where both changed the same, they see it.

A form sends along what it showed (`seen`). What differs from that was typed; what differs between that and
the draft as it stands was changed by somebody else meanwhile.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from starlette.datastructures import FormData

from bot.referrals.draft import next_mark, value_at
from bot.referrals.form import Field, Section
from bot.referrals.values import filled


def seen(section: Section, draft: Mapping[str, Any]) -> str:
    """What a page of this section shows, for its form to send along."""
    part: dict[str, Any] = {}
    for one in section.fields:
        value = value_at(draft, one.path)
        if value is not None:
            *groups, last = one.path.split(".")
            place = part
            for group in groups:
                place = place.setdefault(group, {})
            place[last] = value
    return json.dumps(part, ensure_ascii=False)


def was_shown(form: FormData) -> Mapping[str, Any] | None:
    """What the page had shown; None where the form does not say."""
    try:
        said = json.loads(str(form.get("seen") or ""))
    except ValueError:
        return None
    return said if isinstance(said, dict) else None


def apart(
    section: Section, shown: Mapping[str, Any], now: Mapping[str, Any], patch: dict[str, Any]
) -> dict[str, Any]:
    """The patch with new items under marks that nobody else took meanwhile."""
    for one in section.fields:
        *groups, last = one.path.split(".")
        place: Any = patch
        for group in groups:
            place = place.get(group, {})
        if one.kind != "list" or not isinstance(place.get(last), dict):
            continue
        before, taken = _marks(value_at(shown, one.path)), _marks(value_at(now, one.path))
        place[last] = {
            next_mark({*taken, *place[last]}, one.path) if mark in taken - before else mark: item
            for mark, item in place[last].items()
        }
    return patch


def both_changed(shown: Any, now: Any, patch: Mapping[str, Any], path: str = "") -> Iterator[tuple[str, Any]]:
    """The fields that were typed here and changed by somebody else to something other, with their value."""
    for key, typed in patch.items():
        name = f"{path}.{key}" if path else str(key)
        before, theirs = _child(shown, key), _child(now, key)
        if isinstance(typed, Mapping):
            yield from both_changed(before, theirs, typed, name)
        elif theirs not in (before, typed) and (filled(before) or filled(theirs)):
            yield name, theirs


def described(section: Section, name: str) -> Field | None:
    """The field of that name on the section's page."""
    for one in section.fields:
        if name == one.path:
            return one
        if one.kind == "list" and name.startswith(f"{one.path}."):
            inner = name.removeprefix(f"{one.path}.").partition(".")[2]
            return next((field for field in one.fields if field.path == inner), one)
    return None


def _child(place: Any, key: str) -> Any:
    if isinstance(place, list):
        return next((item for item in place if isinstance(item, dict) and item.get("id") == key), None)
    return place.get(key) if isinstance(place, Mapping) else None


def _marks(items: Any) -> set[str]:
    return {str(item["id"]) for item in items or [] if isinstance(item, dict) and "id" in item}
