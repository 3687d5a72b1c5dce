"""What tuning the sentence model leaves: its upper layers, and how each ranking reads a sentence vector."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from bot.parser.weights import Named


class Head(NamedTuple):
    """Weights (384 × labels) and what each label starts from."""

    weights: np.ndarray
    start: np.ndarray

    def scores(self, vectors: np.ndarray) -> np.ndarray:
        """One column of scores for each label, in the order of the ranking's labels."""
        found: np.ndarray = vectors @ self.weights + self.start
        return found


class Tuned(NamedTuple):
    """The upper layers and the heads, after learning."""

    weights: Named
    heads: dict[str, Head]
