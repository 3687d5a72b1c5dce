"""Learning the three rankings: the sentence model is tuned once, the counted words are learned beside it."""

from __future__ import annotations

import logging
import os
from collections.abc import Mapping, Sequence, Set
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from bot.parser.blend import Blend
from bot.parser.examples import Example
from bot.parser.features import Seen, WordFeatures
from bot.parser.head import Head, Tuned
from bot.parser.lessons import Lesson, lessons_of, tasks_of, texts_aside
from bot.parser.sentence_file import write
from bot.parser.sentence_vectors import SentenceVectors
from bot.parser.signs import Signs
from bot.parser.weights import WIDTH, published

logger = logging.getLogger(__name__)


class Learned(NamedTuple):
    """What a message is counted by, the rankings by name, and what it tells of the packs' questions."""

    words: WordFeatures
    rankings: dict[str, Blend]
    signs: Signs


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
    aside = texts_aside(texts_of([one for one in examples if one.tunes]))
    words = WordFeatures()
    words.learn(texts_of(examples))
    write(file, published() | tuned.weights)
    vectors = SentenceVectors(file, os.cpu_count() or 1)
    read = [one for one in examples if one.category and one.told is not None]
    rankings = {}
    with ThreadPoolExecutor(1) as beside:  # the rankings are learned on one core
        meaning = beside.submit(vectors.of, [one.text for one in read])
        for name, lesson in lessons_of(examples, settings["tell_per_category"]).items():
            logger.info("Learning %s from %d messages.", name, len(lesson.texts))
            rankings[name] = _learned(
                Blend(**settings[name]), lesson, tuned.heads[name], aside, words, vectors
            )
        logger.info("Learning what %d messages tell.", len(read))
        seen = Seen(words.count([one.text for one in read]), meaning.result())
    signs = Signs(**settings["signs"])
    signs.fit(seen, [one.told or frozenset() for one in read], [one.category for one in read])
    return Learned(words, rankings, signs)


def texts_of(examples: Sequence[Example]) -> list[str]:
    """Every text once."""
    return list(dict.fromkeys(one.text for one in examples))


def _learned(
    blend: Blend, lesson: Lesson, head: Head, aside: Set[str], words: WordFeatures, vectors: SentenceVectors
) -> Blend:
    rows = [row for row, text in enumerate(lesson.texts) if text in aside]
    meaning = np.zeros((len(lesson.texts), WIDTH), np.float32)
    meaning[rows] = vectors.of([lesson.texts[row] for row in rows])
    seen = Seen(words.count(lesson.texts), meaning)
    blend.fit(seen, lesson.labels, head, rows, also=lesson.also, weights=lesson.weights)
    return blend
