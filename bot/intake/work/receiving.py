"""What senders do: send a referral, add information, attach a file, withdraw."""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import Session

from bot.contract import EventType, Information, Withdrawal
from bot.contract import Referral as Document
from bot.intake.tables import Addition, Attachment, Client, Notice, Organisation, Person, Referral
from bot.intake.work import known, trail
from bot.intake.work.office import BANDS, URGENCY, Office, in_words
from bot.intake.work.telling import tell

_SIGNS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # no I, L, O, U: read aloud without mistakes


class ReferenceTaken(Exception):
    """This sender used the reference for another referral."""


def find(session: Session, organisation_id: str, reference: str, *, lock: bool = False) -> Referral | None:
    """A referral of this organisation by its own reference; nobody else's is ever found."""
    wanted = select(Referral).where(
        Referral.organisation_id == organisation_id, Referral.reference == reference
    )
    return session.scalar(wanted.with_for_update() if lock else wanted)


def receive(session: Session, office: Office, client: Client, document: Document, now: datetime) -> Referral:
    """Keep a referral, trace its children, start its clock and acknowledge it.

    The same reference with the same content is the referral that is already here; with other content it
    raises ReferenceTaken.
    """
    source = _source(session, client, document)
    kept = document.model_dump(mode="json", exclude_none=True) | {"source": source}
    digest = hashlib.sha256(document.model_dump_json(exclude_none=True).encode()).hexdigest()
    earlier = find(session, client.organisation_id, document.reference)
    if earlier is not None:
        if earlier.digest != digest:
            raise ReferenceTaken
        return earlier
    band = document.suggested.band if document.suggested else None
    suggested = band if band in BANDS else None
    referral = Referral(
        mash_reference=_new_reference(),
        organisation_id=client.organisation_id,
        reference=document.reference,
        source=source,
        digest=digest,
        received_at=now,
        clock_from=now,
        due_at=office.due(suggested, now),
        urgency=URGENCY[suggested],
        document=kept,
    )
    session.add(referral)
    session.flush()
    for child in document.children:
        known.remember(session, child.model_dump(mode="json", exclude_none=True), referral.id, now)
    tell(
        session,
        referral,
        EventType.RECEIVED,
        now,
        f"MASH has received this referral. Its reference there is {referral.mash_reference}. MASH aims to "
        f"deal with it by {in_words(referral.due_at)}.{office.closed_in_words(now)} If anything changes, "
        "ring MASH; if a child is in danger, ring 999.",
    )
    trail.record(
        session, actor=f"client:{client.id}", action="received", subject=f"referral:{referral.id}", at=now
    )
    return referral


def add_information(
    session: Session, office: Office, client: Client, referral: Referral, said: Information, now: datetime
) -> None:
    """Keep what the sender adds. News that the risk is higher steps the referral back up to MASH."""
    session.add(
        Addition(
            referral_id=referral.id,
            kind="information",
            at=now,
            document=said.model_dump(mode="json", exclude_none=True),
        )
    )
    referral.news_at = now
    referral.version += 1
    anew = said.risk_is_higher and (referral.rated_at is not None or referral.left_at is not None)
    if said.risk_is_higher:
        back_to_rating(session, office, referral, now)
    _notice_watchers(session, referral, "information", now)
    words = "MASH has received what you added."
    if said.risk_is_higher:
        words += " It looks at the referral as one in which the risk may be higher."
    tell(session, referral, EventType.INFORMATION_ADDED, now, words, due=referral.left_at is None)
    if anew:
        tell_stepped_up(session, referral, now, "You said that the risk is higher.")
    trail.record(
        session, actor=f"client:{client.id}", action="information", subject=f"referral:{referral.id}", at=now
    )


def tell_stepped_up(session: Session, referral: Referral, now: datetime, reason: str) -> None:
    """Say that MASH has it in front of it again, and until when."""
    tell(
        session,
        referral,
        EventType.STEPPED_UP,
        now,
        "New information shows that the risk may be higher. MASH is looking at this referral again, by "
        f"{in_words(referral.due_at)}.",
        reasons=[reason],
    )


def back_to_rating(session: Session, office: Office, referral: Referral, now: datetime) -> None:
    """Put a referral in front of the lead professional again; its clock starts anew and never later than it
    was.
    """
    was_open = referral.left_at is None
    fresh = office.due("amber" if referral.band in (None, "green") else referral.band, now)
    referral.due_at = min(referral.due_at, fresh) if was_open else fresh
    if referral.rated_at is not None or not was_open:  # a first rating still counts from receipt
        referral.clock_from = now
    referral.urgency = min(referral.urgency, URGENCY["amber"])
    if referral.rated_at is not None or not was_open:
        referral.stepped_up_at = now
        referral.screened_at = referral.screened_at or now
    referral.rated_at = referral.left_at = referral.decided_at = referral.decision = referral.hub = None
    referral.withdrawn_at = None  # an earlier wish to withdraw does not stand against a higher risk
    for person in session.scalars(
        select(Person).where(Person.role.in_(("lead", "manager")), Person.left_at.is_(None))
    ):
        notify(session, person.id, referral, "stepped_up", now)


def withdraw(session: Session, client: Client, referral: Referral, said: Withdrawal, now: datetime) -> None:
    """Keep the wish to withdraw. The referral stays in the queue: MASH decides whether it stops."""
    session.add(
        Addition(
            referral_id=referral.id,
            kind="withdrawal",
            at=now,
            document=said.model_dump(mode="json", exclude_none=True),
        )
    )
    referral.withdrawn_at = now
    referral.version += 1
    _notice_watchers(session, referral, "withdrawal", now)
    tell(
        session,
        referral,
        EventType.WITHDRAWN,
        now,
        "MASH has received your wish to withdraw this referral. It may still act if it thinks that a child "
        "is at risk.",
        due=referral.left_at is None,
    )
    trail.record(
        session, actor=f"client:{client.id}", action="withdrawal", subject=f"referral:{referral.id}", at=now
    )


def attach(
    session: Session, client: Client, referral: Referral, name: str, kind: str, content: bytes, now: datetime
) -> tuple[Attachment, bool]:
    """Keep a file, once: the same content again is the file that is here. Tells whether it is new."""
    sha256 = hashlib.sha256(content).hexdigest()
    earlier = session.scalar(
        select(Attachment).where(Attachment.referral_id == referral.id, Attachment.sha256 == sha256)
    )
    if earlier is not None:
        return earlier, False
    file = Attachment(
        referral_id=referral.id,
        kind=kind,
        size=len(content),
        sha256=sha256,
        at=now,
        name=name,
        content=content,
    )
    session.add(file)
    referral.news_at = now
    referral.version += 1
    session.flush()
    trail.record(
        session, actor=f"client:{client.id}", action="attached", subject=f"referral:{referral.id}", at=now
    )
    return file, True


def notify(session: Session, person_id: str, referral: Referral, kind: str, now: datetime) -> None:
    """Show a person that something waits for them; the same notice is not shown twice."""
    earlier = session.scalar(
        select(Notice).where(
            Notice.person_id == person_id, Notice.referral_id == referral.id, Notice.kind == kind
        )
    )
    if earlier is None:
        session.add(Notice(person_id=person_id, referral_id=referral.id, kind=kind, at=now))
    else:
        earlier.at, earlier.seen_at = now, None


def _source(session: Session, client: Client, document: Document) -> str:
    """The census code of who refers: as said, else that of the sending organisation; not every one is a
    school.
    """
    if "source" in document.model_fields_set:
        return document.source
    return session.get_one(Organisation, client.organisation_id).source


def _notice_watchers(session: Session, referral: Referral, kind: str, now: datetime) -> None:
    """Whoever works on it now: its worker, else everybody of the role whose turn it is, and its hub."""
    if referral.worker_id is not None:
        notify(session, referral.worker_id, referral, kind, now)
        return
    role = "screening" if referral.screened_at is None else "lead" if referral.rated_at is None else "manager"
    watching: ColumnElement[bool] = Person.role == role
    if referral.hub is not None:
        watching = or_(watching, and_(Person.role == "hub", Person.hub == referral.hub))
    for person in session.scalars(select(Person).where(watching, Person.left_at.is_(None))):
        notify(session, person.id, referral, kind, now)


def _new_reference() -> str:
    signs = "".join(secrets.choice(_SIGNS) for _ in range(8))
    return f"M-{signs[:4]}-{signs[4:]}"
