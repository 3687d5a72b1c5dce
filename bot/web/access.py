"""Who may open what. Every route names one of these; a test lists them all.

open        anybody: start, sign-in, standing pages, health
signed_in   any person of the school with a session; what they may see of a concern is decided by `concerns`
school      the DSL, head and chair: the list of the school's concerns
officer     an education officer of the authority: redacted misread messages, models; never a concern
token       a machine with a bearer token: the JSON API
signed      the intake, by the signature of what it pushes (Standard Webhooks)
"""

from __future__ import annotations

from typing import Annotated, cast

from fastapi import Depends, Request

from bot.web.people import Person
from bot.web.services import Services

COOKIE = "session"
SCHOOL_ROLES = frozenset({"dsl", "head", "chair"})
OFFICER = "officer"


class SignInFirst(Exception):
    """Nobody is signed in; pages lead to the sign-in page."""


class NotForYou(Exception):
    """Signed in, but this page is for another role."""


class NoToken(Exception):
    """The JSON API was called without a bearer token that is known."""


def services_of(request: Request) -> Services:
    """What this application was wired with."""
    return cast(Services, request.app.state.services)


async def wired(request: Request) -> Services:
    """The same as a dependency: it waits for nothing, so it needs no thread."""
    return services_of(request)


def maybe_person(request: Request) -> Person | None:
    """The person of this session, or None."""
    token = request.cookies.get(COOKIE)
    if not token:
        return None
    services = services_of(request)
    return services.people.of_session(token, services.clock())


def signed_in(person: Annotated[Person | None, Depends(maybe_person)]) -> Person:
    """The person of this session; otherwise the sign-in page."""
    if person is None:
        raise SignInFirst
    return person


def school(person: Annotated[Person, Depends(signed_in)]) -> Person:
    """A person who answers for the whole school."""
    if person.role not in SCHOOL_ROLES:
        raise NotForYou
    return person


def officer(person: Annotated[Person, Depends(signed_in)]) -> Person:
    """An education officer."""
    if person.role != OFFICER:
        raise NotForYou
    return person


def token(request: Request) -> Person:
    """The person for whom a bearer token was made out."""
    scheme, _, value = request.headers.get("authorization", "").partition(" ")
    services = services_of(request)
    person = services.people.of_token(value.strip(), services.clock()) if scheme.lower() == "bearer" else None
    if person is None:
        raise NoToken
    return person


Wired = Annotated[Services, Depends(wired)]
Maybe = Annotated[Person | None, Depends(maybe_person)]
SignedIn = Annotated[Person, Depends(signed_in)]
School = Annotated[Person, Depends(school)]
Officer = Annotated[Person, Depends(officer)]
Token = Annotated[Person, Depends(token)]
