"""Rendering: the frame, navigation for each role, form errors that hold nothing that was typed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from starlette.responses import HTMLResponse, Response

from bot.intake.tables import Person
from bot.intake.work.office import BANDS, in_short, in_words, left_in_words
from bot.intake.work.rights import ROLES, Right, may
from bot.pages import Frame, Link, error_page, make_pages

FRAME = Frame(
    product="MASH intake",
    footer=(Link("About this intake", "/about"), Link("The contract (OpenAPI)", "/openapi.json")),
    danger_line="If a child is in danger now, call 999",
)
PAGES = make_pages("bot.intake.site", FRAME)
PAGES.environment.filters.update(moment=in_words, short=in_short)
PAGES.environment.globals.update(bands=BANDS, time_left=left_in_words, role_names=ROLES)


def page(
    template: str,
    *,
    person: Person | None = None,
    status: int = 200,
    errors: Mapping[str, str] | None = None,
    current: str = "",
    **context: Any,
) -> HTMLResponse:
    """A whole page. `errors` are by field: shown in the summary and beside the field."""
    wrong = errors or {}
    return PAGES.respond(
        template,
        status=status,
        person=person,
        navigation=_navigation(person, current),
        errors={name: {"text": says} for name, says in wrong.items()},
        error_list=[{"text": says, "href": f"#{name}"} for name, says in wrong.items()],
        **context,
    )


def not_now(error: Exception, back: str, typed: Sequence[str] = ()) -> Response:
    """Why a step was not taken, with what the person had written for it, so that nothing is lost."""
    return page("mash/not-now.html", status=409, says=str(error), back=back, typed=typed)


def wrong(status: int) -> Response:
    """The plain error page."""
    return error_page(PAGES, status)


def _navigation(person: Person | None, current: str) -> list[dict[str, Any]]:
    if person is None:
        return []
    links = [("/queue", "Queue"), ("/notices", "Notices")]
    if may(person, Right.AUDIT):
        links.append(("/audit", "Audit trail"))
    links.append(("/account", person.name))
    return [{"href": href, "text": text, "current": href == current} for href, text in links]
