"""How this MASH counts its time, and how it says a moment in words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.contract import LONDON, Band, Calendar, due_at, is_open, next_opening
from bot.intake.settings import Clocks

BANDS: dict[str, str] = {"red": "Red", "amber": "Amber", "green": "Green"}
URGENCY: dict[str | None, int] = {"red": 0, "amber": 1, None: 2, "green": 3}


@dataclass(frozen=True)
class Office:
    """MASH's clocks and opening times."""

    clocks: Clocks
    calendar: Calendar

    def due(self, band: str | None, since: datetime) -> datetime:
        """When a referral of this band is to be dealt with, counted from `since`."""
        known: Band | None = band if band in BANDS else None  # type: ignore[assignment]  # checked here
        return due_at(since, self.clocks.of(known), self.calendar)

    def closed_in_words(self, now: datetime) -> str:
        """Nothing while MASH is open; else when it opens, so that nobody waits for people who are at home."""
        if is_open(now, self.calendar):
            return ""
        return (
            f" MASH is closed now and opens at {in_words(next_opening(now, self.calendar))}: what cannot "
            "wait goes by telephone to the emergency duty team."
        )


def in_words(moment: datetime) -> str:
    """Like “5:06pm on Monday 14 September”, in London's time."""
    here = moment.astimezone(LONDON)
    hour = here.hour % 12 or 12
    return f"{hour}:{here:%M}{'am' if here.hour < 12 else 'pm'} on {here:%A} {here.day} {here:%B}"


def in_short(moment: datetime) -> str:
    """Like “5:06pm Mon 14 Sep”, for a table."""
    here = moment.astimezone(LONDON)
    hour = here.hour % 12 or 12
    return f"{hour}:{here:%M}{'am' if here.hour < 12 else 'pm'} {here:%a} {here.day} {here:%b}"


def left_in_words(now: datetime, due: datetime) -> str:
    """Like “2 h 10 min left” or “overdue by 1 day”; at most two units, rounded down."""
    gap = abs(due - now)
    words = _span(gap)
    return f"Overdue by {words}" if due <= now else f"{words} left"


def _span(gap: timedelta) -> str:
    minutes = int(gap.total_seconds() // 60)
    days, hours, minutes = minutes // 1440, minutes % 1440 // 60, minutes % 60
    if days:
        return f"{days} d {hours} h" if hours else f"{days} d"
    return f"{hours} h {minutes} min" if hours else f"{minutes} min"
