"""Given an account, expect the people that it names: who did it, brothers and sisters, services, the year."""

from __future__ import annotations

import pytest

from bot.referrals.people_told import possible_risks, school_year, services, siblings, social_worker


@pytest.mark.parametrize(
    ("text", "relation", "name"),
    [
        ("Kayden says stepdad Darren hit him with a belt last night", "stepdad", "Darren"),
        ("mum said dad hit him", "dad", ""),
        ("she was slapped by her mum's boyfriend", "mum's boyfriend", ""),
        ("Y5 girl told her teacher dad always slaps her", "dad", ""),
        ("his stepdads brother kicked him on sat", "stepdad's brother", ""),
        ("his mates dad hit him, yr 4", "mate's dad", ""),
        ("mums boyfriend hit him", "mum's boyfriend", ""),
        ("dad didnt do it, it was mum who burnt his hand", "mum", ""),
        ("TA saw mum slap him at 8.45 today", "mum", ""),
    ],
)
def test_who_is_said_to_have_done_it_stands_among_possible_risks(text: str, relation: str, name: str) -> None:
    (row,) = possible_risks([text])
    assert (row["relation"], row.get("name", ""), row["notes"]) == (relation, name, text)


@pytest.mark.parametrize(
    "text",
    [
        "she is not sure if dad hit her",
        "I asked whether dad hit him and he said no",
        "dad never hits him",
        "mum left him at the gate",
        "her friend's dad hit her friend",
        "she might have been hit by dad",
    ],
)
def test_what_is_asked_denied_or_only_thought_accuses_nobody(text: str) -> None:
    assert possible_risks([text]) == []


@pytest.mark.parametrize(
    ("accounts", "who"),
    [
        (["mum hit him with a shoe yesterday", "sorry it was dad not mum"], ["dad"]),
        (["dad hit him with a belt", "forget what i said about dad, it was grandad"], ["grandad"]),
        (["uncle hurt her", "no sorry I got that wrong, it was her cousin whos 15"], ["cousin"]),
        (["dad hit him", "dad never hit him, my mistake"], []),
        (["dad hit him", "mum says dad never hit him"], ["dad"]),
        (["dad hit him", "his uncle hit him too"], ["dad", "uncle"]),
    ],
)
def test_a_correction_puts_the_right_person_in_and_anothers_denial_takes_nobody_out(
    accounts: list[str], who: list[str]
) -> None:
    assert [row["relation"] for row in possible_risks(accounts)] == who


def test_the_brother_of_somebody_else_is_no_brother_of_the_child() -> None:
    assert siblings(["his stepdads brother kicked him"]) == []


def test_a_year_that_was_put_right_counts() -> None:
    assert school_year(["yr 6 girl told me", "she's yr 5 not yr 6"]) == "Year 5"


def test_the_same_person_told_twice_is_one_row() -> None:
    assert len(possible_risks(["dad hit him", "his dad hit him again"])) == 1


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("his sister Ellie (Y6) saw it", [{"relation": "sister", "name": "Ellie", "notes": "Y6"}]),
        ("her little brother is 4", [{"relation": "little brother", "notes": "4"}]),
        ("his sister Ellie was there. His sister cried", [{"relation": "sister", "name": "Ellie"}]),
        ("no one else lives there", []),
    ],
)
def test_brothers_and_sisters_belong_to_the_household(text: str, rows: list[dict[str, str]]) -> None:
    assert siblings([text]) == rows


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("Under CAMHS, and police called last night", "CAMHS; police"),
        ("referred to early help in May", "early help"),
        ("not under CAMHS", ""),
        ("he wants to join the police", ""),
    ],
)
def test_services_that_are_involved(text: str, named: str) -> None:
    assert services([text]) == named


def test_the_social_workers_name() -> None:
    assert social_worker(["His social worker is Jan Smith."]) == "Jan Smith"
    assert social_worker(["no social worker"]) == ""


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("Kayden in Y4 has a bruise", "Year 4"),
        ("Reception boy, twins", "Reception"),
        ("his brother in y2 said so. He is in year 6", "Year 6"),
        ("6 years old", ""),
        ("since year 3 he has been late", ""),
    ],
)
def test_the_childs_school_year(text: str, year: str) -> None:
    assert school_year([text]) == year
