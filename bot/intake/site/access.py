"""Who may open which page. Every page names one of these; a test lists them all.

open        anybody: start, sign-in, about, an agency's link (which asks for a code of its own)
signed_in   any person of MASH; what they see of a referral is decided by `may_see`
a right     `needs(Right.…)`: only roles that have it
"""

from __future__ import annotations

import secrets
from collections.abc import Callable
from datetime import timedelta
from typing import Annotated

from fastapi import Depends, Request
from sqlalchemy import delete, select
from starlette.datastructures import FormData

from bot.intake.secrecy import fingerprint
from bot.intake.services import Services, Wired
from bot.intake.settings import LOOPBACK
from bot.intake.tables import Person, SignIn
from bot.intake.work import trail
from bot.intake.work.rights import Right, may
from bot.intake.work.steps import NotAllowed

COOKIE = "mash"
MOST_FIELDS = 5_000


class SignInFirst(Exception):
    """Nobody is signed in; pages lead to the sign-in page."""


def demonstration(services: Services, request: Request) -> bool:
    """Whether anybody may choose who to be: asked for, bound to loopback, and called on loopback."""
    return services.settings.demonstration and request.url.hostname in LOOPBACK


def sign_in(services: Services, person_id: str) -> str | None:
    """A new session for a person; None where there is no such person."""
    now = services.now()
    secret = secrets.token_urlsafe(32)
    with services.database.write() as session:
        person = session.get(Person, person_id)
        if person is None or person.left_at is not None:
            return None
        session.execute(delete(SignIn).where(SignIn.seen_at < now - _idle(services)))
        session.add(SignIn(person_id=person.id, hash=fingerprint(secret), seen_at=now))
        trail.record(
            session, actor=f"person:{person.id}", action="signed_in", subject=f"person:{person.id}", at=now
        )
    return secret


def sign_out(services: Services, secret: str) -> None:
    """End a session."""
    with services.database.write() as session:
        session.execute(delete(SignIn).where(SignIn.hash == fingerprint(secret)))


def maybe_person(request: Request, services: Wired) -> Person | None:
    """The person of this browser's session, or None. A session that nobody used for a while has ended."""
    secret = request.cookies.get(COOKIE)
    if not secret:
        return None
    now = services.now()
    with services.database.read() as session:
        row = session.execute(
            select(SignIn, Person)
            .join(Person, Person.id == SignIn.person_id)
            .where(SignIn.hash == fingerprint(secret), Person.left_at.is_(None))
        ).one_or_none()
    if row is None or row[0].seen_at < now - _idle(services):
        return None
    if now - row[0].seen_at > timedelta(minutes=1):
        with services.database.write() as session:
            session.merge(row[0]).seen_at = now
    person: Person = row[1]
    return person


def signed_in(person: Annotated[Person | None, Depends(maybe_person)]) -> Person:
    """The person of this session; otherwise the sign-in page."""
    if person is None:
        raise SignInFirst
    return person


def needs(right: Right) -> Callable[[Person], Person]:
    """A person whose role has the right."""

    def with_right(person: Annotated[Person, Depends(signed_in)]) -> Person:
        if not may(person, right):
            raise NotAllowed
        return person

    return with_right


async def form_of(request: Request) -> FormData:
    """What a form sent. Screening a large family with common names sends thousands of fields."""
    return await request.form(max_files=0, max_fields=MOST_FIELDS)


def words(form: FormData, name: str) -> str:
    """One field of a form as text; empty where it is missing."""
    value = form.get(name)
    return value if isinstance(value, str) else ""


def many(form: FormData, name: str) -> list[str]:
    """All values of a field, such as ticked boxes."""
    return [value for value in form.getlist(name) if isinstance(value, str)]


Maybe = Annotated[Person | None, Depends(maybe_person)]
SignedIn = Annotated[Person, Depends(signed_in)]
Form = Annotated[FormData, Depends(form_of)]


def _idle(services: Services) -> timedelta:
    return timedelta(minutes=services.settings.intake_idle_minutes)
