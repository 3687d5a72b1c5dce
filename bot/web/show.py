"""Rendering for this room: the frame, form errors, and the choices of a question."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from fastapi import Request
from starlette.responses import HTMLResponse, RedirectResponse

from bot.concerns.reply import OptionView, QuestionView
from bot.pages import Frame, Link, Pages, make_pages
from bot.thresholds import NOT_KNOWN, NOT_SURE
from bot.web.access import OFFICER, SCHOOL_ROLES
from bot.web.people import Person

PRODUCT = "Worried about a child"
FRAME = Frame(
    product=PRODUCT,
    footer=(
        Link("Accessibility", "/accessibility"),
        Link("Cookies", "/cookies"),
        Link("Privacy", "/privacy"),
        Link("If this service is off", "/contact"),
        Link("For programs: the API", "/api/docs"),
    ),
    danger_line="If anyone is in danger now, call 999",
)
ILLUSTRATIVE = {
    "tag": "Illustrative",
    "text": "Illustrative thresholds – not yet approved by an authority. Telephone numbers are not shown.",
}


@dataclass
class Errors:
    """What is wrong with a form: shown in the summary and beside the field. Never holds what was typed."""

    fields: dict[str, str] = field(default_factory=dict)

    def add(self, name: str, text: str) -> None:
        """Say what is wrong with one field."""
        self.fields[name] = text

    def __bool__(self) -> bool:
        return bool(self.fields)

    def context(self) -> dict[str, Any]:
        """For the templates."""
        return {
            "errors": {name: {"text": text} for name, text in self.fields.items()},
            "error_list": [{"text": text, "href": f"#{name}"} for name, text in self.fields.items()],
        }


class Show:
    """Shows pages to a person, or to nobody in particular."""

    def __init__(self) -> None:
        self.pages: Pages = make_pages("bot.web", FRAME)

    def page(
        self,
        request: Request,
        template: str,
        *,
        person: Person | None = None,
        status: int = 200,
        illustrative: bool = False,
        errors: Errors | None = None,
        **context: Any,
    ) -> HTMLResponse:
        """A whole page."""
        return self.pages.respond(
            template,
            status=status,
            person=person,
            navigation=navigation(person, request.url.path),
            phase=ILLUSTRATIVE if illustrative else None,
            **(errors or Errors()).context(),
            **context,
        )

    def fragment(
        self, template: str, *, status: int = 200, errors: Errors | None = None, **context: Any
    ) -> HTMLResponse:
        """A part of a page, for a swap in place."""
        return self.pages.respond(template, status=status, **(errors or Errors()).context(), **context)


def navigation(person: Person | None, path: str) -> list[dict[str, Any]]:
    """The links of the header: what this person may open."""
    if person is None:
        return []
    links = [("/concerns", "My concerns")]
    if person.role in SCHOOL_ROLES:
        links.append(("/school", "School’s concerns"))
    if person.role == OFFICER:
        links += [("/officers", "Misread messages"), ("/officers/models", "Models")]
    links.append(("/account", "Your account"))
    return [{"href": href, "text": text, "current": path == href} for href, text in links]


def swaps(request: Request) -> bool:
    """Whether the script asks for a part to swap in place, not a browser for a page."""
    return request.headers.get("hx-request") == "true"


def see_other(request: Request, path: str) -> HTMLResponse | RedirectResponse:
    """Go on at another address, after a POST."""
    if swaps(request):
        return HTMLResponse(status_code=200, headers={"HX-Redirect": path})
    return RedirectResponse(path, status_code=303)


def choices(question: QuestionView, chosen: Sequence[str] | None) -> list[Mapping[str, Any]]:
    """The options as the macros want them. “Not sure” and “we don't know” are buttons of their own."""
    ticked = set(chosen or ())
    items: list[Mapping[str, Any]] = []
    for option in question.options:
        if option.value in (NOT_SURE, NOT_KNOWN):
            continue
        if question.kind == "many" and option.value == "none" and items:
            items.append({"divider": "or"})
        items.append(_item(question, option, ticked))
    return items


def _item(question: QuestionView, option: OptionView, ticked: set[str]) -> Mapping[str, Any]:
    item: dict[str, Any] = {"value": option.value, "text": option.label, "checked": option.value in ticked}
    if option.hint:
        item["hint"] = {"text": option.hint}
    if question.kind == "many" and option.value == "none":
        item["behaviour"] = "exclusive"
    return item


def as_list(value: str | list[str] | None) -> list[str]:
    """One value or several, as several."""
    if value is None:
        return []
    return [value] if isinstance(value, str) else list(value)
