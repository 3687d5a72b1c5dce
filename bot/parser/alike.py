"""What is known of the messages that are most like a text: the third voice beside counted words and the sentence model.

The other two draw one line through everything that was learned. This one looks at the few messages nearest to the
text, so a message that was learned once (an education officer's, a rare way to say it) is heard where it fits.
"""

from __future__ import annotations

import numpy as np
from scipy.sparse import diags

from bot.parser.features import WORDS, Seen, unit

KEPT = 48
"""Directions of meaning that are kept of 384: the widest, which hold seven tenths of what tells messages apart."""
BY_WORDS = 2 / 3
"""Share of the whole words in how alike two messages are; the rest is their meaning."""
COMMON, FEWEST = 1 / 15, 100
"""Words in more than so many of the messages tell none of them apart, and take most of the time."""
NEAREST = 15
SHARP = 0.07
"""How much a nearer message is heard before a further one: by this much less alike, a third as much."""
LEAST = 0.003
"""Share of every label, so that none is impossible because no near message bears it."""
TOGETHER = 256
"""Texts compared at a time while learning."""


class Known:
    """Every message that was learned, so that it can be found by its whole words and its meaning."""

    def __init__(self, seen: Seen, whole_words: int) -> None:
        """``whole_words``: so many of the first columns count whole words; pieces of words are left out."""
        meaning = unit(seen.meaning)
        _, axes = np.linalg.eigh(meaning.T @ meaning)
        self._axes = axes[:, -KEPT:].astype(np.float32)
        self._meaning = np.ascontiguousarray(meaning @ self._axes)
        words = seen.words[:, :whole_words].multiply(1 / WORDS**2)  # each row is as long as the words' weight
        telling = words.getnnz(axis=0) <= max(FEWEST, COMMON * len(meaning))
        words = (words @ diags(telling.astype(np.float32))).astype(np.float32).tocsr()
        words.eliminate_zeros()
        words.resize(seen.words.shape)
        self._words = words.T.tocsr()

    def alike(self, seen: Seen) -> np.ndarray:
        """How alike each text is to each known message, up to 1: texts × messages."""
        words = (seen.words @ self._words).toarray()
        meaning = (unit(seen.meaning) @ self._axes) @ self._meaning.T
        found: np.ndarray = BY_WORDS * words + (1 - BY_WORDS) * meaning
        return found


class Neighbours:
    """The labels that one ranking's messages bear, heard from those nearest to a text."""

    def __init__(self, rows: np.ndarray, right: np.ndarray, counts: np.ndarray) -> None:
        """``rows``: which known messages are this ranking's; ``right``: their labels, messages × labels;
        ``counts``: how much each message counts.
        """
        self._rows = rows
        self._right = (right / right.sum(axis=1, keepdims=True)).astype(np.float32)
        self._counts = counts.astype(np.float32)

    def logs(self, alike: np.ndarray) -> np.ndarray:
        """Each text's labels, as logarithms of their share among the nearest messages."""
        near = alike[:, self._rows]
        most = min(NEAREST, near.shape[1])
        nearest = np.argpartition(-near, most - 1, axis=1)[:, :most]
        closeness = np.take_along_axis(near, nearest, axis=1)
        heard = np.exp((closeness - 1) / SHARP) * self._counts[nearest]
        heard /= heard.sum(axis=1, keepdims=True)
        share = np.einsum("tm,tml->tl", heard, self._right[nearest])
        logs: np.ndarray = np.log((share + LEAST) / (1 + LEAST * share.shape[1]))
        return logs
