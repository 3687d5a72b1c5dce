"""Learning the three rankings: the sentence model is tuned once, the counted words are learned beside it."""

from __future__ import annotations

import logging
import os
from collections.abc import Mapping, Sequence, Set
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from bot.parser.alike import Known
from bot.parser.blend import Blend
from bot.parser.examples import Example
from bot.parser.features import Seen, WordFeatures
from bot.parser.head import Tuned
from bot.parser.lessons import Lesson, lessons_of, tasks_of, texts_aside
from bot.parser.ranking import Ranked
from bot.parser.sentence_file import write
from bot.parser.sentence_vectors import SentenceVectors
from bot.parser.signs import Signs
from bot.parser.weights import published

logger = logging.getLogger(__name__)

NO_MEANING = np.zeros((0, 0), np.float32)
"""In place of vectors where words alone are looked at."""


class Learned(NamedTuple):
    """What a message is counted by, the known messages, the rankings by name, and what is told of the packs' questions."""

    words: WordFeatures
    known: Known
    rankings: dict[str, Blend]
    signs: Signs

    def rank(self, seen: Seen) -> dict[str, list[Ranked]]:
        """Each text by each ranking."""
        alike = self.known.alike(seen)
        return {name: ranking.rank(seen, alike) for name, ranking in self.rankings.items()}


def tune_to(authored: Sequence[Example], tell_per_category: int) -> Tuned:
    """The sentence model, learned from the messages that tune it but those that are kept aside; takes minutes."""
    from bot.parser.tuning import tune  # TensorFlow, which reading does not need

    everything = texts_of(authored)
    aside = texts_aside(everything)
    texts = [text for text in everything if text not in aside]
    return tune(texts, tasks_of(texts, lessons_of(authored, tell_per_category)))


def learn(examples: Sequence[Example], tuned: Tuned, settings: Mapping[str, Any], file: Path) -> Learned:
    """Write the tuned sentence model to ``file`` and learn the rankings, each from its own messages.

    ``settings``: of each ranking, what ``Blend`` takes; and ``tell_per_category``.
    """
    everything = texts_of(examples)
    row = {text: number for number, text in enumerate(everything)}
    words = WordFeatures()
    words.learn(everything)
    counted = words.count(everything)
    write(file, published() | tuned.weights)
    vectors = SentenceVectors(file, os.cpu_count() or 1)
    aside = texts_aside(texts_of([one for one in examples if one.tunes]))
    lessons = {
        name: _Learning(Blend(**settings[name]), lesson, aside, row)
        for name, lesson in lessons_of(examples, settings["tell_per_category"]).items()
    }
    with ThreadPoolExecutor(1) as beside:  # words are learned on one core
        meaning = beside.submit(vectors.of, everything)
        for name, one in lessons.items():
            logger.info("Learning %s from %d messages.", name, len(one.rows))
            one.blend.learn_words(Seen(counted[one.rows], meaning=NO_MEANING), one.lesson, one.aside)
        seen = Seen(counted, meaning.result())
    known = Known(seen, words.whole)
    for name, one in lessons.items():
        one.blend.weigh(seen.rows(one.rows), one.lesson, tuned.heads[name], known, one.rows, one.aside)
    read = [one for one in examples if one.category and one.told is not None]
    logger.info("Learning what %d messages tell.", len(read))
    signs = Signs(**settings["signs"])
    signs.fit(
        seen.rows([row[one.text] for one in read]),
        [one.told or frozenset() for one in read],
        [one.category for one in read],
    )
    return Learned(words, known, {name: one.blend for name, one in lessons.items()}, signs)


def texts_of(examples: Sequence[Example]) -> list[str]:
    """Every text once."""
    return list(dict.fromkeys(one.text for one in examples))


class _Learning:
    """One ranking while it is learned: where its texts stand among all, and which of them are kept aside."""

    def __init__(self, blend: Blend, lesson: Lesson, aside: Set[str], row: Mapping[str, int]) -> None:
        self.blend = blend
        self.lesson = lesson
        self.rows = np.array([row[text] for text in lesson.texts])
        self.aside = [number for number, text in enumerate(lesson.texts) if text in aside]
