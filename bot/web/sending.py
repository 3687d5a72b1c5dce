"""Sending a referral, recording a decision without one, and the status of what was sent."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from fastapi import APIRouter, Request
from starlette.datastructures import FormData
from starlette.responses import Response

from bot.concerns.calls import NOT_THROUGH
from bot.concerns.endings import DECISIONS
from bot.concerns.errors import BadInput, NotNow
from bot.concerns.reply import Reply
from bot.dialogue.wording import DANGER_FIRST
from bot.store import decisions as kept_decisions
from bot.store import people as kept_people
from bot.web.access import SignedIn, Wired
from bot.web.advice import advice_for, band_now, elsewhere, lead_of
from bot.web.conversation import Form, Showing, words
from bot.web.filing import copy_of
from bot.web.people import Person
from bot.web.services import Services
from bot.web.show import Errors, Show, see_other
from bot.web.times import LONDON, from_form, wall
from bot.web.transcript import PERSON, log_of

router = APIRouter(include_in_schema=False)


STEPS_BY_HAND = {
    "written": "You wrote it",
    "call": "A call",
    "to_hand_over": "Not sent yet: ring them and send the PDF yourself",
    "handed_over": "Sent by you",
}
REACHED = (("yes", "Yes, I spoke to somebody"), ("no", "No, I could not get through"))


@router.get("/concerns/{concern_id}/send")
def show_send(
    request: Request, concern_id: str, person: SignedIn, services: Wired, show: Showing
) -> Response:
    """The last step: for a Red the call first, then send."""
    reply = services.concerns.read(person, concern_id)
    return _send_page(request, person, show, services, reply, {})


@router.post("/concerns/{concern_id}/send")
def send(
    request: Request, concern_id: str, person: SignedIn, services: Wired, show: Showing, form: Form
) -> Response:
    """Send it. Nothing but the record of the call is asked of a Red, and even that never holds it back."""
    reply = services.concerns.read(person, concern_id)
    errors = Errors()
    call = typed_call(form, errors, NOT_SAID) if band_now(reply) == "red" else None
    if not errors:
        try:
            sent = services.concerns.send(person, concern_id, call=call)
            several = len(sent.referrals) > 1
            return see_other(
                request, f"/concerns/{concern_id}/advice" if several else f"/referrals/{sent.reference}"
            )
        except (BadInput, NotNow) as wrong:
            errors.add("time" if isinstance(wrong, BadInput) else "send", str(wrong))
    typed = {name: words(form, name) for name in ("reached", "day", "time", "answered_by", "reference")}
    return _send_page(request, person, show, services, reply, typed, errors=errors, status=422)


NOT_SAID = "Say whether you got through to MASH. If you could not, choose “No”; it is sent all the same."


def typed_call(form: FormData, errors: Errors, missing: str) -> dict[str, Any] | None:
    """The record of a call, or that nobody answered."""
    reached = words(form, "reached")
    if reached not in dict(REACHED):
        errors.add("reached", missing)
        return None
    if reached == "no":
        return {"outcome": NOT_THROUGH}
    call: dict[str, Any] = {"outcome": "spoke"}
    try:
        call["at"] = from_form(words(form, "day"), words(form, "time"))
    except ValueError:
        errors.add("time", "Give the day and the time of the call, such as 14:20.")
    for name in ("answered_by", "reference"):
        if said := words(form, name).strip()[:200]:
            call[name] = said
    return call


def _send_page(
    request: Request,
    person: Person,
    show: Show,
    services: Services,
    reply: Reply,
    typed: dict[str, str],
    *,
    errors: Errors | None = None,
    status: int = 200,
) -> Response:
    now = services.clock().astimezone(LONDON)
    red = band_now(reply) == "red"
    return show.page(
        request,
        "web/send.html",
        person=person,
        status=status,
        errors=errors,
        heading="Ring MASH first, then send" if red else "Send to MASH",
        back=f"/concerns/{reply.id}/check",
        illustrative=reply.pack.status == "illustrative",
        reply=reply,
        red=red,
        elsewhere=elsewhere(reply),
        several=len(reply.homes) > 1,
        reached=[
            {"value": value, "text": text, "checked": typed.get("reached") == value}
            for value, text in REACHED
        ],
        typed={"day": f"{now:%Y-%m-%d}", "time": f"{now:%H:%M}"} | typed,
    )


@router.get("/concerns/{concern_id}/decision")
def show_decision(
    request: Request, concern_id: str, person: SignedIn, services: Wired, show: Showing
) -> Response:
    """Record a decision without a referral."""
    reply = services.concerns.read(person, concern_id)
    return _decision_page(request, person, show, reply)


@router.post("/concerns/{concern_id}/decision")
def decide(
    request: Request, concern_id: str, person: SignedIn, services: Wired, show: Showing, form: Form
) -> Response:
    """Keep the decision with its reason, then show the record."""
    decision, reason, errors = words(form, "decision"), words(form, "reason").strip(), Errors()
    again = _look_again(words(form, "again"), errors)
    if decision not in DECISIONS:
        errors.add("decision", "Choose what was decided.")
    if not reason:
        errors.add("reason", "Say why, in a few words.")
    if not errors:
        try:
            services.concerns.decide(person, concern_id, decision, reason, look_again_at=again)
            return see_other(request, f"/concerns/{concern_id}/record")
        except (BadInput, NotNow) as wrong:
            errors.add("again" if "Look at it again" in str(wrong) else "reason", str(wrong))
    reply = services.concerns.read(person, concern_id)
    return _decision_page(
        request,
        person,
        show,
        reply,
        chosen=decision,
        typed=reason,
        again=words(form, "again"),
        errors=errors,
        status=422,
    )


def _look_again(day: str, errors: Errors) -> datetime | None:
    """The day on which the school looks at it again, at nine; None where no day was chosen."""
    if not day.strip():
        return None
    try:
        return from_form(day, "09:00")
    except ValueError:
        errors.add("again", "Give a real day, such as 2026-12-07, or leave it empty.")
        return None


def _decision_page(
    request: Request,
    person: Person,
    show: Show,
    reply: Reply,
    *,
    chosen: str = "",
    typed: str = "",
    again: str = "",
    errors: Errors | None = None,
    status: int = 200,
) -> Response:
    return show.page(
        request,
        "web/decision.html",
        person=person,
        status=status,
        errors=errors,
        heading="Record the decision",
        back=f"/concerns/{reply.id}",
        illustrative=reply.pack.status == "illustrative",
        reply=reply,
        serious=advice_for(reply).refer_first,
        lead=lead_of(reply),
        choices=[
            {"value": value, "text": text, "checked": value == chosen} for value, text in DECISIONS.items()
        ],
        typed=typed,
        again=again,
    )


@router.get("/concerns/{concern_id}/record")
def record(request: Request, concern_id: str, person: SignedIn, services: Wired, show: Showing) -> Response:
    """The record of a decision: what was said, which criteria were met, who decided what and why."""
    reply = services.concerns.read(person, concern_id)
    log = log_of(services.store, services.packs_of(reply), concern_id)
    return show.page(
        request,
        "web/record.html",
        person=person,
        heading="Record of the decision",
        back="/concerns",
        illustrative=reply.pack.status == "illustrative",
        reply=reply,
        band_now=band_now(reply),
        told=[line.text for line in log.lines if line.by == PERSON and line.key.startswith("m")],
        decisions=_decisions(services, concern_id),
        copy=copy_of(services, person, concern_id),
    )


def _decisions(services: Services, concern_id: str) -> list[dict[str, str]]:
    """What was decided, oldest first; whoever calls has checked that the person may see the concern."""
    now = services.clock()
    with services.store.read() as session:
        return [
            {
                "says": DECISIONS.get(one.decision, one.decision),
                "reason": one.reason or "",
                "by": kept_people.person_of_record(session, one.by).name,
                "at": wall(one.at, now),
                "again": wall(one.look_again_at, now) if one.look_again_at else "",
            }
            for one in kept_decisions.decisions_of(session, concern_id, kind="decision")
        ]


@router.get("/referrals/{reference}")
def status(request: Request, reference: str, person: SignedIn, services: Wired, show: Showing) -> Response:
    """Where a referral stands: sent, received, screened, rated, decided, in MASH's words."""
    timeline = services.concerns.referral(person, reference)
    now = services.clock()
    return show.page(
        request,
        "web/status.html",
        person=person,
        heading="Where the referral stands",
        back="/concerns",
        timeline=timeline,
        entries=[_entry(entry, now) for entry in timeline.entries],
        stands=(STEPS | STEPS_BY_HAND).get(timeline.status, timeline.status),
        waits=timeline.status in NOT_ARRIVED,
        due=wall(timeline.due_at, now) if timeline.due_at else None,
        copy=copy_of(services, person, timeline.concern),
        added=request.query_params.get("added") in ("yes", "danger"),
        danger=DANGER_FIRST if request.query_params.get("added") == "danger" else "",
    )


def _entry(entry: Any, now: datetime) -> dict[str, Any]:
    return {
        "at": wall(entry.at, now),
        "iso": entry.at.isoformat(),
        "title": (STEPS | STEPS_BY_HAND).get(entry.kind, entry.kind.replace("_", " ").capitalize()),
        "says": entry.says,
        "reasons": entry.reasons,
        "due": wall(entry.due_at, now) if entry.due_at else None,
    }


STEPS = {
    "sent": "You sent it",
    "waiting": "On its way",
    "delayed": "Not arrived yet",
    "late": "It will be late",
    "undeliverable": "It cannot be delivered",
    "received": "MASH received it",
    "screened": "MASH screened it",
    "rated": "MASH rated it",
    "information_requested": "MASH asks other agencies",
    "information": "You added information",
    "stepped_up_asked": "You asked MASH to look at it again",
    "stepped_up": "MASH looks at it again",
    "withdrawal": "You asked to withdraw it",
    "attachment": "You attached a document",
    "information_added": "MASH has what you added",
    "allocated": "MASH gave it to a worker",
    "decided": "MASH decided",
    "closed": "MASH closed it",
    "withdrawn": "MASH knows that you want to withdraw it",
}
NOT_ARRIVED = frozenset({"waiting", "delayed", "late", "undeliverable"})
