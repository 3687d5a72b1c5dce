"""What the referral still lacks, asked one thing at a time in the order that matters; all may be skipped."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from bot.concerns.errors import NotFound
from bot.concerns.reply import DraftView
from bot.referrals.form import SECTIONS, Section
from bot.web.access import SignedIn, Wired
from bot.web.conversation import Form, Showing, words
from bot.web.drafting import Tried, band_of, beside, over, try_to_save
from bot.web.forms import UNKNOWN, Shown, ShownItem, ShownList, shown
from bot.web.meeting import seen
from bot.web.people import Person
from bot.web.services import Services
from bot.web.show import Show, see_other

router = APIRouter(include_in_schema=False)

MOST_SKIPPED = 300
Skipped = Annotated[list[str], Query(max_length=MOST_SKIPPED)]


@router.get("/concerns/{concern_id}/missing")
def ask(
    request: Request,
    concern_id: str,
    person: SignedIn,
    services: Wired,
    show: Showing,
    skip: Skipped = [],  # noqa: B006 - FastAPI reads the default, nobody changes it
) -> Response:
    """The next thing that is missing and was not skipped; after the last, the page to check everything."""
    view = services.concerns.draft(person, concern_id)
    left = [one["path"] for one in view.missing if one["path"] not in skip]
    if not left:
        return see_other(request, f"/concerns/{concern_id}/check")
    return _page(request, person, show, services, concern_id, left[0], skip, Tried(view))


@router.post("/concerns/{concern_id}/missing")
def answer(
    request: Request, concern_id: str, person: SignedIn, services: Wired, show: Showing, form: Form
) -> Response:
    """Keep what was said, or leave it for later, and go on to the next."""
    services.concerns.draft(person, concern_id)  # not theirs: a 404 before anything is read
    path = words(form, "path")
    section = alone(path)
    skip = [str(one) for one in form.getlist("skip")][:MOST_SKIPPED]
    if words(form, "do") != "skip":
        tried = try_to_save(services, person, concern_id, section, form)
        if tried.errors:
            return _page(request, person, show, services, concern_id, path, skip, tried)
        if tried.patch:
            return see_other(request, _next(concern_id, skip))
    return see_other(request, _next(concern_id, [*skip, path]))


def alone(path: str) -> Section:
    """A section that holds this one field only; within a list, that field of every item."""
    for section in SECTIONS:
        for field in section.fields:
            if path == field.path:
                return replace(section, fields=(field,))
            if field.kind == "list" and path.startswith(f"{field.path}."):
                inner = path.removeprefix(f"{field.path}.").partition(".")[2]
                fields = tuple(one for one in field.fields if one.path == inner)
                if fields:
                    return replace(section, fields=(replace(field, fields=fields),))
    raise NotFound


def _next(concern_id: str, skip: Sequence[str]) -> str:
    asked = urlencode([("skip", path) for path in skip])
    return f"/concerns/{concern_id}/missing" + (f"?{asked}" if asked else "")


def _page(
    request: Request,
    person: Person,
    show: Show,
    services: Services,
    concern_id: str,
    path: str,
    skip: Sequence[str],
    tried: Tried,
) -> Response:
    reply = services.concerns.read(person, concern_id)
    section, view = alone(path), tried.view
    field, item = _one(section, path, view, tried)
    lacking = next((one for one in view.missing if one["path"] == path), None)
    return show.page(
        request,
        "web/missing-one.html",
        person=person,
        status=tried.status if tried.errors else 200,
        errors=tried.errors,
        heading=_heading(section, field, item),
        caption=f"The referral: {len(view.missing)} still missing",
        back=f"/concerns/{concern_id}/draft",
        illustrative=reply.pack.status == "illustrative",
        view=view,
        why=lacking["why"] if lacking else "",
        one=field,
        mark=item.name.rpartition(".")[2] if item else "",
        list_path=section.fields[0].path,
        warnings=beside(view).get(path, []),
        unknown=f"{path}{UNKNOWN}",
        section=section,
        concern_id=concern_id,
        path=path,
        skip=skip,
        seen=seen(section, view.draft),
    )


def _heading(section: Section, field: Shown | None, item: ShownItem | None) -> str:
    label = field.field.label if field else section.fields[0].label
    return f"{label} ({item.title.lower()})" if item else label


def _one(section: Section, path: str, view: DraftView, tried: Tried) -> tuple[Shown | None, ShownItem | None]:
    """The field as it stands, with its item where it is one of a list; none for a whole list."""
    [stands] = shown(section, over(view.draft, tried.patch), band_of(view))
    if isinstance(stands, ShownList):
        for item in stands.items:
            if path.startswith(f"{item.name}."):
                return item.fields[0], item
        return None, None
    return stands, None
