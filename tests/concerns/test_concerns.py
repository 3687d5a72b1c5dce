"""The life of a concern on a real database: nothing lost, nothing shown to the wrong person."""

from __future__ import annotations

from datetime import timedelta
from typing import NoReturn

import pytest

from bot.concerns import (
    BadInput,
    Concerns,
    KeyUsedBefore,
    NotFound,
    NotNow,
    OutOfDate,
    PackShelf,
    Reply,
    hidden_on,
)
from bot.handover.watch import watch_unsent
from bot.reading import Reader
from bot.store import Store
from bot.store import messages as kept_messages
from bot.store.notices import notices_for
from tests.concerns.conftest import PACKS, Clock, School

STORY = "Year 2 girl has a bruise behind her ear and would not say how it happened."


def opened(concerns: Concerns, school: School, story: str = STORY) -> Reply:
    """A concern that was told."""
    reply = concerns.open(school.staff)
    return concerns.message(school.staff, reply.id, story)


def red(concerns: Concerns, school: School) -> Reply:
    """A concern that is Red."""
    reply = opened(concerns, school)
    return concerns.answer(school.staff, reply.id, "danger_now", "yes")


def test_a_new_concern_asks_for_the_story(concerns: Concerns, school: School) -> None:
    reply = concerns.open(school.staff)
    assert reply.question is not None
    assert reply.question.id == "narrative"
    assert reply.assessment.certain is None
    assert reply.pack.status == "illustrative"


def test_without_the_parser_the_words_are_kept_and_plain_questions_follow(
    concerns: Concerns, school: School, store: Store
) -> None:
    reply = opened(concerns, school)
    assert reply.parser == "down"
    assert reply.question is not None
    assert reply.question.options
    with store.read() as session:
        assert kept_messages.messages_of(session, reply.id)[0].text == STORY


def test_a_danger_answer_is_red_and_999(concerns: Concerns, school: School) -> None:
    reply = red(concerns, school)
    assert reply.route == "red"
    assert reply.emergency
    assert any(duty.route == "999" for duty in reply.duties)
    assert reply.clock is not None


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "Write a message"),
        ("   \n", "Write a message"),
        ("x" * 20_001, "20,000"),
        ("a\x00b", "plain text"),
    ],
)
def test_unreadable_messages_are_refused_in_plain_words(
    concerns: Concerns, school: School, text: str, says: str
) -> None:
    reply = concerns.open(school.staff)
    with pytest.raises(BadInput, match=says):
        concerns.message(school.staff, reply.id, text)


def test_the_same_message_with_the_same_key_is_taken_once(concerns: Concerns, school: School) -> None:
    reply = concerns.open(school.staff)
    first = concerns.message(school.staff, reply.id, STORY, key="k1")
    again = concerns.message(school.staff, reply.id, STORY, key="k1")
    assert again.messages == first.messages
    assert again.version == first.version
    with pytest.raises(KeyUsedBefore):
        concerns.message(school.staff, reply.id, "another", key="k1")


def test_a_stale_version_is_refused(concerns: Concerns, school: School) -> None:
    reply = opened(concerns, school)
    concerns.answer(school.staff, reply.id, "danger_now", "no", version=reply.version)
    with pytest.raises(OutOfDate):
        concerns.answer(school.staff, reply.id, "danger_now", "yes", version=reply.version)


def test_an_answer_that_is_no_option_changes_nothing(concerns: Concerns, school: School) -> None:
    reply = opened(concerns, school)
    with pytest.raises(BadInput):
        concerns.answer(school.staff, reply.id, "danger_now", "perhaps")
    assert concerns.read(school.staff, reply.id).version == reply.version


def test_who_sees_what(concerns: Concerns, school: School) -> None:
    reply = opened(concerns, school)
    for who in (school.colleague, school.stranger, school.chair):
        with pytest.raises(NotFound):
            concerns.read(who, reply.id)
        assert concerns.mine(who) == []
    for who in (school.dsl, school.head):
        assert concerns.read(who, reply.id).id == reply.id


def test_a_turn_that_was_cut_off_is_taken_up_again(
    concerns: Concerns, school: School, store: Store, clock: Clock
) -> None:
    reply = concerns.open(school.staff)
    with store.write() as session:  # the original was kept, then the process died
        kept_messages.add_message(
            session, reply.id, STORY, author="staff", author_id=school.staff.id, at=clock()
        )
    taken_up = concerns.read(school.staff, reply.id)
    assert taken_up.messages
    assert taken_up.question is not None
    assert taken_up.question.id != "narrative"


def test_a_turn_that_our_own_fault_breaks_never_locks_the_concern(
    concerns: Concerns, school: School, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """The words are kept as told and the conversation goes on; the log names the kind of fault, no words."""
    reply = opened(concerns, school)
    words = "She has a burn on her hand, Tia says"
    with monkeypatch.context() as broken:
        broken.setattr(Reader, "understand", _stumble)
        with pytest.raises(KeyError):
            concerns.message(school.staff, reply.id, words)
        again = concerns.read(school.staff, reply.id)
    assert again.question is not None
    assert words in [text for _, text, _ in concerns.transcript(school.staff, reply.id)]
    assert concerns.message(school.staff, reply.id, "it was yesterday").messages
    assert "KeyError" in caplog.text
    assert "Tia" not in caplog.text


def _stumble(*_: object) -> NoReturn:
    raise KeyError("Tia")


def test_lowering_needs_a_reason_and_keeps_the_peak(concerns: Concerns, school: School) -> None:
    reply = red(concerns, school)
    lowered = concerns.correct(school.staff, reply.id, "danger_now", "no", reason="It was a fire drill.")
    assert lowered.assessment.certain != "red"
    assert lowered.assessment.peak == "red"


def test_a_red_is_sent_with_its_gaps_and_told_to_ring(concerns: Concerns, school: School) -> None:
    reply = red(concerns, school)
    sent = concerns.send(school.staff, reply.id)
    assert sent.ring_first
    assert "ring MASH" in sent.say[0]
    assert concerns.send(school.staff, reply.id).reference == sent.reference
    timeline = concerns.referral(school.staff, sent.reference)
    assert timeline.status == "waiting"
    with pytest.raises(NotNow):
        concerns.message(school.staff, reply.id, "one more thing")
    with pytest.raises(NotFound):
        concerns.referral(school.stranger, sent.reference)


def test_a_decision_without_referral_is_recorded_and_says_tell_your_dsl(
    concerns: Concerns, school: School
) -> None:
    reply = opened(concerns, school)
    decision = concerns.decide(school.staff, reply.id, "school_support", "Scooter fall, seen by two staff.")
    assert any("DSL" in line for line in decision.say)
    assert concerns.read(school.staff, reply.id).state == "decided"
    with pytest.raises(BadInput):
        concerns.decide(school.staff, reply.id, "school_support", " ")


def test_disagreeing_is_always_possible(concerns: Concerns, school: School) -> None:
    reply = opened(concerns, school)
    concerns.disagree(school.staff, reply.id, "red", "I know this family.")
    concerns.disagree(school.dsl, reply.id, "none", "A scooter.")  # takes nothing from the more careful view
    sent = concerns.send(school.staff, reply.id)
    document = concerns.referral_document(school.staff, sent.reference)
    assert "I know this family." in str(document)


PASTED = """Chronology:
14/03/2026 Late again, no coat. Sam Example said he was cold.
12/03/2026: Bruise on his cheek, said he fell.
2 April 2019 - first time he came in hungry
"""


def test_a_pasted_chronology_becomes_a_dated_list_once_it_is_confirmed(
    concerns: Concerns, school: School
) -> None:
    reply = opened(concerns, school, PASTED)
    assert any("3 events" in line for line in reply.messages)
    reply = concerns.answer(school.staff, reply.id, "danger_now", "yes")
    while reply.question is not None and reply.question.id != "dated_events":
        options = [option.value for option in reply.question.options]
        many = reply.question.kind == "many"
        reply = concerns.answer(school.staff, reply.id, reply.question.id, ["none"] if many else options[0])
    assert reply.route == "red"
    assert reply.question is not None
    assert "Sam Example said he was cold" in reply.question.options[0].label
    right = [option.value for option in reply.question.options if "bruise" not in option.label.lower()]
    reply = concerns.answer(school.staff, reply.id, "dated_events", [one for one in right if one != "none"])
    assert reply.draft is not None
    assert [(row["date"], row["event"]) for row in reply.draft["chronology"]] == [
        ("2 April 2019", "first time he came in hungry"),
        ("14/03/2026", "Late again, no coat. Sam Example said he was cold."),
    ]
    assert "Bruise on his cheek" in reply.draft["concern"]["what_happened"]


@pytest.mark.parametrize("answer", ["not_sure", "not_known"])
def test_a_worry_about_a_colleague_that_nobody_can_name_goes_to_the_chair_alone(
    concerns: Concerns, school: School, answer: str
) -> None:
    """“Not sure” may mean the head or the DSL, so neither of them sees it."""
    reply = opened(concerns, school, "An adult here grabbed a boy by the neck yesterday.")
    concerns.answer(school.staff, reply.id, "categories", ["staff_allegation"])
    for person in (school.dsl, school.head):
        with pytest.raises(NotFound):
            concerns.read(person, reply.id)
    concerns.answer(school.staff, reply.id, "allegation_about", answer)
    for person in (school.dsl, school.head):
        with pytest.raises(NotFound):
            concerns.read(person, reply.id)
    assert concerns.read(school.chair, reply.id).id == reply.id


def test_of_an_unsent_red_about_a_colleague_nobody_named_the_chair_alone_hears(
    concerns: Concerns, school: School, store: Store, clock: Clock
) -> None:
    """The DSL and the head may be whom it is about: they hear of it when somebody else was named."""
    reply = opened(concerns, school, "An adult here grabbed a boy by the neck yesterday.")
    concerns.answer(school.staff, reply.id, "categories", ["staff_allegation"])
    concerns.answer(school.staff, reply.id, "danger_now", "yes")
    clock.pass_by(minutes=10)
    hidden = hidden_on(PackShelf(PACKS))
    watch_unsent(store, clock(), timedelta(minutes=5), hidden)
    assert told(store, school) == {"chair"}
    concerns.answer(school.staff, reply.id, "allegation_about", "staff_member")
    clock.pass_by(minutes=10)
    watch_unsent(store, clock(), timedelta(minutes=5), hidden)
    assert "dsl" in told(store, school)


def told(store: Store, school: School) -> set[str]:
    """Who has a notice."""
    with store.read() as session:
        return {role for role in ("dsl", "head", "chair") if notices_for(session, getattr(school, role).id)}
