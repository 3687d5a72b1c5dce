"""A small school for tests: who works there, and a concern of theirs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.store import Concern, Organisation, Person, Session, Store
from bot.store.concerns import add_concern
from bot.store.organisations import add_organisation
from bot.store.people import add_person
from bot.store.referrals import add_referral_with_outbox, new_reference
from bot.thresholds import Band
from tests.databases import NOW


@dataclass(frozen=True)
class School:
    """A school with one of each: teacher, DSL, head, chair of governors; and the authority's officer."""

    organisation: Organisation
    teacher: Person
    colleague: Person
    dsl: Person
    head: Person
    chair: Person
    officer: Person


def add_school(store: Store, name: str = "Fir Tree Primary") -> School:
    """Make that school."""
    with store.write() as session:
        school = add_organisation(session, kind="school", name=name, at=NOW, la_code="336", urn="123456")
        authority = add_organisation(
            session, kind="authority", name=f"{name} authority", at=NOW, la_code="336"
        )

        def person(role: str, called: str, organisation: Organisation = school) -> Person:
            email = f"{called}@{name}.example".lower().replace(" ", "")
            return add_person(
                session, organisation_id=organisation.id, role=role, name=called, at=NOW, email=email
            )

        return School(
            school,
            person("staff", "Tess Teacher"),
            person("staff", "Cole League"),
            person("dsl", "Dee Lead"),
            person("head", "Hetty Head"),
            person("chair", "Char Governor"),
            person("officer", "Olly Officer", authority),
        )


def add_case(session: Session, author: Person, at: datetime = NOW) -> Concern:
    """A concern of that author."""
    return add_concern(
        session, author=author, pack_name="wolverhampton", pack_version="2026.1", pack_digest="d" * 64, at=at
    )


def add_sent(
    session: Session, author: Person, *, at: datetime = NOW, arrive_by: datetime | None = None, **more: str
) -> str:
    """A concern with a Red referral in the outbox; returns the reference."""
    concern = add_case(session, author, at)
    reference = new_reference()
    document = {"reference": reference, "concern": {"what_happened": "She said: “He hit me.”"}, **more}
    add_referral_with_outbox(
        session,
        concern,
        document,
        reference=reference,
        sent_by=author.id,
        band=Band.RED,
        at=at,
        arrive_by=arrive_by,
    )
    return reference
