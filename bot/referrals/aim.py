"""By when MASH aims to deal with a band: an estimate from the pack, until MASH itself says."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.contract import LONDON, chase_at, due_at, is_open
from bot.thresholds import Band, Pack

NO_CLOCK = "Your authority has not published a target for this."


@dataclass(frozen=True)
class Target:
    """MASH's aim for one referral. Times are None where the pack has no clock for the band.

    ``arrive_by``: when the referral must have arrived so that the clock can still be met (a tenth of it;
    proposed by us). ``chase_at``: when the sender should ring if nothing was heard.
    """

    due_at: datetime | None
    says: str
    unit_stated: bool
    out_of_hours: bool
    arrive_by: datetime | None = None
    chase_at: datetime | None = None


def target(pack: Pack, band: Band, received: datetime) -> Target:
    """The aim for a band received at a moment (with a time zone)."""
    clock, calendar = pack.clocks.get(band), pack.calendar
    if clock is None or calendar is None:
        return Target(None, NO_CLOCK, False, False)
    due, chase = due_at(received, clock, calendar), chase_at(received, clock, calendar)
    closed = not is_open(received, calendar)
    says = f"MASH aims to deal with it by {plain_time(due, received)} (a target, not a promise)."
    if not clock.unit_stated:
        says += f" If you have heard nothing by {plain_time(chase, received)}, ring."
    if closed:
        says += " MASH is probably closed now: if a child is not safe, do not wait."
    return Target(
        due_at=due,
        says=says,
        unit_stated=clock.unit_stated,
        out_of_hours=closed,
        arrive_by=received + max((due - received) / 10, timedelta(minutes=5)),
        chase_at=chase,
    )


def plain_time(moment: datetime, now: datetime) -> str:
    """A moment as people say it in London: "2:20pm today", "9am on Monday 14 September"."""
    local, today = moment.astimezone(LONDON), now.astimezone(LONDON).date()
    half = "am" if local.hour < 12 else "pm"
    clock = f"{local.hour % 12 or 12}{local:.%M}{half}".replace(".00", "").replace(".", ":")
    days = (local.date() - today).days
    if days in (0, 1):
        return f"{clock} {'today' if days == 0 else 'tomorrow'}"
    return f"{clock} on {local:%A} {local.day} {local:%B}"
