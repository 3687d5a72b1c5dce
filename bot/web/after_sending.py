"""Pages after sending: add information, ask for a step-up, withdraw."""

from __future__ import annotations

import secrets
from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import Response

from bot.concerns.errors import BadInput, KeyUsedBefore, NotNow
from bot.web.access import SignedIn, Wired
from bot.web.conversation import Form, Showing, words
from bot.web.people import Person
from bot.web.show import Errors, Show, see_other

router = APIRouter(include_in_schema=False)

RISK = (
    ("yes", "Yes, MASH should look at it again at once"),
    ("no", "No, it is for their information"),
    ("unsure", "Not sure"),
)
HIGHER = {"yes": True, "no": False}


@router.get("/referrals/{reference}/information")
def show_information(
    request: Request, reference: str, person: SignedIn, services: Wired, show: Showing
) -> Response:
    """Add what became known since."""
    services.concerns.referral(person, reference)
    return _information(request, person, show, reference, {})


@router.post("/referrals/{reference}/information")
def add_information(
    request: Request, reference: str, person: SignedIn, services: Wired, show: Showing, form: Form
) -> Response:
    """Keep it, assess it again and send it on the same reference."""
    typed = {name: words(form, name) for name in ("words", "risk", "key")}
    errors, added = Errors(), None
    if typed["risk"] not in dict(RISK):
        errors.add("risk", "Say whether the risk is higher. “Not sure” is an answer.")
    if not errors:
        try:
            added = services.concerns.add_information(
                person,
                reference,
                typed["words"],
                risk_is_higher=HIGHER.get(typed["risk"]),
                key=typed["key"] or None,
            )
        except (BadInput, KeyUsedBefore, NotNow) as wrong:
            errors.add("words", str(wrong))
    if added is None:
        services.concerns.referral(person, reference)
        return _information(request, person, show, reference, typed, errors=errors, status=422)
    said = "danger" if added.emergency else "yes"
    return see_other(request, f"/referrals/{added.reference}?added={said}")


@router.post("/referrals/{reference}/step-up")
def step_up(request: Request, reference: str, person: SignedIn, services: Wired) -> Response:
    """Tell MASH that the risk is higher than it was."""
    added = services.concerns.step_up(person, reference)
    return see_other(request, f"/referrals/{added.reference}?added=yes")


@router.get("/referrals/{reference}/withdraw")
def show_withdraw(
    request: Request, reference: str, person: SignedIn, services: Wired, show: Showing
) -> Response:
    """Say why it is withdrawn."""
    services.concerns.referral(person, reference)
    return _withdraw(request, person, show, reference)


@router.post("/referrals/{reference}/withdraw")
def withdraw(
    request: Request, reference: str, person: SignedIn, services: Wired, show: Showing, form: Form
) -> Response:
    """Ask MASH to stop; the referral stays in sight."""
    typed, errors = words(form, "reason"), Errors()
    try:
        services.concerns.withdraw(person, reference, typed)
    except (BadInput, NotNow) as wrong:
        errors.add("reason", str(wrong))
        return _withdraw(request, person, show, reference, typed=typed, errors=errors, status=422)
    return see_other(request, f"/referrals/{reference}")


def _information(
    request: Request,
    person: Person,
    show: Show,
    reference: str,
    typed: dict[str, str],
    *,
    errors: Errors | None = None,
    status: int = 200,
) -> Response:
    risk: list[dict[str, Any]] = [
        {"value": value, "text": text, "checked": typed.get("risk") == value} for value, text in RISK
    ]
    return show.page(
        request,
        "web/information.html",
        person=person,
        status=status,
        errors=errors,
        heading="Add information",
        back=f"/referrals/{reference}",
        risk=risk,
        typed=typed.get("words", ""),
        key=typed.get("key") or secrets.token_urlsafe(16),
    )


def _withdraw(
    request: Request,
    person: Person,
    show: Show,
    reference: str,
    *,
    typed: str = "",
    errors: Errors | None = None,
    status: int = 200,
) -> Response:
    return show.page(
        request,
        "web/withdraw.html",
        person=person,
        status=status,
        errors=errors,
        heading="Withdraw the referral",
        back=f"/referrals/{reference}",
        reference=reference,
        typed=typed,
    )
