"""A demonstration authority, school and people, all invented. Made once, only where BOT_DEMO=1."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta
from pathlib import Path

from bot.store import NotThere, Person, Session, Store
from bot.store import organisations as kept_organisations
from bot.store import people as kept_people
from bot.store import tokens as kept_tokens

AUTHORITY = "Demonstration authority"
SCHOOL = "Northgate Primary School (demonstration)"
OTHER_SCHOOL = "Southbank High School (demonstration)"
TOKEN_LASTS = timedelta(days=7)
PEOPLE = {
    SCHOOL: (
        ("staff", "Sam Okafor", "Teaching assistant"),
        ("staff", "Priya Shah", "Class teacher"),
        ("dsl", "Helen Marsh", "Designated safeguarding lead"),
        ("head", "David Price", "Headteacher"),
        ("chair", "Ruth Lane", "Chair of governors"),
    ),
    OTHER_SCHOOL: (
        ("staff", "Tom Fielding", "Form tutor"),
        ("dsl", "Amina Yusuf", "Designated safeguarding lead"),
    ),
    AUTHORITY: (
        ("officer", "Jo Bennett", "Education officer"),
        ("officer", "Lewis Grant", "Education officer"),
    ),
}


def seed(store: Store, pack: str, at: datetime) -> None:
    """Make the demonstration authority, two schools and their people, unless they are there."""
    with store.write() as session:
        if kept_organisations.organisation_named(session, SCHOOL) is not None:
            return
        for name, people in PEOPLE.items():
            organisation = kept_organisations.add_organisation(
                session,
                kind="authority" if name == AUTHORITY else "school",
                name=name,
                la_code="336",
                urn=None if name == AUTHORITY else ("100001" if name == SCHOOL else "100002"),
                pack=pack,
                details={} if name == AUTHORITY else {"phone": "01632 960001", "laestab": "3362001"},
                at=at,
            )
            for role, person, job_title in people:
                _add(session, organisation.id, role, person, job_title, at)


def token(store: Store, at: datetime) -> str:
    """A new bearer token of the first member of staff, shown once at every start."""
    with store.write() as session:
        person = first_person(session)
        return kept_tokens.mint_token(session, person_id=person.id, at=at, expires_at=at + TOKEN_LASTS)


def first_person(session: Session) -> Person:
    """The demonstration's first member of staff; raises NotThere where nothing was seeded."""
    person = kept_people.person_by_email(session, _email(PEOPLE[SCHOOL][0][1]))
    if person is None:
        raise NotThere("The demonstration people are missing. Run `make clean-state`, then `make run`.")
    return person


def shared_secret(path: Path) -> str:
    """The secret that school and reference intake share; made once, kept beside the keys."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(32))
    return path.read_text().strip()


def _add(session: Session, organisation_id: str, role: str, name: str, job_title: str, at: datetime) -> None:
    kept_people.add_person(
        session,
        organisation_id=organisation_id,
        role=role,
        name=name,
        email=_email(name),
        job_title=job_title,
        at=at,
    )


def _email(name: str) -> str:
    return f"{name.lower().replace(' ', '.')}@demonstration.example"
