"""Run by Rasa's Python: changed upper layers, as TensorFlow reads them and as the written file does.

Prints one line of JSON: the least likeness (cosine) of the file to what was learned, and to what the
published model says.
"""

from __future__ import annotations

import json
import sys
import tempfile
from pathlib import Path

import numpy as np
import tensorflow as tf

sys.path.insert(0, str(Path(__file__).parents[2]))

from bot.parser import tuned_file
from bot.parser.encoder import Encoder, padded
from bot.parser.sentence_vectors import SentenceVectors, token_numbers
from bot.parser.weights import published

TEXTS = (
    "he said his dad hit him with a belt",
    "both arms",
    "she comes in hungry most mornings",
)


def likeness(one: np.ndarray, other: np.ndarray) -> float:
    """The least cosine of two readings of the texts."""
    lengths = np.linalg.norm(one, axis=1) * np.linalg.norm(other, axis=1)
    return float(((one * other).sum(axis=1) / lengths).min())


def main() -> None:
    """Change the upper layers by chance, write them, and read the texts both ways."""
    encoder = Encoder(published(), tuned_from=4)
    tf.random.set_seed(1)
    for one in encoder.variables:
        one.assign_add(tf.random.normal(one.shape, stddev=0.02))
    ids, mask = padded([np.array(row, np.int32) for row in token_numbers(TEXTS)])
    learned = encoder.upper(encoder.lower(tf.constant(ids), tf.constant(mask)), tf.constant(mask))
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "sentences.onnx"
        tuned_file.write(file, encoder.tuned())
        read = SentenceVectors(tuned=file).of(TEXTS)
    said = {
        "learned": likeness(learned.numpy(), read),
        "published": likeness(SentenceVectors().of(TEXTS), read),
    }
    print(json.dumps(said))


if __name__ == "__main__":
    main()
