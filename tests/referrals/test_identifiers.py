"""A warning beside an identifier that looks wrong; never a wall, and never a repetition of it."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.referrals import check_identifiers, merge
from bot.referrals.identifiers import (
    UPN_LETTERS,
    check_email,
    check_laestab,
    check_nhs,
    check_phone,
    check_postcode,
    check_upn,
    check_urn,
    tidy_postcode,
    upn_check_letter,
)
from tests.referrals.drafts import UNHURRIED

TODAY = date(2026, 11, 20)


@pytest.mark.parametrize("number", ["B801200005001", "J336200119001", "V33620012101B", "b 8012 0000 5001"])
def test_a_right_upn_says_nothing(number: str) -> None:
    assert check_upn(number) == ""


@pytest.mark.parametrize(
    "number",
    ["A801200005001", "B80120000500", "I336200119001", "V33620012101O", "8801200005001", "Q207000016049"],
)
def test_a_wrong_upn_is_noticed(number: str) -> None:
    assert check_upn(number)


def test_the_check_letter_of_the_disputed_example_is_p() -> None:
    assert upn_check_letter("207000016049") == "P"


@UNHURRIED
@given(st.integers(0, 10**12 - 1))
def test_every_number_has_one_check_letter(number: int) -> None:
    rest = f"{number:012d}"
    right = upn_check_letter(rest)
    assert all(check_upn(letter + rest) for letter in UPN_LETTERS if letter != right)


@pytest.mark.parametrize(("number", "right"), [("943 476 5919", True), ("9434765918", False), ("943", False)])
def test_nhs_numbers(number: str, right: bool) -> None:
    assert (check_nhs(number) == "") is right


@pytest.mark.parametrize(
    ("postcode", "right"),
    [
        ("wv11aa", True),
        ("WV1 1AA", True),
        ("HR1 2ZB", True),
        ("SW1A 1AA", True),
        ("WV1", False),
        ("1WV 1AA", False),
    ],
)
def test_postcodes(postcode: str, right: bool) -> None:
    assert (check_postcode(postcode) == "") is right


def test_a_postcode_is_tidied() -> None:
    assert tidy_postcode(" wv1 1aa") == "WV1 1AA"


@pytest.mark.parametrize(
    ("number", "right"),
    [("01632 960001", True), ("07700 900123, after 4pm", True), ("+44 1632 960001", True), ("123", False),
     ("ask the office", False)],
)  # fmt: skip
def test_telephone_numbers(number: str, right: bool) -> None:
    assert (check_phone(number) == "") is right


@pytest.mark.parametrize(
    ("address", "right"),
    [("s.field@school.example", True), ("sam", False), ("sam@gmail.com", False)],
)
def test_email_addresses(address: str, right: bool) -> None:
    assert (check_email(address) == "") is right


def test_school_codes() -> None:
    assert (check_urn("100000"), check_laestab("336/1234"), check_laestab("3361234")) == ("", "", "")
    assert check_urn("1000")
    assert check_laestab("36/1234")


@pytest.mark.parametrize(
    ("child", "noticed"),
    [
        ({"date_of_birth": "2018-03-02"}, False),
        ({"date_of_birth": "2026-12-01"}, True),
        ({"date_of_birth": "2008-11-20"}, True),
        ({"date_of_birth": "2008-11-21"}, False),
        ({"expected_date": "2027-03-01"}, False),
        ({"expected_date": "2027-11-01"}, True),
        ({"expected_date": "2026-01-01"}, True),
        ({"date_of_birth": "2018-03-02", "expected_date": "2027-03-01"}, True),
        ({"date_of_birth": "not_known"}, False),
    ],
)
def test_a_childs_dates_make_sense(child: dict[str, Any], noticed: bool) -> None:
    assert bool(check_identifiers(merge({}, {"children": [child]}), TODAY)) is noticed


def test_a_parent_may_be_older_than_a_child_may() -> None:
    draft = merge({}, {"household": [{"name": "Ann", "date_of_birth": "1980-01-01"}]})
    assert check_identifiers(draft, TODAY) == []


def test_nothing_happens_in_the_future() -> None:
    draft = merge({}, {"concern": {"occurred_on": "2026-11-21"}, "chronology": [{"date": "2026-12-01"}]})
    assert [one.path for one in check_identifiers(draft, TODAY)] == [
        "concern.occurred_on",
        "chronology.chronology-1.date",
    ]


def test_a_warning_names_its_place_and_not_what_was_typed() -> None:
    draft = merge({}, {"children": [{"id": "c1", "upn": "WILHELMINA123"}]})
    (warning,) = check_identifiers(draft, TODAY)
    assert warning.path == "children.c1.upn"
    assert "WILHELMINA" not in warning.says
