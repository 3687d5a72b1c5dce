"""The audit trail of the intake: one chain, appended in the transaction of what it records; views too."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.intake.tables import AuditEntry, AuditHead
from bot.safekeeping import FIRST, BrokenLink, Entry, Vault, digest, first_broken

CHAIN = "mash"
type Details = dict[str, str | int | bool | None]


def record(
    session: Session, *, actor: str, action: str, subject: str, at: datetime, details: Details | None = None
) -> None:
    """Append who did (or saw) what. `actor`: `person:<id>`, `client:<id>` or `link:<id>`. Ids only."""
    vault: Vault = session.info["vault"]
    head = session.get(AuditHead, CHAIN, with_for_update=True, populate_existing=True)
    if head is None:
        raise RuntimeError("the audit trail was not prepared: start the intake once")
    entry = Entry(CHAIN, head.number + 1, at, actor, action, subject, details or {})
    head.number, head.digest = entry.number, digest(vault.ring.audit, head.digest, entry)
    session.add(
        AuditEntry(
            number=entry.number,
            at=at,
            actor=actor,
            action=action,
            subject=subject,
            details=dict(entry.details),
            digest=head.digest,
        )
    )
    session.flush()


def prepare(session: Session) -> None:
    """Begin the chain, once."""
    if session.get(AuditHead, CHAIN) is None:
        session.add(AuditHead(chain=CHAIN, number=0, digest=FIRST))


def broken(session: Session) -> BrokenLink | None:
    """The first link that was altered, or None when the trail holds."""
    vault: Vault = session.info["vault"]
    head = session.get(AuditHead, CHAIN)
    kept = session.scalars(select(AuditEntry).order_by(AuditEntry.number)).yield_per(500)
    links = (
        (Entry(CHAIN, row.number, row.at, row.actor, row.action, row.subject, row.details), row.digest)
        for row in kept
    )
    return first_broken(vault.ring.audit, CHAIN, links, (head.number, head.digest) if head else (0, FIRST))
