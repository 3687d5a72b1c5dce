"""What identifies somebody leaves the message; relations, pronouns and the worry itself stay."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.tokens import Doc

from bot.reading import redact
from bot.reading.language import language, word_list


def left(text: str, *known: str) -> str:
    return redact(text, known).text


@pytest.mark.parametrize(
    ("text", "gone", "token"),
    [
        (
            "mail mum on k.oduya-smith@talktalk.example.net today",
            "k.oduya-smith@talktalk.example.net",
            "[EMAIL]",
        ),
        ("write to lena (at) mail dot co dot uk", "lena", "[EMAIL]"),
        ("ring 07700 900461 after four", "07700 900461", "[PHONE]"),
        ("home number 0161 496 0882", "0161 496 0882", "[PHONE]"),
        ("dad's mobile is +44 7700 900 118", "900 118", "[PHONE]"),
        ("UPN Q823456781204 on the form", "Q823456781204", "[UPN]"),
        ("upn b 8234 5678 1204", "8234 5678 1204", "[UPN]"),
        ("nhs no 943 476 5919", "943 476 5919", "[NHS]"),
        ("NHS number: 1234567890 wrong check digit and all", "1234567890", "[NHS]"),
        ("they moved to wv14 9zz last month", "wv14 9zz", "[POSTCODE]"),
        ("postcode B163QD", "B163QD", "[POSTCODE]"),
        ("dob 03/11/2014", "03/11/2014", "[DOB]"),
        ("born on the 3rd of November 2014", "3rd of November 2014", "[DOB]"),
        ("his birthday is 12 March", "12 March", "[DOB]"),
        ("messages from @lil.kaz_09 every night", "@lil.kaz_09", "[HANDLE]"),
        ("her snap is kazzabby", "kazzabby", "[HANDLE]"),
        ("he is jay_t_0151 on there", "jay_t_0151", "[HANDLE]"),
        ("silver corsa BX19 KFY at the gate", "BX19 KFY", "[REGISTRATION]"),
        ("car reg was k12 abc", "k12 abc", "[REGISTRATION]"),
        ("lives at 14 marsh close with nan", "14 marsh close", "[ADDRESS]"),
        ("they are at Flat 3b, Heron Court", "Heron Court", "[ADDRESS]"),
        ("moved here from St Werburgh's C of E Primary", "Werburgh", "[SCHOOL]"),
        ("she was at fallowfield high before", "fallowfield", "[SCHOOL]"),
    ],
)
def test_an_identifier_with_a_format_or_a_place_is_replaced(text: str, gone: str, token: str) -> None:
    assert gone not in left(text)
    assert token in left(text)


@pytest.mark.parametrize(
    "text",
    [
        "Oluwaseun told the TA that it hurts",
        "kayleigh came in crying again",
        "Thandeka's mum rang the office",
        "I asked Mr Chowdhury to sit with her",
        "mrs patel saw the mark as well",
        "his stepdad Wojtek did it",
        "a girl called szymona",
        "Grace said she was fine",
        "spoke to Niamh and Rhys at break",
        "aleeshas brother picks her up",
        "it was J.S. again",
    ],
)
def test_a_name_that_nobody_told_us_is_found(text: str) -> None:
    assert "[NAME]" in left(text)


@pytest.mark.parametrize(
    ("text", "known"),
    [
        ("will wouldn't get changed for pe", "Will Acheson"),
        ("jaydn was late", "Jayden Cole"),
        ("Alex's dad is here", "Alexandra Finch"),
        ("JC told me at lunch", "Jayden Cole"),
        ("J. said he fell", "Jayden Cole"),
        ("the coles have moved", "Jayden Cole"),
        ("fatemah was sobbing", "Fatimah Noor"),
        ("billy has a black eye", "William Dunne"),
    ],
)
def test_a_known_name_is_found_however_it_is_written(text: str, known: str) -> None:
    redacted = left(text, known)
    assert "[NAME]" in redacted, redacted


@pytest.mark.parametrize(
    "text",
    [
        "is this red or amber",
        "Y10 boy, 3 boys waiting on the way home",
        "she will be nine in may and mum hopes it stops",
        "he may need a social worker, mark on his arm, no joy from mum",
        "Miss said the DSL and the SENDCo know, CPOMS updated on Monday",
        "went to the primary school next door, his old school",
        "attendance 41% since 12/09, section 47 open, KS2 SATs in may",
        "Mum and Dad split up in March; nan has her at weekends",
        "half past three, 3 times this term, £20 missing from his bag",
        "Pakistani mum, speaks Urdu, worships at the mosque",
    ],
)
def test_ordinary_words_are_left_alone(text: str) -> None:
    assert left(text) == text


def test_pronouns_and_relations_stay() -> None:
    assert left("Kyron said his mum's boyfriend hit her") == "[NAME] said his mum's boyfriend hit her"


def test_several_findings_are_replaced_in_order_and_only_once() -> None:
    redacted = redact("Aisha Begum, dob 03/04/2015, 12 Heron Street, WV1 1AA")
    assert redacted.text == "[NAME], dob [DOB], [ADDRESS], [POSTCODE]"
    assert [span.kind for span in redacted.spans] == ["NAME", "DOB", "ADDRESS", "POSTCODE"]


def test_an_empty_message_stays_empty() -> None:
    assert left("") == ""
    assert left("   ") == "   "


@given(st.text(max_size=120))
@settings(max_examples=150, deadline=None)
def test_any_text_can_be_redacted(text: str) -> None:
    redacted = redact(text, ["Jo Li", "x"])
    spans = list(redacted.spans)
    assert all(0 <= span.start < span.end <= len(text) for span in spans)
    assert all(a.end <= b.start for a, b in pairwise(spans))


def test_words_that_name_nobody_stand_in_no_list_of_names() -> None:
    names = {"first_names", "surnames", "nicknames", "word_names", "names_that_are_verbs"}
    assert not word_list("never_names") & {word for name in names for word in word_list(name)}


@pytest.mark.parametrize(
    "text", ["will did it", "Yes, Hope did", "we asked Dell", "it's mark", "dob told her"]
)
def test_one_word_that_may_be_a_name_has_the_whole_message_read_for_names(text: str) -> None:
    read: list[str] = []

    def looked(words: str) -> Doc:
        read.append(words)
        return language()(words)

    redact(text, nlp=looked)  # type: ignore[arg-type]
    assert read == [text]


def test_a_message_of_plain_words_alone_needs_no_search_for_names() -> None:
    def never(_: str) -> Doc:
        raise AssertionError("there is no name to look for")

    assert redact("Why do you ask that?", nlp=never).text == "Why do you ask that?"  # type: ignore[arg-type]


def test_a_sentence_that_begins_after_a_relative_is_no_name() -> None:
    text = "He sits there with his sister. Scared to go home. Told his nan. Crying now."
    assert redact(text).text == text
    assert redact("I told Sister Bernadette and Mrs. Okoro").text == "I told Sister [NAME] and Mrs. [NAME]"
