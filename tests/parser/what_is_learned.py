"""Run by Rasa's Python: how messages are counted, and how much each weighs that is learned.

Prints one line of JSON: the largest difference between our counts and scikit-learn's own; the weights of
authored messages and of those that an education officer labelled, in each ranking; and which messages of
Rasa's training data are taken for an officer's.
"""

from __future__ import annotations

import json
import pickle
import sys
from pathlib import Path

from scipy.sparse import hstack
from sklearn.feature_extraction.text import TfidfVectorizer

sys.path.insert(0, str(Path(__file__).parents[2]))

from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.parser.concern_ranker import examples_in
from bot.parser.examples import Example
from bot.parser.features import WORDS, WordFeatures
from bot.parser.lessons import lessons_of

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


def marked() -> list[bool]:
    """Which of two messages of Rasa's training data is an officer's."""
    plain = Message.build(text="one", intent="greet")
    mended = Message.build(text="two", intent="greet", example_metadata={"officers": True, "also": ["thank"]})
    return [one.officers for one in examples_in(TrainingData([plain, mended]))]


if __name__ == "__main__":
    print(json.dumps({"difference": largest_difference(), "weights": weights(), "marked": marked()}))
