"""What a message tells of the packs' questions: for each option, how likely it is that the message says so.

One linear model for each option, of counted words and of the sentence vector. An option of one category's question is
learned among that category's messages, where it has to be told apart from its neighbours; what every concern may be
asked (a social worker, who collects the child), among all of them.
"""

from __future__ import annotations

import os
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence, Set
from concurrent.futures import ThreadPoolExecutor

import numpy as np
from scipy.sparse import csr_matrix, hstack, vstack
from sklearn.linear_model import LogisticRegression

from bot.parser.features import Seen, unit
from bot.parser.weights import WIDTH

FEWEST = 5
"""Messages that must tell an option before it is learned."""
SEED = 20260901
CLOSE, MOST_STEPS = 0.1, 300
"""How exactly each model is learned: closer, or longer, changes nothing that is read."""
FAINT = 0.01
"""Weights nearer to nothing than this are left out: they take memory and tell nothing."""

Sign = tuple[str, float, int]
"""An option, as ``question.option``, how likely it is told, and by which of the sentences."""


class Signs:
    """Reads which options a message tells. ``cost``: how much a mistake weighs while learning."""

    def __init__(self, cost: float) -> None:
        self.cost = cost
        self.names: list[str] = []
        self.among: dict[str, tuple[str, ...]] = {}
        """By question, the categories that it belongs to; none where every concern may be asked it."""
        self._words = csr_matrix((0, 0), dtype=np.float32)
        self._meaning = np.zeros((0, 0), np.float32)
        self._start = np.zeros(0, np.float32)

    def fit(self, seen: Seen, told: Sequence[Set[str]], categories: Sequence[str]) -> None:
        """Learn from messages that somebody read for every option: what each tells, and its category."""
        matrix = hstack([seen.words, csr_matrix(unit(seen.meaning))], format="csr", dtype=np.float32)
        among = _asked_among(told, categories)
        everybody = len(set(categories)) / 2
        self.among = {
            question: () if len(codes) > everybody else tuple(sorted(codes))
            for question, codes in among.items()
        }
        rows_of = {
            question: np.array([row for row, code in enumerate(categories) if not codes or code in codes])
            for question, codes in self.among.items()
        }
        counted = Counter(name for one in told for name in one)
        lessons = {
            name: (rows, np.array([name in told[row] for row in rows]))
            for name, times in sorted(counted.items())
            for rows in (rows_of[_question(name)],)
            if FEWEST <= times < len(rows)  # what every message tells cannot be told apart
        }
        self.names = list(lessons)
        with ThreadPoolExecutor(os.cpu_count()) as cores:
            learned = list(
                cores.map(lambda lesson: self._learned(matrix[lesson[0]], lesson[1]), lessons.values())
            )
        self._words = vstack([words for words, _, _ in learned]).T.tocsr()
        self._meaning = np.array([meaning for _, meaning, _ in learned]).T
        self._start = np.array([start for _, _, start in learned], np.float32)

    def read(self, parts: Seen, sentences: Seen, least: float, among: Set[str]) -> list[Sign]:
        """The options that a text tells at least so likely, likeliest first, each with the sentence that tells it most.

        ``parts``: the whole text, or the parts of a long one; ``sentences``: its sentences apart, where one may tell
        plainly what is lost among the others. ``among``: the categories whose questions are looked at, beside those
        of every concern.
        """
        together = self._chances(parts)
        apart = together if sentences is parts else self._chances(sentences)
        whole = together.max(axis=0)
        chances = (whole + np.maximum(whole, apart.max(axis=0))) / 2
        told = [i for i in np.flatnonzero(chances >= least) if self._is_asked(self.names[i], among)]
        return [
            (self.names[i], float(chances[i]), int(apart[:, i].argmax()))
            for i in sorted(told, key=lambda i: -chances[i])
        ]

    def _is_asked(self, name: str, among: Set[str]) -> bool:
        codes = self.of(name)
        return not codes or not among.isdisjoint(codes)

    def _chances(self, seen: Seen) -> np.ndarray:
        """Texts × options."""
        scores = (seen.words @ self._words).toarray() + unit(seen.meaning) @ self._meaning + self._start
        chances: np.ndarray = 1 / (1 + np.exp(-scores))
        return chances

    def of(self, name: str) -> tuple[str, ...]:
        """The categories that an option belongs to; none where every concern may be asked about it."""
        return self.among[_question(name)]

    def _learned(self, matrix: csr_matrix, is_told: np.ndarray) -> tuple[csr_matrix, np.ndarray, float]:
        """Weights of the counted words, of the sentence vector, and where the option starts from."""
        model = LogisticRegression(
            C=self.cost,
            class_weight="balanced",
            solver="liblinear",
            dual=True,
            tol=CLOSE,
            max_iter=MOST_STEPS,
            random_state=SEED,
        ).fit(matrix, is_told)
        counted, meaning = np.split(model.coef_[0].astype(np.float32), [-WIDTH])
        return csr_matrix(np.where(np.abs(counted) < FAINT, 0, counted)), meaning, float(model.intercept_[0])


def _asked_among(told: Sequence[Set[str]], categories: Sequence[str]) -> Mapping[str, Set[str]]:
    """By question, the categories among whose messages it is told."""
    found: dict[str, set[str]] = defaultdict(set)
    for names, category in zip(told, categories, strict=True):
        for name in names:
            found[_question(name)].add(category)
    return found


def _question(name: str) -> str:
    return name.partition(".")[0]
