"""What a person must see, in words, and that they have seen it."""

from __future__ import annotations

from dataclasses import dataclass

from fastapi import APIRouter, Request
from starlette.responses import Response

from bot.store import Notice, Session
from bot.store import notices as kept_notices
from bot.store import referrals as kept_referrals
from bot.web.access import OFFICER, SCHOOL_ROLES, SignedIn, Wired
from bot.web.people import Person
from bot.web.services import Services
from bot.web.show import see_other
from bot.web.times import wall

router = APIRouter(include_in_schema=False)

SAYS = {
    kept_notices.UNSENT: "A concern that looks serious was left unsent. See that it is sent or decided now.",
    kept_notices.LATE: "A referral has not reached MASH and will miss its time. Ring MASH now.",
    kept_notices.LATE_ADDITION: "What was added to a referral has not reached MASH. Ring MASH and tell them.",
    kept_notices.DEAD_LETTER: "A referral, or what was added to it, cannot be delivered as it is. "
    "Ring MASH now.",
    kept_notices.STATUS: "MASH said something about a referral.",
    kept_notices.CHASE: "MASH has not answered a referral in its time. Ring and ask.",
    kept_notices.NO_ACCESS: "The MASH intake refuses this school’s sign-in. Tell whoever runs this service.",
}


UNHANDED = (
    "A referral to another council does not go by itself, and nobody has written down that it was sent. "
    "Ring them and send its PDF now."
)
FOR_OFFICERS = {
    kept_notices.DEAD_LETTER: "A school’s referral cannot be delivered to MASH as it is. The school was told "
    "to ring. Have the link to MASH looked at now; the child’s record is not shown to you.",
}
"""What is said to an officer instead: they mend the link, and ring nobody about a child."""
OTHERWISE = "Something about a concern needs you."


@dataclass(frozen=True)
class Told:
    """One notice as it is shown."""

    id: str
    says: str
    at: str
    href: str | None


def unseen(services: Services, person: Person) -> list[Told]:
    """What this person has not put away yet, newest first."""
    now = services.clock()
    with services.store.read() as session:
        return [
            Told(
                id=notice.id,
                says=_says(notice, person),
                at=wall(notice.at, now),
                href=_href(session, notice),
            )
            for notice in kept_notices.notices_for(session, person.id, unseen_only=True)
        ]


def _says(notice: Notice, person: Person) -> str:
    if _unhanded(notice):
        return UNHANDED
    said = SAYS | FOR_OFFICERS if person.role == OFFICER else SAYS
    return said.get(notice.kind, OTHERWISE)


def _unhanded(notice: Notice) -> bool:
    return notice.kind == kept_notices.UNSENT and notice.referral_id is not None


def _href(session: Session, notice: Notice) -> str | None:
    if _unhanded(notice) and notice.referral_id is not None:
        return f"/referrals/{kept_referrals.get_referral(session, notice.referral_id).reference}"
    return f"/concerns/{notice.concern_id}" if notice.concern_id else None


@router.post("/notices/{notice_id}")
def put_away(request: Request, notice_id: str, person: SignedIn, services: Wired) -> Response:
    """Seen: it is not shown again. A notice of somebody else is left as it is."""
    with services.store.write() as session:
        kept_notices.mark_seen(session, person.id, services.clock(), notice_ids=[notice_id])
    home = "/school" if person.role in SCHOOL_ROLES else "/concerns"
    return see_other(request, "/officers" if person.role == OFFICER else home)
