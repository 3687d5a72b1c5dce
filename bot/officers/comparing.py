"""Two models on the same held-out messages: overall, intent by intent, on immediate danger. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from bot.officers.datasets import label_of
from bot.reading.evaluate import Row

DANGER = "immediate_danger"


@dataclass(frozen=True)
class Outcome:
    """How one model read one held-out message."""

    first: bool
    """The right category or act stands first."""
    among_three: bool
    alarmed: bool
    """It read as immediate danger, by rule or by the model."""


def figures(rows: Sequence[Row], old: Sequence[Outcome], new: Sequence[Outcome]) -> dict[str, Any]:
    """What the comparison page shows: counts only, [right, of] for each model; nobody's words."""
    return {
        "old": overall(rows, old),
        "new": overall(rows, new),
        "intents": _by_intent(rows, old, new),
        "mended": sum(
            _judged(row) and after.first and not before.first for row, before, after in _each(rows, old, new)
        ),
        "lost": sum(
            _judged(row) and before.first and not after.first for row, before, after in _each(rows, old, new)
        ),
        "danger_lost": sum(
            row.danger is True and before.alarmed and not after.alarmed
            for row, before, after in _each(rows, old, new)
        ),
    }


def understood(old: Sequence[Outcome], new: Sequence[Outcome]) -> dict[str, int]:
    """How many of the officers' own messages each model reads as they labelled them."""
    return {"of": len(new), "old": sum(one.first for one in old), "new": sum(one.first for one in new)}


def overall(rows: Sequence[Row], read: Sequence[Outcome]) -> dict[str, list[int]]:
    """[right, of] of one model: category first, among three, acts, danger met, false alarms."""
    pairs = list(zip(rows, read, strict=True))
    told = [one for row, one in pairs if row.category]
    acts = [one for row, one in pairs if row.act and not row.category]
    danger = [one for row, one in pairs if row.danger is True]
    calm = [one for row, one in pairs if row.danger is False]
    return {
        "top1": [sum(one.first for one in told), len(told)],
        "top3": [sum(one.among_three for one in told), len(told)],
        "acts": [sum(one.first for one in acts), len(acts)],
        "danger": [sum(one.alarmed for one in danger), len(danger)],
        "false_alarms": [sum(one.alarmed for one in calm), len(calm)],
    }


def may_promote(compared: dict[str, Any]) -> bool:
    """A model that misses a danger which the one in use meets is never promoted."""
    return bool(compared) and compared["danger_lost"] == 0


def _by_intent(rows: Sequence[Row], old: Sequence[Outcome], new: Sequence[Outcome]) -> list[dict[str, Any]]:
    """Each intent with how many messages it has and how many each model reads right; what got worse first."""
    counted: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
    for row, before, after in _each(rows, old, new):
        if _judged(row):
            counts = counted[label_of(row)]
            counts[0] += 1
            counts[1] += before.first
            counts[2] += after.first
    found = [
        {"intent": intent, "of": of, "old": before, "new": after}
        for intent, (of, before, after) in counted.items()
    ]
    return sorted(
        found, key=lambda one: (one["new"] - one["old"], -abs(one["new"] - one["old"]), one["intent"])
    )


def _judged(row: Row) -> bool:
    """Whether the row says what it is; a row of the danger set only says whether it is dangerous."""
    return bool(row.category or row.act)


def _each(
    rows: Sequence[Row], old: Sequence[Outcome], new: Sequence[Outcome]
) -> list[tuple[Row, Outcome, Outcome]]:
    return list(zip(rows, old, new, strict=True))
