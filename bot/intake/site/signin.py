"""Signing in and out. Only the demonstration exists: on loopback, and only when BOT_DEMO is set."""

from __future__ import annotations

from fastapi import APIRouter, Request
from sqlalchemy import select
from starlette.responses import RedirectResponse, Response

from bot.intake.services import Services, Wired
from bot.intake.site.access import COOKIE, Form, Maybe, SignedIn, demonstration, sign_in, sign_out, words
from bot.intake.site.show import page
from bot.intake.tables import Person
from bot.intake.work.hubs import HUBS
from bot.intake.work.rights import ROLES

router = APIRouter(include_in_schema=False)


@router.get("/")
def start(person: Maybe) -> Response:
    """The queue, or the sign-in page."""
    return RedirectResponse("/queue" if person else "/sign-in", status_code=303)


@router.get("/sign-in")
def choose(request: Request, services: Wired) -> Response:
    """Who do you want to be (demonstration), or: not configured."""
    return _choice(request, services)


@router.post("/sign-in")
def enter(request: Request, services: Wired, form: Form) -> Response:
    """Become that demonstration person."""
    if not demonstration(services, request):
        return _choice(request, services, status=403)
    secret = sign_in(services, words(form, "person"))
    if secret is None:
        return _choice(request, services, status=422, errors={"people": "Choose one of the people below"})
    answer = RedirectResponse("/queue", status_code=303)
    secure = request.url.scheme == "https"
    answer.set_cookie(COOKIE, secret, httponly=True, samesite="lax", secure=secure, path="/")
    return answer


@router.get("/account")
def account(person: SignedIn) -> Response:
    """Who is signed in, and the way out."""
    return page("mash/account.html", person=person, current="/account")


@router.post("/sign-out")
def leave(request: Request, services: Wired) -> Response:
    """End this browser's session."""
    secret = request.cookies.get(COOKIE)
    if secret:
        sign_out(services, secret)
    answer = RedirectResponse("/sign-in", status_code=303)
    answer.delete_cookie(COOKIE, path="/", httponly=True, samesite="lax")
    return answer


@router.get("/about")
def about(person: Maybe) -> Response:
    """What this intake is and is not."""
    return page("mash/about.html", person=person)


def _choice(
    request: Request, services: Services, status: int = 200, errors: dict[str, str] | None = None
) -> Response:
    demo = demonstration(services, request)
    people = []
    if demo:
        with services.database.read() as session:
            people = [
                {
                    "id": person.id,
                    "name": person.name,
                    "role": ROLES[person.role],
                    "hub": HUBS[person.hub].name if person.hub else "",
                }
                for person in session.scalars(
                    select(Person).where(Person.left_at.is_(None)).order_by(Person.role, Person.name)
                )
            ]
    return page("mash/sign-in.html", status=status, errors=errors, demo=demo, people=people)
