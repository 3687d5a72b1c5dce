"""After sending: what is added is assessed again and goes on the same reference; nothing is edited away."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.concerns import BadInput, Concerns, KeyUsedBefore, NotFound, NotNow
from bot.concerns.after_sending import STEP_UP_WORDS
from bot.concerns.following import CANNOT_FOLLOW, KEEP_RINGING, LEFT_BEHIND
from bot.contract import Information, Withdrawal
from bot.store import Store
from bot.store import outbox as kept_outbox
from bot.store import referrals as kept_referrals
from tests.concerns.conftest import Clock, School
from tests.concerns.test_concerns import opened, red

CALM = "His grandmother will collect him on Friday."
DANGER = "Her uncle is at the gate with a knife right now."


def amber(concerns: Concerns, school: School) -> str:
    """The reference of an Amber that was sent."""
    reply = opened(concerns, school)
    concerns.disagree(school.staff, reply.id, "amber", "I know this family.")
    return concerns.send(school.staff, reply.id).reference


def posted(store: Store, reference: str) -> list[tuple[str, dict[str, object]]]:
    """What follows the referral in the outbox, in order."""
    with store.read() as session:
        sent = kept_referrals.referral_by_reference(session, reference)
        additions = {one.id: one.document for one in kept_referrals.additions_of(session, sent.id)}
        rows = kept_outbox.outbox_of(session, sent.id)
        return [(row.kind, additions[row.addition_id]) for row in rows if row.addition_id]


def test_calm_information_goes_along_and_raises_nothing(
    concerns: Concerns, school: School, store: Store
) -> None:
    reference = amber(concerns, school)
    added = concerns.add_information(school.staff, reference, CALM)
    assert (added.before, added.now, added.step_up, added.step_up_offered) == ("amber", "amber", False, False)
    [(kind, document)] = posted(store, reference)
    assert kind == "information"
    assert Information.model_validate(document).words == CALM
    timeline = concerns.referral(school.staff, reference)
    assert [entry.says for entry in timeline.entries if entry.kind == "information"] == [CALM]


def test_words_that_reach_a_higher_band_put_it_before_mash_again(
    concerns: Concerns, school: School, store: Store
) -> None:
    reference = amber(concerns, school)
    added = concerns.add_information(school.staff, reference, DANGER)
    assert (added.before, added.now, added.step_up, added.ring_first) == ("amber", "red", True, True)
    assert "ring MASH" in added.say[1]
    [(_, document)] = posted(store, reference)
    assert document["risk_is_higher"] is True
    assert document["suggested"]["band"] == "red"  # type: ignore[index]
    timeline = concerns.referral(school.staff, reference)
    assert (timeline.band, timeline.band_now, timeline.step_up_offered) == ("amber", "red", False)


def test_danger_that_is_told_later_means_999_and_is_put_before_mash_also_in_a_red(
    concerns: Concerns, school: School, store: Store
) -> None:
    reference = concerns.send(school.staff, red(concerns, school).id).reference
    added = concerns.add_information(school.staff, reference, DANGER)
    assert (added.before, added.now, added.emergency, added.ring_first) == ("red", "red", True, True)
    assert "ring 999 first" in added.say[0]
    assert "ring MASH" in added.say[1]
    [(_, document)] = posted(store, reference)
    assert document["risk_is_higher"] is True
    assert not concerns.add_information(school.staff, reference, CALM).emergency


def test_who_was_to_tell_the_parents_hears_at_once_when_they_must_not_be_told_any_more(
    concerns: Concerns, school: School
) -> None:
    reference = amber(concerns, school)
    added = concerns.add_information(
        school.staff, reference, "She says dad hit her with a belt and she is afraid to go home."
    )
    assert any("do not tell them" in line for line in added.say)
    assert "do not tell them" in concerns.referral(school.staff, reference).parents


@pytest.mark.parametrize("call", [None, {}, {"outcome": "could not get through"}])
def test_a_red_says_ring_until_a_call_reached_somebody(
    concerns: Concerns, school: School, clock: Clock, call: dict[str, object] | None
) -> None:
    sent = concerns.send(school.staff, red(concerns, school).id, call=call)
    assert any("ring MASH now" in line for line in sent.say)
    waiting = concerns.referral(school.staff, sent.reference)
    assert KEEP_RINGING in waiting.say
    assert waiting.ring
    with pytest.raises(BadInput):
        concerns.note_call(school.staff, sent.reference, {"at": clock.now + timedelta(days=1)})
    rung = concerns.note_call(school.dsl, sent.reference, {"at": clock.now, "answered_by": "Ola at MASH"})
    assert (rung.say, rung.ring) == ([], None)
    assert any(entry.kind == "call" and "Ola at MASH" in entry.says for entry in rung.entries)


def test_a_call_that_has_not_been_yet_is_not_taken_for_one(
    concerns: Concerns, school: School, clock: Clock
) -> None:
    concern = red(concerns, school).id
    with pytest.raises(BadInput):
        concerns.send(school.staff, concern, call={"at": clock.now + timedelta(hours=1)})
    said = concerns.send(school.staff, concern, call={"answered_by": "Ola"}).say
    assert not any("ring MASH now" in line for line in said)


def test_what_is_added_and_does_not_reach_mash_has_its_sender_ring(
    concerns: Concerns, school: School, store: Store, clock: Clock
) -> None:
    reference = amber(concerns, school)
    with store.write() as session:
        sent = kept_referrals.referral_by_reference(session, reference)
        kept_outbox.settle_sent(session, kept_outbox.outbox_of(session, sent.id)[0].id, clock.now)
    concerns.add_information(school.staff, reference, DANGER)
    assert LEFT_BEHIND not in concerns.referral(school.staff, reference).say
    clock.now += timedelta(minutes=3)
    late = concerns.referral(school.staff, reference)
    assert LEFT_BEHIND in late.say
    assert late.ring
    with store.write() as session:
        [_, row] = kept_outbox.outbox_of(session, sent.id)
        kept_outbox.settle_dead(session, row.id, at=clock.now)
    assert CANNOT_FOLLOW in concerns.referral(school.staff, reference).say
    with store.write() as session:
        kept_outbox.settle_sent(session, row.id, clock.now)
    arrived = concerns.referral(school.staff, reference)
    assert (arrived.ring, arrived.say) == (None, [])


def test_danger_is_seen_also_where_it_was_ruled_out_before(concerns: Concerns, school: School) -> None:
    reply = opened(concerns, school)
    concerns.answer(school.staff, reply.id, "danger_now", "no")
    reference = concerns.send(school.staff, reply.id).reference
    assert concerns.add_information(school.staff, reference, DANGER).now == "red"


def test_where_the_sender_says_it_is_no_higher_a_step_up_is_offered(
    concerns: Concerns, school: School, store: Store
) -> None:
    reference = amber(concerns, school)
    added = concerns.add_information(school.staff, reference, DANGER, risk_is_higher=False)
    assert (added.step_up, added.step_up_offered) == (False, True)
    assert concerns.referral(school.staff, reference).step_up_offered
    assert concerns.step_up(school.staff, reference).step_up
    assert [document["risk_is_higher"] for _, document in posted(store, reference)] == [False, True]
    assert posted(store, reference)[1][1]["words"] == STEP_UP_WORDS
    assert not concerns.referral(school.staff, reference).step_up_offered
    with pytest.raises(NotNow):
        concerns.step_up(school.staff, reference)


def test_calm_words_never_lower_a_red(concerns: Concerns, school: School) -> None:
    reference = concerns.send(school.staff, red(concerns, school).id).reference
    added = concerns.add_information(school.staff, reference, CALM, risk_is_higher=False)
    assert (added.before, added.now, added.step_up_offered) == ("red", "red", False)


def test_the_same_key_adds_it_once(concerns: Concerns, school: School, store: Store) -> None:
    reference = amber(concerns, school)
    first = concerns.add_information(school.staff, reference, DANGER, key="k")
    again = concerns.add_information(school.staff, reference, DANGER, key="k")
    assert (again.before, again.now, again.step_up) == (first.before, first.now, first.step_up)
    assert again.emergency
    assert "ring 999 first" in again.say[0]
    assert len(posted(store, reference)) == 1
    with pytest.raises(KeyUsedBefore):
        concerns.add_information(school.staff, reference, CALM, key="k")
    with pytest.raises(BadInput):
        concerns.add_information(school.staff, reference, "  ")


def test_a_wrong_referral_is_withdrawn_in_sight(concerns: Concerns, school: School, store: Store) -> None:
    reference = amber(concerns, school)
    with pytest.raises(BadInput):
        concerns.withdraw(school.staff, reference, " ")
    timeline = concerns.withdraw(school.dsl, reference, "Sent twice by mistake.")
    assert [entry.says for entry in timeline.entries if entry.kind == "withdrawal"] == [
        "Sent twice by mistake."
    ]
    assert not timeline.may_withdraw
    [(kind, document)] = posted(store, reference)
    assert kind == "withdrawal"
    assert Withdrawal.model_validate(document).by == school.dsl.name
    with pytest.raises(NotNow):
        concerns.withdraw(school.staff, reference, "Again.")
    assert concerns.add_information(school.staff, reference, CALM).reference == reference


def test_nobody_else_adds_or_withdraws(concerns: Concerns, school: School) -> None:
    reference = amber(concerns, school)
    for who in (school.stranger, school.colleague):
        with pytest.raises(NotFound):
            concerns.add_information(who, reference, CALM)
        with pytest.raises(NotFound):
            concerns.withdraw(who, reference, "Wrong child.")
        with pytest.raises(NotFound):
            concerns.step_up(who, reference)


def test_a_late_answer_shows_the_steps_of_a_professional_disagreement(
    concerns: Concerns, school: School, store: Store, clock: Clock
) -> None:
    reference = amber(concerns, school)
    assert not concerns.referral(school.staff, reference).escalation
    with store.write() as session:
        sent = kept_referrals.referral_by_reference(session, reference)
        kept_outbox.settle_sent(session, kept_outbox.outbox_of(session, sent.id)[0].id, clock())
        assert sent.chase_at is not None
        clock.now = sent.chase_at + timedelta(minutes=1)
    late = concerns.referral(school.staff, reference)
    assert "999" in late.escalation[0]
    assert late.escalation_source


def test_danger_told_where_nothing_can_be_added_any_more_says_999_and_where_to_go(
    concerns: Concerns, school: School
) -> None:
    reply = opened(concerns, school)
    concerns.disagree(school.staff, reply.id, "amber", "I know this family.")
    concerns.send(school.staff, reply.id)
    with pytest.raises(NotNow, match=r"^If anyone is in danger now, ring 999 first.* Add information"):
        concerns.message(school.staff, reply.id, DANGER)
    with pytest.raises(NotNow, match=r"^This concern was sent or closed"):
        concerns.message(school.staff, reply.id, CALM)
