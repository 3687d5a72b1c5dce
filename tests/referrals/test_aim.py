"""By when MASH aims to act: a wall-clock time, said to be a target."""

from datetime import UTC, datetime, timedelta

from bot.referrals import target
from bot.referrals.aim import plain_time
from bot.thresholds import Band
from tests.referrals.drafts import small_pack

PACK = small_pack()
FRIDAY = datetime(2026, 11, 20, 14, 2, tzinfo=UTC)


def test_a_red_says_a_time_today() -> None:
    aim = target(PACK, Band.RED, FRIDAY)
    assert aim.due_at == FRIDAY + timedelta(hours=4)
    assert aim.says.startswith("MASH aims to deal with it by 6:02pm today (a target, not a promise).")
    assert not aim.unit_stated
    assert not aim.out_of_hours


def test_a_working_day_leaps_over_the_weekend() -> None:
    aim = target(PACK, Band.AMBER, FRIDAY)
    assert "2:02pm on Monday 23 November" in aim.says


def test_at_night_it_says_that_mash_is_closed() -> None:
    aim = target(PACK, Band.RED, datetime(2026, 11, 20, 22, 0, tzinfo=UTC))
    assert aim.out_of_hours
    assert "closed" in aim.says


def test_a_referral_must_arrive_long_before_its_time() -> None:
    aim = target(PACK, Band.RED, FRIDAY)
    assert aim.arrive_by == FRIDAY + timedelta(minutes=24)
    assert aim.chase_at is not None
    assert aim.chase_at <= FRIDAY + timedelta(hours=4)


def test_a_band_without_a_clock_promises_nothing() -> None:
    aim = target(PACK, Band.NONE, FRIDAY)
    assert (aim.due_at, aim.arrive_by) == (None, None)


def test_times_as_people_say_them() -> None:
    summer = datetime(2026, 7, 1, 8, 0, tzinfo=UTC)
    assert plain_time(summer, summer) == "9am today"
    assert plain_time(summer + timedelta(hours=3, minutes=5), summer) == "12:05pm today"
    assert plain_time(summer + timedelta(days=1), summer) == "9am tomorrow"
