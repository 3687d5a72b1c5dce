"""Run by Rasa's Python: how messages are counted, and how much each weighs that is learned.

Prints one line of JSON: the largest difference between our counts and scikit-learn's own; the weights of
authored messages and of those that an education officer labelled, in each ranking; which messages of Rasa's
training data are taken for an officer's; what a small model takes as told; and how alike messages are.
"""

from __future__ import annotations

import json
import pickle
import sys
from pathlib import Path

import numpy as np
from scipy.sparse import hstack
from sklearn.feature_extraction.text import TfidfVectorizer

sys.path.insert(0, str(Path(__file__).parents[2]))

from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.parser.alike import Known, Neighbours
from bot.parser.concern_ranker import examples_in
from bot.parser.examples import Example
from bot.parser.features import WORDS, Seen, WordFeatures
from bot.parser.lessons import lessons_of
from bot.parser.signs import Signs
from bot.parser.weights import WIDTH

TEXTS = [
    "he said his dad hit him with a belt",
    "his dad hit him again, he said",
    "she comes in hungry, hungry, hungry",
    "comes in hungry most days",
    "he said she comes in late most days",
]
UNSEEN = ["he comes in hungry most days he said", "", "zzz"]


def largest_difference() -> float:
    """Between our counts, kept and read back, and scikit-learn's."""
    ours = WordFeatures()
    ours.learn(TEXTS)
    ours = pickle.loads(pickle.dumps(ours))
    words = TfidfVectorizer(ngram_range=(1, 2), min_df=2, sublinear_tf=True, token_pattern=r"\b\w[\w']*\b")
    letters = TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 5), min_df=3, sublinear_tf=True)
    words.fit(TEXTS)
    letters.fit(TEXTS)
    theirs = hstack([words.transform(UNSEEN) * WORDS, letters.transform(UNSEEN)])
    return float(abs(ours.count(UNSEEN) - theirs).max())


def weights() -> dict[str, list[float]]:
    """Of an authored and of an officer's message in turn, by ranking: of a category, of an act, of danger."""
    told = [Example("authored", "concern/neglect"), Example("labelled", "concern/neglect", officers=True)]
    said = [Example("an act", "greet"), Example("a labelled act", "greet", officers=True)]
    peril = [
        Example("help", "immediate_danger"),
        Example("a labelled cry", "immediate_danger", officers=True),
    ]
    lessons = lessons_of([*told, *said, *peril], tell_per_category=0)
    return {name: lesson.weights for name, lesson in lessons.items()}


def told() -> dict[str, object]:
    """What is read of a message that was not learned: which options, of which category, in which sentence."""
    lessons = [
        ("no food in the house again", {"neglect_signs.no_food"}, "neglect"),
        ("there is no food in the house", {"neglect_signs.no_food"}, "neglect"),
        ("came to school in a dirty shirt", set[str](), "neglect"),
        (
            "no food, and he has a social worker",
            {"neglect_signs.no_food", "about_child.social_worker"},
            "neglect",
        ),
        ("dad hit him, he has a social worker", {"injury.hit", "about_child.social_worker"}, "physical_harm"),
        ("dad hit him with a belt", {"injury.hit"}, "physical_harm"),
        ("a graze from the playground", set[str](), "physical_harm"),
        ("his mum drinks, he has a social worker", {"about_child.social_worker"}, "parents"),
        ("his mum drinks every night", set[str](), "parents"),
    ] * 5
    words = WordFeatures()
    words.learn([text for text, _, _ in lessons])

    def seen(*texts: str) -> Seen:
        return Seen(words.count(texts), np.zeros((len(texts), WIDTH), np.float32))

    signs = Signs(cost=20.0)
    signs.fit(seen(*(one[0] for one in lessons)), [one[1] for one in lessons], [one[2] for one in lessons])
    both = ["No food in the house.", "She has a social worker."]

    def read(among: set[str]) -> list[tuple[str, int]]:
        found = signs.read(seen(" ".join(both)), seen(*both), 0.5, among)
        return sorted((name, row) for name, _, row in found)

    names = ["neglect_signs.no_food", "about_child.social_worker"]
    return {
        "told": read({"neglect"}),
        "elsewhere": read({"parents"}),
        "of": [signs.of(name) for name in names],
    }


def alike() -> dict[str, object]:
    """How alike two known messages and a new one are to themselves and each other; what those say."""
    common = [f"late again this morning for lesson {number}" for number in range(30)]
    texts = ["she is being sent to be cut", *common]
    words = WordFeatures()
    words.learn([*texts, *texts])  # so that what one message alone says is counted too
    meaning = np.random.default_rng(1).normal(size=(len(texts), WIDTH)).astype(np.float32)
    meaning[1:] = meaning[1]  # all that come late mean the same
    seen = Seen(words.count(texts), meaning)
    known = Known(seen, words.whole)
    new = Seen(words.count(["sent to be cut"]), meaning[:1])
    labels = np.eye(2)[[0] + [1] * len(common)]
    neighbours = Neighbours(np.arange(len(texts)), labels, np.ones(len(texts)))
    louder = Neighbours(np.arange(len(texts)), labels, np.array([8.0] + [1.0] * len(common)))
    return {
        "itself": [float(known.alike(seen)[row, row]) for row in (0, 1)],
        "another": float(known.alike(seen)[0, 1]),
        "heard": np.exp(neighbours.logs(known.alike(new)))[0].tolist(),
        "of_late": np.exp(neighbours.logs(known.alike(seen.rows([5]))))[0].tolist(),
        "mended": np.exp(louder.logs(known.alike(new)))[0].tolist(),
        "sums": float(np.exp(neighbours.logs(known.alike(new))).sum()),
    }


def marked() -> list[bool]:
    """Which of two messages of Rasa's training data is an officer's."""
    plain = Message.build(text="one", intent="greet")
    mended = Message.build(text="two", intent="greet", example_metadata={"officers": True, "also": ["thank"]})
    return [one.officers for one in examples_in(TrainingData([plain, mended]))]


if __name__ == "__main__":
    found = {
        "difference": largest_difference(),
        "weights": weights(),
        "marked": marked(),
        "told": told(),
        "alike": alike(),
    }
    print(json.dumps(found))
