"""From draft to the document that is sent: the contract's create body, with its gaps listed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.referrals.draft import items_of, value_at
from bot.referrals.fitting import fitting
from bot.referrals.form import FIELDS, NOT_KNOWN, Field
from bot.referrals.gaps import missing
from bot.referrals.values import filled, unknown_fits
from bot.thresholds import Band
from bot.thresholds.pack import Category

MOST_GAPS = 500
SCHOOLS = "2A"
"""Referral source of the Children in Need census (rule 8866): schools."""
NOT_KNOWN_WORDS = "Not known"


@dataclass(frozen=True)
class Criterion:
    """One criterion that is met, and where it stands written."""

    id: str
    because: str
    title: str = ""
    mark: str = ""
    category: str = ""
    child: str = ""
    band: str = ""
    level: int | None = None
    cite: str = ""
    where: str = ""


@dataclass(frozen=True)
class Suggested:
    """What the threshold pack says: advice that MASH may overrule."""

    band: Band | None
    level: int | None
    route: str | None
    criteria: tuple[Criterion, ...]
    pack_name: str
    pack_version: str
    pack_digest: str
    pack_status: str
    peak: Band | None = None
    lowered_for: str | None = None
    disagreement: tuple[str, str] | None = None  # the band that somebody holds instead, and why


def document(
    draft: Mapping[str, Any],
    *,
    reference: str,
    sent_at: datetime,
    suggested: Suggested,
    duties_done: Iterable[str],
    call: Sequence[Mapping[str, Any]],
    organisation: str,
    categories: Iterable[Category],
    authority: str = "",
) -> dict[str, Any]:
    """The create body of the contract, as JSON. Whatever the draft lacks, it is complete enough to be
    received.

    ``duties_done``: codes of duties ticked off. ``call``: the calls that were noted, oldest first (at,
    answered_by, reference, outcome). ``organisation``: the school's name. ``categories``: of the pack, with
    the census codes that they propose. What was answered "not known", and what the band needs and nobody
    filled in, is named in ``gaps``.
    """
    body, gaps = _fields(draft)
    gaps += [_numbered(draft, one.path) for one in missing(draft, suggested.band) if one.need == "M"]
    body |= {
        "reference": reference,
        "submitted_at": sent_at.isoformat(),
        "source": SCHOOLS,
        "categories": [_category(one) for one in categories],
        "suggested": {**body.get("suggested", {}), **suggestion_body(suggested)},
        "duties_done": [{"duty": duty, "done": "yes"} for duty in duties_done],
        "referrer": {"agency": organisation, **body.get("referrer", {})},
        "gaps": list(dict.fromkeys(gaps))[:MOST_GAPS],
    }
    if authority:
        body["authority"] = authority
    if call:
        body["urgent_call"] = noted = {**body.get("urgent_call", {}), **_call(call[-1])}
        told = {f"urgent_call.{name}" for name in noted}
        body["gaps"] = [gap for gap in body["gaps"] if gap not in told]
    return fitting(body).model_dump(mode="json", exclude_none=True)


def _fields(draft: Mapping[str, Any]) -> tuple[dict[str, Any], list[str]]:
    body: dict[str, Any] = {}
    gaps: list[str] = []
    for path, field in FIELDS.items():
        if field.kind == "list":
            rows = [_row(field, item, number, gaps) for number, item in enumerate(items_of(draft, field))]
            if rows:
                _put(body, path, rows)
            continue
        _carry(body, path, path, value_at(draft, path), path, gaps)
    return body, gaps


def _row(field: Field, item: Mapping[str, Any], number: int, gaps: list[str]) -> dict[str, Any]:
    row: dict[str, Any] = {"id": item["id"]} if field.path == "children" else {}
    at = f"{field.path}.{number}"
    for one in field.fields:
        value = value_at(item, one.path)
        if one.path.startswith("legal_status"):
            _statuses(row, one.path, value, f"{at}.{one.path}", gaps)
        else:
            _carry(row, one.path, f"{field.path}.{one.path}", value, f"{at}.{one.path}", gaps)
    for key in (
        ("event",)
        if field.path == "chronology"
        else ("words",)
        if field.path == "concern.child_words"
        else ()
    ):
        row.setdefault(key, NOT_KNOWN_WORDS)
    return row


def _carry(body: dict[str, Any], path: str, place: str, value: Any, gap: str, gaps: list[str]) -> None:
    """Put one value where the contract has it; "not known" goes to the gaps, and is said where the contract
    can.
    """
    if not filled(value):
        return
    if value == NOT_KNOWN or (isinstance(value, list) and NOT_KNOWN in value):
        gaps.append(gap)
        value = [tick for tick in value if tick != NOT_KNOWN] if isinstance(value, list) else value
        if value == NOT_KNOWN and not unknown_fits(place):
            return
    _put(body, path, value)


def _put(body: dict[str, Any], path: str, value: Any) -> None:
    *groups, last = path.split(".")
    for group in groups:
        body = body.setdefault(group, {})
    body[last] = value


def _statuses(row: dict[str, Any], path: str, value: Any, gap: str, gaps: list[str]) -> None:
    ticks = [value] if isinstance(value, str) and value else value or []
    if NOT_KNOWN in ticks:
        gaps.append(gap)
    when = "previous" if path == "legal_status_before" else "current"
    rows = [{"kind": tick, "when": when} for tick in ticks if tick != NOT_KNOWN]
    if rows:
        row.setdefault("legal_status", []).extend(rows)


def _numbered(draft: Mapping[str, Any], path: str) -> str:
    """The path of a gap as MASH reads it: items by their number, not by the draft's marks."""
    for name, field in FIELDS.items():
        if field.kind == "list" and path.startswith(name + "."):
            mark, _, rest = path.removeprefix(name + ".").partition(".")
            marks = [item["id"] for item in items_of(draft, field)]
            return f"{name}.{marks.index(mark)}.{rest}"
    return path


def _category(one: Category) -> dict[str, Any]:
    proposed = {"need": one.need, "factors": list(one.factors)} if one.need else {}
    return {"code": one.code, "label": one.label} | proposed


def suggestion_body(suggested: Suggested) -> dict[str, Any]:
    """What the pack says, as the contract writes it."""
    band = suggested.band.value if suggested.band is not None else suggested.route
    body: dict[str, Any] = {
        "band": band,
        "level": suggested.level,
        "criteria": [criterion_body(one) for one in suggested.criteria],
        "pack": {
            "name": suggested.pack_name,
            "version": suggested.pack_version,
            "digest": suggested.pack_digest,
            "status": suggested.pack_status,
        },
    }
    if suggested.peak is not None:
        body["peak"] = suggested.peak.value
    if suggested.lowered_for:
        body["lowered_because"] = suggested.lowered_for
    if suggested.disagreement is not None:
        body["disagreement"] = dict(zip(("band", "reason"), suggested.disagreement, strict=True))
    return body


def criterion_body(one: Criterion) -> dict[str, Any]:
    """One criterion as the contract writes it."""
    said = {
        "id": one.id,
        "because": one.because,
        "category": one.category,
        "child": one.child,
        "band": one.band,
    }
    source = {"title": one.title, "cite": one.cite, "mark": one.mark, "where": one.where}
    return {
        **{key: value for key, value in said.items() if value},
        **({"level": one.level} if one.level is not None else {}),
        "source": {key: value for key, value in source.items() if value},
    }


def _call(call: Mapping[str, Any]) -> dict[str, Any]:
    at = call.get("at")
    named = {
        "at": at.isoformat() if isinstance(at, datetime) else at,
        "to": call.get("to") or "MASH",
        "spoke_to": call.get("answered_by"),
        "call_reference": call.get("reference"),
        "outcome": call.get("outcome"),
    }
    return {"made": "yes", **{key: value for key, value in named.items() if value}}
