"""The routes of the steps, and of asking agencies."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from fastapi import APIRouter
from sqlalchemy.orm import Session
from starlette.datastructures import FormData
from starlette.responses import RedirectResponse, Response

from bot.intake.services import Services, Wired
from bot.intake.site import searching
from bot.intake.site.access import Form, SignedIn, many, words
from bot.intake.site.actions import ACTIONS, Action, Taken, context
from bot.intake.site.referral import seen, shown
from bot.intake.site.show import not_now, page
from bot.intake.tables import Person, Referral
from bot.intake.work import asking, trail
from bot.intake.work.agencies import AGENCIES, SECTIONS
from bot.intake.work.rights import Right, may
from bot.intake.work.steps import Changed, Incomplete, NotAllowed, NotThere, WrongStage

router = APIRouter(include_in_schema=False)

WRITTEN = ("reason", "words", "attended", "record", "notes")
"""The fields of all steps in which people write."""


@router.get("/referrals/{referral_id}/ask")
def choose_agencies(referral_id: str, person: SignedIn, services: Wired) -> Response:
    """Which agencies are asked what."""
    return _agencies(services, person, referral_id, FormData(), {})


@router.post("/referrals/{referral_id}/ask")
def ask_agencies(referral_id: str, person: SignedIn, services: Wired, form: Form) -> Response:
    """Make the links and codes; they are shown on the answer to this request, and never again."""
    try:
        with services.database.write() as session:
            version = Taken(session, services, person, referral_id, form, services.now()).version
            asked = [
                asking.Asked(one, tuple(many(form, f"shows-{one}")), words(form, f"asks-{one}"))
                for one in many(form, "agency")
            ]
            issued = asking.ask(
                session, person, referral_id, version=version, asked=asked, now=services.now()
            )
    except Incomplete as wrong:
        return _agencies(services, person, referral_id, form, {wrong.field: str(wrong)})
    return _issued(services, person, referral_id, issued)


@router.post("/referrals/{referral_id}/ask/{request_id}/again")
def ask_agency_again(referral_id: str, request_id: str, person: SignedIn, services: Wired) -> Response:
    """A new link and code for one agency."""
    with services.database.write() as session:
        issued = asking.ask_again(session, person, referral_id, request_id, services.now())
    return _issued(services, person, referral_id, [issued])


@router.post("/referrals/{referral_id}/search")
def search(referral_id: str, person: SignedIn, services: Wired, form: Form) -> Response:
    """Search for somebody by what was learned elsewhere. It is audited that somebody searched; by what is
    neither kept nor put into an address.
    """
    try:
        searching.check(form)
    except Incomplete as wrong:
        return _form(services, person, referral_id, "screen", form, {wrong.field: str(wrong)})
    return _form(services, person, referral_id, "screen", form, {}, seen_as="searched")


@router.get("/referrals/{referral_id}/{step}")
def show_step(referral_id: str, step: str, person: SignedIn, services: Wired) -> Response:
    """The form of a step."""
    return _form(services, person, referral_id, step, FormData(), {})


@router.post("/referrals/{referral_id}/{step}")
def take_step(referral_id: str, step: str, person: SignedIn, services: Wired, form: Form) -> Response:
    """Take the step; what is missing is shown beside its field, and nothing typed is lost."""
    action = _action(step)
    try:
        with services.database.write() as session:
            action.take(Taken(session, services, person, referral_id, form, services.now()))
            follows = _follows(session, person, referral_id, step)
    except Incomplete as wrong:
        return _form(services, person, referral_id, step, form, {wrong.field: str(wrong)})
    except (Changed, WrongStage) as late:
        typed = [text for field in WRITTEN if (text := words(form, field).strip())]
        return not_now(late, f"/referrals/{referral_id}", typed)
    return RedirectResponse(follows, status_code=303)


def _follows(session: Session, person: Person, referral_id: str, step: str) -> str:
    """Where a person goes after a step: rating leads to the suggestion, else back to the referral."""
    referral = session.get_one(Referral, referral_id)
    if step == "rate" and referral.revealed_at is None:
        return f"/referrals/{referral_id}/suggestion"
    return f"/referrals/{referral_id}"


def _action(step: str) -> Action:
    if step not in ACTIONS:
        raise NotThere
    return ACTIONS[step]


def _form(
    services: Services,
    person: Person,
    referral_id: str,
    step: str,
    form: FormData,
    errors: dict[str, str],
    seen_as: str = "",
) -> Response:
    action = _action(step)
    now = services.now()
    with services.database.write() as session:
        referral = _stage(session, person, referral_id, action.right, now, seen_as or f"form_{step}")
        if not action.offered(referral):
            raise WrongStage("This step does not fit where the referral stands now.")
        needed = shown(session, person, referral, now) | context(session, person, referral, step, form, now)
        if step == "screen":
            _note_matches(session, person, referral, [*needed["children"], *needed["searches"]], now)
    return page(
        f"mash/{step}.html",
        person=person,
        status=422 if errors else 200,
        errors=errors,
        title=action.title,
        step=step,
        form=form,
        **needed,
    )


def _note_matches(
    session: Session, person: Person, referral: Referral, children: list[dict[str, Any]], now: datetime
) -> None:
    """Other children's names were shown as matches: whose, is audited too."""
    shown_ids = sorted({found.match.child_id for child in children for found in child["found"]})
    if shown_ids:
        trail.record(
            session,
            actor=f"person:{person.id}",
            action="saw_matches",
            subject=f"referral:{referral.id}",
            at=now,
            details={"children": " ".join(shown_ids)},
        )


def _agencies(
    services: Services, person: Person, referral_id: str, form: FormData, errors: dict[str, str]
) -> Response:
    now = services.now()
    with services.database.write() as session:
        referral = _stage(session, person, referral_id, Right.ASK, now, "form_ask")
        needed = shown(session, person, referral, now)
    return page(
        "mash/ask.html",
        person=person,
        status=422 if errors else 200,
        errors=errors,
        agencies=AGENCIES,
        parts=SECTIONS,
        form=form,
        **needed,
    )


def _stage(
    session: Session, person: Person, referral_id: str, right: Right, now: datetime, action: str
) -> Referral:
    referral = seen(session, person, referral_id, now, action)
    if not may(person, right):
        raise NotAllowed
    return referral


def _issued(services: Services, person: Person, referral_id: str, issued: list[asking.Issued]) -> Response:
    base = services.settings.public_url
    rows: list[dict[str, Any]] = [
        {
            "agency": AGENCIES[one.request.agency].name,
            "link": f"{base}/answer/{one.link}",
            "code": f"{one.code[:4]} {one.code[4:]}",
            "due": one.request.due_at,
            "expires": one.request.expires_at,
        }
        for one in issued
    ]
    return page("mash/issued.html", person=person, rows=rows, referral_id=referral_id)
