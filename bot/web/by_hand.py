"""A referral that staff send themselves: write down the call, and that it was sent."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from fastapi import APIRouter, Request
from starlette.datastructures import FormData
from starlette.responses import Response

from bot.concerns.errors import BadInput, NotNow
from bot.concerns.following_by_hand import HOW
from bot.web.access import SignedIn, Wired
from bot.web.conversation import Form, Showing, words
from bot.web.people import Person
from bot.web.sending import typed_call
from bot.web.services import Services
from bot.web.show import Errors, Show, see_other
from bot.web.times import LONDON, from_form

router = APIRouter(include_in_schema=False)

REACHED = (("yes", "Yes, I spoke to somebody"), ("no", "No, I could not get through"))
CALL = ("reached", "day", "time", "answered_by", "reference")
HANDED = ("how", "to", "day", "time")


@router.get("/referrals/{reference}/call")
def show_call(request: Request, reference: str, person: SignedIn, services: Wired, show: Showing) -> Response:
    """Write down a call to the other council."""
    return _page(request, person, services, show, reference, "call", {})


@router.post("/referrals/{reference}/call")
def note_call(
    request: Request, reference: str, person: SignedIn, services: Wired, show: Showing, form: Form
) -> Response:
    """Keep the call."""
    typed, errors = _typed(form, CALL), Errors()
    call = typed_call(form, errors, "Say whether you got through.")
    if call is not None and not errors:
        try:
            services.concerns.note_call(person, reference, call)
            return see_other(request, f"/referrals/{reference}")
        except (BadInput, NotNow) as wrong:
            errors.add("time", str(wrong))
    return _page(request, person, services, show, reference, "call", typed, errors=errors, status=422)


@router.get("/referrals/{reference}/handed-over")
def show_handed_over(
    request: Request, reference: str, person: SignedIn, services: Wired, show: Showing
) -> Response:
    """Write down that it was sent."""
    return _page(request, person, services, show, reference, "handed-over", {})


@router.post("/referrals/{reference}/handed-over")
def handed_over(
    request: Request, reference: str, person: SignedIn, services: Wired, show: Showing, form: Form
) -> Response:
    """Keep when, how and to whom; only now does it count as sent."""
    typed, errors = _typed(form, HANDED), Errors()
    if typed["how"] not in HOW:
        errors.add("how", "Choose how you sent it.")
    if not typed["to"]:
        errors.add("to", "Say to whom you sent it: a name, a team or an address.")
    at = _moment(typed, errors)
    if not errors:
        try:
            services.concerns.handed_over(person, reference, how=typed["how"], to=typed["to"], at=at)
            return see_other(request, f"/referrals/{reference}")
        except (BadInput, NotNow) as wrong:
            errors.add("to" if "whom" in str(wrong) else "time", str(wrong))
    return _page(request, person, services, show, reference, "handed-over", typed, errors=errors, status=422)


def _typed(form: FormData, names: tuple[str, ...]) -> dict[str, str]:
    return {name: words(form, name).strip() for name in names}


def _moment(typed: dict[str, str], errors: Errors) -> datetime | None:
    try:
        return from_form(typed["day"], typed["time"])
    except ValueError:
        errors.add("time", "Give the day and the time, such as 14:20.")
        return None


def _page(
    request: Request,
    person: Person,
    services: Services,
    show: Show,
    reference: str,
    what: str,
    typed: dict[str, str],
    *,
    errors: Errors | None = None,
    status: int = 200,
) -> Response:
    timeline = services.concerns.referral(person, reference)
    if not timeline.by_hand and what != "call":
        return see_other(request, f"/referrals/{reference}")
    now = services.clock().astimezone(LONDON)
    return show.page(
        request,
        f"web/{what}.html",
        person=person,
        status=status,
        errors=errors,
        heading="Write down a call" if what == "call" else "Write down that you sent it",
        back=f"/referrals/{reference}",
        timeline=timeline,
        reached=_items(REACHED, typed.get("reached")),
        how=_items(tuple(HOW.items()), typed.get("how")),
        typed={"day": f"{now:%Y-%m-%d}", "time": f"{now:%H:%M}"} | typed,
    )


def _items(choices: tuple[tuple[str, str], ...], chosen: str | None) -> list[dict[str, Any]]:
    return [{"value": value, "text": text, "checked": value == chosen} for value, text in choices]
