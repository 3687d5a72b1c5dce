"""Training a candidate and comparing it with the model in use, with progress in the registry."""

from __future__ import annotations

import hashlib
import logging
import os
import shutil
import threading
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from bot.officers import datasets
from bot.officers.comparing import figures, understood
from bot.officers.labelling import Officer, Wrong, officer_of
from bot.officers.labels import category_of
from bot.officers.learning import TrainingFailed, learn
from bot.officers.places import Places
from bot.officers.trial import ModelRefused, ParserAway, load, prepared, try_out
from bot.reading.evaluate import Row
from bot.reading.parser_process import ParserMissing, running_parser
from bot.store import Session, Store, StoreUnavailable, TrainedModel, examples, models
from bot.store import audit as kept_audit

READING, LEARNING, COMPARING = "reading", "learning", "comparing"
LEARN_FROM, LEARN_TO, OLD_TO, NEW_TO = 5, 50, 75, 98
PARSER_PATIENCE = 900.0
"""Seconds for the trial parser to answer: fifteen on an idle machine, many more beside other work."""
USUAL_BEATS = 30
"""Looks at Rasa (every two seconds) that a training usually takes; the bar slows down after them."""

_log = logging.getLogger(__name__)


class Trainer:
    """Trains in a thread of this process; whoever looks sees it in the registry."""

    def __init__(self, store: Store, clock: Callable[[], datetime], places: Places) -> None:
        self._store = store
        self._clock = clock
        self._places = places

    def begin(self, officer: Officer) -> str:
        """Start a training; returns the id of the model to be. Raises Wrong, or TrainingRuns."""
        at = self._clock()
        with self._store.write() as session:
            person = officer_of(session, officer)
            chosen = examples.chosen_for(session, examples.TRAINING)
            if not chosen:
                raise Wrong(
                    train="No checked message is chosen for training yet. Label one and have it checked."
                )
            note_base(session, self._places, at)
            name = f"officers-{at:%Y%m%d-%H%M%S}.tar.gz"
            model = models.begin_training(session, name, by=person.id, at=at, examples=len(chosen))
            kept_audit.record(
                session,
                organisation_id=person.organisation_id,
                actor=person.id,
                action="model.training",
                subject=f"model:{model.id}",
                at=at,
                details={"examples": len(chosen)},
            )
        threading.Thread(target=self.run, args=(model.id,), name="training", daemon=True).start()
        return model.id

    def run(self, model_id: str) -> None:
        """Train and compare; whatever happens, the examples in clear are removed and the registry says how it
        ended.
        """
        self._sweep()
        private = self._places.private / model_id
        self._places.private.mkdir(parents=True, exist_ok=True, mode=0o700)
        private.mkdir(mode=0o700)
        because = "The training ended with an error; the log of the web process says which."
        try:
            self._train(model_id, private)
            because = ""
        except (TrainingFailed, ParserMissing, ParserAway, ModelRefused) as error:
            because = str(error)
            _log.warning("training %s failed: %s", model_id, error)
        finally:
            shutil.rmtree(private, ignore_errors=True)
            if because:
                with self._store.write() as session:
                    models.fail(session, models.get_model(session, model_id), because, self._clock())

    def _train(self, model_id: str, private: Path) -> None:
        self._tell(model_id, READING, 0)
        with self._store.read() as session:
            model = models.get_model(session, model_id)
            used = models.in_use(session)
            rows = self._rows(session)
            taught = [
                (one.text, one.label or "", one.also)
                for one in examples.chosen_for(session, examples.TRAINING)
            ]
        if used is None:
            raise TrainingFailed("There is no model to compare with. Run make train first.")
        _write(private, datasets.as_training_data(taught))
        beats = 0

        def beat(_steps: int) -> None:
            nonlocal beats
            beats += 1
            share = beats / (beats + USUAL_BEATS / 2)
            self._tell(model_id, LEARNING, LEARN_FROM + round((LEARN_TO - LEARN_FROM) * share))

        trained = learn(self._places, private, model.name, beat)
        own = [row_of(*one) for one in taught]
        compared = self._compare(model_id, self._places.models / used.name, trained, rows, own)
        with self._store.write() as session:
            models.complete(
                session,
                models.get_model(session, model_id, lock=True),
                digest=digest(trained),
                compared_with=used.name,
                figures=compared,
                at=self._clock(),
            )

    def _compare(
        self, model_id: str, old: Path, new: Path, rows: Sequence[Row], own: Sequence[Row]
    ) -> dict[str, Any]:
        """Both models on one trial parser; the candidate is swapped in as a promotion would do it.

        ``own``: the messages that officers labelled for training; only counted is how many are understood.
        """

        def tell(low: int, high: int) -> Callable[[float], None]:
            return lambda share: self._tell(model_id, COMPARING, low + round((high - low) * share))

        self._tell(model_id, COMPARING, LEARN_TO)
        with (
            _Alive(self._store, self._clock, model_id),
            running_parser(old, patience=PARSER_PATIENCE) as address,
        ):
            ready = prepared([*rows, *own])
            before = try_out(address, ready, tell(LEARN_TO + 5, OLD_TO))
            load(address, new)
            after = try_out(address, ready, tell(OLD_TO, NEW_TO))
        held = len(rows)
        return figures(rows, before[:held], after[:held]) | {"own": understood(before[held:], after[held:])}

    def _rows(self, session: Session) -> list[Row]:
        """The held-out messages: the authored ones, and what officers chose for evaluation."""
        mended = [
            row_of(one.text, one.label or "", one.also)
            for one in examples.chosen_for(session, examples.EVALUATION)
        ]
        return [*datasets.held_out(self._places.held_out), *mended]

    def _tell(self, model_id: str, stage: str, percent: int) -> None:
        """Note how far it is. A database that is busy now does not end a training of minutes."""
        try:
            with self._store.write() as session:
                models.progress(session, model_id, stage, percent, self._clock())
        except StoreUnavailable as error:
            _log.warning("progress of training %s could not be noted: %s", model_id, error)

    def _sweep(self) -> None:
        """Remove what a training left in clear whose process was killed."""
        for left in self._places.private.glob("*"):
            shutil.rmtree(left, ignore_errors=True)


class _Alive:
    """Says every few seconds that the training lives, while a parser starts or loads and gives no sign."""

    def __init__(self, store: Store, clock: Callable[[], datetime], model_id: str) -> None:
        self._store = store
        self._clock = clock
        self._model_id = model_id
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)

    def __enter__(self) -> None:
        self._thread.start()

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._thread.join()

    def _run(self) -> None:
        while not self._over.wait(10):
            try:
                with self._store.write() as session:
                    models.get_model(session, self._model_id, lock=True).touched_at = self._clock()
            except StoreUnavailable as error:
                _log.warning("training %s could not say that it lives: %s", self._model_id, error)


def note_base(session: Session, places: Places, at: datetime) -> TrainedModel | None:
    """The model that is in use. Before an officer ever promoted one it is the base that set-up trained.

    The base is copied beside the officers' models, so that going back to it stays possible after an update.
    """
    used = models.in_use(session)
    if places.promoted.exists():
        return used
    bases = sorted(places.base.glob("*.tar.gz"), key=lambda path: path.stat().st_mtime)
    if not bases or (used is not None and used.name == bases[-1].name):
        return used
    newest = bases[-1]
    places.models.mkdir(parents=True, exist_ok=True, mode=0o700)
    if not (places.models / newest.name).exists():
        part = places.models / f".{newest.name}.part"
        shutil.copyfile(newest, part)
        part.replace(places.models / newest.name)
    model = models.model_named(session, newest.name) or models.add_base(
        session, newest.name, digest(newest), at
    )
    models.promote(session, model, by=None, at=at)
    return model


def row_of(text: str, label: str, also: Sequence[str]) -> Row:
    """An officer's example as a held-out row."""
    category = category_of(label)
    danger = True if label == "immediate_danger" else None
    return Row(text, category, None if category else label, frozenset(also), danger)


def digest(file: Path) -> str:
    """SHA-256 of a file."""
    with file.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()


def _write(private: Path, content: str) -> None:
    folder = private / "examples"
    folder.mkdir(mode=0o700)
    handle = os.open(folder / "officers.yml", os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(content)
