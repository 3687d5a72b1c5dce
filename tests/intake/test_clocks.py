"""MASH's targets over the API, as an authority sets them: opening times, bank holidays, the clock change."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from bot.contract import LONDON, Clock
from bot.intake.settings import Clocks
from tests.intake.mash import Mash

WORKING = Clocks(
    red=Clock(4, "working_hours", overrun=True),
    amber=Clock(1, "working_days"),
    green=Clock(72, "hours"),
)


def london(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=LONDON)


@pytest.mark.parametrize(
    ("sent", "band", "due"),
    [
        ("2026-09-18 16:00", "red", "2026-09-18 20:00"),  # a Red that was begun goes on after closing time
        ("2026-09-19 11:00", "red", "2026-09-21 13:00"),  # on a Saturday
        ("2026-09-18 16:00", "amber", "2026-09-21 16:00"),
        ("2027-03-25 16:30", "amber", "2027-03-30 16:30"),  # the Thursday before Easter
        ("2027-03-26 10:00", "red", "2027-03-30 13:00"),  # Good Friday
        ("2027-03-27 16:00", "green", "2027-03-30 17:00"),  # elapsed hours over the clock change
        ("2026-10-24 16:00", "green", "2026-10-27 15:00"),
    ],
)
def test_the_target_is_counted_from_receipt_in_the_units_of_the_authority(
    mash: Mash, sent: str, band: str, due: str
) -> None:
    mash.services.settings.intake_clocks = WORKING
    mash.clock.at = london(sent).astimezone(UTC)
    school = mash.sender()
    reference = school.send(suggested={"band": band})
    told = school.get(f"/v1/referrals/{reference}").json()
    assert datetime.fromisoformat(told["due_at"]) == london(due)
    assert datetime.fromisoformat(school.heard()[-1]["due_at"]) == london(due)


def test_who_sends_while_mash_is_closed_is_told_who_is_there(mash: Mash) -> None:
    mash.clock.at = london("2027-03-26 10:00").astimezone(UTC)
    school = mash.sender()
    school.send()
    words = school.heard()[-1]["words"]
    assert "MASH is closed now and opens at 9:00am on Tuesday 30 March" in words
    assert "emergency duty team" in words


def test_due_and_overdue_are_seen_at_a_glance(mash: Mash) -> None:
    school = mash.sender()
    school.send(suggested={"band": "red"})
    school.send(suggested={"band": "amber"})
    mash.clock.move(hours=5)
    page = mash.sign_in("screening").page("/queue")
    assert "To screen (2, 1 overdue )" in page
    assert "Overdue by 1 h 0 min" in page and "19 h 0 min left" in page
