"""How a ranking reads a sentence vector: one column of weights for each label."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np


class Head(NamedTuple):
    """Weights (384 × labels) and what each label starts from."""

    weights: np.ndarray
    start: np.ndarray

    def scores(self, vectors: np.ndarray) -> np.ndarray:
        """One column of scores for each label, in the order of the ranking's labels."""
        found: np.ndarray = vectors @ self.weights + self.start
        return found
