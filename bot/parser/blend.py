"""Two readers of one text as one ranking: counted words, and the tuned sentence model.

They are wrong about different messages, so what both find likely is right more often than what either does.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from bot.parser.features import Seen
from bot.parser.head import Head
from bot.parser.ranking import Ranked, Ranking, log_chances, ranked, right_of, softmax, temperature_of


class Blend:
    """Labels of a text, likeliest first, with probabilities that mean what they say.

    ``cost``: how much a mistake weighs while the words are learned; ``share``: how much the sentence model's say
    weighs, of one.
    """

    def __init__(self, cost: float, share: float) -> None:
        self.share = share
        self.temperature = 1.0
        self._words = Ranking(cost, meaning=0.0)
        self._head: Head | None = None

    def fit(
        self,
        seen: Seen,
        labels: Sequence[str],
        head: Head,
        aside: Sequence[int],
        also: Sequence[Sequence[str]] | None = None,
        weights: Sequence[float] | None = None,
    ) -> None:
        """Learn the words of all texts; find how sharp the probabilities may be on the rows ``aside``.

        ``head``: what the sentence model learned, on other texts than those aside. ``seen.meaning`` is looked at for
        the rows aside alone.
        """
        unseen = self._words.fit(seen, labels, also, weights, aside)
        self._head = head
        right = right_of(self._words.labels, labels, also)[aside]
        counts = np.ones(len(labels)) if weights is None else np.array(weights, dtype=float)
        self.temperature = temperature_of(self._mixed(unseen, seen.meaning[aside]), right, counts[aside])

    def rank(self, seen: Seen) -> list[Ranked]:
        """Each text's labels with their probabilities, best first."""
        chances = softmax(self._mixed(self._words.logs(seen), seen.meaning) / self.temperature)
        return ranked(self._words.labels, chances)

    def _mixed(self, words: np.ndarray, vectors: np.ndarray) -> np.ndarray:
        if self._head is None:
            raise ValueError("The ranking has not learned anything yet: call fit first.")
        mixed: np.ndarray = self.share * log_chances(self._head.scores(vectors)) + (1 - self.share) * words
        return mixed
