"""The messages in ``data/nlu`` as what each of the three rankings learns from."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Sequence
from typing import NamedTuple

CATEGORY = "concern/"
TELL = "tell"
DANGER_ACT = "immediate_danger"
DANGER, NO_DANGER = "danger", "none"
SEED = 20260901
# A near miss weighs most, since it is what danger is mistaken for. A message of a category may itself tell of
# danger and is not labelled for it, so it weighs little.
NEAR_MISS, ASIDE, TOLD = 1.5, 0.5, 0.25


class Example(NamedTuple):
    """One message, its intent, what else it is, and whether it was written down for danger alone (or against it)."""

    text: str
    intent: str
    also: tuple[str, ...] = ()
    danger: bool | None = None

    @property
    def category(self) -> str:
        """The category's code, or nothing for an act."""
        return self.intent[len(CATEGORY) :] if self.intent.startswith(CATEGORY) else ""


def of_categories(examples: Sequence[Example]) -> list[Example]:
    """Messages that tell about a category."""
    return [one for one in examples if one.category]


def of_acts(examples: Sequence[Example], tell_per_category: int) -> list[tuple[str, str]]:
    """Text and act: the acts' own messages, and some of each category as ``tell``.

    What was written for danger alone is left out: there is so much of it that every other act would drown.
    """
    acts = [(one.text, one.intent) for one in examples if not one.category and one.danger is None]
    return acts + [(text, TELL) for text in _some_of_each(examples, tell_per_category)]


def of_danger(examples: Sequence[Example], per_category: int) -> list[tuple[str, str, float]]:
    """Text, danger or none, and weight."""
    rows = []
    for one in examples:
        if one.category:
            continue
        if one.intent == DANGER_ACT:
            rows.append((one.text, DANGER, 1.0))
        else:
            rows.append((one.text, NO_DANGER, NEAR_MISS if one.danger is False else ASIDE))
    return rows + [(text, NO_DANGER, TOLD) for text in _some_of_each(examples, per_category)]


def _some_of_each(examples: Sequence[Example], number: int) -> list[str]:
    by_category: dict[str, list[str]] = defaultdict(list)
    for one in of_categories(examples):
        by_category[one.category].append(one.text)
    chosen = random.Random(SEED)
    return [text for texts in by_category.values() for text in chosen.sample(texts, min(number, len(texts)))]
