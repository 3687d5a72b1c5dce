"""The demonstration's MASH: made-up people, a sending school with its machine, and a few known children."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.contract import Scope
from bot.intake.secrecy import hash_secret, is_secret
from bot.intake.tables import Case, Client, Organisation, Person
from bot.intake.work import known

PEOPLE = (
    ("Priya Shah", "screening", None),
    ("Tom Ellis", "lead", None),
    ("Grace Okafor", "lead", None),
    ("Helen Marsh", "manager", None),
    ("Amir Hussain", "hub", "central"),
    ("Lucy Barnes", "hub", "north"),
    ("Dan Whitlock", "worker", None),
    ("Sian Price", "worker", None),
)
CHILDREN = (
    ("Maya", "Kowalska", date(2014, 5, 9), "4 Demonstration Road", "WV1 1AA", None),
    ("Jaydon", "Smythe", date(2012, 11, 21), "17 Made-up Lane", "WV10 9ZZ", 12),
    ("Ellie", "Turner", date(2016, 2, 3), "8 Sample Street", "WV4 4XX", 200),
)
"""First name, last name, born, address, postcode, and how many days ago the case was closed (None: open)."""


def seed(session: Session, client_id: str, secret: str, now: datetime) -> None:
    """Make what is missing; safe to run at every start. A changed secret of the client is taken over."""
    _sender(session, client_id, secret, now)
    if session.scalar(select(Person.id).limit(1)) is not None:
        return
    people = [Person(name=name, role=role, hub=hub) for name, role, hub in PEOPLE]
    session.add_all(people)
    session.flush()
    worker = next(person for person in people if person.role == "worker")
    for first, last, born, address, postcode, closed in CHILDREN:
        details = {
            "first_name": first,
            "last_name": last,
            "date_of_birth": born.isoformat(),
            "address": address,
            "postcode": postcode,
        }
        child = known.remember(session, details, None, now)
        ended = None if closed is None else now - timedelta(days=closed)
        session.add(
            Case(child_id=child.id, worker_id=worker.id, opened_at=now - timedelta(days=400), closed_at=ended)
        )


def add_client(
    session: Session,
    organisation: Organisation,
    client_id: str,
    now: datetime,
    *,
    secret: str | None = None,
    public_keys: dict[str, object] | None = None,
    scopes: tuple[Scope, ...] = tuple(Scope),
) -> Client:
    """A machine of an organisation."""
    client = Client(
        organisation_id=organisation.id,
        client_id=client_id,
        secret_hash=hash_secret(secret) if secret else None,
        public_keys=public_keys,
        scopes=[scope.value for scope in scopes],
        created_at=now,
    )
    session.add(client)
    return client


def _sender(session: Session, client_id: str, secret: str, now: datetime) -> None:
    client = session.scalar(select(Client).where(Client.client_id == client_id))
    if client is not None:
        if client.secret_hash is None or not is_secret(secret, client.secret_hash):
            client.secret_hash = hash_secret(secret)
        return
    school = Organisation(name="Demonstration school", source="2A", created_at=now)
    session.add(school)
    session.flush()
    add_client(session, school, client_id, now, secret=secret)
