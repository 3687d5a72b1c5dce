"""The record of a decision, as a page for the school's file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from bot.referrals.rendering.page import Block, Bullets, Facts, Heading, Page, Paragraph
from bot.referrals.rendering.referral import BANDS, ILLUSTRATIVE, UNKNOWN, criterion_line, said_time

ALWAYS = (
    "You may refer at any time, also against this advice. Tell your DSL today. If something changes or you "
    "hear more, look again at once."
)


def decision_page(record: Mapping[str, Any]) -> Page:
    """The page of one decision."""
    pack = record["pack"]
    return Page(
        title="Record of a decision about a concern",
        foot="Confidential. Keep it in the child’s safeguarding file",
        blocks=tuple(_blocks(record)),
        banner=ILLUSTRATIVE if pack.get("status") == "illustrative" else "",
    )


def _blocks(record: Mapping[str, Any]) -> Iterator[Block]:
    yield Heading("Summary")
    yield Facts("", tuple((name, value) for name, value in _decision(record) if value))
    if record.get("disagreement"):
        held = record["disagreement"]
        who, band = held.get("by") or "Somebody", BANDS.get(held["band"], held["band"])
        yield Paragraph(f"{who} saw it as {band}: {held.get('reason') or ''}", "note")
    yield Heading("What was said")
    for one in record.get("told", []):
        yield Paragraph(f"{one['by']}, {said_time(one['at'])}")
        yield Paragraph(one["text"], "quote")
    answers = tuple((one["ask"], one["answer"]) for one in record.get("answers", []))
    if answers:
        yield Facts("Questions and answers", answers)
    elif not record.get("told"):
        yield Paragraph("Nothing was recorded.")
    yield Heading("Criteria that are met")
    met = tuple(criterion_line(one, _whose(record, one)) for one in record.get("met", []))
    yield Bullets(met) if met else Paragraph("None.")
    yield Heading("Criteria of these worries that are not met")
    not_met = tuple(record.get("not_met", []))
    yield Bullets(not_met) if not_met else Paragraph("None.")
    if record.get("ruled_out"):
        yield Heading("Other kinds of worry, ruled out")
        yield Paragraph(f"No criterion of any of these is met: {'; '.join(record['ruled_out'])}.")
    if record.get("duties"):
        yield Heading("What had to be done besides")
        yield Facts("", tuple((one["title"], _done(one)) for one in record["duties"]))
    yield Paragraph(ALWAYS, "note")


def _whose(record: Mapping[str, Any], criterion: Mapping[str, Any]) -> str:
    child = str(criterion.get("child") or "")
    return f"Child {child.removeprefix('c')}: " if record.get("several") and child else ""


def _done(duty: Mapping[str, Any]) -> str:
    return f"Ticked off: {said_time(duty['done_at'])}" if duty.get("done_at") else "Not ticked off yet"


def _decision(record: Mapping[str, Any]) -> list[tuple[str, str]]:
    pack = record["pack"]
    return [
        ("Decision", record["decision"]),
        ("Why", record["reason"]),
        ("Decided by", record["decided_by"]),
        ("Decided", said_time(record["decided_at"])),
        ("To be looked at again", said_time(record.get("look_again_at") or "")),
        ("Advised band", BANDS.get(str(record.get("band") or record.get("route")), UNKNOWN)),
        ("Highest band in the conversation", BANDS.get(str(record.get("peak")), UNKNOWN)),
        ("Why it is lower now", record.get("lowered_because") or ""),
        ("Thresholds used", f"{pack['name']} {pack['version']} ({pack['status']})"),
        ("Mark of that version", _in_groups(str(pack.get("digest") or ""))),
    ]


def _in_groups(digest: str) -> str:
    """A long digest in groups, so that it can be read and broken into lines."""
    return " ".join(digest[start : start + 8] for start in range(0, len(digest), 8))
