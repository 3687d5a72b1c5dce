"""Of whom a sentence tells something, and whether it denies it, by its grammar."""

from __future__ import annotations

import re

import pytest

from bot.reading.clauses import CHILD, GROWN_UP, NOBODY, OTHER_CHILD, doers, speaks_of

HARM = re.compile(
    r"\b(?:bruis\w*|marks?|black eye|cuts?|hit\w*|slap\w*|burnt?|social worker|foster care|wheelchair)\b",
    re.I,
)


@pytest.mark.parametrize(
    ("sentence", "whose"),
    [
        ("he has a bruise on his arm", {CHILD}),
        ("[NAME] has a bruise behind her ear", {CHILD}),
        ("his brother has a bruise on his arm", {OTHER_CHILD}),
        ("a bruise on his brother's leg", {OTHER_CHILD}),
        ("dad hit mum, mum has a black eye", {GROWN_UP}),
        ("stepdad gave her mum a black eye", {GROWN_UP}),
        ("stepdad gave him a black eye", {CHILD}),
        ("dad left a mark on his arm", {CHILD}),
        ("she saw her brother being hit by dad", {OTHER_CHILD}),
        ("he was hit by his brother", {CHILD}),
        ("dad hit his brother and [NAME]", {CHILD}),
        ("it's her cousin [NAME] who's in foster care", {OTHER_CHILD}),
        ("his brother has a bruise and she has a cut", {OTHER_CHILD, CHILD}),
    ],
)
def test_harm_belongs_to_whom_the_grammar_gives_it(sentence: str, whose: set[str]) -> None:
    assert speaks_of(sentence, HARM) == whose


@pytest.mark.parametrize(
    "sentence",
    [
        "no social worker, I checked",
        "there was no mark on him",
        "he hasnt got a mark on him",
        "I could not see any marks",
        "he says nobody hit him",
        "dad denies hitting him",
        "he has never been hit",
        "he came back without a mark",
    ],
)
def test_what_is_denied_is_told_of_nobody(sentence: str) -> None:
    assert speaks_of(sentence, HARM) == {NOBODY}


@pytest.mark.parametrize(
    "sentence",
    [
        "she won't explain the bruise",
        "he wont say how he got the bruise",
        "dad hasn't stopped hitting him",
        "no bruises but a cut on his lip",
        "not sure about the mark on his neck",
    ],
)
def test_a_denied_explanation_denies_no_mark(sentence: str) -> None:
    assert CHILD in speaks_of(sentence, HARM)


def test_a_sentence_without_the_words_speaks_of_nobody() -> None:
    assert speaks_of("he likes maths", HARM) == frozenset()


@pytest.mark.parametrize(
    ("sentence", "who"),
    [
        ("mum said dad hit him with a belt", ("dad",)),
        ("mum and dad hit him", ("mum", "dad")),
        ("her stepdad, who had been drinking, slapped her", ("her stepdad",)),
        ("she was slapped by her mum's new boyfriend", ("her mum's new boyfriend",)),
        ("dad did not hit him", ()),
        ("he has a bruise", ()),
    ],
)
def test_who_did_it_is_the_subject_and_not_who_tells_of_it(sentence: str, who: tuple[str, ...]) -> None:
    assert doers(sentence, HARM) == who
