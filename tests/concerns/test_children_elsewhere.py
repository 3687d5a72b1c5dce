"""Children under different authorities: each judged by that one's thresholds, and one referral for each."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.concerns import BadInput, Concerns, NotFound, NotNow, Reply
from bot.contract import Referral as Body
from bot.handover.watch import watch_unsent
from bot.referrals import referral_pdf
from bot.store import Store
from bot.store import audit as kept_audit
from bot.store import by_hand as kept_by_hand
from bot.store import notices as kept_notices
from bot.store import outbox as kept_outbox
from bot.store import referrals as kept_referrals
from tests.concerns.conftest import Clock, School
from tests.concerns.test_concerns import opened

HOME = "home_authority"
ELSEWHERE = ["lives_elsewhere"]
GLOUCESTERSHIRE = "Gloucestershire County Council"


def finished(concerns: Concerns, school: School, concern: str) -> tuple[Reply, list[tuple[str, str | None]]]:
    """Answer what is asked with “we don't know”, up to where a child lives; and what was asked."""
    reply, asked = concerns.read(school.staff, concern), []
    while (question := reply.question) is not None:
        asked.append((question.id, question.child))
        if question.id == HOME:
            break
        value: str | list[str] = ["not_known"] if question.kind == "many" else "not_known"
        reply = concerns.answer(school.staff, concern, question.id, value, question.child or "")
    return reply, asked


def siblings(concerns: Concerns, school: School) -> str:
    """A neglected child who lives here and a neglected sibling who lives elsewhere; nobody asked where."""
    concern = opened(concerns, school).id
    concerns.answer(school.staff, concern, "danger_now", "no")
    concerns.answer(school.staff, concern, "categories", ["neglect"])
    concerns.add_child(school.staff, concern, "sibling", name="Ben Unsaid")
    for child in ("c1", "c2"):
        concerns.answer(school.staff, concern, "neglect_signs", ["often_unmet"], child)
    concerns.answer(school.staff, concern, "about_child", ["none"], "c1")
    concerns.answer(school.staff, concern, "about_child", ELSEWHERE, "c2")
    return concern


def only_child(concerns: Concerns, school: School, danger: str = "no") -> str:
    """A neglected child who lives elsewhere, alone in the concern."""
    concern = opened(concerns, school).id
    concerns.answer(school.staff, concern, "danger_now", danger)
    concerns.answer(school.staff, concern, "categories", ["neglect"])
    concerns.answer(school.staff, concern, "neglect_signs", ["often_unmet"])
    concerns.answer(school.staff, concern, "about_child", ELSEWHERE)
    return concern


def waiting(store: Store) -> list[str]:
    """The references in the outbox."""
    with store.read() as session:
        return [
            kept_referrals.get_referral(session, row.referral_id).reference
            for row in kept_outbox.undelivered(session)
        ]


def actions(store: Store, school: School) -> list[str]:
    """What the audit trail of the school says."""
    with store.read() as session:
        return [entry.action for entry in kept_audit.audit_of(session, school.staff.organisation_id)]


def test_where_a_child_lives_is_asked_last_and_only_of_who_lives_elsewhere(
    concerns: Concerns, school: School
) -> None:
    concern = siblings(concerns, school)
    reply, asked = finished(concerns, school, concern)
    assert [one for one in asked if one[0] == HOME] == [(HOME, "c2")]
    assert asked[-1] == (HOME, "c2")
    assert reply.question is not None
    offered = [option.value for option in reply.question.options]
    assert offered == ["herefordshire", "other", "not_sure", "not_known"]
    assert "find-local-council" in reply.question.why
    here, away = reply.homes
    assert (here.child, here.elsewhere, here.authority, here.pack.name) == (
        "c1", False, "City of Wolverhampton Council", "wolverhampton",
    )  # fmt: skip
    assert (away.child, away.elsewhere, away.authority, away.pack.name) == ("c2", True, "", "england")


def test_siblings_across_a_border_become_two_referrals_and_one_outbox_row(
    concerns: Concerns, school: School, store: Store
) -> None:
    concern = siblings(concerns, school)
    finished(concerns, school, concern)
    reply = concerns.answer(school.staff, concern, HOME, "herefordshire", "c2")
    reply, _ = finished(concerns, school, concern)
    assert reply.done
    assert (reply.homes[1].authority, reply.homes[1].pack.name) == ("Herefordshire Council", "herefordshire")
    assert reply.homes[1].contacts[0].label == "Herefordshire MASH"
    assert reply.homes[1].contacts[0].phone == ""
    assert "number not published" in reply.homes[1].contacts[0].says
    assert any("Child 2" in said and "Herefordshire Council" in said for said in reply.messages)
    sent = concerns.send(school.staff, concern)
    own, away = sent.referrals
    assert (sent.reference, sent.status) == (own.reference, "waiting")
    assert (own.by_hand, own.children) == (False, ["c1"])
    assert (away.by_hand, away.children, away.authority) == (True, ["c2"], "Herefordshire Council")
    assert waiting(store) == [own.reference]
    assert concerns.send(school.staff, concern).reference == own.reference
    bodies = [concerns.referral_document(school.staff, one.reference) for one in (own, away)]
    assert [[child["id"] for child in body["children"]] for body in bodies] == [["c1"], ["c2"]]
    assert [body["suggested"]["pack"]["name"] for body in bodies] == ["wolverhampton", "herefordshire"]
    assert [body["authority"] for body in bodies] == ["336", "884"]
    assert [body["related"] for body in bodies] == [[away.reference], [own.reference]]
    assert {one["child"] for one in bodies[1]["suggested"]["criteria"]} == {"c2"}
    for body in bodies:
        Body.model_validate(body)
    assert concerns.read(school.staff, concern).reference == own.reference
    assert concerns.mine(school.staff)[0].referrals[1].reference == away.reference


def test_each_child_is_judged_by_the_pack_of_where_it_lives(concerns: Concerns, school: School) -> None:
    concern = siblings(concerns, school)
    concerns.answer(school.staff, concern, "danger_now", "yes")
    before = {duty.duty for duty in concerns.read(school.staff, concern).duties}
    reply = concerns.answer(school.staff, concern, HOME, "herefordshire", "c2")
    assert "written_form" not in before  # Herefordshire's own duty after a Red
    assert [duty.child for duty in reply.duties if duty.duty == "written_form"] == ["c2"]
    assert reply.assessments["c2"].route == "red"


def test_an_authority_without_a_pack_gives_the_base_the_telephone_and_a_pdf(
    concerns: Concerns, school: School, store: Store, clock: Clock
) -> None:
    concern = only_child(concerns, school)
    reply = concerns.answer(school.staff, concern, HOME, GLOUCESTERSHIRE)
    assert (reply.homes[0].authority, reply.homes[0].pack.name) == (GLOUCESTERSHIRE, "england")
    assert GLOUCESTERSHIRE in reply.homes[0].says
    sent = concerns.send(school.staff, concern)
    assert (sent.status, len(sent.referrals), waiting(store)) == ("to_hand_over", 1, [])
    assert any("does not go by itself" in line for line in sent.say)
    document, to = concerns.referral_for_file(school.staff, sent.reference)
    assert to == GLOUCESTERSHIRE
    assert "authority" not in document
    assert referral_pdf(document, to).startswith(b"%PDF-")
    shown = concerns.referral(school.staff, sent.reference)
    assert (shown.status, shown.by_hand, shown.authority) == ("to_hand_over", True, GLOUCESTERSHIRE)
    assert shown.ring is not None
    assert "number not published" in shown.ring
    clock.pass_by(minutes=10)
    call = {"at": clock(), "answered_by": "Ola", "outcome": "spoke"}
    rung = concerns.note_call(school.staff, sent.reference, call)
    assert rung.status == "to_hand_over"
    assert any(entry.kind == "call" and "Ola" in entry.says for entry in rung.entries)
    done = concerns.handed_over(school.dsl, sent.reference, how="secure_email", to="Front door team")
    assert (done.status, done.ring) == ("handed_over", None)
    [entry] = [one for one in done.entries if one.kind == "handed_over"]
    assert entry.at == clock()
    assert "Front door team" in entry.says
    assert school.dsl.name in entry.says
    assert {"referral.to_hand_over", "call.noted", "referral.handed_over"} <= set(actions(store, school))
    assert "referral.sent" not in actions(store, school)
    assert concerns.read(school.staff, concern).referrals[0].handed_over


@pytest.mark.parametrize("said", [None, "not_sure", "not_known"])
def test_not_knowing_where_the_child_lives_never_holds_back_a_red(
    concerns: Concerns, school: School, store: Store, said: str | None
) -> None:
    concern = only_child(concerns, school, danger="yes")
    if said is not None:
        reply = concerns.answer(school.staff, concern, HOME, said)
        assert any("find-local-council" in line for line in reply.messages)
    sent = concerns.send(school.staff, concern)
    assert sent.ring_first
    shown = concerns.referral(school.staff, sent.reference)
    assert (shown.band, shown.status) == ("red", "to_hand_over")
    assert any("find-local-council" in line for line in shown.say)
    assert concerns.referral_document(school.staff, sent.reference)["suggested"]["pack"]["name"] == "england"


def test_a_call_before_sending_belongs_to_the_red_it_was_about(
    concerns: Concerns, school: School, store: Store
) -> None:
    concern = siblings(concerns, school)
    concerns.answer(school.staff, concern, "danger_now", "yes")
    sent = concerns.send(school.staff, concern, call={"answered_by": "Ola", "outcome": "spoke"})
    own, away = (concerns.referral_document(school.staff, one.reference) for one in sent.referrals)
    assert own["urgent_call"]["spoke_to"] == "Ola"
    assert "urgent_call" not in away
    assert any("Red: ring" in line for line in sent.say)  # the other council was not rung yet
    assert not any(
        entry.kind == "call" for entry in concerns.referral(school.staff, sent.referrals[1].reference).entries
    )


def test_a_red_that_nobody_sent_by_hand_is_put_before_sender_and_dsl_until_it_is(
    concerns: Concerns, school: School, store: Store, clock: Clock
) -> None:
    sent = concerns.send(school.staff, only_child(concerns, school, danger="yes"))
    assert watch_unsent(store, clock(), timedelta(minutes=5)) == 0
    clock.pass_by(minutes=6)
    assert watch_unsent(store, clock(), timedelta(minutes=5)) == 1
    assert watch_unsent(store, clock(), timedelta(minutes=5)) == 0
    with store.read() as session:
        for person, told in ((school.dsl, 1), (school.staff, 1), (school.colleague, 0)):
            kinds = [notice.kind for notice in kept_notices.notices_for(session, person.id)]
            assert kinds == [kept_notices.UNSENT] * told
        assert len(kept_by_hand.unhanded_referrals(session, left_since=clock())) == 1
    concerns.handed_over(school.staff, sent.reference, how="portal", to="The council's portal")
    with store.read() as session:
        assert kept_by_hand.unhanded_referrals(session, left_since=clock()) == []


def test_a_name_that_is_in_the_list_means_its_pack_and_the_own_council_is_refused(
    concerns: Concerns, school: School
) -> None:
    concern = only_child(concerns, school)
    for wrong in ("other", " ", "Wolverhampton", "x" * 121, "a|b", "a\x00b"):
        with pytest.raises(BadInput):
            concerns.answer(school.staff, concern, HOME, wrong)
    assert concerns.answer(school.staff, concern, HOME, "herefordshire council").homes[0].published
    corrected = concerns.correct(school.staff, concern, HOME, GLOUCESTERSHIRE, reason="They moved.")
    assert (corrected.homes[0].published, corrected.homes[0].authority) == (False, GLOUCESTERSHIRE)
    assert [one.label for one in corrected.answers if one.question == HOME] == [GLOUCESTERSHIRE]


def test_a_child_who_turns_out_to_live_here_goes_through_the_outbox(
    concerns: Concerns, school: School, store: Store
) -> None:
    concern = only_child(concerns, school)
    concerns.answer(school.staff, concern, HOME, "herefordshire")
    reply = concerns.correct(school.staff, concern, "about_child", ["none"], reason="She lives here.")
    assert (reply.homes[0].elsewhere, reply.homes[0].pack.name) == (False, "wolverhampton")
    sent = concerns.send(school.staff, concern)
    assert waiting(store) == [sent.reference]


def test_what_was_said_of_the_only_child_stays_with_it_when_a_second_is_added(
    concerns: Concerns, school: School
) -> None:
    concern = only_child(concerns, school)
    concerns.answer(school.staff, concern, HOME, "herefordshire")
    reply = concerns.add_child(school.staff, concern, "sibling")
    assert [(home.child, home.authority) for home in reply.homes] == [
        ("c1", "Herefordshire Council"),
        ("c2", "City of Wolverhampton Council"),
    ]


def test_going_back_takes_the_council_back(concerns: Concerns, school: School) -> None:
    concern = only_child(concerns, school)
    concerns.answer(school.staff, concern, HOME, "herefordshire")
    reply = concerns.go_back(school.staff, concern)
    assert (reply.homes[0].elsewhere, reply.homes[0].authority) == (True, "")


def test_nothing_follows_by_itself_and_nobody_else_writes_it_down(
    concerns: Concerns, school: School, store: Store
) -> None:
    reference = concerns.send(school.staff, only_child(concerns, school)).reference
    with pytest.raises(NotNow, match="Ring them"):
        concerns.add_information(school.staff, reference, "He is back in school.")
    with pytest.raises(NotNow):
        concerns.withdraw(school.staff, reference, "Sent twice.")
    with pytest.raises(NotNow):
        concerns.step_up(school.staff, reference)
    for how, to in (("post", "x"), ("portal", " ")):
        with pytest.raises(BadInput):
            concerns.handed_over(school.staff, reference, how=how, to=to)
    for who in (school.stranger, school.colleague):
        with pytest.raises(NotFound):
            concerns.handed_over(who, reference, how="portal", to="x")
        with pytest.raises(NotFound):
            concerns.note_call(who, reference, {})
    assert waiting(store) == []


def test_what_goes_by_itself_is_not_written_down_as_sent_by_hand(concerns: Concerns, school: School) -> None:
    concern = siblings(concerns, school)
    own = concerns.send(school.staff, concern).referrals[0]
    with pytest.raises(NotNow):
        concerns.handed_over(school.staff, own.reference, how="portal", to="x")
    added = concerns.add_information(school.staff, own.reference, "The aunt rang.")
    assert any("ring and tell them" in line for line in added.say)


def test_a_green_without_consent_stays_here_while_the_siblings_amber_goes(
    concerns: Concerns, school: School, store: Store
) -> None:
    concern = opened(concerns, school).id
    concerns.answer(school.staff, concern, "danger_now", "no")
    concerns.answer(school.staff, concern, "categories", ["neglect", "attendance_cme"])
    concerns.add_child(school.staff, concern, "sibling")
    concerns.answer(school.staff, concern, "neglect_signs", ["often_unmet"], "c1")
    concerns.answer(school.staff, concern, "att_signs", ["poor"], "c2")
    concerns.answer(school.staff, concern, "about_child", ELSEWHERE, "c2")
    sent = concerns.send(school.staff, concern)
    assert [one.children for one in sent.referrals] == [["c1"]]
    assert any("only with consent" in line for line in sent.say)
    assert concerns.referral_document(school.staff, sent.reference)["related"] == []
    assert waiting(store) == [sent.reference]
