"""A draft: the fields of a referral while it is private, as nested dicts with the contract's field names.

Items of a list carry an ``id`` in the draft (the contract knows it for children only), so that two people
who change different items lose nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from bot.referrals.form import FIELDS, Field
from bot.referrals.values import FieldError, accept, filled, most_items

Draft = dict[str, Any]
TOLD = "told-"
"""What the marks of items begin with that the conversation filled in."""

_LISTS = {
    path: {one.path: one for one in field.fields} for path, field in FIELDS.items() if field.kind == "list"
}
_GROUPS = {path.rsplit(".", count)[0] for path in FIELDS for count in range(1, path.count(".") + 1)}
_ITEM_GROUPS = {
    path: {one.rsplit(".", count)[0] for one in fields for count in range(1, one.count(".") + 1)}
    for path, fields in _LISTS.items()
}


def merge(draft: Mapping[str, Any], patch: Mapping[str, Any]) -> Draft:
    """Return the draft with the patch's fields; null removes one. Doing it twice changes nothing more.

    Items of a list are found by their ``id`` (children without one by their place: c1, c2 …); an item that
    is new is added. A list may also be given as a mapping from id to item. Raises FieldError on a field that
    the form does not have or a value of the wrong kind.
    """
    return _merge_group(draft, patch, "", str)


def _merge(old: object, patch: object, path: str, place: str) -> Any:
    if place in _LISTS:
        return _merge_items(old, patch, path)
    if place == "" or place in _GROUPS:
        return _merge_group(old, patch, path, lambda key: f"{place}.{key}" if place else key)
    if place not in FIELDS:
        raise FieldError(
            path, "The referral has no such field.", "See the list of fields in docs/referral.md."
        )
    return accept(FIELDS[place], path, place, patch)


def _merge_group(old: object, patch: object, path: str, at: Any) -> Draft:
    if not isinstance(patch, Mapping):
        raise FieldError(path or "draft", "This holds fields.", "Send an object, for example {…}.")
    merged: Draft = dict(old) if isinstance(old, Mapping) else {}
    for key, value in patch.items():
        inner = f"{path}.{key}" if path else str(key)
        if value is None:
            merged.pop(key, None)
        else:
            merged[key] = _merge(merged.get(key), value, inner, at(key))
    return merged


def _merge_items(old: object, patch: object, path: str) -> list[Draft]:
    items: dict[str, Draft] = {item["id"]: item for item in old} if isinstance(old, list) else {}
    listed = _listed(patch, path)
    named = {mark for mark, _ in listed if mark is not None}
    for mark, change in listed:
        if change is None and mark is not None:
            items.pop(mark, None)
            continue
        if mark is None:
            new = _merge_item({}, change, path, path, "")
            mark = _same(new, items, named) or next_mark({*items, *named}, path)
        merged = _merge_item(items.get(mark, {}), change, f"{path}.{mark}", path, "")
        items[mark] = {"id": mark, **merged}
    if sum(not mark.startswith(TOLD) for mark in items) > most_items(path):
        raise FieldError(path, "There are too many of these.", "Attach a document with the rest.")
    return list(items.values())


def _merge_item(old: Any, patch: object, path: str, which: str, group: str) -> Draft:
    if not isinstance(patch, Mapping):
        raise FieldError(path, "This holds fields.", "Send an object, for example {…}.")
    merged: Draft = dict(old) if isinstance(old, Mapping) else {}
    for key, value in patch.items():
        place = f"{group}.{key}" if group else str(key)
        if place == "id":
            continue
        if value is None:
            merged.pop(key, None)
        elif place in _ITEM_GROUPS[which]:
            merged[key] = _merge_item(merged.get(key), value, f"{path}.{key}", which, place)
        elif place in _LISTS[which]:
            merged[key] = accept(_LISTS[which][place], f"{path}.{key}", f"{which}.{place}", value)
        else:
            raise FieldError(
                f"{path}.{key}",
                "The referral has no such field.",
                "See the list of fields in docs/referral.md.",
            )
    return merged


def _listed(patch: object, path: str) -> list[tuple[str | None, Any]]:
    """Each item of a patch with its mark; None for one that came without."""
    if isinstance(patch, Mapping):
        return [(_mark(mark, path), change) for mark, change in patch.items()]
    if not isinstance(patch, list) or not all(isinstance(change, Mapping) for change in patch):
        raise FieldError(path, "This is a list of items with fields.", "Send a list of objects.")
    return [
        (_mark(change.get("id") or (f"c{number}" if path == "children" else None), path), change)
        for number, change in enumerate(patch, start=1)
    ]


def _mark(mark: object, path: str) -> str | None:
    if mark is None or (isinstance(mark, str) and len(mark) <= 40 and mark.replace("-", "").isalnum()):
        return mark
    raise FieldError(path, "The id of an item is letters and digits.", "Leave the id out for a new item.")


def _same(new: Draft, items: Mapping[str, Draft], named: set[str]) -> str | None:
    """The item that says the same already, so that adding it twice adds it once."""
    return next(
        (mark for mark, item in items.items() if mark not in named and {**new, "id": mark} == item), None
    )


def next_mark(taken: Iterable[str], path: str) -> str:
    """A mark for a new item of a list that holds these marks: c2, household-1 …"""
    known = set(taken)
    stem = "c" if path == "children" else f"{path.rpartition('.')[2].replace('_', '')}-"
    return next(mark for number in range(1, len(known) + 2) if (mark := f"{stem}{number}") not in known)


def changes(draft: Mapping[str, Any], patch: Mapping[str, Any]) -> Draft:
    """What a patch changes in the draft that is shown: a form sends every field of a page back, most of them
    as they were. Only what a person really changed may stand over what the conversation fills in.
    """
    changed: Draft = {}
    for key, value in patch.items():
        old = draft.get(key)
        if isinstance(value, Mapping):
            inner = changes(_by_id(old) if isinstance(old, list) else old or {}, value)
            if inner:
                changed[key] = inner
        elif value != old and (filled(value) or filled(old) or value is None):
            changed[key] = value
    return changed


def _by_id(items: list[Any]) -> Draft:
    return {item["id"]: item for item in items if isinstance(item, dict)}


def value_at(draft: Mapping[str, Any], path: str) -> Any:
    """The value at a path ("concern.place", "children.c1.gp.name"); None where there is none."""
    place: Any = draft
    for part in path.split("."):
        if isinstance(place, list):
            place = _by_id(place).get(part)
        elif isinstance(place, Mapping):
            place = place.get(part)
        else:
            return None
    return place


def items_of(draft: Mapping[str, Any], field: Field) -> list[Draft]:
    """The items of a list, blank ones left out. There is always a first child to speak of."""
    found = value_at(draft, field.path) or []
    items = [item for item in found if filled(item) or field.path == "children"]
    return items or ([{"id": "c1"}] if field.path == "children" else [])
