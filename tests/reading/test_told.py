"""What a message tells: the model and the rules weighed together, for the questions that it may be about."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.dialogue.understanding import Ranked
from bot.reading.parser import Parsed, Told
from bot.reading.told import suggestions
from bot.thresholds import Pack, load_pack

PACKS = Path(__file__).resolve().parents[2] / "data" / "thresholds"


@pytest.fixture(scope="module")
def pack() -> Pack:
    return load_pack("england", root=PACKS)


def parsed(*told: Told, **categories: float) -> Parsed:
    ranked = tuple(Ranked(name, sure) for name, sure in categories.items())
    return Parsed((), ranked, 0.0, offer_above=0.05, danger_above=0.15, told=told, told_above=0.5)


def sign(name: str, sure: float, words: str = "words", *of: str) -> Told:
    question, _, option = name.partition(".")
    return Told(question, option, sure, words, frozenset(of))


def values(text: str, pack: Pack, read: Parsed | None) -> dict[str, object]:
    return {one.question: one.value for one in suggestions(text, pack, read)}


def test_what_the_model_reads_is_suggested_with_its_words(pack: Pack) -> None:
    read = parsed(sign("neglect_signs.left_alone", 0.8, "Nobody in till nine", "neglect"), neglect=0.9)
    found = suggestions("Nobody in till nine. He's six.", pack, read)
    assert ("neglect_signs", frozenset({"left_alone"}), "Nobody in till nine") in [
        (one.question, one.value, one.words) for one in found
    ]


def test_a_doubtful_reading_and_another_category_s_question_are_left_out(pack: Pack) -> None:
    doubtful = parsed(sign("neglect_signs.left_alone", 0.4, "words", "neglect"), neglect=0.9)
    assert values("words", pack, doubtful) == {}
    elsewhere = parsed(
        sign("da_signs.severe", 0.9, "words", "domestic_abuse"), neglect=0.9, domestic_abuse=0.1
    )
    assert values("words", pack, elsewhere) == {}


def test_the_open_question_is_read_whatever_the_message_is_about(pack: Pack) -> None:
    read = parsed(sign("da_signs.severe", 0.9, "words", "domestic_abuse"), neglect=0.9)
    found = suggestions("words", pack, read, pack.question("da_signs"))
    assert [one.question for one in found] == ["da_signs"]


def test_a_rule_is_not_believed_where_the_model_holds_it_for_unlikely(pack: Pack) -> None:
    """“Controlling” stands there, but of years ago: the model does not hear it."""
    text = "he was controlling her, years before they came to us"
    assert values(text, pack, None) == {"da_signs": frozenset({"control"})}
    assert values(text, pack, parsed(domestic_abuse=0.9)) == {}
    agreed = parsed(sign("da_signs.control", 0.3, "words", "domestic_abuse"), domestic_abuse=0.9)
    assert values(text, pack, agreed) == {"da_signs": frozenset({"control"})}


@pytest.mark.parametrize(
    "text",
    [
        "his dad has never hit him",
        "I asked if anyone had hurt her and she said no",
        "mum was hit with a belt by her own dad when she was little",
        "dad's long gone, all fine now",
    ],
)
def test_what_is_denied_or_of_somebody_else_is_not_suggested(pack: Pack, text: str) -> None:
    read = parsed(sign("injury_signs.by_adult", 0.95, text, "physical_harm"), physical_harm=0.9)
    assert "injury_signs" not in values(text, pack, read)


def test_a_plan_of_a_brother_is_not_the_child_s(pack: Pack) -> None:
    assert "about_child" not in values("his older brother was on CP in 2018", pack, parsed(neglect=0.9))


def test_severe_violence_in_plain_words_needs_no_model(pack: Pack) -> None:
    read = parsed(domestic_abuse=0.9)
    assert values("yeah he also throttled her last month", pack, read) == {"da_signs": frozenset({"severe"})}


def test_an_age_and_who_collects_need_no_model(pack: Pack) -> None:
    text = "He is 9. Stepdad hit him and stepdad is picking him up."
    found = values(text, pack, parsed(physical_harm=0.9))
    assert found == {"age_band": "age_7_9", "child_next": "person_of_worry", "injury": "hit"}


def test_of_a_question_with_one_answer_the_most_worrying_is_asked_about(pack: Pack) -> None:
    read = parsed(
        sign("injury.hit", 0.9, "words", "physical_harm"),
        sign("injury.mark", 0.6, "words", "physical_harm"),
        physical_harm=0.9,
    )
    assert values("words", pack, read) == {"injury": "mark"}


@pytest.mark.parametrize(
    ("text", "whom"),
    [
        ("head teacher shouted at a child and pushed him", "head"),
        ("I'm worried about the head", "head"),
        ("our dsl has been messaging a girl in year 10", "dsl"),
    ],
)
def test_which_colleague_it_is_about_is_read_by_rules_alone(pack: Pack, text: str, whom: str) -> None:
    """It decides who may see it: “a member of staff”, which the model reads, would show it to the head."""
    read = parsed(sign("allegation_about.staff_member", 0.9, text, "staff_allegation"), staff_allegation=0.9)
    assert values(text, pack, read)["allegation_about"] == whom
    assert "allegation_about" not in values("a teacher shouted", pack, read)


def test_what_is_over_and_done_with_is_not_taken_for_now(pack: Pack) -> None:
    words = "He was hit by his dad in 2021, dad's long gone, all fine now"
    read = parsed(
        sign("injury_signs.by_adult", 0.97, words, "physical_harm"),
        sign("also_true.no_reach", 0.8, words),
        physical_harm=0.9,
    )
    assert values(words, pack, read) == {"also_true": frozenset({"no_reach"})}


def test_a_social_worker_or_a_plan_named_needs_no_model(pack: Pack) -> None:
    read = parsed(neglect=0.9)
    assert values("he's been on CP since June", pack, read) == {"about_child": frozenset({"social_worker"})}


@pytest.mark.parametrize(
    "text",
    [
        "Her dad used to batter mum, knives the lot, but that was in 2018.",
        "He was on a plan back in primary, all finished long since.",
        "The old school's file says mum was hit by her ex.",
    ],
)
def test_what_was_long_ago_is_not_suggested_as_so(pack: Pack, text: str) -> None:
    read = parsed(
        sign("da_signs.assault", 0.9, text, "domestic_abuse"),
        sign("about_child.social_worker", 0.9, text),
        domestic_abuse=0.9,
    )
    assert values(text, pack, read) == {}


def test_what_began_long_ago_and_goes_on_is_suggested(pack: Pack) -> None:
    text = "He was hitting mum years ago and it has started again."
    read = parsed(sign("da_signs.assault", 0.9, text, "domestic_abuse"), domestic_abuse=0.9)
    assert values(text, pack, read)["da_signs"] == frozenset({"assault"})


def test_abuse_of_years_ago_that_is_told_today_is_suggested(pack: Pack) -> None:
    text = "When she was eight, years ago, her coach touched her."
    read = parsed(sign("sex_signs.told", 0.9, text, "sexual_harm"), sexual_harm=0.9)
    assert "told" in values(text, pack, read)["sex_signs"]  # type: ignore[operator]


def test_whom_a_child_goes_to_gladly_is_not_the_person_of_the_worry(pack: Pack) -> None:
    text = "Nan's fetching her, she lights up when she sees her."
    read = parsed(sign("child_next.person_of_worry", 0.9, text), neglect=0.9)
    assert "child_next" not in values(text, pack, read)
