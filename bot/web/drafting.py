"""The draft of a referral: its sections, each on a page of its own, and check your answers."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field as dataclass_field
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from starlette.datastructures import FormData
from starlette.responses import Response

from bot.concerns.errors import BadInput, NotFound, NotNow, OutOfDate
from bot.concerns.reply import DraftView
from bot.referrals.draft import merge, value_at
from bot.referrals.form import NOT_KNOWN, SECTIONS, Field, Section
from bot.referrals.values import FieldError
from bot.thresholds import Band
from bot.web.access import SignedIn, Wired
from bot.web.body_map import body_map
from bot.web.conversation import CHANGED_ELSEWHERE, Form, Showing, words
from bot.web.forms import patch_of, shown
from bot.web.meeting import apart, both_changed, described, seen, was_shown
from bot.web.people import Person
from bot.web.services import Services
from bot.web.show import Errors, Show, see_other

router = APIRouter(include_in_schema=False)

BY_NAME = {section.name: section for section in SECTIONS}


@router.get("/concerns/{concern_id}/draft")
def overview(request: Request, concern_id: str, person: SignedIn, services: Wired, show: Showing) -> Response:
    """All sections with what is still missing in each."""
    reply = services.concerns.read(person, concern_id)
    view = services.concerns.draft(person, concern_id)
    gaps = Counter(one["section"] for one in view.missing if one["need"] == "M")
    return show.page(
        request,
        "web/draft.html",
        person=person,
        heading="The referral",
        back=f"/concerns/{concern_id}",
        illustrative=reply.pack.status == "illustrative",
        reply=reply,
        view=view,
        missing=[one for one in view.missing if one["need"] == "M"],
        sections=[
            {
                "name": one.name,
                "title": one.title,
                "gaps": gaps[one.title],
                "filled": _filled(one, view.draft),
            }
            for one in SECTIONS
        ],
    )


@router.get("/concerns/{concern_id}/draft/{name}")
def show_section(
    request: Request,
    concern_id: str,
    name: str,
    person: SignedIn,
    services: Wired,
    show: Showing,
    add: Annotated[str, Query(max_length=50)] = "",
) -> Response:
    """One section. `add`: the list that gets one more item."""
    if name not in BY_NAME:
        raise NotFound
    view = services.concerns.draft(person, concern_id)
    return _section_page(
        request, person, show, services, concern_id, BY_NAME[name], view, view.draft, one_more=add
    )


@router.post("/concerns/{concern_id}/draft/{name}")
def save_section(
    request: Request, concern_id: str, name: str, person: SignedIn, services: Wired, show: Showing, form: Form
) -> Response:
    """Keep what was changed in this section; gaps are allowed."""
    if name not in BY_NAME:
        raise NotFound
    section = BY_NAME[name]
    tried = try_to_save(services, person, concern_id, section, form)
    if not tried.errors:
        return see_other(request, _after(concern_id, name, words(form, "do")))
    return _section_page(
        request,
        person,
        show,
        services,
        concern_id,
        section,
        tried.view,
        over(tried.view.draft, tried.patch),
        errors=tried.errors,
        status=tried.status,
    )


@dataclass
class Tried:
    """How saving a page ended: the draft as it stands now, what was typed, and what is wrong with it."""

    view: DraftView
    patch: dict[str, Any] = dataclass_field(default_factory=dict)
    errors: Errors = dataclass_field(default_factory=Errors)
    status: int = 422


def try_to_save(
    services: Services, person: Person, concern_id: str, section: Section, form: FormData
) -> Tried:
    """Keep what this person changed on a page of the draft, beside what anybody else changed meanwhile."""
    tried = Tried(services.concerns.draft(person, concern_id))
    shown_then = was_shown(form)
    if shown_then is None:
        tried.errors.add("save", CHANGED_ELSEWHERE)
        shown_then, tried.status = tried.view.draft, 409
    patch = patch_of(section, shown_then, form, tried.errors)
    tried.patch = apart(section, shown_then, tried.view.draft, patch)
    for place, theirs in both_changed(shown_then, tried.view.draft, tried.patch):
        tried.errors.add(place, _theirs(section, place, theirs))
        tried.status = 409
    if tried.errors or not tried.patch:
        return tried
    try:
        services.concerns.patch_draft(person, concern_id, tried.patch, version=tried.view.version)
    except OutOfDate:
        tried.errors.add("save", CHANGED_ELSEWHERE)
        tried.status, tried.view = 409, services.concerns.draft(person, concern_id)
    except (BadInput, NotNow) as wrong:
        tried.errors.add("save", str(wrong))
    return tried


def _theirs(section: Section, name: str, value: Any) -> str:
    """What somebody else wrote where this person wrote as well: neither is lost unseen."""
    one = described(section, name)
    said = in_words(one, value) if one is not None and value not in (None, "", []) else ""
    theirs = f"Somebody changed this meanwhile to: “{said}”." if said else "Somebody took this out meanwhile."
    return f"{theirs} Yours stands here and is not saved yet; saving again keeps yours."


def _after(concern_id: str, name: str, do: str) -> str:
    """Where to go on: one more item of a list, the check page, or the next section."""
    base = f"/concerns/{concern_id}"
    if do.startswith("add:"):
        return f"{base}/draft/{name}?add={do.removeprefix('add:')}#new"
    if do == "check":
        return f"{base}/check"
    names = list(BY_NAME)
    following = names.index(name) + 1
    return f"{base}/draft/{names[following]}" if following < len(names) else f"{base}/check"


def _section_page(
    request: Request,
    person: Person,
    show: Show,
    services: Services,
    concern_id: str,
    section: Section,
    view: DraftView,
    draft: Mapping[str, Any],
    *,
    one_more: str = "",
    errors: Errors | None = None,
    status: int = 200,
) -> Response:
    reply = services.concerns.read(person, concern_id)
    drawn = body_map(section, draft, band_of(view))
    return show.page(
        request,
        "web/injuries.html" if drawn else "web/section.html",
        person=person,
        status=status,
        errors=errors,
        heading=section.title,
        caption="The referral",
        back=f"/concerns/{concern_id}/draft",
        illustrative=reply.pack.status == "illustrative",
        section=section,
        shown=shown(section, draft, band_of(view), one_more=one_more),
        warnings=beside(view),
        checks=_advice(view, section),
        seen=seen(section, view.draft),
        concern_id=concern_id,
        **drawn,
    )


@router.get("/concerns/{concern_id}/check")
def check(request: Request, concern_id: str, person: SignedIn, services: Wired, show: Showing) -> Response:
    """Everything that would be sent, with a way to change each part."""
    reply = services.concerns.read(person, concern_id)
    view = services.concerns.draft(person, concern_id)
    return show.page(
        request,
        "web/check.html",
        person=person,
        heading="Check your answers",
        back=f"/concerns/{concern_id}/draft",
        illustrative=reply.pack.status == "illustrative",
        reply=reply,
        view=view,
        missing=[one for one in view.missing if one["need"] == "M"],
        sections=[
            {"name": one.name, "title": one.title, "rows": list(_rows(one, view.draft))} for one in SECTIONS
        ],
    )


def band_of(view: DraftView) -> Band | None:
    """The band that decides what is needed."""
    return Band(view.band) if view.band else None


def section_of(path: str) -> str:
    """The section that a field belongs to."""
    for section in SECTIONS:
        for one in section.fields:
            if path == one.path or path.startswith((one.path + ".", one.path + "[")):
                return section.name
    return ""


def _advice(view: DraftView, section: Section) -> list[str]:
    """What would make this section easier to act on."""
    checks: list[Mapping[str, Any]] = view.quality.get("checks", [])
    return [str(one["advice"]) for one in checks if one["advice"] and section_of(one["path"]) == section.name]


def beside(view: DraftView) -> dict[str, list[str]]:
    """Gentle remarks beside a field: an identifier that does not add up, a word that is an opinion."""
    beside: dict[str, list[str]] = defaultdict(list)
    for one in [*view.warnings, *view.quality.get("flags", [])]:
        beside[one["path"]].append(one["says"])
    return beside


def _filled(section: Section, draft: Mapping[str, Any]) -> bool:
    return any(value_at(draft, one.path) not in (None, "", [], {}) for one in section.fields)


def over(draft: Mapping[str, Any], patch: Mapping[str, Any]) -> Mapping[str, Any]:
    """The draft as it would look with the change, so that what was typed is still there beside its error."""
    try:
        return merge(draft, patch)
    except FieldError:
        return draft


def _rows(section: Section, draft: Mapping[str, Any]) -> Any:
    """The filled fields of a section in words; the items of a list one after the other."""
    for one in section.fields:
        value = value_at(draft, one.path)
        if one.kind != "list":
            if value not in (None, "", []):
                yield {"label": one.label, "value": in_words(one, value), "item": ""}
            continue
        for number, item in enumerate(value if isinstance(value, list) else [], start=1):
            for inner in one.fields:
                said = value_at(item, inner.path) if isinstance(item, Mapping) else None
                if said not in (None, "", []):
                    title = f"{one.item.capitalize()} {number}"
                    yield {"label": inner.label, "value": in_words(inner, said), "item": title}


def in_words(described: Field, value: Any) -> str:
    """A value as people read it: the label of a choice, “Not known”, or the text itself."""
    if value == NOT_KNOWN:
        return "Not known"
    labels = dict(described.options)
    if isinstance(value, list):
        return ", ".join(labels.get(str(one), str(one)) for one in value)
    return labels.get(str(value), str(value))
