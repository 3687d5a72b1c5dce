"""MASH's clock: weekends, bank holidays, clock changes, and what it is never allowed to do."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.contract import LONDON, Calendar, Clock, chase_at, due_at, is_open, next_opening, working_time

OFFICE = Calendar()
RED = Clock(4, "working_hours", overrun=True)


def london(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=LONDON)


@pytest.mark.parametrize(
    ("received", "clock", "due"),
    [
        # one afternoon
        ("2026-09-14 10:00", Clock(4, "working_hours"), "2026-09-14 14:00"),
        ("2026-09-14 10:00", Clock(24), "2026-09-15 10:00"),
        # over night and the weekend
        ("2026-09-18 16:00", Clock(4, "working_hours"), "2026-09-21 12:00"),
        ("2026-09-18 16:00", Clock(24, "working_hours"), "2026-09-23 16:00"),
        ("2026-09-19 11:00", Clock(1, "working_days"), "2026-09-22 09:00"),
        ("2026-09-18 16:00", Clock(1, "working_days"), "2026-09-21 16:00"),
        ("2026-09-18 16:00", Clock(3, "working_days"), "2026-09-23 16:00"),
        # a Red goes on after closing time, and starts when somebody is there to start it
        ("2026-09-18 16:00", RED, "2026-09-18 20:00"),
        ("2026-09-19 11:00", RED, "2026-09-21 13:00"),
        # Easter 2027: Good Friday 26 March, Monday 29 March; the clocks change on Sunday 28 March
        ("2027-03-25 16:00", Clock(4, "working_hours"), "2027-03-30 12:00"),
        ("2027-03-25 16:00", Clock(1, "working_days"), "2027-03-30 16:00"),
        ("2027-03-27 16:00", Clock(24), "2027-03-28 17:00"),
        # clocks go back on Sunday 25 October 2026
        ("2026-10-24 16:00", Clock(24), "2026-10-25 15:00"),
        ("2026-10-23 16:00", Clock(4, "working_hours"), "2026-10-26 12:00"),
        # Christmas 2026: Boxing Day is a Saturday, its substitute Monday the 28th
        ("2026-12-24 16:00", Clock(9, "working_hours"), "2026-12-29 17:00"),
    ],
)
def test_the_clock_of_an_office(received: str, clock: Clock, due: str) -> None:
    assert due_at(london(received), clock, OFFICE) == london(due)


def test_an_unstated_unit_is_chased_after_one_working_day_at_the_latest() -> None:
    unstated = Clock(72, "hours", unit_stated=False)
    assert due_at(london("2026-09-14 10:00"), unstated, OFFICE) == london("2026-09-17 10:00")
    assert chase_at(london("2026-09-14 10:00"), unstated, OFFICE) == london("2026-09-15 10:00")


def test_an_unstated_unit_is_chased_earlier_when_elapsed_time_is_earlier() -> None:
    unstated = Clock(4, "hours", unit_stated=False)
    assert chase_at(london("2026-09-18 16:00"), unstated, OFFICE) == london("2026-09-18 20:00")


def test_a_stated_unit_is_chased_when_it_is_due() -> None:
    assert chase_at(london("2026-09-18 16:00"), RED, OFFICE) == london("2026-09-18 20:00")


@pytest.mark.parametrize(
    ("clock", "calendar"),
    [
        (Clock(0), OFFICE),
        (Clock(1, "fortnights"), OFFICE),
        (Clock(1, "working_hours"), Calendar(weekdays=())),
        (Clock(1, "working_hours"), Calendar(opens="17:00", closes="09:00")),
        (Clock(1, "working_hours"), Calendar(bank_holidays="mars")),
    ],
)
def test_a_clock_that_means_nothing_is_refused(clock: Clock, calendar: Calendar) -> None:
    with pytest.raises(ValueError, match=r"clock|calendar|bank holidays"):
        due_at(london("2026-09-18 16:00"), clock, calendar)


def test_a_time_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        due_at(datetime(2026, 9, 18, 16), Clock(4), OFFICE)  # noqa: DTZ001


MOMENTS = st.datetimes(
    min_value=datetime(2024, 1, 1),  # noqa: DTZ001 - hypothesis adds the zone
    max_value=datetime(2032, 1, 1),  # noqa: DTZ001
    timezones=st.just(UTC),
)
CALENDARS = st.builds(
    Calendar,
    weekdays=st.sets(st.sampled_from(["mon", "tue", "wed", "thu", "fri", "sat", "sun"]), min_size=1).map(
        tuple
    ),
    opens=st.sampled_from(["00:00", "08:45", "09:00"]),
    closes=st.sampled_from(["16:15", "17:00", "23:59"]),
    bank_holidays=st.sampled_from(["england-and-wales", ""]),
)
CLOCKS = st.builds(
    Clock,
    within=st.integers(1, 80),
    unit=st.sampled_from(["hours", "working_hours", "working_days"]),
    unit_stated=st.booleans(),
    overrun=st.booleans(),
)


@given(MOMENTS, CLOCKS, CALENDARS)
def test_it_is_due_after_it_came_and_chased_no_later_than_due(
    received: datetime, clock: Clock, calendar: Calendar
) -> None:
    due = due_at(received, clock, calendar)
    assert received < chase_at(received, clock, calendar) <= due


@given(MOMENTS, st.timedeltas(timedelta(), timedelta(days=9)), CLOCKS, CALENDARS)
def test_what_comes_later_is_never_due_earlier(
    received: datetime, later: timedelta, clock: Clock, calendar: Calendar
) -> None:
    assert due_at(received, clock, calendar) <= due_at(received + later, clock, calendar)


@given(MOMENTS, st.integers(1, 80), CALENDARS)
def test_working_hours_use_up_exactly_that_much_opening_time(
    received: datetime, hours: int, calendar: Calendar
) -> None:
    due = due_at(received, Clock(hours, "working_hours"), calendar)
    assert working_time(received, due, calendar) == timedelta(hours=hours)


@given(MOMENTS, CLOCKS, CALENDARS)
def test_overrun_never_makes_it_later(received: datetime, clock: Clock, calendar: Calendar) -> None:
    overrunning = Clock(clock.within, clock.unit, clock.unit_stated, overrun=True)
    stopping = Clock(clock.within, clock.unit, clock.unit_stated, overrun=False)
    assert due_at(received, overrunning, calendar) <= due_at(received, stopping, calendar)


@given(MOMENTS, CALENDARS)
def test_the_next_opening_is_open_and_nothing_before_it_is(moment: datetime, calendar: Calendar) -> None:
    opening = next_opening(moment, calendar)
    assert is_open(opening, calendar)
    assert working_time(moment, opening, calendar) == timedelta()


@given(MOMENTS, CLOCKS, CALENDARS)
def test_the_zone_that_a_moment_is_told_in_does_not_matter(
    received: datetime, clock: Clock, calendar: Calendar
) -> None:
    assert due_at(received, clock, calendar) == due_at(received.astimezone(LONDON), clock, calendar)
