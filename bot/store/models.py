"""The registry of the parser's models: trained when and by whom, how good, promoted and retired when."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from bot.store.sessions import NotThere, StoreError
from bot.store.tables import TrainedModel

RUNNING = "yes"
SILENT_FOR = timedelta(minutes=2)
"""A training that said nothing for so long has died with its process."""


class TrainingRuns(StoreError):
    """A training runs already; a second one would only slow both down."""

    def __init__(self) -> None:
        super().__init__("A training is running already. Wait until it has ended.")


def begin_training(session: Session, name: str, *, by: str, at: datetime, examples: int) -> TrainedModel:
    """A model whose training begins; raises TrainingRuns while another one lives."""
    end_silent(session, at)
    model = TrainedModel(
        name=name, started_at=at, started_by=by, running=RUNNING, touched_at=at, examples=examples
    )
    try:
        with session.begin_nested():
            session.add(model)
    except IntegrityError as error:
        raise TrainingRuns from error
    return model


def end_silent(session: Session, at: datetime) -> None:
    """Note as failed what was being trained by a process that is gone."""
    found = select(TrainedModel).where(TrainedModel.running == RUNNING).with_for_update()
    for model in session.scalars(found):
        if at - model.touched_at > SILENT_FOR:
            fail(session, model, "The training was cut off. Start it again.", at)


def progress(session: Session, model_id: str, stage: str, percent: int, at: datetime) -> None:
    """How far a training is; also the sign that it lives."""
    model = get_model(session, model_id, lock=True)
    model.stage, model.percent, model.touched_at = stage, percent, at
    session.flush()


def fail(session: Session, model: TrainedModel, because: str, at: datetime) -> None:
    """A training that did not end well, and why, in a sentence without anybody's words."""
    model.running, model.failed_at, model.failed_because = None, at, because[:300]
    session.flush()


def complete(
    session: Session,
    model: TrainedModel,
    *,
    digest: str,
    compared_with: str | None,
    figures: dict[str, Any],
    at: datetime,
) -> None:
    """Trained and compared."""
    model.running, model.trained_at, model.digest = None, at, digest
    model.compared_with, model.figures, model.touched_at, model.percent = compared_with, figures, at, 100
    session.flush()


def add_base(session: Session, name: str, digest: str, at: datetime) -> TrainedModel:
    """The model that set-up trained and that is in use before any officer's: the first of the registry."""
    model = TrainedModel(
        name=name, digest=digest, started_at=at, touched_at=at, trained_at=at, percent=100, promoted_at=at
    )
    session.add(model)
    session.flush()
    return model


def get_model(session: Session, model_id: str, *, lock: bool = False) -> TrainedModel:
    """The model of that id; raises NotThere."""
    found = select(TrainedModel).where(TrainedModel.id == model_id)
    model = session.scalar(found.with_for_update() if lock else found)
    if model is None:
        raise NotThere("There is no such model.")
    return model


def model_named(session: Session, name: str) -> TrainedModel | None:
    """The model of that name, or None."""
    return session.scalar(select(TrainedModel).where(TrainedModel.name == name))


def in_use(session: Session) -> TrainedModel | None:
    """The model that was promoted and not yet retired."""
    found = select(TrainedModel).where(
        TrainedModel.promoted_at.is_not(None), TrainedModel.retired_at.is_(None)
    )
    return session.scalar(found.order_by(TrainedModel.promoted_at.desc()).limit(1))


def models(session: Session) -> list[TrainedModel]:
    """Every model, the newest training first."""
    return list(
        session.scalars(select(TrainedModel).order_by(TrainedModel.started_at.desc(), TrainedModel.id))
    )


def promote(session: Session, model: TrainedModel, *, by: str | None, at: datetime) -> None:
    """This one is used from now on; every other is retired."""
    found = select(TrainedModel).where(
        TrainedModel.promoted_at.is_not(None), TrainedModel.retired_at.is_(None)
    )
    for other in session.scalars(found.with_for_update()):
        other.retired_at = at
    model.promoted_at, model.promoted_by, model.retired_at = at, by, None
    session.flush()


def set_aside(session: Session, model: TrainedModel, at: datetime) -> None:
    """The older model is kept; this one is never used."""
    model.set_aside_at = at
    session.flush()
