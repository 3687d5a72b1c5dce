"""Changing one answer, checking a suggestion, and disagreeing with the band."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from bot.concerns.errors import BadInput, NotNow, OutOfDate
from bot.concerns.reply import AnswerView, JsonValue, QuestionView, Reply, SuggestionView
from bot.thresholds import NOT_KNOWN, NOT_SURE
from bot.web.access import SignedIn, Wired
from bot.web.conversation import CHANGED_ELSEWHERE, Form, Showing, Typed, words
from bot.web.people import Person
from bot.web.show import Errors, Show, as_list, choices, see_other

router = APIRouter(include_in_schema=False)

UNKNOWN = ((NOT_SURE, "Not sure"), (NOT_KNOWN, "The school does not know"))
BANDS = (("red", "Red"), ("amber", "Amber"), ("green", "Green"), ("none", "None"))


@router.get("/concerns/{concern_id}/change/{question_id}")
def show_change(
    request: Request,
    concern_id: str,
    question_id: str,
    person: SignedIn,
    services: Wired,
    show: Showing,
    child: Annotated[str, Query(max_length=20)] = "",
) -> Response:
    """One answer or suggestion, to be changed or confirmed."""
    reply = services.concerns.read(person, concern_id)
    question = services.concerns.question(person, concern_id, question_id, child)
    present = _present(reply, question_id, child)
    own_words = question.other and present and not {one.value for one in question.options} & set(present)
    return _page(
        request,
        person,
        show,
        reply,
        question,
        [question.other] if own_words else present,
        typed_other=present[0] if own_words else "",
    )


@router.post("/concerns/{concern_id}/change/{question_id}")
def change(
    request: Request,
    concern_id: str,
    question_id: str,
    person: SignedIn,
    services: Wired,
    show: Showing,
    form: Form,
) -> Response:
    """Correct it; a change that lowers the band needs a reason, and the peak stays."""
    typed, reason = Typed.of(form), words(form, "reason").strip()
    errors, status = Errors(), 422
    question = services.concerns.question(person, concern_id, question_id, typed.child)
    many = question.kind == "many"
    if not (typed.values if many else typed.one):
        errors.add("value", "Choose an answer.")
    else:
        value: JsonValue = list(typed.values) if many else typed.one
        try:
            services.concerns.correct(
                person,
                concern_id,
                question_id,
                value,
                typed.child,
                reason=reason or None,
                version=typed.version,
            )
            return see_other(request, f"/concerns/{concern_id}#question")
        except OutOfDate:
            errors.add("value", CHANGED_ELSEWHERE)
            status = 409
        except (BadInput, NotNow) as wrong:
            errors.add("reason" if "reason" in str(wrong).lower() else "value", str(wrong))
    reply = services.concerns.read(person, concern_id)
    return _page(
        request,
        person,
        show,
        reply,
        question,
        list(typed.values),
        typed=reason,
        typed_other=typed.other,
        errors=errors,
        status=status,
    )


def _told(reply: Reply) -> list[AnswerView | SuggestionView]:
    return [*reply.answers, *reply.suggestions]


def _present(reply: Reply, question: str, child: str) -> list[str]:
    for one in _told(reply):
        if one.question == question and (one.child or "") == child:
            return as_list(one.value)
    return []


def _page(
    request: Request,
    person: Person,
    show: Show,
    reply: Reply,
    question: QuestionView,
    chosen: list[str],
    *,
    typed: str = "",
    typed_other: str = "",
    errors: Errors | None = None,
    status: int = 200,
) -> Response:
    items: list[Any] = choices(question, chosen)
    items += [{"divider": "or"}] if question.kind != "many" else []
    items += [{"value": value, "text": text, "checked": value in chosen} for value, text in UNKNOWN]
    return show.page(
        request,
        "web/change.html",
        person=person,
        status=status,
        errors=errors,
        heading="Change an answer",
        back=f"/concerns/{reply.id}",
        illustrative=reply.pack.status == "illustrative",
        question=question,
        version=reply.version,
        child=question.child or "",
        choices=items,
        typed=typed,
        typed_other=typed_other,
    )


@router.post("/concerns/{concern_id}/duties/{duty}")
def duty_done(request: Request, concern_id: str, duty: str, person: SignedIn, services: Wired) -> Response:
    """Tick a duty off: who did it and when is kept."""
    services.concerns.duty_done(person, concern_id, duty)
    return see_other(request, f"/concerns/{concern_id}/advice")


@router.get("/concerns/{concern_id}/disagree")
def show_disagree(
    request: Request, concern_id: str, person: SignedIn, services: Wired, show: Showing
) -> Response:
    """Say which band one would choose, and why."""
    reply = services.concerns.read(person, concern_id)
    return _disagree(request, person, show, reply)


@router.post("/concerns/{concern_id}/disagree")
def disagree(
    request: Request, concern_id: str, person: SignedIn, services: Wired, show: Showing, form: Form
) -> Response:
    """Keep the disagreement; it goes along with the referral."""
    band, reason, errors = words(form, "band"), words(form, "reason").strip(), Errors()
    if band not in dict(BANDS):
        errors.add("band", "Choose the band that you think it is.")
    if not reason:
        errors.add("reason", "Say why, in a few words.")
    if not errors:
        try:
            services.concerns.disagree(person, concern_id, band, reason)
            return see_other(request, f"/concerns/{concern_id}")
        except (BadInput, NotNow) as wrong:
            errors.add("reason", str(wrong))
    reply = services.concerns.read(person, concern_id)
    return _disagree(request, person, show, reply, chosen=band, typed=reason, errors=errors, status=422)


def _disagree(
    request: Request,
    person: Person,
    show: Show,
    reply: Reply,
    *,
    chosen: str = "",
    typed: str = "",
    errors: Errors | None = None,
    status: int = 200,
) -> Response:
    return show.page(
        request,
        "web/disagree.html",
        person=person,
        status=status,
        errors=errors,
        heading="I see it differently",
        back=f"/concerns/{reply.id}",
        illustrative=reply.pack.status == "illustrative",
        choices=[{"value": value, "text": text, "checked": value == chosen} for value, text in BANDS],
        typed=typed,
    )
