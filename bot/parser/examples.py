"""The messages in ``data/nlu`` as what each of the three rankings learns from."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Sequence
from typing import NamedTuple

CATEGORY = "concern/"
TELL = "tell"
DANGER_ACT = "immediate_danger"
NOTHING = "nothing"
"""What an act's message tells of, among the categories: “both arms” or “since Easter” is no new worry by itself."""
DANGER, NO_DANGER = "danger", "none"
TRUE, FALSE, UNCLEAR = "true", "false", "unclear"
ANSWERS = frozenset({TELL, "affirm", "deny", "correct_answer"})
SHORT_ANSWER = 5
"""Words up to which an answer is taken to tell of no worry by itself."""
SEED = 20260901
# A near miss weighs most, since it is what danger is mistaken for.
NEAR_MISS, ASIDE, TOLD = 1.5, 0.5, 0.5


class Example(NamedTuple):
    """One message, its intent, what else it is, and what is noted of danger.

    ``danger``: ``true`` or ``false`` where it was written down for danger alone, or against it. A message of a
    category was read for it by somebody apart: ``true``, ``unclear``, or nothing where it tells of none.
    ``officers``: an education officer labelled it, since it was misread; it was not authored with the rest.
    ``told``: the options of the packs' questions that it tells, as ``question.option``; None where nobody looked.
    ``story``: several facts at once, authored for those. The sentence model does not learn from it: it is long.
    """

    text: str
    intent: str
    also: tuple[str, ...] = ()
    danger: str = ""
    officers: bool = False
    told: frozenset[str] | None = None
    story: bool = False

    @property
    def as_tuned(self) -> tuple[object, ...]:
        """What of it the sentence model learns."""
        return (self.text, self.intent, self.also, self.danger)

    @property
    def tunes(self) -> bool:
        """Whether the sentence model is tuned to it."""
        return not (self.officers or self.story)

    @property
    def category(self) -> str:
        """The category's code, or nothing for an act."""
        return self.intent[len(CATEGORY) :] if self.intent.startswith(CATEGORY) else ""


def of_categories(examples: Sequence[Example]) -> list[Example]:
    """Messages that tell about a category."""
    return [one for one in examples if one.category]


def of_nothing(examples: Sequence[Example]) -> list[Example]:
    """Messages that answer, ask or steer, and tell about no category.

    A longer answer may well tell of one (“no, but her stepdad hits her”), so only short answers are taken.
    """
    acts = [one for one in examples if not one.category and not one.danger and one.intent != DANGER_ACT]
    return [one for one in acts if one.intent not in ANSWERS or len(one.text.split()) <= SHORT_ANSWER]


def of_acts(examples: Sequence[Example], tell_per_category: int) -> list[tuple[str, str]]:
    """Text and act: the acts' own messages, and some of each category as ``tell``.

    What was written for danger alone is left out: there is so much of it that every other act would drown.
    """
    acts = [(one.text, one.intent) for one in examples if not one.category and not one.danger]
    return acts + [(text, TELL) for text in _some_of_each(examples, tell_per_category)]


def of_danger(examples: Sequence[Example]) -> list[tuple[str, str, float]]:
    """Text, danger or none, and weight. What can be read both ways teaches nothing."""
    return [(one.text, *_danger_of(one)) for one in examples if one.danger != UNCLEAR]


def _danger_of(one: Example) -> tuple[str, float]:
    if one.category:
        return (DANGER, 1.0) if one.danger == TRUE else (NO_DANGER, TOLD)
    if one.intent == DANGER_ACT:
        return DANGER, 1.0
    return NO_DANGER, NEAR_MISS if one.danger == FALSE else ASIDE


def _some_of_each(examples: Sequence[Example], number: int) -> list[str]:
    by_category: dict[str, list[str]] = defaultdict(list)
    for one in of_categories(examples):
        by_category[one.category].append(one.text)
    chosen = random.Random(SEED)
    return [text for texts in by_category.values() for text in chosen.sample(texts, min(number, len(texts)))]
