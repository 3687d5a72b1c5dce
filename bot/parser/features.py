"""What the rankings see of a text: its words and pieces of words, and what it means."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.pipeline import FeatureUnion

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
    """Words, pairs of words, and pieces of words: the last see through typing mistakes. Shared by all rankings."""

    def __init__(self) -> None:
        words = TfidfVectorizer(
            ngram_range=(1, 2), sublinear_tf=True, token_pattern=r"\b\w[\w']*\b", dtype=np.float32
        )
        letters = TfidfVectorizer(
            analyzer="char_wb", ngram_range=(2, 5), min_df=2, sublinear_tf=True, dtype=np.float32
        )
        self._counted = FeatureUnion([("words", words), ("letters", letters)])

    def learn(self, texts: Sequence[str]) -> None:
        """Note which words there are and how rare each is."""
        self._counted.fit([plain(text) for text in texts])

    def see(self, texts: Sequence[str], vectors: SentenceVectors) -> Seen:
        """Texts as numbers."""
        return Seen(csr_matrix(self._counted.transform([plain(text) for text in texts])), vectors.of(texts))
