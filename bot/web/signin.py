"""Signing in and out. Only the demonstration exists so far: on loopback, and only when BOT_DEMO is set."""

from __future__ import annotations

from fastapi import APIRouter, Request
from starlette.responses import RedirectResponse, Response

from bot.store import NotThere
from bot.web.access import COOKIE, Maybe, SignedIn, Wired
from bot.web.conversation import Form, Showing, words
from bot.web.services import Services
from bot.web.show import Errors

router = APIRouter(include_in_schema=False)

LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})


def demonstration(services: Services, request: Request) -> bool:
    """Whether anybody may choose who to be: asked for, bound to loopback, and called on loopback."""
    settings = services.settings
    return settings.demo and settings.host in LOOPBACK and request.url.hostname in LOOPBACK


@router.get("/")
def start(request: Request, person: Maybe, show: Showing) -> Response:
    """The first page."""
    if person is not None:
        return RedirectResponse("/concerns", status_code=303)
    return show.page(request, "web/start.html", heading="Worried about a child?")


@router.get("/sign-in")
def choose(request: Request, services: Wired, show: Showing) -> Response:
    """Who do you want to be (demonstration), or: not configured."""
    demo = demonstration(services, request)
    people = services.people.all() if demo else []
    return show.page(request, "web/sign-in.html", heading="Sign in", back="/", demo=demo, people=people)


@router.post("/sign-in")
def sign_in(request: Request, services: Wired, show: Showing, form: Form) -> Response:
    """Become that demonstration person."""
    if not demonstration(services, request):
        return show.page(request, "web/sign-in.html", status=403, heading="Sign in", demo=False, people=[])
    try:
        secret = services.people.sign_in(words(form, "person"), services.clock())
    except NotThere:
        errors = Errors({"people": "Choose one of the people of this page."})
        people = services.people.all()
        return show.page(
            request,
            "web/sign-in.html",
            status=422,
            errors=errors,
            heading="Sign in",
            demo=True,
            people=people,
        )
    response = RedirectResponse("/concerns", status_code=303)
    response.set_cookie(
        COOKIE, secret, httponly=True, samesite="lax", secure=request.url.scheme == "https", path="/"
    )
    return response


@router.get("/account")
def account(request: Request, person: SignedIn, show: Showing) -> Response:
    """Who is signed in, and the way out."""
    return show.page(request, "web/account.html", person=person, heading="Your account")


@router.post("/sign-out")
def sign_out(request: Request, services: Wired) -> Response:
    """End this browser's session; nothing that was said is lost."""
    secret = request.cookies.get(COOKIE)
    if secret:
        services.people.sign_out(secret, services.clock())
    response = RedirectResponse("/", status_code=303)
    response.delete_cookie(COOKIE, path="/", httponly=True, samesite="lax")
    return response
