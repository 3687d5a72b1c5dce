"""What the rankings see of a text: its words and pieces of words, and what it means."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from scipy.sparse import csr_matrix, hstack
from sklearn.feature_extraction.text import TfidfVectorizer

from bot.parser.sentence_vectors import SentenceVectors
from bot.parser.wording import plain


class Seen(NamedTuple):
    """Texts as numbers, a row for each: counted words, and sentence vectors."""

    words: csr_matrix
    meaning: np.ndarray

    def rows(self, wanted: Sequence[int]) -> Seen:
        """Some of the texts."""
        return Seen(self.words[wanted], self.meaning[wanted])


class WordFeatures:
    """Words, pairs of words, and pieces of words: the last see through typing mistakes. Shared by all rankings.

    What stands in one message only is left out: it takes half of the memory and tells nothing about other messages.
    """

    def __init__(self) -> None:
        self._words = TfidfVectorizer(
            ngram_range=(1, 2), min_df=2, sublinear_tf=True, token_pattern=r"\b\w[\w']*\b", dtype=np.float32
        )
        self._letters = TfidfVectorizer(
            analyzer="char_wb", ngram_range=(2, 5), min_df=3, sublinear_tf=True, dtype=np.float32
        )

    def learn(self, texts: Sequence[str]) -> None:
        """Note which words there are and how rare each is."""
        read = [plain(text) for text in texts]
        self._words.fit(read)
        self._letters.fit(read)

    def see(self, texts: Sequence[str], vectors: SentenceVectors) -> Seen:
        """Texts as numbers."""
        read = [plain(text) for text in texts]
        counted = [self._words.transform(read), self._letters.transform(read)]
        return Seen(hstack(counted, format="csr"), vectors.of(texts))
