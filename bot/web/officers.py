"""For education officers: messages that were misread, labelled by one officer and checked by another."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Annotated, Any

from fastapi import APIRouter, Path, Query, Request
from starlette.datastructures import FormData
from starlette.responses import Response

from bot.concerns.errors import NotFound
from bot.officers import Labelling, Places, Wrong, labels
from bot.officers.labelling import AT_ONCE, Seen
from bot.officers.signals import WEIGHTS
from bot.settings import ROOT
from bot.store import NotThere
from bot.store.examples import CHECKED, SET_ASIDE, STATES, TO_CHECK, TO_LABEL
from bot.web.access import Officer, Wired
from bot.web.conversation import Form, Showing, words
from bot.web.notices import unseen
from bot.web.people import Person
from bot.web.services import Services
from bot.web.show import Errors, Show, see_other
from bot.web.times import wall

router = APIRouter(include_in_schema=False, prefix="/officers")

MOST_PAGES = 10_000
CHECK_FIELDS = ("names_nobody", "struck")
STATE_WORDS = {
    TO_LABEL: "To label",
    TO_CHECK: "To check",
    CHECKED: "Checked",
    SET_ASIDE: "Set aside",
}
SIGNAL_WORDS = {
    "danger_missed": "staff said there is danger, and it was not read",
    "not_offered": "staff ticked a category that was not offered",
    "unticked": "staff left out a category that was offered",
    "false_alarm": "it read as danger, and staff said there is none",
    "reopened": "an answer that was read from it was asked again",
    "missed": "it did not fit the question",
    "unsure": "the reading was not sure",
    "parser_off": "the parser was off",
}
USE_WORDS = {"training": "Training", "evaluation": "Evaluation"}
DONE = {
    "labelled": "Labelled. Another officer now checks that it names nobody.",
    "checked": "Checked. It is used from the next training on.",
    "set_aside": "Set aside.",
    "struck": "The words were taken out.",
    "sent_back": "Sent back to be labelled.",
}
Page = Annotated[int, Query(ge=1, le=MOST_PAGES)]
ExampleId = Annotated[str, Path(max_length=64)]


def places_of(services: Services) -> Places:
    """Where this installation keeps data, models and state."""
    settings = services.settings
    return Places(ROOT, settings.state_dir, settings.models_dir, settings.parser, settings.promoted_model)


def labelling_of(services: Services) -> Labelling:
    """What officers do with messages."""
    return Labelling(services.store, services.clock, places_of(services))


def categories_of(services: Services) -> dict[str, str]:
    """The categories of the authority's pack: codes and names."""
    pack = services.packs.in_force(services.settings.pack, services.clock().date())
    return {code: category.label for code, category in pack.categories.items()}


@contextmanager
def found() -> Iterator[None]:
    """What is not there, and what is another authority's, look the same."""
    try:
        yield
    except NotThere as error:
        raise NotFound from error


@router.get("")
def listed(
    request: Request,
    officer: Officer,
    services: Wired,
    show: Showing,
    state: Annotated[str, Query(max_length=20)] = TO_LABEL,
    page: Page = 1,
    done: Annotated[str, Query(max_length=20)] = "",
) -> Response:
    """The messages in one state, most useful first."""
    if state not in STATES:
        raise NotFound
    with found():
        rows, counts = labelling_of(services).listed(officer, state, page)
    names = categories_of(services)
    return show.page(
        request,
        "officers/list.html",
        person=officer,
        heading="Messages that were misread",
        notices=unseen(services, officer),
        state=state,
        states=[{"name": name, "text": STATE_WORDS[name], "count": counts[name]} for name in STATES],
        rows=[_row(one, names, services) for one in rows],
        done=DONE.get(done, ""),
        page=page,
        pages=max(1, -(-counts[state] // AT_ONCE)),
    )


@router.get("/examples/{example_id}")
def one(
    request: Request, example_id: ExampleId, officer: Officer, services: Wired, show: Showing
) -> Response:
    """One message, to be labelled or checked."""
    with found():
        seen = labelling_of(services).one(officer, example_id)
    return _example(request, officer, services, show, seen)


@router.post("/examples/{example_id}/label")
def label(
    request: Request, example_id: ExampleId, officer: Officer, services: Wired, show: Showing, form: Form
) -> Response:
    """Say what it is and what it is for, or set it aside."""
    doing, version = labelling_of(services), _version(form)

    def act() -> str:
        if words(form, "do") == "set_aside":
            doing.set_aside(officer, example_id, version)
            return f"/officers?state={TO_LABEL}&done=set_aside"
        doing.label(
            officer,
            example_id,
            version,
            label=words(form, "label"),
            also=[str(code) for code in form.getlist("also")],
            use=words(form, "use"),
            categories=categories_of(services),
        )
        return f"/officers?state={TO_LABEL}&done=labelled"

    return _acted(request, example_id, officer, services, show, form, act)


@router.post("/examples/{example_id}/check")
def check(
    request: Request, example_id: ExampleId, officer: Officer, services: Wired, show: Showing, form: Form
) -> Response:
    """See that it names nobody; take words out; or send it back."""
    doing, version = labelling_of(services), _version(form)

    def act() -> str:
        match words(form, "do"):
            case "strike":
                doing.strike(officer, example_id, version, words(form, "struck").splitlines())
                return f"/officers/examples/{example_id}"
            case "send_back":
                doing.send_back(officer, example_id, version)
                return f"/officers?state={TO_CHECK}&done=sent_back"
            case _:
                doing.approve(
                    officer,
                    example_id,
                    version,
                    names_nobody=words(form, "names_nobody") == "yes",
                    categories=categories_of(services),
                )
                return f"/officers?state={TO_CHECK}&done=checked"

    return _acted(request, example_id, officer, services, show, form, act)


def _acted(
    request: Request,
    example_id: str,
    officer: Person,
    services: Services,
    show: Show,
    form: FormData,
    act: Callable[[], str],
) -> Response:
    """Do it and go on, or show the page again with what is wrong beside the field."""
    with found():
        try:
            return see_other(request, act())
        except Wrong as wrong:
            seen = labelling_of(services).one(officer, example_id)
            return _example(
                request, officer, services, show, seen, form=form, errors=Errors(dict(wrong.fields))
            )


def _example(
    request: Request,
    officer: Person,
    services: Services,
    show: Show,
    seen: Seen,
    *,
    form: FormData | None = None,
    errors: Errors | None = None,
) -> Response:
    names = categories_of(services)
    checks = seen.state == TO_CHECK and seen.labelled_by != officer.id
    if (
        errors and checks
    ):  # the fields of the label are not on this page: what is wrong stands beside its tick
        errors = Errors(
            {name if name in CHECK_FIELDS else "names_nobody": text for name, text in errors.fields.items()}
        )
    chosen = words(form, "label") if form else seen.label or ""
    also = {str(code) for code in form.getlist("also")} if form else set(seen.also)
    use = words(form, "use") if form else seen.use or ""
    return show.page(
        request,
        "officers/example.html",
        person=officer,
        status=422 if errors else 200,
        errors=errors,
        heading="One message",
        back=f"/officers?state={seen.state}",
        seen=seen,
        row=_row(seen, names, services),
        understood=_understood(seen.understood, names),
        mine=seen.labelled_by == officer.id,
        to_check=seen.state == TO_CHECK,
        label_items=_label_items(names, chosen),
        also_items=[{"value": code, "text": text, "checked": code in also} for code, text in names.items()],
        use_items=_use_items(use),
        struck=words(form, "struck") if form else "",
    )


def _row(seen: Seen, names: Mapping[str, str], services: Services) -> dict[str, Any]:
    ordered = sorted(seen.signals.items(), key=lambda pair: -pair[1])
    return {
        "id": seen.id,
        "text": seen.text,
        "at": wall(seen.at, services.clock()),
        "score": f"{seen.score:.1f}",
        "why": [
            f"{SIGNAL_WORDS.get(name, name)} ({weight:.1f})" for name, weight in ordered if name in WEIGHTS
        ],
        "label": labels.words(seen.label, names) if seen.label else "",
        "also": [names.get(code, code) for code in seen.also],
        "use": USE_WORDS.get(seen.use or "", ""),
        "ticked": [names.get(code, code) for code in seen.ticked],
        "state": STATE_WORDS[seen.state],
    }


def _understood(kept: Mapping[str, Any], names: Mapping[str, str]) -> dict[str, list[str]]:
    def said(one: Mapping[str, Any], text: str) -> str:
        return f"{text}, {100 * one['confidence']:.0f} % sure" if "confidence" in one else text

    return {
        "categories": [said(one, names.get(one["name"], one["name"])) for one in kept.get("categories", ())],
        "acts": [said(one, labels.ACTS.get(one["name"], one["name"])) for one in kept.get("acts", ())[:3]],
        "danger": list(kept.get("danger", ())),
    }


def _label_items(names: Mapping[str, str], chosen: str) -> list[dict[str, Any]]:
    items: list[dict[str, Any]] = [{"value": "", "text": "Choose"}]
    items += [
        {"value": f"{labels.CONCERN}{code}", "text": f"Concern: {text}"}
        for code, text in sorted(names.items(), key=lambda pair: pair[1])
    ]
    items += [{"value": act, "text": text} for act, text in labels.ACTS.items()]
    return [item | {"selected": item["value"] == chosen} for item in items]


def _use_items(use: str) -> list[dict[str, Any]]:
    hints = {
        "training": "The parser learns from it.",
        "evaluation": "It is held out, and every model is tried on it.",
    }
    return [
        {"value": name, "text": text, "hint": {"text": hints[name]}, "checked": name == use}
        for name, text in USE_WORDS.items()
    ]


def _version(form: FormData) -> int:
    version = words(form, "version")
    return int(version) if version.isascii() and version.isdigit() and len(version) < 10 else 0
