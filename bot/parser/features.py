"""What the rankings see of a text: its words and pieces of words, and what it means."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.base import clone
from sklearn.feature_extraction.text import TfidfVectorizer

from bot.parser.sentence_vectors import SentenceVectors
from bot.parser.wording import plain

WORDS = 1.5
"""How much whole words weigh beside pieces of words."""


class Seen(NamedTuple):
    """Texts as numbers, a row for each: counted words, and sentence vectors."""

    words: csr_matrix
    meaning: np.ndarray

    def rows(self, rows: Sequence[int] | np.ndarray | slice) -> Seen:
        """Some of the texts."""
        return Seen(self.words[rows], self.meaning[rows])


class WordFeatures:
    """Words, pairs of words, and pieces of words: the last see through typing mistakes. Shared by all rankings.

    What stands in one message only is left out: it takes half of the memory and tells nothing about other messages.
    """

    def __init__(self) -> None:
        self._kinds = (
            _Kind(
                TfidfVectorizer(
                    ngram_range=(1, 2), min_df=2, sublinear_tf=True, token_pattern=r"\b\w[\w']*\b"
                ),
                weight=WORDS,
            ),
            _Kind(
                TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 5), min_df=3, sublinear_tf=True),
                weight=1.0,
            ),
        )

    def learn(self, texts: Sequence[str]) -> None:
        """Note which words there are and how rare each is."""
        read = [plain(text) for text in texts]
        first = 0
        for kind in self._kinds:
            first = kind.learn(read, first)

    @property
    def whole(self) -> int:
        """So many of the first columns count whole words and pairs of them."""
        return len(self._kinds[0])

    def see(self, texts: Sequence[str], vectors: SentenceVectors) -> Seen:
        """Texts as numbers."""
        return Seen(self.count(texts), vectors.of(texts))

    def count(self, texts: Sequence[str]) -> csr_matrix:
        """The counted words alone, weighed by how rare they are."""
        found = [kind.count(text) for text in map(plain, texts) for kind in self._kinds]
        columns = [one for one, _ in found]
        ends = np.cumsum([0, *map(len, columns)])[:: len(self._kinds)]
        shape = (len(texts), sum(len(kind) for kind in self._kinds))
        return csr_matrix((np.concatenate([one for _, one in found]), np.concatenate(columns), ends), shape)


def unit(vectors: np.ndarray) -> np.ndarray:
    """Vectors of length one, so that long texts weigh no more than short ones."""
    made: np.ndarray = vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9)
    return made


class _Kind:
    """One way to cut a text into pieces, counted as scikit-learn does, without its checks: they take longer."""

    def __init__(self, learner: TfidfVectorizer, weight: float) -> None:
        self._learner = learner
        self._weight = weight
        self._cut: Callable[[str], list[str]] | None = None
        self._first = 0
        self._column: dict[str, int] = {}
        self._rarity = np.zeros(0, np.float32)

    def __len__(self) -> int:
        return len(self._rarity)

    def __getstate__(self) -> dict[str, object]:
        return self.__dict__ | {"_cut": None}  # made of functions without a name, which cannot be kept

    def learn(self, texts: Sequence[str], first: int) -> int:
        """Note the pieces and how rare each is; their columns begin at ``first``. Returns the next free column."""
        self._learner.fit(texts)
        self._column = {piece: first + column for piece, column in self._learner.vocabulary_.items()}
        self._rarity = self._learner.idf_.astype(np.float32)
        self._learner = clone(self._learner)  # without what it learned, which stands here now
        self._first = first
        return first + len(self)

    def count(self, text: str) -> tuple[np.ndarray, np.ndarray]:
        """Columns of the pieces that are known, and how much each weighs: the rarer and the more often, the more."""
        self._cut = self._cut or self._learner.build_analyzer()
        column = self._column
        times = Counter(column[piece] for piece in self._cut(text) if piece in column)
        columns = np.fromiter(times, np.int32, len(times))
        weights = (1 + np.log(np.fromiter(times.values(), np.float32, len(times)))) * self._rarity[
            columns - self._first
        ]
        length = np.sqrt(weights @ weights)
        return columns, weights * (self._weight / length) if length else weights
