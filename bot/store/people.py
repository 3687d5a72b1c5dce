"""The people who sign in, found by e-mail (blind index), by sign-in subject, or by their role in a school."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.safekeeping import Vault
from bot.store.sessions import NotThere
from bot.store.tables import ROLES, Person


def add_person(
    session: Session,
    *,
    organisation_id: str,
    role: str,
    name: str,
    at: datetime,
    email: str | None = None,
    subject: str | None = None,
    job_title: str | None = None,
) -> Person:
    """Someone new. `role`: staff, dsl, head, chair, officer or admin; `subject`: who the sign-in service
    says it is.
    """
    if role not in ROLES:
        raise ValueError(f"a role is one of: {', '.join(ROLES)}")
    person = Person(
        organisation_id=organisation_id,
        role=role,
        name=name,
        email=email,
        email_index=None if email is None else _email_index(session, email),
        subject=subject,
        job_title=job_title,
        created_at=at,
    )
    session.add(person)
    session.flush()
    return person


def get_person(session: Session, person_id: str) -> Person:
    """The person of that id; raises NotThere (also for who has left)."""
    person = session.get(Person, person_id)
    if person is None or person.left_at is not None:
        raise NotThere("There is no such person.")
    return person


def person_of_record(session: Session, person_id: str) -> Person:
    """Who did something, also when they have left since: what they did keeps their name."""
    person = session.get(Person, person_id)
    if person is None:
        raise NotThere("There is no such person.")
    return person


def person_by_email(session: Session, email: str) -> Person | None:
    """Who signs in with that e-mail address, whatever its case."""
    found = select(Person).where(Person.email_index == _email_index(session, email), Person.left_at.is_(None))
    return session.scalar(found)


def person_by_subject(session: Session, subject: str) -> Person | None:
    """Who the sign-in service knows by that subject."""
    return session.scalar(select(Person).where(Person.subject == subject, Person.left_at.is_(None)))


def people_of(session: Session, organisation_id: str, *, roles: Sequence[str] = ROLES) -> list[Person]:
    """Everybody of an organisation who has one of the roles and has not left, in the order they came."""
    found = select(Person).where(
        Person.organisation_id == organisation_id, Person.role.in_(roles), Person.left_at.is_(None)
    )
    return list(session.scalars(found.order_by(Person.created_at, Person.id)))


def officers_of_authority(session: Session, la_code: str | None) -> list[Person]:
    """The education officers of one authority."""
    found = (
        select(Person)
        .where(Person.role == "officer", Person.left_at.is_(None))
        .order_by(Person.created_at, Person.id)
    )
    return [person for person in session.scalars(found) if person.organisation.la_code == la_code]


def _email_index(session: Session, email: str) -> str:
    vault: Vault = session.info["vault"]
    return vault.blind_index("people.email", email)
