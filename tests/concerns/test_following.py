"""What the school reads about a referral that MASH works on: its rating, its words, what is still due."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from bot.concerns import Concerns
from bot.concerns.timeline import Timeline
from bot.store import Store
from bot.store.events import NewEvent, store_event
from tests.concerns.conftest import Clock, School
from tests.concerns.test_after_sending import amber

FEEDBACK = "A social worker visits today. Keep her in school until then."


def told(store: Store, clock: Clock, reference: str, kind: str, **body: Any) -> None:
    """MASH tells one thing, an hour after the last."""
    clock.now += timedelta(hours=1)
    with store.write() as session:
        due = clock.now + timedelta(hours=3)
        event = NewEvent(f"{kind}-{clock.now:%H%M}", reference, kind, clock.now, due, body)
        assert store_event(session, event, clock.now) is not None


def last(timeline: Timeline) -> str:
    return timeline.entries[-1].says


def test_mashs_rating_is_shown_apart_from_what_the_school_said(
    concerns: Concerns, school: School, store: Store, clock: Clock
) -> None:
    reference = amber(concerns, school)
    assert concerns.referral(school.staff, reference).rated is None
    told(store, clock, reference, "rated", band="red", words="MASH has rated this Red.")
    told(store, clock, reference, "information_requested", words="MASH is asking other agencies.")
    timeline = concerns.referral(school.staff, reference)
    assert (timeline.band, timeline.rated) == ("amber", "red")
    assert timeline.due_at is not None
    told(store, clock, reference, "rated", band="green", words="MASH has rated this Green.")
    assert concerns.referral(school.staff, reference).rated == "green"


def test_mashs_words_are_shown_as_it_wrote_them(
    concerns: Concerns, school: School, store: Store, clock: Clock
) -> None:
    reference = amber(concerns, school)
    told(store, clock, reference, "screened")
    assert last(concerns.referral(school.staff, reference)) == "MASH has screened it."
    told(store, clock, reference, "decided", words=FEEDBACK, reasons=["Strategy discussion"])
    timeline = concerns.referral(school.staff, reference)
    assert (last(timeline), timeline.entries[-1].reasons) == (FEEDBACK, ["Strategy discussion"])


def test_after_the_decision_nobody_is_told_to_wait_for_it(
    concerns: Concerns, school: School, store: Store, clock: Clock
) -> None:
    reference = amber(concerns, school)
    told(store, clock, reference, "decided", words=FEEDBACK)
    assert concerns.referral(school.staff, reference).due_at is None
    told(store, clock, reference, "stepped_up", words="MASH is looking at it again.")
    again = concerns.referral(school.staff, reference)
    assert again.status == "stepped_up"
    assert again.due_at == clock.now + timedelta(hours=3)
