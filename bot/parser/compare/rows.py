"""The authored messages that a way learns from, and the held-out ones that it is measured on."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import yaml

from bot.parser.examples import Example

NLU = Path("data/nlu")


class Held(NamedTuple):
    """A held-out message, and every label that is right of it."""

    text: str
    right: frozenset[str]


def examples() -> list[Example]:
    """Every message of the training data that is not there for danger alone, nor for the facts of a story."""
    found = []
    for path in sorted(NLU.rglob("*.yml")):
        if path.parent.name in ("danger", "stories"):
            continue
        for block in yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)["nlu"]:
            for one in block["examples"]:
                noted = one.get("metadata") or {}
                told = None if noted.get("told") is None else frozenset(noted["told"])
                also = tuple(noted.get("also") or ())
                found.append(Example(one["text"].strip(), block["intent"], also, told=told))
    return found


def held_out(path: Path) -> tuple[list[Held], list[Held]]:
    """Rows about a category, and rows of an act."""
    rows: dict[str, list[Held]] = {"category": [], "act": []}
    for row in yaml.safe_load(path.read_text(encoding="utf-8"))["utterances"]:
        kind = "category" if row.get("category") else "act"
        also = row.get("also") or []
        right = {row[kind], *([also] if isinstance(also, str) else also)}
        rows[kind].append(Held(row["text"], frozenset(right)))
    return rows["category"], rows["act"]
