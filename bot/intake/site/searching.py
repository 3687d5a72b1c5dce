"""Searching by what the screening officer learned elsewhere, besides what the referral says."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session
from starlette.datastructures import FormData

from bot.intake.site.access import words
from bot.intake.tables import Referral
from bot.intake.work import known, screening
from bot.intake.work.steps import Incomplete

FIELDS = {
    "first_name": "First name",
    "last_name": "Last name",
    "upn": "UPN",
    "address": "First line of the address",
    "postcode": "Postcode",
}
_DATE = ("day", "month", "year")


def found_by_form(
    session: Session, referral: Referral, form: FormData, now: datetime
) -> list[dict[str, Any]]:
    """What the search fields find, as one more child of the screening page; nothing while they are empty."""
    details = _details(form)
    return (
        [group("Your search", details, screening.look_for(session, referral, details, now))]
        if details
        else []
    )


def group(name: str, details: dict[str, Any], found: list[screening.Found]) -> dict[str, Any]:
    """The matches of one child, and whether enough is known of it to find anybody at all."""
    return {"name": name, "found": found, "searched": known.can_be_searched(details)}


def check(form: FormData) -> None:
    """Refuse a search for nothing, or by a date that there is not."""
    if not _details(form):
        raise Incomplete("search-first_name", "Say what you know of the child")
    if any(_parts(form)) and _born(form) is None:
        raise Incomplete("search-born", "Write the date of birth like 9 5 2014")


def _details(form: FormData) -> dict[str, Any]:
    said = {field: words(form, f"search-{field}").strip()[:200] for field in FIELDS}
    found: dict[str, Any] = {field: text for field, text in said.items() if text}
    born = _born(form)
    return found | ({"date_of_birth": born.isoformat()} if born else {})


def _born(form: FormData) -> date | None:
    day, month, year = _parts(form)
    try:
        return date(int(year), int(month), int(day))
    except (ValueError, OverflowError):
        return None


def _parts(form: FormData) -> list[str]:
    return [words(form, f"search-{part}").strip() for part in _DATE]
