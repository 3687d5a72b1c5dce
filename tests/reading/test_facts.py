"""Facts from a narrative become suggestions: aware of denial, of who did what, of what the pack asks."""

from __future__ import annotations

import pytest

from bot.reading.ages import ages
from bot.reading.facts import _tables, facts
from bot.reading.told import suggested
from bot.thresholds import Pack


def told(text: str, pack: Pack, *likely: str) -> dict[str, object]:
    return {one.question: one.value for one in suggested(text, pack, facts(text, pack, likely))}


def test_every_suggested_question_and_option_is_in_the_pack(pack: Pack) -> None:
    for table in _tables():
        question = pack.find_question(table.question)
        assert question is not None, table.question
        assert set(table.options) <= set(question.options), (
            table.question,
            set(table.options) - set(question.options),
        )
        assert not table.category or table.category in pack.categories


def test_a_bruise_and_who_did_it_and_who_collects(pack: Pack) -> None:
    said = told(
        "Y4 boy, bruise on his neck, says stepdad hit him. "
        "Stepdad is picking him up tonight and he's scared to go home",
        pack,
        "physical_harm",
    )
    assert said["age_band"] == "age_7_9"
    assert said["injury"] == "mark"
    assert said["injury_signs"] == frozenset({"hidden_place", "by_adult"})
    assert said["child_next"] == "person_of_worry"
    assert said["child_says"] == frozenset({"afraid_home"})


def test_somebody_else_collecting_is_no_worry(pack: Pack) -> None:
    assert "child_next" not in told(
        "says stepdad hit him. Nan is picking him up tonight", pack, "physical_harm"
    )


@pytest.mark.parametrize(
    "text",
    [
        "no marks that I could see",
        "there wasn't a bruise",
        "never had any injuries",
        "no sign of bruising or cuts",
    ],
)
def test_what_is_denied_is_not_suggested(text: str, pack: Pack) -> None:
    assert "injury" not in told(text, pack, "physical_harm")


def test_a_fact_of_a_category_that_is_not_likely_is_left_out(pack: Pack) -> None:
    assert "injury" not in told("he has a bruise", pack, "bullying")
    assert told("he has a bruise", pack, "physical_harm")["injury"] == "mark"


def with_parser_down(text: str, pack: Pack) -> set[str]:
    return {one.question for one in facts(text, pack)}


def test_when_nobody_can_say_what_it_is_about_the_words_must_say_so(pack: Pack) -> None:
    assert with_parser_down("Late most days this term", pack) == {"att_signs"}
    assert "psm_signs" in with_parser_down("Late most days, mum is drinking again", pack)
    assert "yc_signs" in with_parser_down("Tired and late, she looks after her mum", pack)
    assert "injury" in with_parser_down("a bruise on his back", pack)


def test_a_child_who_is_hit_by_a_parent_is_no_adult_who_is_hit(pack: Pack) -> None:
    assert "da_signs" not in told("He says his dad hit him", pack, "physical_harm", "domestic_abuse")
    said = told("Mum's partner hit her last night", pack, "domestic_abuse")
    assert said["da_signs"] == frozenset({"assault"})
    said = told("He heard mum crying, dad hit her again", pack, "domestic_abuse")
    assert "assault" in (said["da_signs"] or ())  # type: ignore[operator]


def test_a_member_of_staff_who_does_not_know_is_no_child_afraid_of_telling(pack: Pack) -> None:
    assert "child_says" not in told("Something is wrong but I do not really know what", pack)
    assert "child_says" not in told("we don't know who to tell", pack)
    assert told("she said please don't tell my mum", pack)["child_says"] == frozenset({"afraid_of_telling"})
    assert told("I don't want mum to find out, she said", pack)["child_says"] == frozenset(
        {"afraid_of_telling"}
    )


def test_domestic_abuse_in_one_breath(pack: Pack) -> None:
    said = told(
        "Mum's partner strangled her, she's pregnant, and the boy got in between", pack, "domestic_abuse"
    )
    assert said["da_signs"] == frozenset({"severe", "pregnant", "child_hurt"})


def test_a_social_worker_and_a_plan(pack: Pack) -> None:
    assert told("he has a social worker", pack)["about_child"] == frozenset({"social_worker"})
    assert "about_child" not in told("no social worker as far as we know", pack)


def test_a_suggestion_carries_the_words_that_it_was_read_from(pack: Pack) -> None:
    text = "Nice day. She is scared to go home to dad."
    found = suggested(text, pack, facts(text, pack, []))
    assert (
        next(one.words for one in found if one.question == "child_says") == "She is scared to go home to dad."
    )


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("he is 9 and his 14 year old brother", (9, 9)),
        ("her boyfriend is 23", None),
        ("14 y/o girl with a 25 year old bf", (14, 14)),
        ("yr 10 lad", (14, 15)),
        ("YR child", (4, 5)),
        ("it was 5 years ago", None),
        ("he came in at 9", None),
        ("standing in reception waiting", None),
        ("a 7-year-old", (7, 7)),
        ("girl (12)", (12, 12)),
        ("[NAME] (8) has a bruise", (8, 8)),
        ("[NAME], 8, told me", (8, 8)),
        ("[NAME] 9 and her sister 6", (9, 9)),
        ("lad 14, smells of weed", (14, 14)),
        ("the kids are 4 and 6", (4, 4)),
        ("she's nearly 5", (4, 4)),
        ("brother in y9, shes in y2", (6, 7)),
        ("older brother in y9", None),
        ("a boy 3 times this week", None),
        ("[NAME] 20 minutes late", None),
    ],
)
def test_whose_age_it_is(text: str, span: tuple[float, float] | None) -> None:
    assert ages(text) == span


@pytest.mark.parametrize(
    "text",
    [
        "says dad hit mum last nite and she hid under the stairs, mum has black eye",
        "stepdad punched his mum, he saw it from the door",
        "mum had two bruises and a cut lip at the gate",
        "dad hit himself with the hammer doing the shed",
        "nan has got a burn from the oven so he cooks",
    ],
)
def test_what_was_done_to_a_grown_up_is_no_harm_to_the_childs_body(text: str, pack: Pack) -> None:
    said = told(text, pack, "physical_harm", "domestic_abuse")
    assert "injury" not in said
    assert "injury_signs" not in said


@pytest.mark.parametrize(
    "text",
    [
        "dad hit mum and then he hit him with the belt, he has a mark on his leg",
        "mum had bruised his arm, he showed me",
        "he says dad hit him when mum was out and his arm is bruised",
    ],
)
def test_harm_to_the_child_beside_it_is_still_read(text: str, pack: Pack) -> None:
    said = told(text, pack, "physical_harm", "domestic_abuse")
    assert "injury" in said or "injury_signs" in said


@pytest.mark.parametrize(
    ("text", "signs"),
    [
        ("y9 girl has an older bf 19 who buys her stuff", {"adult_partner"}),
        ("her boyfriend is 24", {"adult_partner"}),
        ("she has an older boyfriend, he is in year 11", {"older_partner"}),
        ("seen with her boyfriend at 20:30", set()),
    ],
)
def test_a_grown_up_who_is_called_a_boyfriend_is_no_older_boy(text: str, signs: set[str], pack: Pack) -> None:
    found = told(text, pack, "cse").get("cse_signs", frozenset())
    assert isinstance(found, frozenset)
    assert found & {"adult_partner", "older_partner"} == signs


@pytest.mark.parametrize(
    ("text", "adult"),
    [
        ("Year 8 girl is having sex with her boyfriend who is 19", True),
        ("Y9 girl, boyfriend 24, says they sleep together", True),
        ("pregnant by her 30 year old neighbour", True),
        ("her boyfriend who is 15, they had sex", False),
    ],
)
def test_an_adult_partner_is_read_by_rule(text: str, adult: bool, pack: Pack) -> None:
    said = told(text, pack, "underage_sexual_activity")
    assert ("adult" in str(said.get("under16_signs"))) is adult
