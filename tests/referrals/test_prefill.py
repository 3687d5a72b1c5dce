"""What staff said stands in the right section, word for word; nothing is made up."""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.referrals import Referrer, merge, prefill
from bot.referrals.prefill import CHILD_PLACES, WHOLE_PLACES, Place
from bot.referrals.quotations import quotations
from bot.thresholds import Answers, load_pack
from tests.referrals.drafts import SAM, UNHURRIED, answered, small_pack, told

NATIONAL = Path(__file__).resolve().parents[2] / "data" / "thresholds"
PACK = small_pack()


def test_an_account_stands_as_it_was_written_with_who_and_when() -> None:
    words = "Tia came in with a bruise on her ear.\nShe would not sit down."
    happened = prefill(PACK, Answers(), [told(words)], SAM)["concern"]["what_happened"]
    assert happened == f"[Told by Sam Field via the assistant, 20 November 2026, 14:02]\n{words}"


def test_the_childs_own_words_are_quoted() -> None:
    draft = prefill(PACK, Answers(), [told("She said “Daddy threw me” and began to cry.")], SAM)
    assert [quote["words"] for quote in draft["concern"]["child_words"]] == ["Daddy threw me"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('He said "i dont wanna go home"', ["i dont wanna go home"]),
        ("She whispered 'don't tell mum' to me", ["don't tell mum"]),
        ("He told his teacher ‘it hurts’", ["it hurts"]),
        ('Mum said "she fell off the bed"', []),
        ('I asked "what happened?" and he said "Dad did it"', ["Dad did it"]),
        ('At the gate dad shouted "get in the car"', []),
        ("The child's bag was empty and so was his brother's", []),
        ("His nan: “he is a handful”", []),
        ("“I'm hungry”, she said, every morning", ["I'm hungry"]),
        ("“I'm hungry” — every morning", []),
        ('Mum picked her up. She said "get in the car"', []),
        ('Tia told me her dad hits her. She said "he uses a belt"', ["he uses a belt"]),
        ('Tomas told our mentor he "was with people"', []),
        ('Little Tomas told our mentor: "I was with people"', ["I was with people"]),
        ('Mr Khan said "sit down"', []),
        (
            "She told me when we were painting. 'Gary burned me cos i was crying'",
            ["Gary burned me cos i was crying"],
        ),
        ("'my dad smacks me with the shoe' - Ellie, y2", ["my dad smacks me with the shoe"]),
        ("Mum told us at the gate. 'I am at the end of my tether'", []),
        ("She told me her mum said so. 'I hate you'", []),
        ("She told me about the play. 'The Tempest' is on Friday", []),
        ('He said that the boy has "opened a door"', []),
        ("Kids were shouting 'jailbird' at her", []),
        ('Her friends say she is "always like that now"', []),
        ('There are messages on her phone: "you looked pretty", "keep this between us"', []),
    ],
)
def test_only_what_may_be_the_childs_is_taken_as_such(text: str, words: list[str]) -> None:
    assert quotations(text) == words


def test_a_very_long_account_is_read_quickly_and_whole() -> None:
    text = "He said 'no' and it's \"odd " * 800
    happened = prefill(PACK, Answers(), [told(text)], SAM)["concern"]["what_happened"]
    assert happened.endswith(text)


def test_answers_go_to_their_fields() -> None:
    answers = answered(
        ("c1", "age_band", "age_2_4"),
        ("c1", "child_next", "person_of_worry"),
        ("c2", "child_next", "in_school"),
        children=("c1", "c2"),
    )
    first, second = prefill(PACK, answers, [], SAM)["children"]
    assert first["age_estimate"] == "2 to 4"
    assert first["collected_by"] == "To, or collected by, the person this worry is about"
    assert second == {"id": "c2", "where_now": "They stay in school or another safe place for now"}


def test_not_known_is_kept_and_not_sure_is_asked_again() -> None:
    answers = answered(("c1", "age_band", "not_known"), ("c1", "child_next", "not_sure"))
    assert prefill(PACK, answers, [], SAM)["children"] == [{"id": "c1", "age_estimate": "not_known"}]


def test_that_the_child_has_a_social_worker_stands_in_the_referral() -> None:
    answers = answered(("", "about_child", "social_worker"))
    child = prefill(PACK, answers, [], SAM)["children"][0]
    assert child["allocated_worker"]["notes"] == "Has a social worker now"


def test_who_refers_comes_from_the_schools_record() -> None:
    referrer = prefill(PACK, Answers(), [], SAM)["referrer"]
    assert referrer["school"] == {
        "name": "Example Primary School",
        "urn": "100000",
        "laestab": "336/1234",
    }
    assert "referrer" not in prefill(PACK, Answers(), [], Referrer())


def test_what_staff_type_stands_over_what_was_filled_in() -> None:
    filled = prefill(PACK, answered(("c1", "child_next", "in_school")), [], SAM)
    typed = merge({}, {"children": [{"id": "c1", "where_now": "At the office"}]})
    assert merge(filled, typed)["children"][0]["where_now"] == "At the office"


@UNHURRIED
@given(st.lists(st.text(min_size=1), max_size=4))
def test_nothing_is_invented(texts: list[str]) -> None:
    draft = prefill(PACK, Answers(), [told(text) for text in texts], SAM)
    heading = "[Told by Sam Field via the assistant, 20 November 2026, 14:02]"
    left = draft.get("concern", {}).get("what_happened", "").replace(heading, "")
    said = " ".join(texts)
    assert set(re.findall(r"\S+", left)) <= set(re.findall(r"\S+", said))
    assert all(quote["words"] in said for quote in draft.get("concern", {}).get("child_words", []))
    assert all(text in left for text in texts if text.strip())


@UNHURRIED
@given(st.lists(st.text(min_size=1), max_size=4))
def test_what_is_filled_in_is_a_draft_that_can_be_kept(texts: list[str]) -> None:
    draft = prefill(PACK, Answers(), [told(text) for text in texts], SAM)
    assert merge({}, draft) == draft


def test_a_very_long_conversation_loses_nothing() -> None:
    texts = [f"{number} " + "word " * 5_999 for number in range(4)] + ["x" * 120_000]
    draft = prefill(PACK, Answers(), [told(text) for text in texts], SAM)
    assert merge({}, draft) == draft
    happened = draft["concern"]["what_happened"]
    events = [row["event"] for row in draft["chronology"]]
    assert texts[0] in happened
    assert [texts[1] in happened, *(text in events for text in texts[2:4])] == [False, True, True]
    assert "".join(events).count("x") == 120_000


def test_what_several_children_say_is_told_apart() -> None:
    pack = small_pack()
    one = {("c1", "child_says"): frozenset({"afraid_home"}), ("c2", "child_says"): frozenset({"asks_help"})}
    draft = prefill(pack, Answers(given=one, children=("c1", "c2")), [], SAM)
    assert draft["voice_of_child"] == {
        "feelings": "Child 1: Is afraid to go home",
        "wishes": "Child 2: Asks for help",
    }


@pytest.mark.parametrize("place", [*CHILD_PLACES, *WHOLE_PLACES], ids=lambda place: place.question)
def test_the_national_pack_asks_what_fills_the_form(place: Place) -> None:
    question = load_pack("england", root=NATIONAL).question(place.question)
    assert place.only <= set(question.options)
    assert {option for option, _ in place.ticks} <= set(question.options)
