"""Several children in one concern: add another, and see how each of them stands."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import Response

from bot.concerns.errors import BadInput, NotNow
from bot.concerns.reply import Reply
from bot.web.access import SignedIn, Wired
from bot.web.conversation import Form, Showing, words
from bot.web.people import Person
from bot.web.show import Errors, Show, see_other

router = APIRouter(include_in_schema=False)

ROLES = (
    ("harmed", "May have been harmed"),
    ("harming", "May have harmed another child"),
    ("sibling", "Brother or sister, or lives in the same home"),
    ("other", "Another child who may be affected"),
)
LONGEST_NAME = 200


@router.get("/concerns/{concern_id}/children")
def show_children(
    request: Request, concern_id: str, person: SignedIn, services: Wired, show: Showing
) -> Response:
    """The children of the concern, and a way to add another."""
    return _page(request, person, show, services.concerns.read(person, concern_id))


@router.post("/concerns/{concern_id}/children")
def add_child(
    request: Request, concern_id: str, person: SignedIn, services: Wired, show: Showing, form: Form
) -> Response:
    """Add a child, with their part in the concern."""
    role, name, errors = words(form, "role"), words(form, "name").strip(), Errors()
    reply = services.concerns.read(person, concern_id)
    if role not in dict(ROLES):
        errors.add("role", "Choose this child’s part in it.")
    if len(name) > LONGEST_NAME:
        errors.add("name", f"A name has at most {LONGEST_NAME} characters.")
    if not errors:
        try:
            services.concerns.add_child(person, concern_id, role, name=name)
            return see_other(request, f"/concerns/{concern_id}#question")
        except (BadInput, NotNow) as wrong:
            errors.add("role", str(wrong))
    return _page(request, person, show, reply, role=role, name=name, errors=errors, status=422)


def _page(
    request: Request,
    person: Person,
    show: Show,
    reply: Reply,
    *,
    role: str = "",
    name: str = "",
    errors: Errors | None = None,
    status: int = 200,
) -> Response:
    choices: list[dict[str, Any]] = [
        {"value": value, "text": text, "checked": value == role} for value, text in ROLES
    ]
    return show.page(
        request,
        "web/children.html",
        person=person,
        status=status,
        errors=errors,
        heading="Add another child",
        back=f"/concerns/{reply.id}",
        illustrative=reply.pack.status == "illustrative",
        reply=reply,
        choices=choices,
        typed=name,
    )
