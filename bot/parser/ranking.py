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
CLOSE = 1e-3
"""How exactly a model is learned: ten times closer takes twice as long and reads nothing better."""

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

    def scores(self, seen: Seen, meaning: float) -> np.ndarray:
        """One column of scores for each label, two labels included."""
        found = seen.words @ self.words + self.start
        return two_columns(found + (seen.meaning * meaning) @ self.meaning if meaning else found)


class Ranking:
    """Labels of a text, likeliest first.

    ``cost``: how much a mistake weighs while learning; ``meaning``: weight of the sentence vector beside the words,
    which is not looked at where it is nothing.
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
        aside: Sequence[int] | None = None,
    ) -> np.ndarray:
        """Learn from labelled texts, and find on texts not learned from how sharp the probabilities may be.

        ``also``: further labels of each text, which count as right too. ``weights``: how much each text counts.
        ``aside``: the rows to find it on; all of them, by cross-validation, where none are given. Returns what it
        says of those rows when it has not learned from them: logarithms of probabilities, a column for each label.
        """
        matrix = self._matrix(seen)
        self.labels = sorted(set(labels))
        right = right_of(self.labels, labels, also)
        target = np.array([self.labels.index(label) for label in labels])
        counts = np.ones(len(labels)) if weights is None else np.array(weights, dtype=float)
        rows = np.arange(len(target)) if aside is None else np.array(aside)
        scores = self._unseen(matrix, target, counts, aside)[rows]
        self.temperature = temperature_of(scores, right[rows], counts[rows])
        self._weights = Weights.of(self._learned(matrix, target, counts), seen.words.shape[1])
        return log_chances(scores / self.temperature)

    def logs(self, seen: Seen) -> np.ndarray:
        """Each text's labels in their order, as logarithms of probabilities."""
        if self._weights is None:
            raise ValueError("The ranking has not learned anything yet: call fit first.")
        return log_chances(self._weights.scores(seen, self.meaning) / self.temperature)

    def rank(self, seen: Seen) -> list[Ranked]:
        """Each text's labels with their probabilities, best first."""
        return ranked(self.labels, np.exp(self.logs(seen)))

    def _matrix(self, seen: Seen) -> csr_matrix:
        if not self.meaning:
            return seen.words
        return hstack([seen.words, csr_matrix(seen.meaning * self.meaning)], format="csr", dtype=np.float32)

    def _learned(self, matrix: csr_matrix, target: np.ndarray, counts: np.ndarray) -> LinearSVC:
        return LinearSVC(C=self.cost, tol=CLOSE, random_state=SEED).fit(matrix, target, sample_weight=counts)

    def _unseen(
        self, matrix: csr_matrix, target: np.ndarray, counts: np.ndarray, aside: Sequence[int] | None
    ) -> np.ndarray:
        """Scores of texts by a model that has not seen them."""
        scores = np.zeros((len(target), len(self.labels)))
        if aside is None:
            folds = list(StratifiedKFold(FOLDS, shuffle=True, random_state=SEED).split(matrix, target))
        else:
            folds = [(np.setdiff1d(np.arange(len(target)), aside), np.array(aside))]

        for known, unseen in folds:
            scores[unseen] = scores_of(
                self._learned(matrix[known], target[known], counts[known]), matrix[unseen]
            )
        return scores


def right_of(
    names: Sequence[str], labels: Sequence[str], also: Sequence[Sequence[str]] | None = None
) -> np.ndarray:
    """Which labels are right of each text: texts × labels, true or false."""
    column = {name: number for number, name in enumerate(names)}
    right = np.zeros((len(labels), len(names)), dtype=bool)
    for row, label in enumerate(labels):
        right[row, column[label]] = True
        right[row, [column[more] for more in (also[row] if also else ()) if more in column]] = True
    return right


def temperature_of(scores: np.ndarray, right: np.ndarray, counts: np.ndarray) -> float:
    """One temperature for all labels: the likeliest on texts that the model has not seen."""

    def loss(temperature: float) -> float:
        chances = np.where(right, softmax(scores / temperature), 0.0).sum(axis=1)
        return float(-(counts * np.log(np.maximum(chances, 1e-9))).sum() / counts.sum())

    return float(minimize_scalar(loss, bounds=(0.02, 3.0), method="bounded").x)


def ranked(labels: Sequence[str], chances: np.ndarray) -> list[Ranked]:
    """Each row's labels with their probabilities, best first."""
    return [[(labels[i], float(row[i])) for i in np.argsort(-row)] for row in chances]


def scores_of(model: LinearSVC, matrix: csr_matrix) -> np.ndarray:
    """One column of scores for each label, two labels included."""
    return two_columns(model.decision_function(matrix).reshape(matrix.shape[0], -1))


def two_columns(scores: np.ndarray) -> np.ndarray:
    """Of two labels a model gives one column, for the second: the first one's is its opposite."""
    return np.hstack([-scores, scores]) if scores.shape[1] == 1 else scores


def softmax(scores: np.ndarray) -> np.ndarray:
    """Scores as probabilities, row by row."""
    shares: np.ndarray = np.exp(log_chances(scores))
    return shares


def log_chances(scores: np.ndarray) -> np.ndarray:
    """Scores as logarithms of probabilities, row by row."""
    lowered = scores - scores.max(axis=1, keepdims=True)
    logs: np.ndarray = lowered - np.log(np.exp(lowered).sum(axis=1, keepdims=True))
    return logs


def combined(rankings: Sequence[Ranked]) -> Ranked:
    """Rankings of the parts of a long message as one: what any part says strongly is kept."""
    if len(rankings) == 1:
        return list(rankings[0])
    best: dict[str, float] = {}
    for ranking in rankings:
        for label, chance in ranking:
            best[label] = max(best.get(label, 0.0), chance)
    return sorted(best.items(), key=lambda item: -item[1])
