"""What an agency sees: a code first, then no more than it needs, and one answer."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request
from starlette.datastructures import FormData
from starlette.responses import RedirectResponse, Response

from bot.intake.services import Services, Wired
from bot.intake.site.access import Form, words
from bot.intake.site.document import sections
from bot.intake.site.show import page
from bot.intake.tables import InformationRequest, Referral
from bot.intake.work import asking, trail
from bot.intake.work.agencies import AGENCIES, part_for
from bot.intake.work.steps import Incomplete

router = APIRouter(include_in_schema=False)

COOKIE = "answer"
WHY_CLOSED = {
    "expired": "This link has expired, or it was not copied whole.",
    "answered": "This request was answered already.",
    "locked": "This link was locked after five wrong codes.",
    "replaced": "This link was replaced by a newer one.",
}


@router.get("/answer/{link}")
def open_link(link: str, request: Request, services: Wired) -> Response:
    """The code form; after the right code, what is asked."""
    return _shown(services, request, link, FormData(), {})


@router.post("/answer/{link}/code")
def give_code(link: str, request: Request, services: Wired, form: Form) -> Response:
    """Check the code that came another way. Wrong ones are counted."""
    now = services.now()
    try:
        with services.database.write() as session:
            asked = asking.find_link(session, link, now)
            opened = asking.unlock(session, asked, words(form, "code"), now)
            left = asking.MOST_TRIES - asked.wrong_codes
    except asking.LinkClosed as closed:
        return _closed(closed)
    if opened is None:
        says = f"That code is not right. You can try {left} more time{'s' if left != 1 else ''}"
        return page("mash/code.html", status=422, link=link, errors={"code": says})
    answer = RedirectResponse(f"/answer/{link}", status_code=303)
    answer.set_cookie(
        COOKIE,
        opened,
        httponly=True,
        samesite="strict",
        secure=request.url.scheme == "https",
        path=f"/answer/{link}",
    )
    return answer


@router.post("/answer/{link}")
def send_answer(link: str, request: Request, services: Wired, form: Form) -> Response:
    """Keep the answer, once."""
    now = services.now()
    try:
        with services.database.write() as session:
            asked = asking.find_link(session, link, now)
            if not asking.is_unlocked(asked, request.cookies.get(COOKIE)):
                return page("mash/code.html", status=403, link=link)
            asking.answer(
                session,
                asked,
                worry=words(form, "worry"),
                words=words(form, "words"),
                name=words(form, "name"),
                now=now,
            )
    except asking.LinkClosed as closed:
        return _closed(closed, words(form, "words").strip())
    except Incomplete as wrong:
        return _shown(services, request, link, form, {wrong.field: str(wrong)})
    answer = page("mash/answered.html", agency=AGENCIES[asked.agency].name)
    answer.delete_cookie(COOKIE, path=f"/answer/{link}", httponly=True, samesite="strict")
    return answer


def _shown(
    services: Services, request: Request, link: str, form: FormData, errors: dict[str, str]
) -> Response:
    now = services.now()
    try:
        with services.database.write() as session:
            asked = asking.find_link(session, link, now)
            if not asking.is_unlocked(asked, request.cookies.get(COOKIE)):
                return page("mash/code.html", link=link)
            referral = session.get_one(Referral, asked.referral_id)
            trail.record(
                session,
                actor=f"link:{asked.id}",
                action="viewed",
                subject=f"referral:{referral.id}",
                at=now,
            )
            return page(
                "mash/answer.html",
                status=422 if errors else 200,
                errors=errors,
                link=link,
                form=form,
                **_asked(asked, referral),
            )
    except asking.LinkClosed as closed:
        return _closed(closed)


def _asked(asked: InformationRequest, referral: Referral) -> dict[str, Any]:
    return {
        "agency": AGENCIES[asked.agency].name,
        "asks": asked.asked,
        "band": referral.band,
        "reference": referral.mash_reference,
        "due": asked.due_at,
        "worries": asking.WORRIES,
        "sections": sections(part_for(referral.document, asked.sections)),
    }


def _closed(closed: asking.LinkClosed, written: str = "") -> Response:
    return page("mash/link-closed.html", status=410, why=WHY_CLOSED[closed.why], written=written)
