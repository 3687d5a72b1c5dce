"""The head of a pack: who published it and when, levels, clocks, calendar, contacts, sources,
consultation."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from bot.thresholds.band import Band
from bot.thresholds.fields import Fields, nearest
from bot.thresholds.gathering import Gathered
from bot.thresholds.pack import Calendar, Clock, Consultation, Contact, Source, SourceDocument
from bot.thresholds.yaml_text import Node

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
UNITS = ("hours", "working_hours", "working_days")
_TIME = re.compile(r"([01][0-9]|2[0-3]):[0-5][0-9]\Z")
_UNKNOWN_DAY = date(1970, 1, 1)

ReadSource = Callable[[Node | None, Node, str], Source]


@dataclass(frozen=True)
class Header:
    """Everything of a pack that is not a rule."""

    name: str
    version: str
    title: str
    extends: str | None
    in_force: date
    until: date | None
    status: str
    approved_by: str
    approved_on: str
    authority: dict[str, str]
    levels: dict[int, str]
    section_17_level: int | None
    words: dict[str, str]
    contacts: dict[str, Contact]
    calendar: Calendar | None
    clocks: dict[Band, Clock]
    sources: dict[str, SourceDocument]
    consultation: Callable[[ReadSource], Consultation | None]


def read_header(gathered: Gathered, fields: Fields) -> Header:
    """Read the head of a pack."""
    single = gathered.single
    for key in ("pack", "version", "title", "in_force", "status"):
        if key not in single:
            fields.fault(gathered.root(), f"the pack has no `{key}`.", f"Add `{key}:` to pack.yml.")
    status = fields.choice(single.get("status"), "`status`", ("illustrative", "approved"), "illustrative")
    if status == "approved" and not {"approved_by", "approved_on"} <= set(single):
        mend = "Add `approved_by:` and `approved_on:`, or set the status to illustrative."
        fields.fault(single["status"], "an approved pack must say who approved it, and when.", mend)
    in_force = fields.day(single.get("in_force"), "`in_force`") or _UNKNOWN_DAY
    until = fields.day(single.get("until"), "`until`")
    if until is not None and until < in_force:
        fields.fault(single["until"], "`until` lies before `in_force`.", "Correct one of the two dates.")
    contacts = {key: _contact(key, node, fields) for key, node in gathered.named["contacts"].items()}
    extends = fields.text(single.get("extends"), "`extends`") or None
    authority = single.get("authority")
    return Header(
        name=fields.text(single.get("pack"), "`pack`"),
        version=fields.text(single.get("version"), "`version`"),
        title=fields.text(single.get("title"), "`title`"),
        extends=extends,
        in_force=in_force,
        until=until,
        status=status,
        approved_by=fields.text(single.get("approved_by"), "`approved_by`"),
        approved_on=fields.text(single.get("approved_on"), "`approved_on`"),
        authority=_authority(authority, fields),
        levels=_levels(gathered.named["levels"], fields),
        section_17_level=fields.number(single.get("section_17_level"), "`section_17_level`", 1, 5),
        words={key: fields.text(node, f"word `{key}`") for key, node in gathered.named["words"].items()},
        contacts=contacts,
        calendar=_calendar(single.get("calendar"), fields),
        clocks=_clocks(gathered.named["clocks"], fields),
        sources={key: _document(key, node, fields) for key, node in gathered.named["sources"].items()},
        consultation=lambda read: _consultation(single.get("consultation"), contacts, fields, read),
    )


def _authority(node: Node | None, fields: Fields) -> dict[str, str]:
    if node is None:
        return {}
    entries = fields.closed(node, "`authority`", ("name",), ("la_code",))
    return {key: fields.text(value, f"`{key}` of `authority`") for key, value in entries.items()}


def _levels(nodes: dict[str, Node], fields: Fields) -> dict[int, str]:
    levels: dict[int, str] = {}
    for key, node in nodes.items():
        if not re.fullmatch("[1-5]", key):
            fields.fault(node, f"`{key}` is not a level of need.", "Number the levels from 1 to 5.")
            continue
        entries = fields.closed(node, f"level {key}", ("name",), ())
        levels[int(key)] = fields.text(entries.get("name"), f"`name` of level {key}")
    return levels


def _contact(key: str, node: Node, fields: Fields) -> Contact:
    where = f"contact `{key}`"
    entries = fields.closed(node, where, ("label",), ("phone", "hours", "note"))
    values = {name: fields.text(value, f"`{name}` of {where}") for name, value in entries.items()}
    return Contact(
        values.get("label", ""), values.get("phone", ""), values.get("hours", ""), values.get("note", "")
    )


def _clocks(nodes: dict[str, Node], fields: Fields) -> dict[Band, Clock]:
    clocks: dict[Band, Clock] = {}
    for key, node in nodes.items():
        if key not in ("red", "amber", "green"):
            fields.fault(node, f"`{key}` has no clock.", "Clocks belong to red, amber and green.")
            continue
        where = f"clock `{key}`"
        entries = fields.closed(node, where, ("within", "unit", "unit_stated"), ("starts", "overrun"))
        clocks[Band(key)] = Clock(
            fields.number(entries.get("within"), f"`within` of {where}", 1, 999) or 1,
            fields.choice(entries.get("unit"), f"`unit` of {where}", UNITS, "hours"),
            fields.flag(entries.get("unit_stated"), f"`unit_stated` of {where}"),
            fields.choice(
                entries.get("starts"), f"`starts` of {where}", ("received", "submitted"), "received"
            ),
            fields.flag(entries.get("overrun"), f"`overrun` of {where}"),
        )
    return clocks


def _calendar(node: Node | None, fields: Fields) -> Calendar | None:
    if node is None:
        return None
    required = ("weekdays", "opens", "closes", "stated", "bank_holidays")
    entries = fields.closed(node, "`calendar`", required, ())
    days = fields.texts(entries.get("weekdays"), "`weekdays`")
    for day in days:
        if day not in WEEKDAYS:
            fields.fault(node, f"`{day}` is no weekday.", f"Write {', '.join(WEEKDAYS)}.", key="weekdays")
    opens, closes = (fields.text(entries.get(key), f"`{key}`") for key in ("opens", "closes"))
    for key, time in (("opens", opens), ("closes", closes)):
        if time and not _TIME.match(time):
            fields.fault(node, f"`{key}` is not a time of day.", 'Write it as "09:00".', key=key)
    if opens and closes and opens >= closes:
        fields.fault(node, "`closes` is not later than `opens`.", "Correct one of the two.", key="closes")
    return Calendar(
        days,
        opens,
        closes,
        fields.flag(entries.get("stated"), "`stated` of `calendar`"),
        fields.text(entries.get("bank_holidays"), "`bank_holidays`"),
    )


def _document(key: str, node: Node, fields: Fields) -> SourceDocument:
    where = f"source `{key}`"
    entries = fields.closed(node, where, ("title",), ("publisher", "url", "edition"))
    values = {name: fields.text(value, f"`{name}` of {where}") for name, value in entries.items()}
    return SourceDocument(
        values.get("title", ""), values.get("publisher", ""), values.get("url", ""), values.get("edition", "")
    )


def _consultation(
    node: Node | None, contacts: dict[str, Contact], fields: Fields, read_source: ReadSource
) -> Consultation | None:
    if node is None:
        return None
    entries = fields.closed(node, "`consultation`", ("with", "say", "source"), ())
    keys = fields.texts(entries.get("with"), "`with` of `consultation`")
    for key in keys:
        if key not in contacts:
            what = f"the consultation names an unknown contact `{key}`."
            fields.fault(node, what, nearest(key, contacts), key="with")
    return Consultation(
        keys,
        fields.text(entries.get("say"), "`say` of `consultation`"),
        read_source(entries.get("source"), node, "the consultation"),
    )
