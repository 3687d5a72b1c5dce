"""The school's side and the reference intake, walked from sending to feedback over real HTTP."""

from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest

from bot.contract import EXAMPLE
from bot.handover import Courier, IntakeClient, Throttled, Unauthorised, read_events
from bot.intake.attempts import MOST_OF_A_CLIENT
from bot.store import Store
from bot.store.events import events_of
from bot.store.outbox import outbox_of
from bot.store.referrals import (
    add_information,
    add_referral_with_outbox,
    new_reference,
    referral_by_reference,
)
from bot.store.standing import standing
from bot.thresholds import Band
from tests.intake.mash import MONDAY, SECRET, Mash
from tests.store.schools import School, add_case, add_school


@pytest.fixture
def mash(tmp_path: Path) -> Iterator[Mash]:
    from bot.intake.schema import migrate

    url = f"sqlite:///{tmp_path / 'mash' / 'intake.db'}"
    (tmp_path / "mash").mkdir()
    migrate(url)
    running = Mash(url, tmp_path / "mash")
    yield running
    running.close()


def sent(store: Store, school: School) -> str:
    reference = new_reference()
    with store.write() as session:
        concern = add_case(session, school.teacher, MONDAY)
        add_referral_with_outbox(
            session,
            concern,
            {**EXAMPLE, "reference": reference},
            reference=reference,
            sent_by=school.teacher.id,
            band=Band.RED,
            at=MONDAY,
        )
    return reference


def state(store: Store, reference: str) -> str:
    with store.read() as session:
        referral = referral_by_reference(session, reference)
        posted = outbox_of(session, referral.id)
        return standing(referral, posted, events_of(session, referral.id), MONDAY).state


def test_from_sending_to_rating_and_back(store: Store, mash: Mash) -> None:
    school = add_school(store)
    reference = sent(store, school)
    client = IntakeClient(mash.base, "demo-school", SECRET)
    courier = Courier(store, client, mash.clock, Random(1), "worker")
    assert courier.deliver_next()
    assert state(store, reference) == "received"

    mash.clock.move(minutes=20)
    mash.rated(reference, "red")
    with store.write() as session:
        referral = referral_by_reference(session, reference)
        add_information(session, referral, {"words": "The aunt rang."}, by=school.dsl.id, at=mash.clock())
        withdrawal = {"reason": "Sent twice."}
        add_information(session, referral, withdrawal, by=school.dsl.id, at=mash.clock(), kind="withdrawal")
    assert courier.deliver_next()
    assert courier.deliver_next()
    assert not courier.deliver_next()

    assert read_events(store, client, mash.clock()) == 5
    assert read_events(store, client, mash.clock()) == 0
    with store.read() as session:
        referral = referral_by_reference(session, reference)
        told = [event.type for event in events_of(session, referral.id)]
        assert referral.received_at == MONDAY
        assert referral.due_at is not None
    assert told == ["received", "screened", "rated", "information_added", "withdrawn"]
    client.close()


def test_a_school_with_a_wrong_secret_is_slowed_down_and_let_in_once_it_is_mended(mash: Mash) -> None:
    wrong = IntakeClient(mash.base, "demo-school", "a secret of last year")
    for _ in range(MOST_OF_A_CLIENT):
        with pytest.raises(Unauthorised):
            wrong.events(None)
    with pytest.raises(Throttled) as asked:
        wrong.events(None)
    mended = IntakeClient(mash.base, "demo-school", SECRET)
    mash.clock.move(seconds=asked.value.after.total_seconds())
    assert mended.events(None).events == []
    wrong.close()
    mended.close()


def test_delivering_again_after_a_crash_keeps_one(store: Store, mash: Mash) -> None:
    school = add_school(store)
    reference = sent(store, school)
    client = IntakeClient(mash.base, "demo-school", SECRET)
    with store.read() as session:
        referral = referral_by_reference(session, reference)
        [row] = outbox_of(session, referral.id)
        for _ in range(3):
            client.deliver("referral", reference, row.id, referral.document)
    assert Courier(store, client, mash.clock, Random(1), "worker").deliver_next()
    assert len(mash.sender().heard()) == 1
    client.close()
