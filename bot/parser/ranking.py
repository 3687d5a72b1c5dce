"""A ranking of labels with probabilities that mean what they say: words, letters and meaning; linear; calibrated."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.optimize import minimize_scalar
from scipy.sparse import csr_matrix, hstack
from sklearn.model_selection import StratifiedKFold
from sklearn.svm import LinearSVC

from bot.parser.features import Seen

FOLDS = 4
SEED = 20260901

Ranked = list[tuple[str, float]]


@dataclass(frozen=True)
class Weights:
    """What a linear model learned, a column for each label, apart for words and for meaning.

    So a message is scored without first gluing its words and its meaning together, which costs more than scoring.
    """

    words: np.ndarray
    meaning: np.ndarray
    start: np.ndarray

    @classmethod
    def of(cls, model: LinearSVC, words: int) -> Weights:
        """The weights of a model whose first ``words`` columns are the counted words."""
        learned = model.coef_.T.astype(np.float32)
        return cls(
            np.ascontiguousarray(learned[:words]), learned[words:], model.intercept_.astype(np.float32)
        )

    def scores(self, words: csr_matrix, meaning: np.ndarray) -> np.ndarray:
        """One column of scores for each label, two labels included."""
        return two_columns(words @ self.words + meaning @ self.meaning + self.start)


class Ranking:
    """Labels of a text, likeliest first.

    ``cost``: how much a mistake weighs while learning; ``meaning``: weight of the sentence vector beside the words.
    """

    def __init__(self, cost: float, meaning: float) -> None:
        self.cost = cost
        self.meaning = meaning
        self.labels: list[str] = []
        self.temperature = 1.0
        self._weights: Weights | None = None

    def fit(
        self,
        seen: Seen,
        labels: Sequence[str],
        also: Sequence[Sequence[str]] | None = None,
        weights: Sequence[float] | None = None,
    ) -> None:
        """Learn from labelled texts, then find by cross-validation how sharp the probabilities may be.

        ``also``: further labels of each text, which count as right too. ``weights``: how much each text counts.
        """
        matrix = self._matrix(seen)
        self.labels = sorted(set(labels))
        index = {label: i for i, label in enumerate(self.labels)}
        right = [
            {index[label], *(index[more] for more in (also[i] if also else ()) if more in index)}
            for i, label in enumerate(labels)
        ]
        target = np.array([index[label] for label in labels])
        counts = np.ones(len(labels)) if weights is None else np.array(weights, dtype=float)
        self.temperature = self._calibrated(matrix, target, right, counts)
        self._weights = Weights.of(self._learned(matrix, target, counts), seen.words.shape[1])

    def rank(self, seen: Seen) -> list[Ranked]:
        """Each text's labels with their probabilities, best first."""
        if self._weights is None:
            raise ValueError("The ranking has not learned anything yet: call fit first.")
        chances = softmax(self._weights.scores(seen.words, seen.meaning * self.meaning) / self.temperature)
        return [[(self.labels[i], float(row[i])) for i in np.argsort(-row)] for row in chances]

    def _matrix(self, seen: Seen) -> csr_matrix:
        return hstack([seen.words, csr_matrix(seen.meaning * self.meaning)], format="csr", dtype=np.float32)

    def _learned(self, matrix: csr_matrix, target: np.ndarray, counts: np.ndarray) -> LinearSVC:
        return LinearSVC(C=self.cost, random_state=SEED).fit(matrix, target, sample_weight=counts)

    def _calibrated(
        self, matrix: csr_matrix, target: np.ndarray, right: Sequence[set[int]], counts: np.ndarray
    ) -> float:
        """One temperature for all labels, the likeliest on texts that the model has not seen."""
        scores = np.zeros((len(target), len(self.labels)))
        for known, unseen in StratifiedKFold(FOLDS, shuffle=True, random_state=SEED).split(matrix, target):
            scores[unseen] = scores_of(
                self._learned(matrix[known], target[known], counts[known]), matrix[unseen]
            )
        hits = np.zeros_like(scores, dtype=bool)
        for row, ok in enumerate(right):
            hits[row, list(ok)] = True

        def loss(temperature: float) -> float:
            chances = np.where(hits, softmax(scores / temperature), 0.0).sum(axis=1)
            return float(-(counts * np.log(np.maximum(chances, 1e-9))).sum() / counts.sum())

        return float(minimize_scalar(loss, bounds=(0.02, 3.0), method="bounded").x)


def scores_of(model: LinearSVC, matrix: csr_matrix) -> np.ndarray:
    """One column of scores for each label, two labels included."""
    return two_columns(model.decision_function(matrix).reshape(matrix.shape[0], -1))


def two_columns(scores: np.ndarray) -> np.ndarray:
    """Of two labels a model gives one column, for the second: the first one's is its opposite."""
    return np.hstack([-scores, scores]) if scores.shape[1] == 1 else scores


def softmax(scores: np.ndarray) -> np.ndarray:
    """Scores as probabilities, row by row."""
    raised = np.exp(scores - scores.max(axis=1, keepdims=True))
    shares: np.ndarray = raised / raised.sum(axis=1, keepdims=True)
    return shares


def combined(rankings: Sequence[Ranked]) -> Ranked:
    """Rankings of the parts of a long message as one: what any part says strongly is kept."""
    if len(rankings) == 1:
        return list(rankings[0])
    best: dict[str, float] = {}
    for ranking in rankings:
        for label, chance in ranking:
            best[label] = max(best.get(label, 0.0), chance)
    return sorted(best.items(), key=lambda item: -item[1])
