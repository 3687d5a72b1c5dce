"""Three readers of one text as one ranking: counted words, the tuned sentence model, and the messages most like it.

They are wrong about different messages, so what they find likely together is right more often than what any one does.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from bot.parser.alike import TOGETHER, Known, Neighbours
from bot.parser.features import Seen
from bot.parser.head import Head
from bot.parser.lessons import Lesson
from bot.parser.ranking import Ranked, Ranking, log_chances, ranked, right_of, softmax, temperature_of


class Blend:
    """Labels of a text, likeliest first, with probabilities that mean what they say.

    ``cost``: how much a mistake weighs while the words are learned. Of one, the messages most like the text have
    the share ``alike``; of what is left, the sentence model has the share ``share``, and the counted words the rest.
    """

    def __init__(self, cost: float, share: float, alike: float) -> None:
        self.share = share
        self.alike = alike
        self.temperature = 1.0
        self._words = Ranking(cost, meaning=0.0)
        self._head: Head | None = None
        self._neighbours: Neighbours | None = None
        self._unseen = np.zeros((0, 0))

    def learn_words(self, seen: Seen, lesson: Lesson, aside: Sequence[int]) -> None:
        """Learn the words of all texts; what they say of the rows ``aside`` when those are not learned is kept."""
        self._unseen = self._words.fit(seen, lesson.labels, lesson.also, lesson.weights, aside)

    def weigh(
        self, seen: Seen, lesson: Lesson, head: Head, known: Known, rows: np.ndarray, aside: Sequence[int]
    ) -> None:
        """Add the other two, and find how sharp the probabilities may be on texts that none of them has seen.

        ``head``: what the sentence model learned, on other texts than those aside; ``rows``: where the lesson's
        texts stand among the known messages.
        """
        right = right_of(self._words.labels, lesson.labels, lesson.also)
        counts = np.array(lesson.weights)
        others = np.setdiff1d(np.arange(len(rows)), aside)
        self._head = head
        self._neighbours = Neighbours(rows[others], right[others], counts[others])
        unseen = seen.rows(aside)
        near = [
            self._neighbours.logs(known.alike(unseen.rows(slice(start, start + TOGETHER))))
            for start in range(0, len(aside), TOGETHER)
        ]
        mixed = self._mixed(self._unseen, unseen.meaning, np.vstack(near))
        self.temperature = temperature_of(mixed, right[aside], counts[aside])
        self._neighbours = Neighbours(rows, right, counts)
        self._unseen = np.zeros((0, 0))

    def rank(self, seen: Seen, alike: np.ndarray) -> list[Ranked]:
        """Each text's labels with their probabilities, best first; ``alike``: how alike it is to each known message."""
        if self._neighbours is None:
            raise ValueError("The ranking has not learned anything yet: call learn_words and weigh first.")
        logs = self._mixed(self._words.logs(seen), seen.meaning, self._neighbours.logs(alike))
        return ranked(self._words.labels, softmax(logs / self.temperature))

    def _mixed(self, words: np.ndarray, vectors: np.ndarray, near: np.ndarray) -> np.ndarray:
        if self._head is None:
            raise ValueError("The ranking has not learned anything yet: call weigh first.")
        both = self.share * log_chances(self._head.scores(vectors)) + (1 - self.share) * words
        mixed: np.ndarray = (1 - self.alike) * both + self.alike * near
        return mixed
