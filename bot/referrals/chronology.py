"""A pasted chronology read as dated events: each with its date as it was written, and its own words.

Sorted rows with a date, one for each event (the referral form, section 6). Nothing is reworded, and a date is
never guessed: one without its year stays as it was written.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

FEWEST = 3
"""So many dated events make a chronology; fewer are a story that has dates in it."""
_SHOWN = 140
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = (
    r"(?P<{0}>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|"
    r"oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b\.?"
)
_DAY = r"(?P<{0}>0?[1-9]|[12]\d|3[01])"
_WEEKDAY = r"(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*\.?,?\s+)?"
_DATES = "|".join(
    (
        r"(?P<y1>(?:19|20)\d\d)-(?P<m1>0[1-9]|1[0-2])-(?P<d1>0[1-9]|[12]\d|3[01])",
        rf"{_DAY.format('d2')}[/.\-](?P<m2>0?[1-9]|1[0-2])[/.\-](?P<y2>(?:19|20)?\d\d)(?!\d)",
        rf"{_DAY.format('d3')}/(?P<m3>0?[1-9]|1[0-2])(?![\d/])",
        rf"{_DAY.format('d4')}(?:st|nd|rd|th)?\s+(?:of\s+)?{_MONTH.format('m4')}(?:,?\s+(?P<y4>(?:19|20)\d\d|'\d\d))?",
        rf"{_MONTH.format('m5')}\s+{_DAY.format('d5')}(?:st|nd|rd|th)?\b(?:,?\s+(?P<y5>(?:19|20)\d\d))?",
        rf"{_MONTH.format('m6')}\s+(?P<y6>(?:19|20)\d\d)",
    )
)
_YEAR = r"(?:19|20)\d\d"
_ABOUT = "|".join(
    (
        rf"(?:early|mid|late|(?:start|beginning|middle|end) of)[\s-]+{_MONTH.format('m7')}"
        rf"(?:,?\s+(?P<y7>{_YEAR}))?",
        rf"{_MONTH.format('m8')}(?=\s*[-–—:])",
        r"(?:(?:start|beginning|middle|end) of (?:the )?)?(?:autumn|spring|summer)(?: half)? term"
        rf"(?: {_YEAR})?(?=\s*[-–—:])",
        rf"(?:autumn|spring|summer)(?: [12]| {_YEAR})?(?=\s*[-–—:])",
        r"(?:(?:oct|feb|october|february|may|christmas|easter|summer) )?(?:half[\s-]?term|holidays?)"
        rf"(?: {_YEAR})?(?=\s*[-–—:])",
        rf"(?:christmas|xmas|easter)(?: hols| holidays?)?(?: {_YEAR})?(?=\s*[-–—:])",
        r"(?:last |on )?(?:mon|tues?|wed(?:nes)?|weds|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?(?=\s*[-–—:])",
        r"(?:yesterday|today|last night|this (?:morning|afternoon))(?=\s*[-–—:])",
        r"(?:(?:first|last|second) (?:week|half) of )?(?:last|this|the)? ?(?:week|month|term|half[\s-]?term)"
        r"(?: \d\d)?(?=\s*[-–—:])",
        rf"(?:year|yr|y) ?\d{{1,2}}(?: {_MONTH.format('m9')}| (?:autumn|spring|summer))?(?=\s*[-–—:])",
    )
)
"""Dates that are not to the day: only at the beginning of a line; “late May” in a sentence is no heading."""
_BULLET = r"(?:[-*•–]\s*|\(?\d{1,2}[).]\s+)?(?:on\s+)?"
_WEEK = r"(?:(?:w/?c|week (?:commencing|beginning))\.?\s+)?"
_EVENT = re.compile(
    rf"(?:(?:^|(?<=[.!?]\s))[ \t]*{_BULLET}(?P<date>{_WEEK}{_WEEKDAY}(?:{_DATES}))(?!\w)"
    rf"|^[ \t]*{_BULLET}(?P<about>{_ABOUT})(?!\w))[ \t]*[:;,.\-–—]*\s*",
    re.IGNORECASE | re.MULTILINE,
)


@dataclass(frozen=True)
class Event:
    """One dated event of a chronology. ``day`` sorts it; None where it is not written whole."""

    written: str
    day: date | None
    words: str

    @property
    def id(self) -> str:
        """The same for the same event, and tells nothing of it."""
        said = f"{self.written}\n{self.words}".encode()
        return f"e{hashlib.sha256(said).hexdigest()[:12]}"

    @property
    def label(self) -> str:
        """The event in one line: its date, and how it begins."""
        short = self.words if len(self.words) <= _SHOWN else f"{self.words[:_SHOWN].rsplit(' ', 1)[0]} …"
        return f"{self.written}: {' '.join(short.split())}"


def events_of(text: str) -> tuple[Event, ...]:
    """The dated events of a message, in its own order; empty where it is no chronology."""
    events = tuple(_events(text))
    return events if len(events) >= FEWEST else ()


def confirmed(texts: Sequence[str], ids: Collection[str]) -> list[Event]:
    """The events of several messages that staff confirmed, oldest first, each once.

    One whose date is not whole stays behind the event after which it was written.
    """
    placed: dict[str, tuple[date, Event]] = {}
    for text in texts:
        day = date.min
        for event in events_of(text):
            day = event.day or day
            if event.id in ids:
                placed.setdefault(event.id, (day, event))
    return [event for _, event in sorted(placed.values(), key=lambda one: one[0])]


def _events(text: str) -> Iterator[Event]:
    starts = list(_EVENT.finditer(text))
    for number, start in enumerate(starts):
        end = starts[number + 1].start() if number + 1 < len(starts) else len(text)
        words = text[start.end() : end].strip()
        if words:
            yield Event(" ".join((start["date"] or start["about"]).split()), _day(start), words)


def _day(found: re.Match[str]) -> date | None:
    """The date where it is whole; the first of the month where only month and year are written."""
    parts = {
        name[0]: value for name, value in found.groupdict().items() if value and name not in ("date", "about")
    }
    if "y" not in parts:
        return None
    year = int(parts["y"].lstrip("'"))
    month = parts["m"].lower()[:3]
    try:
        return date(
            year + 2000 if year < 100 else year,
            _MONTHS.index(month) + 1 if month in _MONTHS else int(month),
            int(parts.get("d", 1)),
        )
    except ValueError:
        return None
