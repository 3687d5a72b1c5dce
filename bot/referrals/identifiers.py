"""Identifiers and dates: a warning beside the field when one looks wrong, never a wall."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import phonenumbers
from stdnum.gb import nhs, upn

from bot.referrals.draft import items_of, value_at
from bot.referrals.form import FIELDS, NOT_KNOWN, Field
from bot.referrals.values import filled

POSTCODE = re.compile(
    r"(GIR 0AA|[A-PR-UWYZ]([0-9]{1,2}|[A-HK-Y][0-9]([0-9]|[ABEHMNPRV-Y])?|[0-9][A-HJKPS-UW])"
    r" [0-9][ABD-HJLNP-UW-Z]{2})"
)
"""Form of a postcode (published British standard form). A well-formed postcode need not exist."""
UPN_LETTERS = "ABCDEFGHJKLMNPQRTUVWXYZ"
"""Check letters of a UPN by the remainder modulo 23: no I, O or S (they look like digits)."""
LONGEST_PREGNANCY = timedelta(weeks=40)


@dataclass(frozen=True)
class IdentifierWarning:
    """What looks wrong with one field. Never repeats what was typed."""

    path: str
    says: str


def check_identifiers(draft: Mapping[str, Any], today: date) -> list[IdentifierWarning]:
    """Warnings about every identifier, telephone number, e-mail address and date of the draft."""
    return list(_warnings(draft, today))


def _warnings(draft: Mapping[str, Any], today: date) -> Iterator[IdentifierWarning]:
    for path, value in _entries(draft):
        name = path.rpartition(".")[2]
        if not filled(value) or value == NOT_KNOWN:
            continue
        if says := _says(path, name, str(value), today):
            yield IdentifierWarning(path, says)
    for child in items_of(draft, FIELDS["children"]):
        if filled(child.get("date_of_birth")) and filled(child.get("expected_date")):
            yield IdentifierWarning(
                f"children.{child['id']}.expected_date",
                "A child has a date of birth or a due date, not both.",
            )


def _says(path: str, name: str, value: str, today: date) -> str:
    if name in CHECKS:
        return CHECKS[name](value)
    if name == "date_of_birth" and not path.startswith("children."):
        return check_adult_or_child_birth(value, today)
    return DATES[name](value, today)


def _entries(draft: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """Every field that can be checked, with its path."""
    for path, field in FIELDS.items():
        if field.kind != "list":
            if _checked(field):
                yield path, value_at(draft, path)
            continue
        for item in items_of(draft, field):
            for one in field.fields:
                if _checked(one):
                    yield f"{path}.{item['id']}.{one.path}", value_at(item, one.path)


def _checked(field: Field) -> bool:
    name = field.path.rpartition(".")[2]
    return name in CHECKS or name in DATES


def check_upn(value: str) -> str:
    """What looks wrong with a Unique Pupil Number; a temporary one ends in a letter."""
    number = re.sub(r"[\s-]", "", value).upper()
    if len(number) != 13:
        return "A UPN has 13 characters."
    if not re.fullmatch(r"[A-Z]\d{11}[\dA-Z]", number):
        return "A UPN is a letter, then 12 digits; only the last may be a letter (a temporary UPN)."
    if number[0] not in UPN_LETTERS or (number[-1].isalpha() and number[-1] not in UPN_LETTERS):
        return "A UPN never has the letters I, O or S: is one of them a digit?"
    if upn_check_letter(number[1:]) != number[0]:
        return "The first letter does not fit the rest: check it for a slip."
    return (
        "" if number[-1].isalpha() or upn.is_valid(number) else "This is not a UPN of an English authority."
    )


def upn_check_letter(rest: str) -> str:
    """The letter that characters 2 to 13 ask for: each times its place (2 to 13), summed, modulo 23."""
    values = [UPN_LETTERS.index(sign) if sign.isalpha() else int(sign) for sign in rest]
    return UPN_LETTERS[sum(place * value for place, value in enumerate(values, start=2)) % 23]


def check_nhs(value: str) -> str:
    """What looks wrong with an NHS number."""
    number = re.sub(r"[\s-]", "", value)
    if not re.fullmatch(r"\d{10}", number):
        return "An NHS number has 10 digits."
    return "" if nhs.is_valid(number) else "The last digit does not fit the rest: check it for a slip."


def tidy_postcode(value: str) -> str:
    """A postcode in capitals with one space before its last three characters."""
    signs = re.sub(r"\s", "", value).upper()
    return f"{signs[:-3]} {signs[-3:]}"


def check_postcode(value: str) -> str:
    """What looks wrong with the form of a postcode."""
    if POSTCODE.fullmatch(tidy_postcode(value)):
        return ""
    return "This does not look like a UK postcode, for example WV1 1AA."


def check_phone(value: str) -> str:
    """What looks wrong with a telephone number (words beside it, such as "after 4pm", are fine)."""
    found = list(phonenumbers.PhoneNumberMatcher(value, "GB", leniency=phonenumbers.Leniency.POSSIBLE))
    if not found:
        return "This does not look like a telephone number that can be rung."
    number = found[0].number
    if number.country_code == 44 and len(str(number.national_number)) not in (9, 10):
        return "A UK telephone number has 10 or 11 digits with its 0."
    return ""


def check_email(value: str) -> str:
    """What looks wrong with an e-mail address; a private mailbox is no place for this."""
    address = value.strip()
    if not re.fullmatch(r"[^@\s]+@[^@\s]+\.[A-Za-z]{2,}", address):
        return "This does not look like an e-mail address."
    if re.search(
        r"@(gmail|googlemail|hotmail|outlook|live|yahoo|icloud|aol|btinternet|sky)\.", address.lower()
    ):
        return "This looks like a private mailbox: use the school’s address."
    return ""


def check_urn(value: str) -> str:
    """What looks wrong with a school's Unique Reference Number."""
    return "" if re.fullmatch(r"\d{6}", value.strip()) else "A school’s URN has 6 digits."


def check_laestab(value: str) -> str:
    """What looks wrong with a LAESTAB: authority (3 digits) and establishment (4 digits)."""
    if re.fullmatch(r"\d{3}[/ -]?\d{4}", value.strip()):
        return ""
    return "A LAESTAB has 7 digits: 3 for the authority and 4 for the school, for example 336/1234."


def check_birth(value: str, today: date) -> str:
    """What looks wrong with a child's date of birth at referral."""
    born = _day(value)
    if born is None:
        return "This is not a date."
    if born > today:
        return "This is in the future: for an unborn baby give the due date instead."
    age = age_on(born, today)
    if age >= 26:
        return "This person is an adult: is the date right?"
    if age >= 18:
        return (
            "This person is 18 or over: MASH for children takes over only with special needs or leaving "
            "care. For an adult at risk, ring adult social care."
        )
    return ""


def check_adult_or_child_birth(value: str, today: date) -> str:
    """What looks wrong with the date of birth of a member of the household."""
    born = _day(value)
    if born is None:
        return "This is not a date."
    if born > today:
        return "This is in the future."
    return "" if age_on(born, today) <= 110 else "This person would be over 110: is the year right?"


def check_due(value: str, today: date) -> str:
    """What looks wrong with the due date of an unborn baby."""
    due = _day(value)
    if due is None:
        return "This is not a date."
    if due > today + LONGEST_PREGNANCY:
        return "A due date lies within 40 weeks from today."
    return "This date is long past: has the baby been born?" if due < today - timedelta(weeks=3) else ""


def check_past(value: str, today: date) -> str:
    """What looks wrong with the day on which something happened."""
    day = _day(value[:10])
    if day is None:
        return ""
    return "This is in the future: when did it happen?" if day > today else ""


def age_on(born: date, today: date) -> int:
    """Age in whole years."""
    return today.year - born.year - ((today.month, today.day) < (born.month, born.day))


def _day(value: str) -> date | None:
    try:
        return date.fromisoformat(value.strip())
    except ValueError:
        return None


CHECKS: dict[str, Callable[[str], str]] = {
    "upn": check_upn,
    "nhs_number": check_nhs,
    "postcode": check_postcode,
    "phone": check_phone,
    "email": check_email,
    "urn": check_urn,
    "laestab": check_laestab,
}
DATES: dict[str, Callable[[str, date], str]] = {
    "date_of_birth": check_birth,
    "expected_date": check_due,
    "occurred_on": check_past,
    "date": check_past,
    "seen_at": check_past,
    "at": check_past,
}
