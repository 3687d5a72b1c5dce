"""The registry as officers use it: promote a candidate, keep the old, go back to an earlier model."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from bot.officers.comparing import may_promote
from bot.officers.labelling import Officer, Wrong, officer_of
from bot.officers.places import Places
from bot.officers.training import digest, note_base
from bot.officers.trial import ModelRefused, ParserAway, load
from bot.store import Person, Session, Store, TrainedModel, examples, models
from bot.store import audit as kept_audit

RUNNING, FAILED, CANDIDATE, IN_USE, RETIRED, SET_ASIDE = (
    "running",
    "failed",
    "candidate",
    "in_use",
    "retired",
    "set_aside",
)
DANGER_MISSED = "It misses an immediate danger that the model in use meets. It cannot be used."


@dataclass(frozen=True)
class ModelSeen:
    """One model of the registry as it is shown."""

    id: str
    name: str
    state: str
    by: str
    examples: int
    started_at: datetime
    trained_at: datetime | None
    promoted_at: datetime | None
    stage: str
    percent: int
    failed_because: str
    compared_with: str
    figures: dict[str, Any]
    may_promote: bool


class Promoting:
    """What officers do with models. All authorities of an installation share them."""

    def __init__(self, store: Store, clock: Callable[[], datetime], places: Places) -> None:
        self._store = store
        self._clock = clock
        self._places = places

    def registry(self, officer: Officer) -> tuple[list[ModelSeen], int]:
        """Every model, and how many checked examples wait to be learned from or were."""
        with self._store.write() as session:
            officer_of(session, officer)
            models.end_silent(session, self._clock())
            note_base(session, self._places, self._clock())
            taught = len(examples.chosen_for(session, examples.TRAINING))
            return [_seen(session, model) for model in models.models(session)], taught

    def one(self, officer: Officer, model_id: str) -> ModelSeen:
        """One model."""
        with self._store.read() as session:
            officer_of(session, officer)
            return _seen(session, models.get_model(session, model_id))

    def promote(self, officer: Officer, model_id: str) -> bool:
        """Use this model from now on, also after the next start. False when the parser is not running now.

        The running parser loads it and then answers with it: no conversation is dropped, since the chat holds
        no state in the parser. Raises Wrong and leaves everything as it was when it cannot be used.
        """
        with self._store.read() as session:
            officer_of(session, officer)
            model = models.get_model(session, model_id)
            self._fit(model)
        now = self._swap(self._places.models / model.name)  # no transaction is open: the chat goes on writing
        with self._store.write() as session:
            person = officer_of(session, officer)
            model = models.get_model(session, model_id, lock=True)
            before = models.in_use(session)
            models.promote(session, model, by=person.id, at=self._clock())
            details: kept_audit.Details = {"before": before.name if before else None, "running_now": now}
            self._audit(session, person, model, "model.promoted", details)
            self._point_at(model.name)
        return now

    def keep_old(self, officer: Officer, model_id: str) -> None:
        """The candidate is not used, and its file is removed."""
        with self._store.write() as session:
            person = officer_of(session, officer)
            model = models.get_model(session, model_id, lock=True)
            if state_of(model) != CANDIDATE:
                raise Wrong(model="Only a model that was never used can be set aside.")
            models.set_aside(session, model, self._clock())
            self._audit(session, person, model, "model.set_aside", {})
            (self._places.models / model.name).unlink(missing_ok=True)

    def _swap(self, file: Path) -> bool:
        """Whether the running parser took the model; False when none runs. Raises Wrong when it refused."""
        try:
            load(self._places.parser, file.resolve())
        except ParserAway:
            return False
        except ModelRefused as error:
            raise Wrong(model=f"{error} The model in use stays.") from error
        return True

    def _fit(self, model: TrainedModel) -> None:
        """Whether a model may be used: trained, not worse on danger, and the very file that was measured."""
        if state_of(model) not in (CANDIDATE, RETIRED):
            raise Wrong(model="Only a trained model that is not in use can be chosen.")
        if state_of(model) == CANDIDATE and not may_promote(model.figures):
            raise Wrong(model=DANGER_MISSED)
        file = self._places.models / model.name
        if not file.exists() or digest(file) != model.digest:
            raise Wrong(model="Its file is missing or is not the one that was measured. Train again.")

    def _point_at(self, name: str) -> None:
        """Have the next start use it. Replaced in one step, so that there is always a whole one."""
        beside = self._places.promoted.with_name(".promoted.part")
        beside.unlink(missing_ok=True)
        beside.symlink_to(name)
        beside.replace(self._places.promoted)

    def _audit(
        self, session: Session, person: Person, model: TrainedModel, action: str, details: kept_audit.Details
    ) -> None:
        kept_audit.record(
            session,
            organisation_id=person.organisation_id,
            actor=person.id,
            action=action,
            subject=f"model:{model.id}",
            at=self._clock(),
            details={"name": model.name, **details},
        )


def state_of(model: TrainedModel) -> str:
    """Where a model stands, from its times."""
    if model.running is not None:
        return RUNNING
    if model.failed_at is not None:
        return FAILED
    if model.set_aside_at is not None:
        return SET_ASIDE
    if model.promoted_at is None:
        return CANDIDATE
    return IN_USE if model.retired_at is None else RETIRED


def _seen(session: Session, model: TrainedModel) -> ModelSeen:
    by = session.get(Person, model.started_by) if model.started_by else None
    state = state_of(model)
    return ModelSeen(
        id=model.id,
        name=model.name,
        state=state,
        by=by.name if by else "Set-up",
        examples=model.examples,
        started_at=model.started_at,
        trained_at=model.trained_at,
        promoted_at=model.promoted_at,
        stage=model.stage,
        percent=model.percent,
        failed_because=model.failed_because or "",
        compared_with=model.compared_with or "",
        figures=model.figures,
        may_promote=state == RETIRED or (state == CANDIDATE and may_promote(model.figures)),
    )
