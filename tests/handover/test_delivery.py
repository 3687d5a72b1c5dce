"""Everything in the outbox reaches MASH exactly once, in order; what cannot is put before people."""

import threading
from collections import Counter
from datetime import timedelta
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from werkzeug import Response

from bot.handover import Courier, IntakeClient, Patience, Timeouts
from bot.store import Store
from bot.store.audit import audit_of, verify
from bot.store.notices import DEAD_LETTER, NO_ACCESS, notices_for
from bot.store.outbox import claim, deliveries_of, outbox_of, revive, undelivered
from bot.store.referrals import add_information, referral_by_reference
from bot.store.standing import standing
from bot.store.tables import Referral as ReferralTable
from tests.databases import NOW
from tests.faults.proxy import KINDS, Proxy
from tests.handover.conftest import Clock, MakeCourier
from tests.handover.reception import SECRET, Reception
from tests.store.schools import add_school, add_sent


def stand(store: Store, reference: str, clock: Clock) -> tuple[str, bool]:
    with store.read() as session:
        referral = referral_by_reference(session, reference)
        found = standing(referral, outbox_of(session, referral.id), [], clock())
    return found.state, found.ring


def test_a_referral_arrives_once_and_says_so(
    store: Store, courier_of: MakeCourier, reception: Reception, clock: Clock
) -> None:
    school = add_school(store)
    with store.write() as session:
        reference = add_sent(session, school.teacher)
    courier = courier_of(store)
    assert stand(store, reference, clock) == ("waiting", False)
    assert courier.deliver_next()
    assert not courier.deliver_next()
    assert stand(store, reference, clock) == ("received", False)
    with store.read() as session:
        referral = referral_by_reference(session, reference)
        assert reception.documents() == [referral.document]
        assert referral.due_at == NOW + timedelta(hours=4)
        assert [entry.action for entry in audit_of(session, school.organisation.id)] == ["referral_delivered"]
        assert verify(session) == []


def test_while_mash_is_down_the_sender_is_told_to_ring_and_it_arrives_when_it_is_back(
    store: Store, courier_of: MakeCourier, reception: Reception, clock: Clock
) -> None:
    school = add_school(store)
    with store.write() as session:
        reference = add_sent(session, school.teacher, arrive_by=NOW + timedelta(hours=4))
    courier = courier_of(store, patience=Patience(first=timedelta(seconds=10)))
    reception.next_answers = [Response(status=503), Response(status=500)]
    assert courier.deliver_next()
    assert not courier.deliver_next()
    assert stand(store, reference, clock) == ("delayed", True)
    clock.forward(timedelta(minutes=1))
    assert courier.deliver_next()
    clock.forward(timedelta(hours=4))
    assert stand(store, reference, clock) == ("late", True)
    assert courier.deliver_next()
    assert stand(store, reference, clock) == ("received", False)
    assert len(reception.kept) == 1
    with store.read() as session:
        [row] = outbox_of(session, referral_by_reference(session, reference).id)
        assert [tried.outcome for tried in deliveries_of(session, row.id)] == ["retry", "retry", "delivered"]


def test_what_they_refuse_is_put_before_sender_dsl_and_officer_and_can_be_sent_again(
    store: Store, courier_of: MakeCourier, reception: Reception, clock: Clock
) -> None:
    school = add_school(store)
    with store.write() as session:
        reference = add_sent(session, school.teacher)
    reception.next_answers = [Response(status=422)]
    courier = courier_of(store)
    assert courier.deliver_next()
    assert stand(store, reference, clock) == ("undeliverable", True)
    with store.read() as session:
        for person in (school.teacher, school.dsl):
            [notice] = notices_for(session, person.id)
            assert (notice.kind, notice.concern_id is not None) == (DEAD_LETTER, True)
        [notice] = notices_for(session, school.officer.id)
        assert (notice.kind, notice.concern_id, notice.referral_id) == (DEAD_LETTER, None, None)
        [row] = outbox_of(session, referral_by_reference(session, reference).id)
    with store.write() as session:
        revive(session, row.id, clock())
    assert courier.deliver_next()
    assert stand(store, reference, clock) == ("received", False)


def test_a_refused_sign_in_reaches_the_officer_once_a_day(
    store: Store, courier_of: MakeCourier, reception: Reception, clock: Clock
) -> None:
    school = add_school(store)
    with store.write() as session:
        add_sent(session, school.teacher)
    courier = courier_of(store, client=IntakeClient(reception.url, "school", "wrong"))
    for _ in range(3):
        assert courier.deliver_next()
        clock.forward(timedelta(minutes=1))
    with store.read() as session:
        assert [notice.kind for notice in notices_for(session, school.officer.id)] == [NO_ACCESS]


def test_after_days_of_trying_a_person_must_look(store: Store, courier_of: MakeCourier, clock: Clock) -> None:
    school = add_school(store)
    with store.write() as session:
        reference = add_sent(session, school.teacher)
    courier = courier_of(store, client=IntakeClient("http://127.0.0.1:9", "school", SECRET))
    clock.forward(timedelta(days=3, seconds=1))
    assert courier.deliver_next()
    assert stand(store, reference, clock) == ("undeliverable", True)


def test_a_referral_that_was_altered_in_the_database_is_never_sent(
    store: Store, courier_of: MakeCourier, reception: Reception, clock: Clock
) -> None:
    school = add_school(store)
    with store.write() as session:
        spoilt, sound = add_sent(session, school.teacher), add_sent(session, school.teacher)
        one, other = referral_by_reference(session, spoilt), referral_by_reference(session, sound)
        session.get_one(ReferralTable, one.id).document_sealed = other.document_sealed
    courier = courier_of(store)
    while courier.deliver_next():
        pass
    assert [document["reference"] for document in reception.documents()] == [sound]
    assert stand(store, spoilt, clock) == ("undeliverable", True)


def test_a_worker_that_died_after_sending_leaves_one_referral(
    store: Store, courier_of: MakeCourier, reception: Reception, client: IntakeClient, clock: Clock
) -> None:
    school = add_school(store)
    with store.write() as session:
        reference = add_sent(session, school.teacher)
    with store.write() as session:
        [row] = claim(session, worker="dead", now=clock(), lease=timedelta(seconds=45), limit=1)
    with store.read() as session:
        document = referral_by_reference(session, reference).document
    client.deliver("referral", reference, row.id, document)  # and then it was killed
    courier = courier_of(store)
    assert not courier.deliver_next()
    clock.forward(timedelta(seconds=45))
    assert courier.deliver_next()
    assert len(reception.kept) == 1
    assert stand(store, reference, clock) == ("received", False)


def test_information_and_withdrawal_follow_the_referral(
    store: Store, courier_of: MakeCourier, reception: Reception
) -> None:
    school = add_school(store)
    with store.write() as session:
        reference = add_sent(session, school.teacher)
        referral = referral_by_reference(session, reference)
        add_information(session, referral, {"words": "More."}, by=school.dsl.id, at=NOW)
        add_information(session, referral, {"reason": "Twice."}, by=school.dsl.id, at=NOW, kind="withdrawal")
    courier = courier_of(store)
    while courier.deliver_next():
        pass
    assert reception.asked == [
        "/v1/referrals", f"/v1/referrals/{reference}/information", f"/v1/referrals/{reference}/withdraw",
    ]  # fmt: skip


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    faults=st.lists(st.sampled_from([kind for kind in KINDS if kind != "slow"]), max_size=40),
    seed=st.integers(),
)
def test_whatever_the_network_does_each_arrives_once_and_in_order(
    sqlite_store: Store, reception: Reception, faults: list[str], seed: int
) -> None:
    reception.kept.clear()
    clock = Clock()
    queue = list(faults)
    school = add_school(sqlite_store, f"S{len(reception.asked)}-{seed}-{len(faults)}")
    references = []
    for number in range(4):
        with sqlite_store.write() as session:
            references.append(add_sent(session, school.teacher))
            if number % 2:
                referral = referral_by_reference(session, references[-1])
                add_information(session, referral, {"words": "More."}, by=school.dsl.id, at=clock())
    with Proxy(reception.url, lambda: queue.pop() if queue else "pass").running() as proxy:
        client = IntakeClient(proxy.url, "school", SECRET, timeouts=Timeouts(2, 2, 4))
        courier = Courier(sqlite_store, client, clock, Random(seed), "w")
        for _ in range(100):
            if not courier.deliver_next():
                clock.forward(timedelta(minutes=2))
            with sqlite_store.read() as session:
                if not undelivered(session):
                    break
        client.close()
    sent = Counter(document["reference"] for document in reception.documents() if "reference" in document)
    assert sent == Counter(references)
    order = list(reception.kept.values())
    for reference in (references[1], references[3]):
        own = next(at for at, (_, document) in enumerate(order) if document.get("reference") == reference)
        added = next(at for at, (path, _) in enumerate(order) if path.endswith(f"{reference}/information"))
        assert own < added


def test_many_workers_send_each_once(store: Store, courier_of: MakeCourier, reception: Reception) -> None:
    if not store.is_postgresql:
        pytest.skip("on SQLite one worker delivers")
    school = add_school(store)
    with store.write() as session:
        references = {add_sent(session, school.teacher) for _ in range(40)}

    def work(name: str) -> None:
        client = IntakeClient(reception.url, "school", SECRET)
        client._token = ("t1", 1e18)
        courier = courier_of(store, client=client, name=name)
        while courier.deliver_next():
            pass

    reception.tokens = 1
    threads = [threading.Thread(target=work, args=(f"w{number}",)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert {document["reference"] for document in reception.documents()} == references
    assert len(reception.asked) == 40
