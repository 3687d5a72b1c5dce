"""Drafts for tests: whole, in part, and any that the form can produce."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st

from bot.referrals import FIELDS, NOT_KNOWN, Criterion, Field, Referrer, Suggested, Told, document
from bot.thresholds import Answers, Band, Pack, load_pack
from bot.thresholds.pack import Category

UNHURRIED = settings(deadline=None, max_examples=60)
"""Property tests judge what comes out, not how fast the machine is today."""
PACKS = Path(__file__).parent / "packs"
SENT_AT = datetime(2026, 11, 20, 14, 30, tzinfo=UTC)
REFERENCE = "R-7K2M-QX4T-0WZ9"
SAM = Referrer(
    name="Sam Field",
    role="Class teacher",
    email="s.field@school.example",
    phone="01632 960001",
    school="Example Primary School",
    urn="100000",
    laestab="336/1234",
    dsl="Jo Marsh",
)


def small_pack() -> Pack:
    """The small pack of this folder."""
    return load_pack("small", root=PACKS)


def answered(*given: tuple[str, str, str], children: tuple[str, ...] = ("c1",)) -> Answers:
    """Answers (child, question, option)."""
    answers = Answers(children=children)
    for child, question, option in given:
        answers = answers.with_answer(question, option, child)
    return answers


def told(text: str) -> Told:
    """What Sam wrote at two in the afternoon."""
    return Told(text, datetime(2026, 11, 20, 14, 2, tzinfo=UTC), "Sam Field")


def suggested(band: Band | None = Band.RED) -> Suggested:
    """What the pack says, with one criterion."""
    return Suggested(
        band=band,
        level=4,
        route=band.value if band else None,
        criteria=(Criterion("danger_now", "A child is in danger right now.", "KCSIE", "k"),),
        pack_name="small",
        pack_version="2026.1",
        pack_digest="0f3a",
        pack_status="illustrative",
        peak=band,
    )


def sent(draft: dict[str, Any], band: Band | None = Band.RED, **more: Any) -> dict[str, Any]:
    """The document made of a draft."""
    given: dict[str, Any] = {
        "duties_done": ["call_999"],
        "call": [],
        "organisation": "Example Primary School",
        "categories": (Category("physical_harm", "Physical harm", "Hurt.", "N1", ("18C",)),),
    }
    return document(
        draft, reference=REFERENCE, sent_at=SENT_AT, **(given | {"suggested": suggested(band)} | more)
    )


_WORDS = st.text(max_size=40).filter(lambda text: text != NOT_KNOWN)
_DAYS = st.dates().map(lambda day: day.isoformat())


def _value(field: Field) -> st.SearchStrategy[Any]:
    options = [option for option, _ in field.options]
    kinds: dict[str, st.SearchStrategy[Any]] = {
        "radios": st.sampled_from(options or [""]),
        "checkboxes": st.lists(st.sampled_from(options or [""]), unique=True),
        "number": st.sampled_from(["0", "1", 1]),
        "date": _DAYS,
        "datetime": st.dates(min_value=date(1990, 1, 1)).map(lambda day: f"{day.isoformat()}T14:10"),
    }
    known = kinds.get(field.kind, _WORDS)
    return st.one_of(known, st.just(""), *([st.just(NOT_KNOWN)] if field.may_be_unknown else []))


def _nested(fields: dict[str, Any]) -> dict[str, Any]:
    whole: dict[str, Any] = {}
    for path, value in fields.items():
        *groups, last = path.split(".")
        place = whole
        for group in groups:
            place = place.setdefault(group, {})
        place[last] = value
    return whole


def _some(fields: dict[str, Field]) -> st.SearchStrategy[dict[str, Any]]:
    """Some of these fields, each with a value that it can have."""
    chosen = st.lists(st.sampled_from(sorted(fields)), unique=True, max_size=12)
    return chosen.flatmap(
        lambda paths: st.fixed_dictionaries({path: _any(fields[path]) for path in paths})
    ).map(_nested)


def _any(field: Field) -> st.SearchStrategy[Any]:
    if field.kind != "list":
        return _value(field)
    item = _some({one.path: one for one in field.fields})
    marks = st.sampled_from(["c1", "c2", "told-1-1", "x9"])
    marked = st.tuples(marks, item).map(lambda pair: {**pair[1], "id": pair[0]})
    return st.lists(st.one_of(item, marked), max_size=3)


patches = _some(FIELDS)
"""Anything that staff may type into the form, all of it or nothing."""
