"""The tuned sentence model, kept beside the trained models: learned once for the authored messages.

What education officers label is learned by the counted words alone. So their training takes a minute instead of
minutes, and a new model reads every other message as the one before did, but for what was mended.
"""

from __future__ import annotations

import hashlib
import logging
import os
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path

import numpy as np

from bot.parser.head import Head, Tuned

logger = logging.getLogger(__name__)

HERE = Path(__file__).parent
LEARNED_BY = (
    "encoder.py",
    "examples.py",
    "lessons.py",
    "sentence_file.py",
    "tuning.py",
    "weights.py",
    "wording.py",
)
"""What decides, besides the messages, how the sentence model comes out."""


def tuned_for(made_from: Iterable[object], folder: Path, learn: Callable[[], Tuned]) -> Tuned:
    """The sentence model that is made from these messages and settings: the kept one, or learned now and kept."""
    file = folder / f"sentences-{_digest(made_from)}.npz"
    if file.exists():
        logger.info("Learning sentences: done before, %s.", file.name)
        with suppress(OSError):
            file.touch()  # the oldest are removed
        return _read(file)
    tuned = learn()
    try:
        _keep(file, tuned)
    except OSError as error:
        logger.warning("The sentence model could not be kept (%s); the next training learns it anew.", error)
    return tuned


def _digest(made_from: Iterable[object]) -> str:
    found = hashlib.sha256()
    for name in LEARNED_BY:
        found.update((HERE / name).read_bytes())
    for one in made_from:
        found.update(repr(one).encode())
    return found.hexdigest()[:16]


def _keep(file: Path, tuned: Tuned) -> None:
    numbers = {f"layer/{name}": weight for name, weight in tuned.weights.items()}
    for name, head in tuned.heads.items():
        numbers |= {f"weights/{name}": head.weights, f"start/{name}": head.start}
    file.parent.mkdir(parents=True, exist_ok=True)
    part = file.with_suffix(f".{os.getpid()}.part.npz")
    np.savez(part, **numbers)  # type: ignore[arg-type]  # the last keyword of its signature is no array
    part.replace(file)


def _read(file: Path) -> Tuned:
    with np.load(file, allow_pickle=False) as numbers:
        weights = {name[6:]: numbers[name] for name in numbers.files if name.startswith("layer/")}
        heads = {
            name[8:]: Head(numbers[name], numbers[f"start/{name[8:]}"])
            for name in numbers.files
            if name.startswith("weights/")
        }
    return Tuned(weights, heads)
