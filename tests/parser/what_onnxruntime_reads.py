"""Run by Rasa's Python: what the written sentence model says of texts, beside what it was written from.

Prints one line of JSON: the least likeness (cosine) of the written file to changed upper layers as TensorFlow
runs them, and to the model as published; of a text read alone and among others; and whether a kept tuning is
what was learned.
"""

from __future__ import annotations

import json
import sys
import tempfile
from pathlib import Path

import numpy as np
import tensorflow as tf

sys.path.insert(0, str(Path(__file__).parents[2]))

from bot.parser.encoder import Encoder, padded
from bot.parser.examples import Example
from bot.parser.head import Head, Tuned
from bot.parser.kept_tuning import tuned_for
from bot.parser.sentence_file import write, write_lower
from bot.parser.sentence_vectors import SentenceVectors, token_numbers
from bot.parser.weights import WIDTH, published

TEXTS = (
    "he said his dad hit him with a belt",
    "both arms",
    "she comes in hungry most mornings and today she had put two rolls from the canteen into her bag",
)
TUNED_FROM = 4


def likeness(one: np.ndarray, other: np.ndarray) -> float:
    """The least cosine of two readings of the texts."""
    lengths = np.linalg.norm(one, axis=1) * np.linalg.norm(other, axis=1)
    return float(((one * other).sum(axis=1) / lengths).min())


def changed() -> Encoder:
    """The upper layers, changed by chance."""
    encoder = Encoder(published(), TUNED_FROM)
    tf.random.set_seed(1)
    for one in encoder.variables:
        one.assign_add(tf.random.normal(one.shape, stddev=0.02))
    return encoder


def kept_as_learned(encoder: Encoder, folder: Path) -> bool:
    """A tuning is learned once for the same messages, and read as it was; for others it is learned anew."""
    learned: list[str] = []
    tuned = Tuned(encoder.tuned(), {"acts": Head(np.ones((WIDTH, 2), np.float32), np.zeros(2, np.float32))})

    def learn() -> Tuned:
        learned.append("once")
        return tuned

    some = [Example("a text", "tell")]
    first, again = tuned_for(some, folder, learn), tuned_for(some, folder, learn)
    tuned_for([*some, Example("another", "tell")], folder, learn)
    same = all(np.array_equal(again.weights[name], weight) for name, weight in first.weights.items())
    return (
        same
        and np.array_equal(again.heads["acts"].weights, tuned.heads["acts"].weights)
        and len(learned) == 2
    )


def main() -> None:
    """Change the upper layers, write them, and read the texts in each way."""
    encoder = changed()
    tokens = token_numbers(TEXTS)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_lower(folder / "lower.onnx", published(), TUNED_FROM)
        words, mask = padded(list(SentenceVectors(folder / "lower.onnx", 2).made(tokens)))
        learned = encoder.sentences(tf.constant(words), tf.constant(mask)).numpy()
        write(folder / "tuned.onnx", published() | encoder.tuned())
        write(folder / "published.onnx", published())
        reader = SentenceVectors(folder / "tuned.onnx")
        read = reader.of(TEXTS)
        said = {
            "learned": likeness(learned, read),
            "published": likeness(SentenceVectors(folder / "published.onnx").of(TEXTS), read),
            "alone": likeness(np.concatenate([reader.of([text]) for text in TEXTS]), read),
            "kept": kept_as_learned(encoder, folder),
        }
    print(json.dumps(said))


if __name__ == "__main__":
    main()
