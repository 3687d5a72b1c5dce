"""A referral document as sections of labelled lines. Every field that was sent is shown; none is dropped."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.contract import SOURCE_LABELS
from bot.intake.work.office import in_words

TITLES = {
    "urgent_call": "Telephone call before this referral",
    "children": "Child",
    "concern": "The concern",
    "injuries": "Injury",
    "chronology": "What happened before",
    "household": "Family and household",
    "people_of_concern": "Person who may pose a risk",
    "parents": "Whether the parents were told",
    "consent": "Consent",
    "voice_of_child": "What the child wishes and feels",
    "safety": "Safe contact and visits",
    "referrer": "Who refers",
    "categories": "Kind of concern",
    "duties_done": "Other duties",
    "gaps": "What the school does not know",
    "attachments": "Documents announced",
}
LABELS = {
    "label": "Kind",
    "upn": "UPN",
    "nhs_number": "NHS number",
    "gp": "GP",
    "dsl": "Designated safeguarding lead",
    "sen": "Special educational needs",
    "ehcp": "Education, health and care plan",
    "urn": "School number (URN)",
    "laestab": "School number (LAESTAB)",
    "because": "Why",
    "cite": "Source",
    "x": "Across the picture",
    "y": "Down the picture",
    "size_cm": "Size in cm",
    "source": "Source",
    "at": "When",
    "need": "Primary need proposed (census)",
    "factors": "Assessment factors (census)",
    "child_words": "Child’s own words",
    "words": "Said",
    "question": "When asked",
    "known_by": "How it is known",
    "informed": "Told",
    "reason_not_informed": "Why not",
    "by": "By whom",
}
VALUES = {
    "not_known": "Not known",
    "not_safe": "Not told: it is not safe",
    "advice_awaited": "Not yet: waiting for advice",
    "raises_risk": "It would raise the risk to the child",
    "endangers_other": "It would endanger somebody else",
    "obstructs_police": "It would obstruct the police",
    "undue_delay": "It would cause delay",
    "not_contactable": "They could not be reached",
}
HIDDEN = frozenset({"suggested", "reference", "submitted_at", "authority", "source", "related"})


@dataclass(frozen=True)
class Section:
    """One part of a referral with its lines (label, text)."""

    title: str
    lines: tuple[tuple[str, str], ...]


def sections(document: dict[str, Any]) -> list[Section]:
    """The sections in the order in which MASH reads them; the sender's suggestion is not among them."""
    order = [*TITLES, *(name for name in document if name not in TITLES and name not in HIDDEN)]
    return [section for name in order if name in document for section in _sections(name, document[name])]


def source_of(document: dict[str, Any]) -> str:
    """The source of referral in words."""
    return SOURCE_LABELS.get(str(document.get("source")), "Not known")


def _sections(name: str, part: Any) -> Iterator[Section]:
    title = TITLES.get(name, _label(name))
    if isinstance(part, list) and part and isinstance(part[0], dict):
        for number, entry in enumerate(part, 1):
            lines = tuple(_lines(entry)) or ((title, "Nothing is known"),)
            yield Section(f"{title} {number}" if len(part) > 1 else title, lines)
    elif name == "gaps" and part:
        yield Section(title, (("Not known", "\n".join(_gap(str(path)) for path in part)),))
    elif part:
        yield Section(title, tuple(_lines(part) if isinstance(part, dict) else [(title, _text(part))]))


def _lines(part: dict[str, Any], before: str = "") -> Iterator[tuple[str, str]]:
    for field, value in part.items():
        if field == "id" or (field == "code" and part.get("label")):
            continue
        label = f"{before}: {_lower(_label(field))}" if before else _label(field)
        if value in (None, "", [], {}):
            continue
        if isinstance(value, dict):
            yield from _lines(value, label)
        elif isinstance(value, list) and isinstance(value[0], dict):
            for number, entry in enumerate(value, 1):
                yield from _lines(entry, f"{label} {number}" if len(value) > 1 else label)
        else:
            yield label, _text(value)


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, list):
        return "\n".join(_text(one) for one in value)
    text = str(value)
    if re.fullmatch(r"\d{4}-\d\d-\d\d(T.+)?", text):
        return _day_or_moment(text)
    if text in VALUES:
        return VALUES[text]
    return _label(text) if "_" in text and " " not in text and text.islower() else _capital(text)


def _day_or_moment(text: str) -> str:
    """A date or time in words; what only looks like one is shown as it was written."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return text
    if "T" not in text or moment.tzinfo is None:
        return f"{moment.day} {moment:%B %Y}" + (f", {moment:%H:%M}" if "T" in text else "")
    return in_words(moment)


def _gap(path: str) -> str:
    """A field that the sender does not know, like “Child 1: UPN”."""
    first, *rest = [f"{int(step) + 1}" if step.isdecimal() else step for step in path.split(".")]
    place = " ".join([TITLES.get(first, _label(first)), *(step for step in rest if step.isdecimal())])
    fields = [_label(step) for step in rest if not step.isdecimal()]
    return ": ".join([place, *fields])


def _label(name: str) -> str:
    return LABELS.get(name) or _capital(name.replace("_", " "))


def _lower(label: str) -> str:
    """A label inside a sentence; an abbreviation such as UPN stays as it is."""
    return label if label[:2].isupper() else label[:1].lower() + label[1:]


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:] if text.replace(" ", "").isalpha() and text.islower() else text
