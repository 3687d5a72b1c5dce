"""The chat: one form that works without scripts; with them the same fragment is swapped in place."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request
from starlette.datastructures import FormData
from starlette.responses import Response

from bot.concerns.errors import BadInput, KeyUsedBefore, NotNow, OutOfDate
from bot.concerns.reply import JsonValue, QuestionView, Reply
from bot.dialogue.homes import OTHER
from bot.dialogue.steps import DANGER
from bot.thresholds import NOT_KNOWN, NOT_SURE
from bot.web.access import SignedIn, Wired
from bot.web.advice import advice_for, band_now, elsewhere
from bot.web.people import Person
from bot.web.services import Services
from bot.web.show import Errors, Show, as_list, choices, see_other, swaps
from bot.web.transcript import log_of

router = APIRouter(include_in_schema=False)

#: Messages shown at once; the rest is one link away, so that a long conversation stays quick.
SHOWN = 40
CHANGED_ELSEWHERE = (
    "This concern was changed in another window or by somebody else. Check what it says now, then send again."
)


async def typed_form(request: Request) -> FormData:
    """The form as it was sent."""
    return await request.form()


def show_of(request: Request) -> Show:
    """The templates of this application."""
    show: Show = request.app.state.show
    return show


Form = Annotated[FormData, Depends(typed_form)]
Showing = Annotated[Show, Depends(show_of)]


@dataclass(frozen=True)
class Typed:
    """What one form of the chat held."""

    do: str
    question: str
    kind: str
    child: str
    values: tuple[str, ...]
    text: str
    key: str
    version: int | None
    other: str = ""
    """What was written beside an option that takes words of one's own."""
    suggested: tuple[str, ...] = ()
    """What was chosen already when the form was shown."""

    @staticmethod
    def of(form: FormData) -> Typed:
        """Read the form; what is not there is empty."""
        version = words(form, "version")
        return Typed(
            do=words(form, "do") or "answer",
            question=words(form, "question"),
            kind=words(form, "kind"),
            child=words(form, "child"),
            values=tuple(str(value) for value in form.getlist("value") if value),
            text=words(form, "text"),
            key=words(form, "key"),
            version=int(version) if version.isascii() and version.isdigit() and len(version) < 10 else None,
            other=words(form, "other").strip(),
            suggested=tuple(str(value) for value in form.getlist("suggested")),
        )

    @property
    def left_alone(self) -> bool:
        """Whether what is chosen is only what was suggested: beside words, nobody may have looked at it."""
        return self.do == "answer" and bool(self.suggested) and set(self.values) == set(self.suggested)

    @property
    def one(self) -> str:
        """The one option that was chosen, or what was written in its place; empty for nothing."""
        chosen = self.values[0] if self.values else OTHER
        return self.other if chosen == OTHER and self.other else "".join(self.values[:1])


def words(form: FormData, name: str) -> str:
    """One field of a form as text; a file or nothing counts as empty."""
    value = form.get(name)
    return value if isinstance(value, str) else ""


@router.post("/concerns")
def open_concern(request: Request, person: SignedIn, services: Wired) -> Response:
    """Begin a new concern."""
    reply = services.concerns.open(person)
    return see_other(request, f"/concerns/{reply.id}")


@router.get("/concerns/{concern_id}")
def read_concern(
    request: Request, concern_id: str, person: SignedIn, services: Wired, show: Showing
) -> Response:
    """The conversation as it stands."""
    reply = services.concerns.read(person, concern_id)
    whole = request.query_params.get("from") == "start"
    context = conversation(services, reply, whole=whole)
    return show.page(request, "web/conversation.html", person=person, **context)


@router.get("/concerns/{concern_id}/advice")
def read_advice(
    request: Request, concern_id: str, person: SignedIn, services: Wired, show: Showing
) -> Response:
    """The advice alone, to be read in peace or printed."""
    reply = services.concerns.read(person, concern_id)
    return show.page(
        request,
        "web/advice.html",
        person=person,
        heading="Advice",
        back=f"/concerns/{concern_id}",
        reply=reply,
        band_now=band_now(reply),
        advice=advice_for(reply),
        elsewhere=elsewhere(reply),
        illustrative=reply.pack.status == "illustrative",
    )


@router.post("/concerns/{concern_id}")
def take_turn(
    request: Request, concern_id: str, person: SignedIn, services: Wired, show: Showing, form: Form
) -> Response:
    """One turn: an answer by button, a message in words, or both."""
    typed = Typed.of(form)
    errors = Errors()
    status = 200
    try:
        reply = _turn(services, person, concern_id, typed, errors)
    except OutOfDate:
        errors.add("text", CHANGED_ELSEWHERE)
        reply, status = services.concerns.read(person, concern_id), 409
    except (BadInput, KeyUsedBefore, NotNow) as wrong:
        errors.add("value" if typed.values else "text", str(wrong))
        reply, status = services.concerns.read(person, concern_id), 422
    if not errors and not swaps(request):
        return see_other(request, f"/concerns/{concern_id}#question")
    if errors and status == 200:
        status = 422
    context = conversation(services, reply, typed=typed if errors else None)
    if swaps(request):
        return show.fragment("parts/conversation.html", status=status, errors=errors, **context)
    return show.page(request, "web/conversation.html", person=person, status=status, errors=errors, **context)


def _turn(services: Services, person: Person, concern_id: str, typed: Typed, errors: Errors) -> Reply:
    """Do what the form asks; adds an error and returns the concern unchanged where something is missing."""
    concerns = services.concerns
    if typed.do == "back":
        return concerns.go_back(person, concern_id, version=typed.version)
    chosen, version = _chosen(typed), typed.version
    if typed.text.strip():
        # First, while the question that they stand beside is still open: a “no” must not answer the next.
        key = f"{typed.key}-words" if typed.key else None
        reply = concerns.message(person, concern_id, typed.text, key=key, version=version)
        if chosen is None or typed.left_alone:
            return reply
        version = reply.version
    if chosen is None:
        if typed.question and typed.kind != "text":
            errors.add("value", "Choose an answer, or write one in your own words.")
        else:
            errors.add("text", "Write something first.")
        return concerns.read(person, concern_id)
    return concerns.answer(
        person,
        concern_id,
        typed.question,
        chosen,
        typed.child,
        key=typed.key or None,
        version=version,
    )


def _chosen(typed: Typed) -> JsonValue | None:
    """The answer that was chosen by button or tick; None when there is none."""
    if not typed.question:
        return None
    many = typed.kind == "many"
    if typed.do == "not_sure":
        return [*typed.values, NOT_SURE] if many else NOT_SURE
    if typed.do == "not_known":
        return [NOT_KNOWN] if many else NOT_KNOWN
    if many:
        return list(typed.values) or None
    return typed.one or None


def conversation(
    services: Services, reply: Reply, *, typed: Typed | None = None, whole: bool = False
) -> dict[str, Any]:
    """Everything that the chat's templates need. What was typed is kept only when it could not be taken."""
    log = log_of(services.store, services.packs_of(reply), reply.id, last=None if whole else SHOWN)
    question = reply.question
    suggested = _chosen_already(question)
    chosen = list(typed.values) if typed else suggested
    return {
        "reply": reply,
        "log": log,
        "choices": choices(question, chosen) if question else [],
        "suggested": suggested,
        "hint": _hint(reply),
        "typed": typed.text if typed else "",
        "typed_other": typed.other if typed else "",
        "key": typed.key if typed and typed.key else secrets.token_urlsafe(16),
        "can_go_back": bool(reply.answers) and reply.state == "open",
        "band_now": band_now(reply),
        "band_open": _still_open(reply),
        "advice": advice_for(reply),
        "elsewhere": elsewhere(reply),
        "illustrative": reply.pack.status == "illustrative",
        "unfolded": True,
    }


def _chosen_already(question: QuestionView | None) -> list[str]:
    """What was read in words, and stands chosen. Danger is for a person to say: nothing is chosen there."""
    return [] if question is None or question.id == DANGER else as_list(question.suggested)


def _hint(reply: Reply) -> str:
    question = reply.question
    if question is None:
        return ""
    if question.kind == "many":
        return "Select all that apply."
    if question.suggested and question.words and question.id == DANGER:
        return f"You wrote: “{question.words}”. Is that so now?"
    if question.suggested and question.words:
        return f"You wrote: “{question.words}”. Please check the answer."
    return ""


def _still_open(reply: Reply) -> str:
    """What is not settled about the band, in a sentence."""
    assessment = reply.assessment
    if reply.route is not None or assessment.possible == band_now(reply):
        return ""
    return f"It could still be {assessment.possible.title()}."
