"""Messages and answers are evidence: kept once, in order, unchanged."""

import threading

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.store import KeyReused, Message, NotThere, SealBroken, Store
from bot.store.answers import NewAnswer, answers_of, append_answers, value_of
from bot.store.messages import add_message, last_messages_of, mark_turn_done, messages_of, unfinished_messages
from tests.databases import NOW
from tests.store.schools import add_case, add_school


def new_concern(store: Store) -> str:
    school = add_school(store)
    with store.write() as session:
        return add_case(session, school.teacher).id


def test_the_same_key_and_text_is_one_message(store: Store) -> None:
    concern = new_concern(store)
    with store.write() as session:
        first = add_message(session, concern, "He flinched.", author="staff", at=NOW, key="k1")
    with store.write() as session:
        again = add_message(session, concern, "He flinched.", author="staff", at=NOW, key="k1")
    assert first.id == again.id
    with store.write() as session, pytest.raises(KeyReused):
        add_message(session, concern, "He laughed.", author="staff", at=NOW, key="k1")
    with store.read() as session:
        assert [message.text for message in messages_of(session, concern)] == ["He flinched."]


def test_a_message_to_no_concern_is_refused(store: Store) -> None:
    with store.write() as session, pytest.raises(NotThere):
        add_message(session, "0" * 32, "x", author="staff", at=NOW)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(said=st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from(["x", "y"])), max_size=12))
def test_whatever_is_repeated_each_key_keeps_its_first_text(
    sqlite_store: Store, said: list[tuple[str, str]]
) -> None:
    with sqlite_store.write() as session:
        from bot.store.organisations import add_organisation
        from bot.store.people import add_person

        school = add_organisation(session, kind="school", name="S", at=NOW)
        teacher = add_person(session, organisation_id=school.id, role="staff", name="T", at=NOW)
        concern = add_case(session, teacher).id
    first: dict[str, str] = {}
    for key, text in said:
        with sqlite_store.write() as session:
            if first.setdefault(key, text) == text:
                add_message(session, concern, text, author="staff", at=NOW, key=key)
            else:
                with pytest.raises(KeyReused):
                    add_message(session, concern, text, author="staff", at=NOW, key=key)
    with sqlite_store.read() as session:
        kept = messages_of(session, concern)
    assert {message.key: message.text for message in kept} == first
    assert [message.number for message in kept] == list(range(1, len(first) + 1))


def test_many_at_once_are_kept_in_one_order_without_gaps(store: Store) -> None:
    concern = new_concern(store)

    def say(who: int) -> None:
        for count in range(5):
            with store.write() as session:
                add_message(
                    session,
                    concern,
                    f"{who}.{count}",
                    author="staff",
                    at=NOW,
                    key=f"{who // 2}.{count}x{who}",
                )
                append_answers(session, concern, [NewAnswer("answer", "q", str(who))], at=NOW)

    threads = [threading.Thread(target=say, args=(who,)) for who in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with store.read() as session:
        assert [message.number for message in messages_of(session, concern)] == list(range(1, 31))
        assert [answer.number for answer in answers_of(session, concern)] == list(range(1, 31))


def test_a_turn_that_was_cut_off_is_found_and_finished_once(store: Store) -> None:
    concern = new_concern(store)
    with store.write() as session:
        message = add_message(session, concern, "He flinched.", author="staff", at=NOW)
        add_message(session, concern, "Thank you.", author="assistant", at=NOW)
    with store.write() as session:
        assert [cut.id for cut in unfinished_messages(session, concern)] == [message.id]
        assert mark_turn_done(session, message.id, NOW)
        assert not mark_turn_done(session, message.id, NOW)
        assert unfinished_messages(session, concern) == []
        assert [last.text for last in last_messages_of(session, concern, 1)] == ["Thank you."]


def test_answers_come_back_as_the_engine_takes_them(store: Store) -> None:
    concern = new_concern(store)
    with store.write() as session:
        first = [
            NewAnswer("answer", "injury", "seen", child="c1", turn=1),
            NewAnswer("suggestion", "screen", frozenset({"b", "a"}), words="he said"),
        ]
        append_answers(session, concern, first, at=NOW)
        append_answers(session, concern, [NewAnswer("undo", turn=2)], at=NOW)
    with store.read() as session:
        kept = answers_of(session, concern)
    assert [value_of(answer) for answer in kept] == ["seen", frozenset({"a", "b"}), None]
    assert [answer.words for answer in kept] == [None, "he said", None]


def test_words_moved_to_another_message_do_not_open(store: Store) -> None:
    concern = new_concern(store)
    with store.write() as session:
        one = add_message(session, concern, "one", author="staff", at=NOW)
        two = add_message(session, concern, "two", author="staff", at=NOW)
    with store.write() as session:
        session.get_one(Message, two.id).text_sealed = one.text_sealed
    with store.read() as session, pytest.raises(SealBroken):
        _ = messages_of(session, concern)[1].text
