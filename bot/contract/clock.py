"""When MASH's target runs out: elapsed hours, working hours or working days from receipt.

"24 hours" is tomorrow as elapsed time and three days later as working hours of an eight-hour day, so a clock
always says its unit. Everything is counted in UTC; the calendar's opening times are wall-clock times in
London, so the clock changes, weekends, Easter and Christmas come out right. A target is MASH's aim, not a
promise.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import Protocol
from zoneinfo import ZoneInfo

import holidays

LONDON = ZoneInfo("Europe/London")
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
UNITS = ("hours", "working_hours", "working_days")
ONE_DAY = timedelta(days=1)


class AnyClock(Protocol):
    """MASH's target for one band. A threshold pack's clock fits as it is."""

    @property
    def within(self) -> float: ...
    @property
    def unit(self) -> str: ...
    @property
    def unit_stated(self) -> bool: ...
    @property
    def overrun(self) -> bool: ...


class AnyCalendar(Protocol):
    """When MASH works. A threshold pack's calendar fits as it is."""

    @property
    def weekdays(self) -> Sequence[str]: ...
    @property
    def opens(self) -> str: ...
    @property
    def closes(self) -> str: ...
    @property
    def bank_holidays(self) -> str: ...


@dataclass(frozen=True)
class Clock:
    """How long MASH gives itself, from receipt.

    `unit` is `hours` (elapsed), `working_hours` or `working_days`; `unit_stated` is false where the
    authority's paper only says "24 hours" and nobody can tell which. With `overrun`, work that has begun goes
    on after closing time.
    """

    within: float
    unit: str = "hours"
    unit_stated: bool = True
    overrun: bool = False


@dataclass(frozen=True)
class Calendar:
    """Opening times of MASH in London wall-clock time; closed on bank holidays of England."""

    weekdays: tuple[str, ...] = ("mon", "tue", "wed", "thu", "fri")
    opens: str = "09:00"
    closes: str = "17:00"
    bank_holidays: str = "england-and-wales"


def due_at(received: datetime, clock: AnyClock, calendar: AnyCalendar) -> datetime:
    """The moment (UTC) by which MASH means to have dealt with it.

    Working time starts at receipt, or at the next opening when it arrived while MASH was closed.
    """
    if clock.within <= 0:
        raise ValueError("a clock must allow more than no time")
    if clock.unit == "hours":
        return _utc(received) + timedelta(hours=clock.within)
    if clock.unit == "working_hours":
        return _after_working_hours(received, timedelta(hours=clock.within), clock.overrun, calendar)
    if clock.unit == "working_days":
        return _after_working_days(received, round(clock.within), calendar)
    raise ValueError(f"a clock counts in one of {', '.join(UNITS)}")


def chase_at(received: datetime, clock: AnyClock, calendar: AnyCalendar) -> datetime:
    """When the sender should ring if nothing was heard.

    Where the authority does not state its unit: the earlier of elapsed time and one working day.
    """
    due = due_at(received, clock, calendar)
    return due if clock.unit_stated else min(due, _after_working_days(received, 1, calendar))


def is_open(moment: datetime, calendar: AnyCalendar) -> bool:
    """Whether MASH is at work at that moment."""
    return any(start <= _utc(moment) < end for start, end in _opening_on(_london_day(moment), calendar))


def next_opening(moment: datetime, calendar: AnyCalendar) -> datetime:
    """That moment when MASH is open, else the moment (UTC) at which it opens next."""
    start, _ = next(_openings_from(moment, calendar))
    return start


def working_time(since: datetime, until: datetime, calendar: AnyCalendar) -> timedelta:
    """How much opening time lies between two moments; nothing when they are in the wrong order."""
    end_of_count, total = _utc(until), timedelta()
    if end_of_count <= _utc(since):
        return total
    for start, end in _openings_from(since, calendar):
        if start >= end_of_count:
            break
        total += min(end, end_of_count) - start
    return total


def _after_working_hours(
    received: datetime, amount: timedelta, overrun: bool, calendar: AnyCalendar
) -> datetime:
    left = amount
    for start, end in _openings_from(received, calendar):
        if overrun or start + left <= end:
            return start + left
        left -= end - start
    raise AssertionError("openings never end")


def _after_working_days(received: datetime, amount: int, calendar: AnyCalendar) -> datetime:
    """The same time of day, so many working days later."""
    begun = next_opening(received, calendar).astimezone(LONDON)
    day, left = begun.date(), max(amount, 1)
    while left:
        day += ONE_DAY
        left -= bool(_opening_on(day, calendar))
    return _utc(datetime.combine(day, begun.time(), LONDON))


def _openings_from(moment: datetime, calendar: AnyCalendar) -> Iterator[tuple[datetime, datetime]]:
    """The rest of today's opening time, then every later one."""
    now, day = _utc(moment), _london_day(moment)
    while True:
        for start, end in _opening_on(day, calendar):
            if end > now:
                yield max(start, now), end
        day += ONE_DAY


def _opening_on(day: date, calendar: AnyCalendar) -> list[tuple[datetime, datetime]]:
    opens, closes, weekdays = _times(calendar.opens, calendar.closes, tuple(calendar.weekdays))
    if WEEKDAYS[day.weekday()] not in weekdays or _is_holiday(day, calendar.bank_holidays):
        return []
    return [(_utc(datetime.combine(day, opens, LONDON)), _utc(datetime.combine(day, closes, LONDON)))]


@lru_cache(maxsize=64)
def _times(opens: str, closes: str, weekdays: tuple[str, ...]) -> tuple[time, time, frozenset[str]]:
    """The calendar's opening time as times; one that never opens would count for ever."""
    start, end = time.fromisoformat(opens), time.fromisoformat(closes)
    known = frozenset(weekdays) & frozenset(WEEKDAYS)
    if start >= end or not known:
        raise ValueError("a calendar must open on at least one weekday, and open before it closes")
    return start, end, known


@lru_cache(maxsize=4)
def _bank_holidays(region: str) -> holidays.HolidayBase:
    if region != "england-and-wales":
        raise ValueError("bank holidays are known for england-and-wales, or empty for none")
    return holidays.country_holidays("GB", subdiv="ENG")


def _is_holiday(day: date, region: str) -> bool:
    return bool(region) and day in _bank_holidays(region)


def _london_day(moment: datetime) -> date:
    return _utc(moment).astimezone(LONDON).date()


def _utc(moment: datetime) -> datetime:
    if moment.tzinfo is None:
        raise ValueError("a time without a time zone means no moment")
    return moment.astimezone(UTC)
