"""A referral and its outbox row are kept together; rows are leased to one worker; events are kept once."""

import re
import threading
from datetime import timedelta
from itertools import permutations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.store import NotThere, Outbox, Referral, StatusEvent, Store
from bot.store.events import NewEvent, cursor, events_of, store_page
from bot.store.outbox import claim, outbox_of, revive, settle_dead, settle_later, settle_sent
from bot.store.referrals import (
    add_information,
    document_digest,
    new_reference,
    referral_by_reference,
    referral_seen_by,
)
from bot.store.standing import standing
from tests.databases import NOW
from tests.store.schools import add_school, add_sent

LEASE = timedelta(minutes=1)
MINUTE = timedelta(minutes=1)


def sent(store: Store, count: int = 1) -> list[str]:
    school = add_school(store)
    references = []
    for _ in range(count):
        with store.write() as session:
            references.append(add_sent(session, school.teacher))
    return references


def claimed(store: Store, worker: str, after: timedelta = timedelta(), limit: int = 10) -> list[Outbox]:
    with store.write() as session:
        return claim(session, worker=worker, now=NOW + after, lease=LEASE, limit=limit)


def test_references_can_be_read_aloud_and_not_guessed() -> None:
    references = {new_reference() for _ in range(1000)}
    assert len(references) == 1000
    assert all(re.fullmatch(r"R(-[0-9A-HJKMNP-TV-Z]{4}){3}", reference) for reference in references)


def test_a_referral_is_kept_with_its_outbox_row_or_not_at_all(store: Store) -> None:
    school = add_school(store)
    with pytest.raises(RuntimeError), store.write() as session:
        lost = add_sent(session, school.teacher)
        raise RuntimeError
    with store.read() as session, pytest.raises(NotThere):
        referral_by_reference(session, lost)
    assert claimed(store, "w") == []


def test_what_was_sent_is_kept_as_it_was(store: Store) -> None:
    [reference] = sent(store)
    with store.read() as session:
        referral = referral_by_reference(session, reference.lower())
        assert referral.document["reference"] == reference
        assert document_digest(referral.document) == referral.body_digest
        assert [row.kind for row in outbox_of(session, referral.id)] == ["referral"]


def test_a_referral_is_seen_by_those_who_see_its_concern(store: Store) -> None:
    school = add_school(store)
    with store.write() as session:
        reference = add_sent(session, school.teacher)
    with store.read() as session:
        assert referral_seen_by(session, school.dsl, reference).reference == reference
        with pytest.raises(NotThere):
            referral_seen_by(session, school.colleague, reference)


def test_a_row_is_leased_to_one_worker_until_the_lease_runs_out(store: Store) -> None:
    sent(store, 3)
    first = claimed(store, "a", limit=2)
    second = claimed(store, "b")
    assert (len(first), len(second)) == (2, 1)
    assert claimed(store, "c") == []
    again = claimed(store, "c", after=LEASE)
    assert {row.id for row in again} == {row.id for row in first + second}
    assert {row.attempts for row in again} == {2}


def test_a_worker_whose_lease_passed_on_does_not_postpone(store: Store) -> None:
    sent(store)
    [row] = claimed(store, "a")
    claimed(store, "b", after=LEASE)
    with store.write() as session:
        assert not settle_later(session, row.id, worker="a", due_at=NOW + 9 * LEASE)
        assert settle_later(session, row.id, worker="b", due_at=NOW + 2 * LEASE)
        assert settle_sent(session, row.id, NOW)  # a's answer came after all: it is there
        assert not settle_sent(session, row.id, NOW)
    assert claimed(store, "b", after=10 * LEASE) == []


def test_a_dead_row_waits_for_a_person_and_can_be_tried_again(store: Store) -> None:
    sent(store)
    [row] = claimed(store, "a")
    with store.write() as session:
        assert settle_dead(session, row.id, at=NOW)
    assert claimed(store, "a", after=LEASE) == []
    with store.write() as session:
        assert revive(session, row.id, NOW + LEASE)
        assert not revive(session, row.id, NOW + LEASE)
    assert [again.id for again in claimed(store, "a", after=LEASE)] == [row.id]


def test_what_follows_a_referral_waits_until_it_was_sent(store: Store) -> None:
    [reference] = sent(store)
    with store.write() as session:
        referral = referral_by_reference(session, reference)
        for text in ("first", "second"):
            add_information(session, referral, {"text": text}, by=referral.sent_by, at=NOW)
    order = []
    for _ in range(3):
        [row] = claimed(store, "a")
        order.append(row.number)
        with store.write() as session:
            settle_sent(session, row.id, NOW)
    assert order == [1, 2, 3]


def test_what_is_dead_holds_nothing_back_but_the_referral_itself_does(store: Store) -> None:
    [reference] = sent(store)
    with store.write() as session:
        referral = referral_by_reference(session, reference)
        for text in ("refused", "step-up"):
            add_information(session, referral, {"text": text}, by=referral.sent_by, at=NOW)
    [own] = claimed(store, "a")
    with store.write() as session:
        settle_dead(session, own.id, at=NOW)
    assert claimed(store, "a") == []
    with store.write() as session:
        settle_sent(session, own.id, NOW)
    [refused] = claimed(store, "a")
    with store.write() as session:
        settle_dead(session, refused.id, at=NOW)
    assert [row.number for row in claimed(store, "a")] == [3]


def test_many_workers_claim_each_row_once(store: Store) -> None:
    sent(store, 30)
    taken: list[str] = []

    def work(name: str) -> None:
        while rows := claimed(store, name, limit=2):
            taken.extend(row.id for row in rows)

    threads = [threading.Thread(target=work, args=(f"w{number}",)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(taken) == len(set(taken)) == 30


@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(pages=st.lists(st.lists(st.integers(0, 8), max_size=5), max_size=6))
def test_each_event_is_kept_once_in_the_order_it_first_came(
    sqlite_store: Store, pages: list[list[int]]
) -> None:
    feed = new_reference()
    first: list[str] = []
    for number, page in enumerate(pages):
        events = [NewEvent(f"{feed}-{event}", feed, "rated", NOW) for event in page]
        with sqlite_store.write() as session:
            before = cursor(session, feed)
            new = store_page(session, feed, events, read_after=before, upto=str(number), now=NOW)
            fresh = [event.event_id for event in events if event.event_id not in first]
            assert [event.event_id for event in new] == list(dict.fromkeys(fresh))
            first += list(dict.fromkeys(fresh))
            assert cursor(session, feed) == str(number)


def test_two_workers_reading_one_feed_keep_it_once_and_never_move_it_back(store: Store) -> None:
    [reference] = sent(store)
    pages = [[NewEvent(f"e{page}-{n}", reference, "screened", NOW) for n in range(3)] for page in range(5)]

    def follow() -> None:
        for number, page in enumerate(pages, start=1):
            with store.write() as session:
                store_page(
                    session,
                    "feed",
                    page,
                    read_after=None if number == 1 else str(number - 1),
                    upto=str(number),
                    now=NOW,
                )

    threads = [threading.Thread(target=follow) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with store.read() as session:
        referral = referral_by_reference(session, reference)
        events = events_of(session, referral.id)
        assert [event.event_id for event in events] == [event.event_id for page in pages for event in page]
        assert cursor(session, "feed") == "5"


def test_the_intakes_times_go_to_the_referral(store: Store) -> None:
    [reference] = sent(store)
    due = NOW + timedelta(hours=4)
    with store.write() as session:
        event = NewEvent("e1", reference, "received", NOW, due, {"words": "Thank you."})
        store_page(session, "feed", [event], read_after=None, upto="1", now=NOW)
    with store.read() as session:
        referral = referral_by_reference(session, reference)
        assert (referral.received_at, referral.due_at) == (NOW, due)
        assert events_of(session, referral.id)[0].body == {"words": "Thank you."}


def moments(**times: timedelta | None) -> tuple[Referral, Outbox]:
    """A referral sent now and its outbox row, with these times (after now)."""
    at = {name: None if after is None else NOW + after for name, after in times.items()}
    referral = Referral(created_at=NOW, arrive_by=at.get("arrive_by"), chase_at=at.get("chase_at"))
    posted = Outbox(
        created_at=NOW,
        due_at=at.get("due_at") or NOW,
        attempts=1,
        sent_at=at.get("sent_at"),
        dead_at=at.get("dead_at"),
    )
    return referral, posted


@pytest.mark.parametrize(
    ("times", "state", "ring"),
    [
        ({}, "waiting", False),
        ({"due_at": MINUTE}, "delayed", True),
        ({"arrive_by": MINUTE}, "waiting", False),
        ({"arrive_by": timedelta()}, "late", True),
        ({"due_at": 2 * MINUTE, "arrive_by": 2 * MINUTE}, "late", True),
        ({"dead_at": MINUTE}, "undeliverable", True),
        ({"sent_at": MINUTE, "arrive_by": timedelta()}, "received", False),
    ],
)
def test_the_standing_follows_from_the_times(times: dict[str, timedelta], state: str, ring: bool) -> None:
    referral, posted = moments(**times)
    found = standing(referral, [posted], [], NOW)
    assert (found.state, found.ring) == (state, ring)


@pytest.mark.parametrize(
    ("told", "state"),
    [
        (["received"], "received"),
        (["received", "screened", "rated", "information_requested", "rated"], "information_requested"),
        (["received", "screened", "rated", "stepped_up"], "stepped_up"),
        (["received", "screened", "rated", "stepped_up", "rated"], "rated"),
        (["received", "rated", "decided", "information_added"], "decided"),
        (["received", "rated", "decided", "information_added", "stepped_up"], "stepped_up"),
        (["received", "rated", "decided", "stepped_up", "rated", "decided", "closed"], "closed"),
        (["received", "withdrawn"], "withdrawn"),
        (["received", "withdrawn", "screened", "rated"], "withdrawn"),
        (["received", "withdrawn", "rated", "decided"], "decided"),
        (["received", "rated", "decided", "withdrawn"], "withdrawn"),
        (["received", "withdrawn", "stepped_up", "rated"], "rated"),
    ],
)
def test_what_mash_did_last_is_where_it_stands(told: list[str], state: str) -> None:
    """Also when MASH takes up again what it had decided, or goes on in spite of a wish to withdraw."""
    referral, posted = moments(sent_at=MINUTE)
    events = [
        StatusEvent(type=kind, at=NOW + number * MINUTE, number=number)
        for number, kind in enumerate(told, start=1)
    ]
    assert standing(referral, [posted], events, NOW + 60 * MINUTE).state == state


def test_a_row_that_nobody_picks_up_is_delayed(store: Store) -> None:
    referral, posted = moments()
    assert standing(referral, [posted], [], NOW + 3 * MINUTE).state == "delayed"


@pytest.mark.parametrize(
    ("happened", "state", "chase"),
    [
        (["received", "screened", "rated"], "rated", False),
        (["received", "decided", "stepped_up"], "stepped_up", True),
        (["received", "decided", "stepped_up", "information_added"], "stepped_up", True),
        (["received", "decided", "stepped_up", "rated"], "rated", False),
        (["received", "withdrawn"], "withdrawn", False),
        (["received", "rated", "withdrawn"], "withdrawn", False),
        (["received", "withdrawn", "decided", "closed"], "closed", False),
        (["received", "withdrawn", "stepped_up"], "stepped_up", True),
        (["received", "a_kind_of_a_later_release"], "received", True),
    ],
)
def test_the_standing_is_what_mash_did_last_in_whatever_order_it_is_heard(
    happened: list[str], state: str, chase: bool
) -> None:
    referral = Referral(created_at=NOW, received_at=NOW, chase_at=NOW)
    posted = Outbox(created_at=NOW, due_at=NOW, attempts=1, sent_at=NOW)
    events = [
        StatusEvent(type=kind, at=NOW + number * MINUTE, number=number)
        for number, kind in enumerate(happened)
    ]
    for heard in permutations(events):
        found = standing(referral, [posted], heard, NOW + 60 * MINUTE)
        assert (found.state, found.chase) == (state, chase)
