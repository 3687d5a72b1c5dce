"""The two sets of messages: what models learn from, and what is held out. Read anew only when changed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from bot.officers.copies import Known, known
from bot.officers.labels import CONCERN
from bot.reading.evaluate import Row, rows_of

_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def learned(folder: Path) -> tuple[Known, ...]:
    """Every message of the training data."""
    files = sorted(folder.rglob("*.yml"))
    return _learned(tuple((file, file.stat().st_mtime_ns) for file in files))


def held_out(files: Iterable[Path]) -> tuple[Row, ...]:
    """Every held-out message, those of the immediate-danger set among them."""
    return _held_out(tuple((file, file.stat().st_mtime_ns) for file in files))


def held_out_messages(files: Iterable[Path]) -> tuple[Known, ...]:
    """The same, to be searched for near-copies."""
    return _messages(held_out(files))


def as_training_data(examples: Sequence[tuple[str, str, Sequence[str]]]) -> str:
    """(text, label, also) as a file that Rasa learns from."""
    by_label: dict[str, list[dict[str, Any]]] = {}
    for text, label, also in examples:
        noted = {"officers": True, **({"also": list(also)} if also else {})}
        one: dict[str, Any] = {"text": text.strip() + "\n", "metadata": noted}
        by_label.setdefault(label, []).append(one)
    blocks = [{"intent": label, "examples": ones} for label, ones in sorted(by_label.items())]
    return yaml.safe_dump({"version": "3.1", "nlu": blocks}, allow_unicode=True, sort_keys=False)


@lru_cache(maxsize=2)
def _learned(files: tuple[tuple[Path, int], ...]) -> tuple[Known, ...]:
    found: list[Known] = []
    for file, _ in files:
        content = yaml.load(file.read_text(encoding="utf-8"), _Loader)  # noqa: S506 (a safe loader)
        for block in content.get("nlu") or ():
            found += [known(block["intent"], text) for text in _texts(block)]
    return tuple(found)


def _texts(block: dict[str, Any]) -> list[str]:
    """The messages of one intent, in either of Rasa's two ways of writing them."""
    examples = block.get("examples") or ""
    if isinstance(examples, str):
        return [line.removeprefix("-").strip() for line in examples.splitlines() if line.strip()]
    return [str(one["text"]).strip() for one in examples]


@lru_cache(maxsize=2)
def _held_out(files: tuple[tuple[Path, int], ...]) -> tuple[Row, ...]:
    rows: list[Row] = []
    for file, _ in files:
        rows += rows_of(yaml.load(file.read_text(encoding="utf-8"), _Loader))  # noqa: S506 (a safe loader)
    return tuple(rows)


@lru_cache(maxsize=2)
def _messages(rows: tuple[Row, ...]) -> tuple[Known, ...]:
    return tuple(known(label_of(row), row.text) for row in rows)


def label_of(row: Row) -> str:
    """The label of a held-out row; a row of the danger set that names none is about danger."""
    if row.category:
        return CONCERN + row.category
    return row.act or "immediate_danger"
