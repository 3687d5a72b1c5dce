"""Asking agencies (1.5): a link each, which needs a code that went another way, answers once, and expires."""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.contract import EventType
from bot.intake.secrecy import fingerprint, hash_secret, is_secret
from bot.intake.tables import InformationRequest, Person, Referral
from bot.intake.work import trail
from bot.intake.work.agencies import AGENCIES, SECTIONS
from bot.intake.work.receiving import notify
from bot.intake.work.rights import Right
from bot.intake.work.steps import Incomplete, WrongStage, note, said, still_open, take_up
from bot.intake.work.telling import tell

LEAST_TIME = timedelta(hours=1)
STAYS_OPEN = timedelta(hours=72)
MOST_TRIES = 5
WORRIES = {
    "nothing": "We know nothing of these people",
    "no_worry": "We know them; nothing that worries us",
    "worry": "We know something that worries us",
    "serious": "We know something serious: a child may be at risk now",
}


class LinkClosed(Exception):
    """The link no longer opens; `why` is expired, answered, locked or replaced."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


@dataclass(frozen=True)
class Issued:
    """A request with the two secrets that go to the agency, each another way. They are shown once."""

    request: InformationRequest
    link: str
    code: str


@dataclass(frozen=True)
class Asked:
    """What one agency is to be asked."""

    agency: str
    sections: tuple[str, ...]
    words: str


def ask(
    session: Session, person: Person, referral_id: str, *, version: int, asked: Sequence[Asked], now: datetime
) -> list[Issued]:
    """Make a request for each agency. The school hears that others are asked, not who or what."""
    referral = take_up(session, person, referral_id, Right.ASK, version=version)
    still_open(referral)
    if referral.rated_at is None or referral.band == "green":
        raise WrongStage("Agencies are asked about referrals that are rated Red or Amber.")
    if not asked:
        raise Incomplete("agencies", "Choose at least one agency")
    if len({one.agency for one in asked}) < len(asked):
        raise Incomplete("agencies", "Ask each agency once")
    issued = [_issue(session, person, referral, one, now) for one in asked]
    referral.asked_at = now
    note(
        session,
        referral,
        person,
        "asked",
        now,
        {"agencies": [one.agency for one in asked]},
        outcome=str(len(asked)),
    )
    tell(
        session,
        referral,
        EventType.INFORMATION_REQUESTED,
        now,
        "MASH is asking other agencies what they know.",
    )
    return issued


def ask_again(session: Session, person: Person, referral_id: str, request_id: str, now: datetime) -> Issued:
    """A new link and code in place of one that expired, was locked or was lost."""
    referral = take_up(session, person, referral_id, Right.ASK, version=None)
    still_open(referral)
    if referral.rated_at is None or referral.band == "green":
        raise WrongStage("Agencies are asked about referrals that are rated Red or Amber.")
    old = session.get(InformationRequest, request_id, with_for_update=True)
    if old is None or old.referral_id != referral.id:
        raise Incomplete("request", "Choose one of the requests of this referral")
    if old.answered_at is not None:
        raise WrongStage("This agency has answered already.")
    old.ended_at = now
    again = Asked(old.agency, tuple(old.sections), old.asked)
    issued = _issue(session, person, referral, again, now)
    note(session, referral, person, "asked", now, {"agencies": [old.agency]}, outcome="again")
    return issued


def find_link(session: Session, link: str, now: datetime) -> InformationRequest:
    """The request of a link; raises LinkClosed, also for a link that never was."""
    request = session.scalar(
        select(InformationRequest).where(InformationRequest.link_hash == fingerprint(link)).with_for_update()
    )
    if request is None or request.expires_at <= now:
        raise LinkClosed("expired")
    if request.answered_at is not None:
        raise LinkClosed("answered")
    if request.wrong_codes >= MOST_TRIES:
        raise LinkClosed("locked")
    if request.ended_at is not None:
        raise LinkClosed("replaced")
    return request


def unlock(session: Session, request: InformationRequest, code: str, now: datetime) -> str | None:
    """A secret for this browser when the code is right, else None. Five wrong ones lock the link."""
    plain = "".join(sign for sign in code if sign.isdigit())
    right = is_secret(plain, request.code_hash)
    trail.record(
        session,
        actor=f"link:{request.id}",
        action="opened" if right else "wrong_code",
        subject=f"referral:{request.referral_id}",
        at=now,
    )
    if not right:
        request.wrong_codes += 1
        return None
    opened = secrets.token_urlsafe(32)
    request.opened_at, request.open_hash = now, fingerprint(opened)
    return opened


def is_unlocked(request: InformationRequest, opened: str | None) -> bool:
    """Whether this browser gave the code."""
    return bool(opened and request.open_hash and hmac.compare_digest(request.open_hash, fingerprint(opened)))


def answer(
    session: Session, request: InformationRequest, *, worry: str, words: str, name: str, now: datetime
) -> None:
    """Keep an agency's answer, once, and show it to whoever asked and to the lead professionals."""
    if worry not in WORRIES:
        raise Incomplete("worry", "Choose what you know")
    who = said(name, "name", "Say who answers, with role")
    if worry in ("worry", "serious"):
        said(words, "words", "Say what you know")
    request.answered_at = now
    request.answer = {"worry": worry, "words": words.strip(), "name": who}
    request.open_hash = None
    referral = session.get_one(Referral, request.referral_id, with_for_update=True)
    referral.version += 1
    referral.news_at = now
    notify(session, request.by, referral, "answer", now)
    if worry == "serious":
        for lead in session.scalars(select(Person).where(Person.role == "lead", Person.left_at.is_(None))):
            notify(session, lead.id, referral, "answer", now)
    trail.record(
        session,
        actor=f"link:{request.id}",
        action="answered",
        subject=f"referral:{referral.id}",
        at=now,
        details={"late": is_late(request), "worry": worry},
    )


def is_late(request: InformationRequest) -> bool:
    """Whether the answer came after it was due."""
    return request.answered_at is not None and request.answered_at > request.due_at


def requests_of(session: Session, referral: Referral) -> list[InformationRequest]:
    """Every request of a referral, oldest first."""
    return list(
        session.scalars(
            select(InformationRequest)
            .where(InformationRequest.referral_id == referral.id)
            .order_by(InformationRequest.at, InformationRequest.id)
        )
    )


def _issue(session: Session, person: Person, referral: Referral, one: Asked, now: datetime) -> Issued:
    if one.agency not in AGENCIES:
        raise Incomplete("agencies", "Choose agencies of the list")
    if not one.sections or not set(one.sections) <= set(SECTIONS):
        raise Incomplete("agencies", f"Choose what {AGENCIES[one.agency].name} is shown")
    link, code = secrets.token_urlsafe(24), f"{secrets.randbelow(10**8):08d}"
    due = max(referral.due_at, now + LEAST_TIME)
    request = InformationRequest(
        referral_id=referral.id,
        agency=one.agency,
        by=person.id,
        at=now,
        due_at=due,
        expires_at=due + STAYS_OPEN,
        link_hash=fingerprint(link),
        code_hash=hash_secret(code),
        sections=list(one.sections),
        asked=said(one.words, "agencies", f"Say what {AGENCIES[one.agency].name} is asked"),
    )
    session.add(request)
    session.flush()
    return Issued(request, link, code)
