"""Answers in words, read against the question that is open; never by mere guessing from a piece of a word."""

from __future__ import annotations

import pytest

from bot.reading.answers import read_answer
from bot.thresholds import NONE_OF_THESE, NOT_KNOWN, NOT_SURE, Question


def question(kind: str = "one", **options: str) -> Question:
    return Question("q", "?", "because", kind, "child", options, {})


YES_NO = question(yes="Yes", no="No")
FITS = question(fits="Yes", none_given="No account was given", conflicts="No, or it keeps changing")
AGE = question(
    under_1="Under 1", age_1="1", age_2_4="2 to 4", age_5_6="5 or 6", age_7_9="7 to 9", age_10_12="10 to 12",
    age_13_15="13 to 15", age_16_17="16 or 17", age_18="18 or over",
)  # fmt: skip
WHERE = question(
    safe_adult="To an adult who keeps them safe",
    in_school="They stay in school or another safe place for now",
    person_of_worry="To, or collected by, the person this worry is about",
    whereabouts_unknown="We do not know where the child is",
)
BODY = question("many", arms="Arms", legs="Legs", head="Head, face or ears", trunk="Chest, back or belly")
SIGNS = question(
    "many",
    by_adult="The child or someone else says that an adult did it",
    hidden_place="It is on the ear, neck, chest, back, belly or buttocks",
    shape="It looks like a hand, a grip, a bite, a burn or an implement",
    repeated="There were other marks or worries before",
)


def read(text: str, asked: Question) -> object:
    answer = read_answer(text, asked)
    return answer.value if answer else None


@pytest.mark.parametrize(
    "text", ["yes", "yeah", "yep he is", "I think so", "afraid so", "Yes - mum confirmed it", "it is"]
)
def test_a_plain_yes(text: str) -> None:
    assert read(text, YES_NO) == "yes"


@pytest.mark.parametrize(
    "text", ["no", "nope", "nah", "not since Tuesday", "no but his sister has", "not that I know of"]
)
def test_a_plain_no(text: str) -> None:
    assert read(text, YES_NO) == "no"


@pytest.mark.parametrize(
    "text", ["dunno", "idk", "not sure", "i don't know", "no idea", "can't say", "hard to say tbh", "?"]
)
def test_not_sure_is_never_no(text: str) -> None:
    assert read(text, YES_NO) == NOT_SURE
    assert read(text, SIGNS) == NOT_SURE


@pytest.mark.parametrize(
    "text", ["we don't know", "the school doesn't know", "nobody here knows", "we've not been told"]
)
def test_the_school_does_not_know(text: str) -> None:
    assert read(text, YES_NO) == NOT_KNOWN


@pytest.mark.parametrize(
    ("text", "band"),
    [
        ("he's 9", "age_7_9"),
        ("3ish", "age_2_4"),
        ("nine", "age_7_9"),
        ("y4", "age_7_9"),
        ("year 10", "age_13_15"),
        ("6 months", "under_1"),
        ("8 weeks old", "under_1"),
        ("under 1", "under_1"),
        ("16 or 17", "age_16_17"),
        ("reception", "age_2_4"),
        ("she turned 12 in may", "age_10_12"),
        ("14yo", "age_13_15"),
        ("18", "age_18"),
        ("one", "age_1"),
        ("girl, 15", "age_13_15"),
    ],
)
def test_ages_and_school_years(text: str, band: str) -> None:
    assert read(text, AGE) == band


@pytest.mark.parametrize(
    "text", ["it happened 3 times last week in the 4th lesson", "purple", "about 40 kids saw"]
)
def test_other_numbers_are_no_age(text: str) -> None:
    assert read(text, AGE) is None


def test_labels_decide_between_options() -> None:
    assert read("no account was given", FITS) == "none_given"
    assert read("it keeps changing", FITS) == "conflicts"
    assert read("stays in school", WHERE) == "in_school"
    assert read("we do not know where she is", WHERE) in ("whereabouts_unknown", NOT_KNOWN)


def test_many_takes_every_option_said() -> None:
    assert read("both arms", BODY) == frozenset({"arms"})
    assert read("arms and legs", BODY) == frozenset({"arms", "legs"})
    assert read("on his ear and neck, looks like a bite", SIGNS) == frozenset({"hidden_place", "shape"})
    assert read("none of these", SIGNS) == frozenset({NONE_OF_THESE})
    assert read("no", SIGNS) == frozenset({NONE_OF_THESE})


@pytest.mark.parametrize("text", ["not since Tuesday", "not now", "not any more", "no but before"])
def test_not_now_does_not_deny_a_list_of_what_may_have_been(text: str) -> None:
    assert read(text, SIGNS) is None


def test_a_denied_option_is_not_ticked() -> None:
    assert read("not the legs", BODY) is None
    assert read("arms but not legs", BODY) == frozenset({"arms"})


@pytest.mark.parametrize(
    "text", ["purple hippos", "what does that mean", "thanks", "his charmed life", "", "   "]
)
def test_what_does_not_fit_is_no_answer(text: str) -> None:
    assert read(text, WHERE) is None
    assert read(text, BODY) is None


@pytest.mark.parametrize(
    "text",
    [
        "she is with me in the office",
        "he has gone home",
        "it was last year and he is in prison",
        "she is fine",
    ],
)
def test_what_begins_like_a_yes_and_tells_is_no_yes(text: str) -> None:
    assert read(text, YES_NO) is None


@pytest.mark.parametrize(
    "text", ["she is", "he has, yes", "it does sadly", "they are still", "he is and she is"]
)
def test_a_short_he_is_is_a_yes(text: str) -> None:
    assert read(text, YES_NO) == "yes"


def test_a_story_is_no_answer() -> None:
    story = "So after lunch I was walking past the cloakroom and he was sitting there " * 4
    assert read(story, WHERE) is None


INJURY = question(
    nothing="No injury and no hitting",
    minor="One small mark in another place, on a child of school age",
    mark="Another mark, bruise or injury",
)
ACCOUNT = question(
    fits="Yes", none_given="No account was given, or it is not clear", conflicts="No, or it changes"
)


def test_the_name_of_an_option_counts_only_where_it_tells_it_from_the_others() -> None:
    assert read("one small mark in another place", INJURY) == "minor"
    assert read("a bruise", INJURY) == "mark"


@pytest.mark.parametrize("text", ["nah none of those", "no, nothing", "nope nothing like that"])
def test_a_no_before_none_is_a_none(text: str) -> None:
    assert read(text, SIGNS) == frozenset({NONE_OF_THESE})


def test_no_account_is_no_plain_no() -> None:
    assert read("no account, he just shrugged", ACCOUNT) == "none_given"
    assert read("no explanation at all", ACCOUNT) is None
    assert read("no", ACCOUNT) == "conflicts"


ADULT = question(
    staff_member="A member of staff (not the DSL and not the head)",
    dsl="The DSL or a deputy DSL",
    head="The headteacher",
)
ALSO = question(
    "many",
    mixed_troubles="Two or more at home: violence, drink or drugs, mental illness",
    believed_safe="A safe adult believes the child, acted at once and works with us",
    worse="It gets worse or more often, is planned, or is kept secret",
)


@pytest.mark.parametrize(("text", "who"), [("it's the head", "head"), ("our DSL", "dsl"), ("staff", None)])
def test_what_a_label_sets_aside_does_not_name_it(text: str, who: str | None) -> None:
    assert read(text, ADULT) == who


@pytest.mark.parametrize("text", ["mum is at work", "he did say he's scared to go home", "she was home"])
def test_one_weak_word_ticks_nothing(text: str) -> None:
    assert read(text, ALSO) is None


def test_what_is_said_in_full_still_ticks() -> None:
    assert read("a safe adult believes him", ALSO) == frozenset({"believed_safe"})
    assert read("it's getting worse", ALSO) == frozenset({"worse"})


@pytest.mark.parametrize("text", ["dont think so", "not at the min", "not yet", "nah shes fine", "no danger"])
def test_a_doubtful_no_does_not_deny_a_whole_list(text: str) -> None:
    assert read(text, SIGNS) is None


@pytest.mark.parametrize("text", ["none of these", "no", "nah none", "neither", "none that I know of"])
def test_a_plain_none_denies_a_list(text: str) -> None:
    assert read(text, SIGNS) == frozenset({NONE_OF_THESE})


def test_both_ticks_a_list_of_two_and_no_longer_one() -> None:
    two = question("many", hit="He was hit", shouted_at="He was shouted at")
    assert read("both", two) == frozenset({"hit", "shouted_at"})
    assert read("both of them", SIGNS) is None
    assert read("all of them", SIGNS) == frozenset(SIGNS.options)


DANGER = Question(
    "danger_now",
    "Is a child in danger right now?",
    "because",
    "one",
    "concern",
    {"yes": "Yes", "no": "No"},
    {},
)


@pytest.mark.parametrize(
    "text",
    [
        "no",
        "nope",
        "no she's in class with me",
        "not since Tuesday",
        "absolutely not",
        "no. she is scared to go home though",
        "no, but she told me her stepdad hits her",
        "nah he is fine",
        "not right now",
        "no she's not in danger",
        "she isn't",
    ],
)
def test_only_a_plain_no_says_that_no_child_is_in_danger(text: str) -> None:
    assert read(text, DANGER) == "no"


@pytest.mark.parametrize(
    "text",
    [
        "no he is not safe",
        "nope he's not safe at home",
        "no doubt he is",
        "no no no yes",
        "no but his sister is",
        "no, not him, the other one is",
        "no but he will be when he gets home",
        "he isnt but mum is",
        "no he is safe in school but dad is on his way",
        "N/A",
        "no one has told me",
        "not yet",
        "never said no",
        "no he's safe, its his sister who is in danger",
    ],
)
def test_a_no_that_goes_on_is_no_plain_no_to_danger(text: str) -> None:
    assert read(text, DANGER) != "no"


@pytest.mark.parametrize("text", ["yeah no", "yes i mean no", "no i think so", "y u asking"])
def test_what_says_both_or_asks_back_is_asked_again(text: str) -> None:
    assert read(text, YES_NO) is None


@pytest.mark.parametrize(
    ("text", "age"), [("not sure maybe 8 or 9", "age_7_9"), ("9 or 10", "age_7_9"), ("dunno", NOT_SURE)]
)
def test_an_age_between_two_is_the_band_of_both_or_the_younger(text: str, age: str) -> None:
    assert read(text, AGE) == age
