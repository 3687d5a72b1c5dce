"""Who is signed in: browsers by cookie, machines by bearer token. Only hashes of either are kept."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.store import Person as PersonRow
from bot.store import Store, organisations, people, sign_ins, tokens

#: A session that is used says so at most this often, so that reading pages hardly writes.
SEEN_EVERY = timedelta(minutes=1)

ROLE_WORDS = {
    "staff": "Member of staff",
    "dsl": "Designated safeguarding lead",
    "head": "Head teacher",
    "chair": "Chair of governors",
    "officer": "Education officer",
    "admin": "Administrator",
}


@dataclass(frozen=True)
class Person:
    """Somebody who is signed in, or for whom a token was made out."""

    id: str
    name: str
    role: str
    organisation_id: str
    organisation_name: str
    job_title: str = ""

    @property
    def role_words(self) -> str:
        """The role as people say it."""
        return self.job_title or ROLE_WORDS.get(self.role, self.role)


class People:
    """Sign-ins and tokens of one installation. A session ends `idle` after it was last used."""

    def __init__(self, kept: Store, idle: timedelta) -> None:
        self._store = kept
        self._idle = idle

    def all(self) -> list[Person]:
        """Everybody who could sign in to the demonstration, school by school."""
        with self._store.read() as session:
            return [
                _person(person)
                for organisation in organisations.organisations(session)
                for person in people.people_of(session, organisation.id)
            ]

    def sign_in(self, person_id: str, now: datetime) -> str:
        """Start a session; returns the secret for the cookie. Raises NotThere for an unknown person."""
        with self._store.write() as session:
            person = people.get_person(session, person_id)
            return sign_ins.start_sign_in(session, person_id=person.id, at=now, expires_at=now + self._idle)

    def of_session(self, secret: str, now: datetime) -> Person | None:
        """The person behind a cookie, or None when it is unknown, ended or idle too long."""
        with self._store.read() as session:
            found = sign_ins.sign_in_for(session, secret, now)
            if found is None:
                return None
            person, sign_in_id, seen_at = _person(found.person), found.id, found.seen_at
        if now - seen_at >= SEEN_EVERY:
            with self._store.write() as session:
                sign_ins.seen(session, sign_in_id, now, now + self._idle)
        return person

    def sign_out(self, secret: str, now: datetime) -> None:
        """End the session of a cookie."""
        with self._store.write() as session:
            sign_ins.end_sign_in(session, secret, now)

    def of_token(self, token: str, now: datetime) -> Person | None:
        """The person for whom a bearer token was made out, or None."""
        with self._store.read() as session:
            found = tokens.token_for(session, token, now)
            return None if found is None else _person(found.person)


def _person(row: PersonRow) -> Person:
    return Person(
        id=row.id,
        name=row.name,
        role=row.role,
        organisation_id=row.organisation_id,
        organisation_name=row.organisation.name,
        job_title=row.job_title or "",
    )
