"""The referral that was sent, as a page for the school's file: what the intake got, section by section."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any

from bot.contract import LONDON
from bot.referrals import body_map
from bot.referrals.draft import value_at
from bot.referrals.form import NOT_KNOWN, SECTIONS, Field, Section
from bot.referrals.rendering.labels import OUTCOMES, label_of, title_of
from bot.referrals.rendering.page import (
    Block,
    Bullets,
    Drawing,
    Facts,
    Heading,
    Page,
    Paragraph,
    Table,
)
from bot.referrals.values import filled

ILLUSTRATIVE = (
    "Illustrative thresholds – not yet approved by an authority. This advice must not be relied on for a "
    "real child."
)
BANDS = {"red": "Red", "amber": "Amber", "green": "Green", "none": "None", "consult": "Consultation first"}
MARKS = {
    "r": "read in the source",
    "k": "to be checked again in the source",
    "proposed": "proposed for this pack",
}
UNKNOWN = "Not known"
OPINIONS = {"concern.analysis"}
DRAWN = {"x", "y"}
"""Places on the body map: the drawing shows them."""
TABLES = {
    "household": ("name", "relation", "lives_with_child", "parental_responsibility", "phone"),
    "chronology": ("date", "event", "source", "action"),
}
"""Lists that are read across: these fields as columns, any other as a line below."""


def referral_page(document: Mapping[str, Any], to: str = "") -> Page:
    """The page of one referral. ``to``: the authority that it is for, where that is not the school's own."""
    blocks: list[Block] = list(_summary(document, to))
    for section in SECTIONS:
        inner = list(_section(document, section))
        if inner:
            blocks += [Heading(title_of(section)), *inner]
    blocks += _duties(document)
    return Page(
        title=f"Referral to {to or 'MASH'} {document['reference']}",
        foot=f"Confidential. Referral {document['reference']}",
        blocks=tuple(blocks),
        banner=ILLUSTRATIVE if _status(document) == "illustrative" else "",
    )


def _status(document: Mapping[str, Any]) -> str:
    return str(value_at(document, "suggested.pack.status") or "")


def _summary(document: Mapping[str, Any], to: str) -> Iterator[Block]:
    suggested = document.get("suggested") or {}
    pack = suggested.get("pack") or {}
    rows = [
        ("Reference", document["reference"]),
        ("For", to),
        ("The school's other referrals about this family", ", ".join(document.get("related") or [])),
        ("Written" if to else "Sent", said_time(str(document.get("submitted_at") or ""))),
        ("Advised band", BANDS.get(str(suggested.get("band")), UNKNOWN) + " (advice: MASH decides)"),
        ("Highest band in the conversation", BANDS.get(str(suggested.get("peak")), UNKNOWN)),
        ("Why it is lower now", suggested.get("lowered_because") or ""),
        ("Level of need", str(suggested.get("level") or "")),
        ("Kinds of worry", "\n".join(_category(one) for one in document.get("categories", []))),
        ("Thresholds used", f"{pack.get('name', '')} {pack.get('version', '')} ({pack.get('status', '')})"),
        ("Gaps", _gaps(document)),
    ]
    yield Heading("Summary")
    yield Facts("", tuple((name, value) for name, value in rows if value))
    if suggested.get("disagreement"):
        held = suggested["disagreement"]
        yield Paragraph(
            f"The referrer sees it as {BANDS.get(held['band'], held['band'])}: {held.get('reason') or ''}",
            "note",
        )
    if suggested.get("criteria"):
        yield Heading("Why: the criteria that are met", 2)
        numbers = [one.get("id") for one in document.get("children") or []]
        yield Bullets(tuple(criterion_line(one, _whose(one, numbers)) for one in suggested["criteria"]))


def _gaps(document: Mapping[str, Any]) -> str:
    number = len(document.get("gaps") or [])
    if not number:
        return ""
    were = "answer was" if number == 1 else "answers were"
    return f"{number} {were} not known when this was sent: see “{UNKNOWN}”"


def _whose(criterion: Mapping[str, Any], children: list[Any]) -> str:
    """Which child of several a criterion is about, by the number that the child has on this paper."""
    child = criterion.get("child")
    return f"Child {children.index(child) + 1}: " if len(children) > 1 and child in children else ""


def criterion_line(one: Mapping[str, Any], whose: str = "") -> str:
    """One criterion in a line, with where it stands written and whether that was read."""
    source = one.get("source") or {}
    stands = ", ".join(part for part in (source.get("title"), source.get("where")) if part)
    mark = MARKS.get(str(source.get("mark")), "")
    origin = f" ({'; '.join(part for part in (stands, mark) if part)})" if stands or mark else ""
    return f"{whose}{one.get('because') or one['id']}{origin}"


def _category(one: Mapping[str, Any]) -> str:
    codes = ", ".join([one["need"], *one.get("factors", [])]) if one.get("need") else ""
    return f"{one.get('label') or one['code']}{f' (census: {codes}, proposed)' if codes else ''}"


def _duties(document: Mapping[str, Any]) -> list[Block]:
    done = document.get("duties_done") or []
    names = tuple(str(one["duty"]).replace("_", " ") for one in done)
    return [Heading("Done besides this referral"), Bullets(names)] if names else []


def _section(document: Mapping[str, Any], section: Section) -> Iterator[Block]:
    alone = [field for field in section.fields if field.kind != "list"]
    rows = [
        row
        for field in alone
        if field.path not in OPINIONS
        for row in _row(document, document, field, field.path)
    ]
    if section.name == "urgent_call" and (ended := value_at(document, "urgent_call.outcome")):
        rows.append(("How the call ended", OUTCOMES.get(str(ended), str(ended))))
    if rows:
        yield Facts("", tuple(rows))
    for field in section.fields:
        if field.kind == "list":
            yield from _items(document, field)
    for field in alone:
        if field.path in OPINIONS and filled(value_at(document, field.path)):
            yield Paragraph(f"Professional opinion: {value_at(document, field.path)}", "opinion")
        elif field.path in OPINIONS and field.path in document.get("gaps", []):
            yield Paragraph(f"{label_of(field)}: not known.")


def _row(
    document: Mapping[str, Any], place: Mapping[str, Any], field: Field, gap: str, within: str = ""
) -> list[tuple[str, str]]:
    words = said(field, value_at(place, field.path))
    if not words and gap in document.get("gaps", []):
        words = UNKNOWN
    return [(label_of(field, within), words)] if words else []


def said(field: Field, value: Any) -> str:
    """A value in words: labels for codes, days as people write them; empty where there is nothing."""
    if not filled(value):
        return ""
    if isinstance(value, list):
        labels = dict(field.options)
        return "; ".join(labels.get(str(one), str(one)) for one in value)
    if isinstance(value, bool):
        value = "yes" if value else "no"
    if value == NOT_KNOWN:
        return UNKNOWN
    if field.kind == "number":
        return f"{float(value):g}"
    if field.options:
        return dict(field.options).get(str(value), str(value))
    if field.kind == "date":
        return said_day(str(value))
    return said_time(str(value)) if field.kind == "datetime" else str(value)


def said_day(iso: str) -> str:
    """A day as people write it."""
    day = date.fromisoformat(iso)
    return f"{day.day} {day:%B %Y}"


def said_time(iso: str) -> str:
    """A moment as people write it, in London time."""
    if not iso:
        return ""
    moment = datetime.fromisoformat(iso).astimezone(LONDON)
    return f"{moment.day} {moment:%B %Y}, {moment:%H:%M}"


def _items(document: Mapping[str, Any], field: Field) -> Iterator[Block]:
    items = value_at(document, field.path) or []
    if not items:
        if field.path in document.get("gaps", []):
            yield Paragraph(f"{label_of(field)}: not known.")
        return
    if field.path == "concern.child_words":
        yield from _quotations(document, field, items)
    elif field.path in TABLES:
        yield from _table(document, field, items)
    else:
        if field.path == "injuries":
            yield Drawing(body_map.svg(items), body_map.says(items))
        for number, item in enumerate(items):
            name = " ".join(item[part] for part in ("first_name", "last_name") if item.get(part))
            caption = f"{field.item.capitalize()} {number + 1}{f': {name}' if name else ''}"
            rows = [
                row
                for one in field.fields
                if one.path not in DRAWN
                for row in _item_row(document, field, item, one, number)
            ]
            if rows:
                yield Facts(caption, tuple(rows))


def _item_row(
    document: Mapping[str, Any], field: Field, item: Mapping[str, Any], one: Field, number: int
) -> list[tuple[str, str]]:
    if one.path.startswith("legal_status"):
        item = {
            **item,
            "legal_status": _statuses(item, "current"),
            "legal_status_before": _statuses(item, "previous"),
        }
    return _row(document, item, one, f"{field.path}.{number}.{one.path}", field.path)


def _statuses(item: Mapping[str, Any], when: str) -> list[str]:
    return [one["kind"] for one in item.get("legal_status") or [] if one.get("when") == when]


def _quotations(document: Mapping[str, Any], field: Field, items: list[dict[str, Any]]) -> Iterator[Block]:
    for number, item in enumerate(items):
        yield Paragraph(f"“{item['words']}”", "quote")
        rows = [
            row
            for one in field.fields
            if one.path != "words"
            for row in _row(document, item, one, f"{field.path}.{number}.{one.path}", field.path)
        ]
        if rows:
            yield Facts(f"About quotation {number + 1}", tuple(rows))


def _table(document: Mapping[str, Any], field: Field, items: list[dict[str, Any]]) -> Iterator[Block]:
    columns = [one for one in field.fields if one.path in TABLES[field.path]]
    yield Table(
        field.label,
        tuple(one.label for one in columns),
        tuple(
            tuple(said(one, value_at(item, one.path)) or UNKNOWN for one in columns)
            for item in (
                sorted(items, key=lambda row: str(row.get("date") or "9999"))
                if field.path == "chronology"
                else items
            )
        ),
    )
    for number, item in enumerate(items, start=1):
        more = [
            (one.label, words)
            for one in field.fields
            if one not in columns and (words := said(one, value_at(item, one.path)))
        ]
        if more:
            called = item.get("name") or item.get("date") or f"{field.item} {number}"
            yield Facts(f"More about {called}", tuple(more))
