"""The queue of each role, notices, and the audit trail."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query
from sqlalchemy import select
from starlette.responses import Response

from bot.intake.services import Wired
from bot.intake.site.access import SignedIn, needs
from bot.intake.site.show import page
from bot.intake.tables import AuditEntry, Notice, Person, Referral
from bot.intake.work import queue, trail
from bot.intake.work.hubs import HUBS
from bot.intake.work.office import left_in_words
from bot.intake.work.rights import Right, Role
from bot.intake.work.standing import DECISIONS, state_of

router = APIRouter(include_in_schema=False)

STATES = {
    "received": "To screen",
    "screened": "To rate",
    "rated": "Rated",
    "information_requested": "Agencies asked",
    "early_intervention": "Early Intervention",
    "allocated": "With its worker",
    "decided": "Decided",
    "withdrawn": "Sender asks to withdraw",
}
NOTICES = {
    "allocated": "A referral was allocated to you",
    "rated": "Rated: choose whom to ask, or hold the discussion",
    "early_help": "A Green referral came to your hub",
    "early_help_decided": "MASH decided on early help: the referral came to your hub",
    "stepped_up": "Stepped up: to be rated again",
    "information": "The school added information",
    "withdrawal": "The school asks to withdraw",
    "answer": "An agency has answered",
}


@router.get("/queue")
def show_queue(
    person: SignedIn, services: Wired, lane: Annotated[str, Query(max_length=20)] = ""
) -> Response:
    """What waits, most urgent first. Seeing it is audited: first read, then written, so that nobody who
    sends a referral waits while a long queue is read.
    """
    lanes = queue.LANES_OF[person.role]
    chosen = lane if lane in lanes else lanes[0]
    now = services.now()
    with services.database.read() as session:
        counts = queue.counts(session, person, now)
        rows = [_row(person, line, now) for line in queue.waiting(session, person, chosen)]
    with services.database.write() as session:
        trail.record(
            session, actor=f"person:{person.id}", action="saw_queue", subject=f"lane:{chosen}", at=now
        )
    return page(
        "mash/queue.html",
        person=person,
        current="/queue",
        lanes=[
            {"name": name, "title": queue.LANES[name], "count": counts[name][0], "overdue": counts[name][1]}
            for name in lanes
        ],
        lane=chosen,
        title=queue.LANES[chosen],
        rows=rows,
        most=queue.PAGE,
    )


@router.get("/notices")
def show_notices(person: SignedIn, services: Wired) -> Response:
    """What this person was told; seeing them marks them as seen."""
    now = services.now()
    with services.database.write() as session:
        found = session.execute(
            select(Notice, Referral)
            .join(Referral, Referral.id == Notice.referral_id)
            .where(Notice.person_id == person.id)
            .order_by(Notice.at.desc())
            .limit(100)
        ).all()
        rows = [
            {
                "new": notice.seen_at is None,
                "words": NOTICES[notice.kind],
                "at": notice.at,
                "reference": referral.mash_reference,
                "href": f"/referrals/{referral.id}",
            }
            for notice, referral in found
        ]
        for notice, _ in found:
            notice.seen_at = notice.seen_at or now
        trail.record(session, actor=f"person:{person.id}", action="saw_notices", subject="notices", at=now)
    return page("mash/notices.html", person=person, current="/notices", rows=rows)


@router.get("/audit")
def show_audit(
    person: Annotated[Person, Depends(needs(Right.AUDIT))],
    services: Wired,
    subject: Annotated[str, Query(max_length=80)] = "",
    check: Annotated[str, Query(max_length=5)] = "",
) -> Response:
    """Who saw and did what, newest first. Checking reads the whole chain, so it is asked for."""
    now = services.now()
    with services.database.write() as session:
        broken = trail.broken(session) if check else None
        wanted = select(AuditEntry).order_by(AuditEntry.number.desc()).limit(200)
        if subject:
            wanted = wanted.where(AuditEntry.subject == subject)
        entries = list(session.scalars(wanted))
        names = {f"person:{one.id}": one.name for one in session.scalars(select(Person))}
        trail.record(session, actor=f"person:{person.id}", action="saw_audit", subject="audit", at=now)
    return page(
        "mash/audit.html",
        person=person,
        current="/audit",
        entries=entries,
        names=names,
        broken=broken,
        checked=bool(check),
    )


def _row(person: Person, line: queue.Waiting, now: datetime) -> dict[str, Any]:
    """One line. Before a lead professional has rated, neither suggestion nor time left (which tells it)."""
    referral = line.referral
    blind = person.role == Role.LEAD and referral.rated_at is None
    overdue = referral.left_at is None and referral.due_at <= now
    return {
        "id": referral.id,
        "reference": referral.mash_reference,
        "children": line.children,
        "sender": line.sender,
        "received": referral.received_at,
        "band": referral.band if referral.rated_at else None,
        "suggested": None if blind or referral.rated_at else _suggested(referral),
        "left": "Overdue" if overdue and blind else "" if blind else left_in_words(now, referral.due_at),
        "overdue": overdue,
        "due": None if blind else referral.due_at,
        "state": DECISIONS.get(referral.decision, "") if referral.decision else STATES[state_of(referral)],
        "news": referral.news_at is not None,
        "answers": line.answers,
        "hub": HUBS[referral.hub].name if referral.hub else "",
        "again": referral.stepped_up_at is not None,
    }


def _suggested(referral: Referral) -> str | None:
    return {0: "red", 1: "amber", 3: "green"}.get(referral.urgency)
