"""What each ranking learns from: its texts with their labels, and the same for the sentence model."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence, Set
from typing import NamedTuple

import numpy as np

from bot.parser.examples import DANGER, NOTHING, Example, of_acts, of_categories, of_danger, of_nothing
from bot.parser.ranking import right_of

ASIDE = 12
"""One text in so many is kept from the sentence model, to find how sure it may be."""
SEED = 20260901
MENDED = 8.0
"""How much more than an authored text one weighs that an education officer labelled because it was misread."""


class Lesson(NamedTuple):
    """Texts of one ranking with the label of each, what else is right of it, and how much it counts."""

    texts: list[str]
    labels: list[str]
    also: list[tuple[str, ...]]
    weights: list[float]


class Task(NamedTuple):
    """What one ranking learns of the texts: which labels are right of each, and how much each text counts."""

    right: np.ndarray
    """Texts × labels; a row sums to one, or to nothing where the text is not of this ranking."""
    counts: np.ndarray


def lessons_of(examples: Sequence[Example], tell_per_category: int) -> dict[str, Lesson]:
    """The three rankings' lessons."""
    told, nothing = of_categories(examples), of_nothing(examples)
    acts, danger = of_acts(examples, tell_per_category), of_danger(examples)
    mended = {one.text for one in examples if one.officers}

    def weights(texts: Sequence[str]) -> list[float]:
        return [MENDED if text in mended else 1.0 for text in texts]

    of_worry = [one.text for one in (*told, *nothing)]
    of_act = [text for text, _ in acts]
    return {
        "categories": Lesson(
            of_worry,
            [one.category or NOTHING for one in (*told, *nothing)],
            [one.also for one in told] + [()] * len(nothing),
            weights(of_worry),
        ),
        "acts": Lesson(of_act, [act for _, act in acts], [()] * len(acts), weights(of_act)),
        "danger": Lesson(
            [row[0] for row in danger],
            [row[1] for row in danger],
            [()] * len(danger),
            [MENDED if row[1] == DANGER and row[0] in mended else row[2] for row in danger],
        ),
    }


def texts_aside(texts: Sequence[str]) -> Set[str]:
    """Texts that the sentence model does not learn from."""
    return set(random.Random(SEED).sample(list(texts), len(texts) // ASIDE))


def tasks_of(texts: Sequence[str], lessons: Mapping[str, Lesson]) -> dict[str, Task]:
    """Each lesson as the sentence model learns it: all of them of the same texts."""
    row = {text: number for number, text in enumerate(texts)}
    return {name: _task(row, lesson) for name, lesson in lessons.items()}


def _task(row: Mapping[str, int], lesson: Lesson) -> Task:
    names = sorted(set(lesson.labels))
    right, counts = np.zeros((len(row), len(names)), np.float32), np.zeros(len(row), np.float32)
    of_lesson = right_of(names, lesson.labels, lesson.also)
    for number, text in enumerate(lesson.texts):
        if text in row and not counts[row[text]]:
            right[row[text]] = of_lesson[number] / of_lesson[number].sum()
            counts[row[text]] = lesson.weights[number]
    return Task(right, counts)
