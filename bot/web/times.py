"""Times as people in England read them."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")


def wall(at: datetime, now: datetime) -> str:
    """`14:20 today`, `09:05 tomorrow`, `14:20 on Monday 7 December`: always the clock on the wall."""
    there, here = at.astimezone(LONDON), now.astimezone(LONDON)
    days = (there.date() - here.date()).days
    clock = f"{there:%H:%M}"
    if days == 0:
        return f"{clock} today"
    if days == 1:
        return f"{clock} tomorrow"
    if days == -1:
        return f"{clock} yesterday"
    year = "" if there.year == here.year else f" {there.year}"
    return f"{clock} on {there:%A} {there.day} {there:%B}{year}"


def from_form(day: str, clock: str) -> datetime:
    """A date (2026-12-07) and a time (14:20) as typed, London time; raises ValueError."""
    return datetime.fromisoformat(f"{day.strip()}T{clock.strip()}").replace(tzinfo=LONDON)
