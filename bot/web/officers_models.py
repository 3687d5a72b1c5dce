"""For education officers: train, watch, compare, promote, keep the old, go back."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Path, Query, Request
from starlette.responses import Response

from bot.officers import Promoting, Trainer, Wrong, labels
from bot.officers.promoting import CANDIDATE, FAILED, IN_USE, RETIRED, RUNNING, SET_ASIDE, ModelSeen
from bot.store.models import TrainingRuns
from bot.web.access import Officer, Wired
from bot.web.conversation import Form, Showing, words
from bot.web.officers import categories_of, found, places_of
from bot.web.people import Person
from bot.web.services import Services
from bot.web.show import Errors, Show, see_other, swaps
from bot.web.times import wall

router = APIRouter(include_in_schema=False, prefix="/officers/models")

STATE_WORDS = {
    RUNNING: "Being trained",
    FAILED: "Training failed",
    CANDIDATE: "Candidate",
    IN_USE: "In use",
    RETIRED: "Earlier model",
    SET_ASIDE: "Not used",
}
STAGE_WORDS = {
    "": "Starting",
    "reading": "Reading the examples",
    "learning": "Learning",
    "comparing": "Comparing with the model in use",
}
FIGURES = {
    "top1": "Right category first",
    "top3": "Right category among the first three",
    "acts": "Right dialogue act",
    "danger": "Immediate danger met",
    "false_alarms": "False alarms (fewer is better)",
}
DONE = {
    "now": "The model is in use now. Messages are read with it from this moment on.",
    "next_start": "The parser does not run now. It will start with this model.",
    "kept": "The model in use stays. The candidate was removed.",
}
ModelId = Annotated[str, Path(max_length=64)]


@router.get("")
def registry(
    request: Request,
    officer: Officer,
    services: Wired,
    show: Showing,
    done: Annotated[str, Query(max_length=20)] = "",
) -> Response:
    """Every model, and the way to train a new one."""
    return _registry(request, officer, services, show, done=done)


@router.post("")
def train(request: Request, officer: Officer, services: Wired, show: Showing) -> Response:
    """Train a candidate from all checked messages."""
    trainer = Trainer(services.store, services.clock, places_of(services))
    try:
        with found():
            return see_other(request, f"/officers/models/{trainer.begin(officer)}")
    except Wrong as wrong:
        errors, status = Errors(dict(wrong.fields)), 422
    except TrainingRuns as runs:
        errors, status = Errors({"train": str(runs)}), 409
    return _registry(request, officer, services, show, errors=errors, status=status)


@router.get("/{model_id}")
def one(request: Request, model_id: ModelId, officer: Officer, services: Wired, show: Showing) -> Response:
    """One model: its progress, then how it compares. The script asks for the part alone."""
    with found():
        model = _promoting(services).one(officer, model_id)
    if swaps(request):
        return show.fragment("officers/model-part.html", **_context(services, model))
    return _model(request, officer, services, show, model)


@router.post("/{model_id}")
def decide(
    request: Request, model_id: ModelId, officer: Officer, services: Wired, show: Showing, form: Form
) -> Response:
    """Promote it (or go back to it), or keep the old."""
    promoting = _promoting(services)
    with found():
        try:
            if words(form, "do") == "keep_old":
                promoting.keep_old(officer, model_id)
                return see_other(request, "/officers/models?done=kept")
            if words(form, "sure") != "yes":
                raise Wrong(sure="Tick this once you have looked at the comparison.")
            now = promoting.promote(officer, model_id)
            return see_other(request, f"/officers/models?done={'now' if now else 'next_start'}")
        except Wrong as wrong:
            model = promoting.one(officer, model_id)
            return _model(request, officer, services, show, model, errors=Errors(dict(wrong.fields)))


def _promoting(services: Services) -> Promoting:
    return Promoting(services.store, services.clock, places_of(services))


def _registry(
    request: Request,
    officer: Person,
    services: Services,
    show: Show,
    *,
    done: str = "",
    errors: Errors | None = None,
    status: int = 200,
) -> Response:
    with found():
        models, taught = _promoting(services).registry(officer)
    return show.page(
        request,
        "officers/models.html",
        person=officer,
        status=status,
        errors=errors,
        heading="Models",
        done=DONE.get(done, ""),
        taught=taught,
        running=next((one for one in models if one.state == RUNNING), None),
        rows=[_row(services, one) for one in models],
    )


def _model(
    request: Request,
    officer: Person,
    services: Services,
    show: Show,
    model: ModelSeen,
    *,
    errors: Errors | None = None,
) -> Response:
    return show.page(
        request,
        "officers/model.html",
        person=officer,
        status=422 if errors else 200,
        errors=errors,
        heading="Model",
        back="/officers/models",
        **_context(services, model),
    )


def _context(services: Services, model: ModelSeen) -> dict[str, Any]:
    compared = model.figures
    names = categories_of(services)
    return {
        "model": model,
        "row": _row(services, model),
        "stage": STAGE_WORDS.get(model.stage, model.stage),
        "overall": [
            _line(text, compared["old"][name], compared["new"][name]) for name, text in FIGURES.items()
        ]
        if compared
        else [],
        "intents": [
            _line(labels.words(one["intent"], names), [one["old"], one["of"]], [one["new"], one["of"]])
            for one in compared.get("intents", ())
        ],
    }


def _row(services: Services, model: ModelSeen) -> dict[str, Any]:
    now = services.clock()
    return {
        "id": model.id,
        "name": model.name.removesuffix(".tar.gz"),
        "state": STATE_WORDS[model.state],
        "by": model.by,
        "examples": model.examples,
        "trained": wall(model.trained_at, now) if model.trained_at else "",
        "promoted": wall(model.promoted_at, now) if model.promoted_at else "",
    }


def _line(text: str, old: list[int], new: list[int]) -> dict[str, str]:
    """One row of a comparison, with the difference in messages."""
    change = new[0] - old[0]
    return {
        "text": text,
        "old": _share(old),
        "new": _share(new),
        "change": "same" if change == 0 else f"{change:+d}".replace("-", "−"),
    }


def _share(counts: list[int]) -> str:
    right, of = counts
    return f"{right} of {of} ({100 * right / of:.1f} %)" if of else "none"
