"""The audit trail of each organisation: appended in the transaction of what it records."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from bot.safekeeping import FIRST, BrokenLink, Entry, Vault, digest, first_broken
from bot.store.tables import AuditEntry, AuditHead, Organisation

type Details = dict[str, str | int | bool | None]


def record(
    session: Session,
    *,
    organisation_id: str,
    actor: str,
    action: str,
    subject: str,
    at: datetime,
    details: Details | None = None,
) -> AuditEntry:
    """Append who did what to what. `actor`: a person's id or a process (worker); `subject`: like
    `concern:<id>`.

    Ids only: no names, no words of a concern. Entries of one organisation are written one after the other.
    """
    vault: Vault = session.info["vault"]
    head = _locked_head(session, organisation_id)
    entry = Entry(organisation_id, head.number + 1, at, actor, action, subject, details or {})
    link = digest(vault.ring.audit, head.digest, entry)
    kept = AuditEntry(
        organisation_id=organisation_id,
        number=entry.number,
        at=at,
        actor=actor,
        action=action,
        subject=subject,
        details=dict(entry.details),
        digest=link,
    )
    session.add(kept)
    head.number, head.digest = entry.number, link
    session.flush()
    return kept


def audit_of(session: Session, organisation_id: str, *, subject: str | None = None) -> list[AuditEntry]:
    """The trail of an organisation, oldest first; of one subject if given."""
    found = select(AuditEntry).where(AuditEntry.organisation_id == organisation_id)
    if subject is not None:
        found = found.where(AuditEntry.subject == subject)
    return list(session.scalars(found.order_by(AuditEntry.number)))


def recorded_since(
    session: Session, organisation_id: str, *, actor: str, action: str, subject: str, since: datetime
) -> bool:
    """Whether that was recorded of them since then."""
    found = select(AuditEntry.number).where(
        AuditEntry.organisation_id == organisation_id,
        AuditEntry.subject == subject,
        AuditEntry.actor == actor,
        AuditEntry.action == action,
        AuditEntry.at >= since,
    )
    return session.scalar(found.limit(1)) is not None


def verify(session: Session) -> list[BrokenLink]:
    """The first broken link of each organisation's trail; an empty list when all hold."""
    vault: Vault = session.info["vault"]
    broken = []
    for organisation_id in session.scalars(select(Organisation.id).order_by(Organisation.id)):
        head = session.get(AuditHead, organisation_id)
        end = (0, FIRST) if head is None else (head.number, head.digest)
        found = first_broken(vault.ring.audit, organisation_id, _links(session, organisation_id), end)
        if found is not None:
            broken.append(found)
    return broken


def _links(session: Session, organisation_id: str) -> Iterator[tuple[Entry, str]]:
    found = (
        select(AuditEntry).where(AuditEntry.organisation_id == organisation_id).order_by(AuditEntry.number)
    )
    for kept in session.scalars(found.execution_options(yield_per=500)):
        entry = Entry(
            kept.organisation_id,
            kept.number,
            kept.at,
            kept.actor,
            kept.action,
            kept.subject,
            dict(kept.details),
        )
        yield entry, kept.digest


def _locked_head(session: Session, organisation_id: str) -> AuditHead:
    head = session.get(AuditHead, organisation_id, with_for_update=True, populate_existing=True)
    if head is not None:
        return head
    try:
        with session.begin_nested():
            session.add(AuditHead(organisation_id=organisation_id, number=0, digest=FIRST))
    except IntegrityError:
        pass  # another process began the trail at the same moment
    return session.get_one(AuditHead, organisation_id, with_for_update=True, populate_existing=True)
