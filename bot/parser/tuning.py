"""Tuning the sentence model: its upper layers learn, for all rankings at once, what school staff mean.

The lower layers stay as published, so what they make of each text is computed once. A linear head for each ranking
reads the sentence vector: it learns first by itself, then together with the layers.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import tensorflow as tf

from bot.parser.encoder import Encoder, padded
from bot.parser.head import Head, Tuned
from bot.parser.lessons import Task
from bot.parser.sentence_file import write_lower
from bot.parser.sentence_vectors import SentenceVectors, token_numbers
from bot.parser.weights import WIDTH, published

logger = logging.getLogger(__name__)

TUNED_FROM = 3
ROUNDS, BATCH, RATE, HEAD_RATE = 2, 64, 7e-4, 1.4e-3
HEAD_ROUNDS, HEAD_BATCH, FIRST_HEAD_RATE = 16, 256, 0.02
ONE_IN = 3
"""Batches of which one is enough for the heads to begin from."""
MOST_TUNED = 64
"""Tokens of a text that tuning looks at: nineteen in twenty have no more."""
WARMED_UP, STEEPEST = 0.06, 1.0
DROPOUT = 0.1
SOFTENED = 0.05
"""Share of certainty that is taken from each label, so that the model does not become surer than it is right."""
SORTED_TOGETHER = 20
"""Batches whose texts are sorted by length together, so that little is padded."""
SEED = 20260901


def tune(texts: Sequence[str], tasks: Mapping[str, Task]) -> Tuned:
    """Learn all rankings of the texts at once; the steps are logged."""
    tf.keras.utils.set_random_seed(SEED)
    logger.info("Learning sentences: reading %d texts.", len(texts))
    encoder, chance = Encoder(published(), TUNED_FROM), np.random.default_rng(SEED)
    below = _below(texts)
    heads = _Heads(tasks)
    vectors = np.zeros((len(texts), WIDTH), np.float32)
    pooled = tf.function(encoder.sentences, reduce_retracing=True, autograph=False)
    some = _by_length(below)[::ONE_IN]
    for rows in some:
        vectors[rows] = pooled(*_batch(below, rows)).numpy()
    known = np.concatenate(some)
    for number in range(HEAD_ROUNDS):
        heads.rate(FIRST_HEAD_RATE * (1 - number / HEAD_ROUNDS))
        for rows in np.array_split(chance.permutation(known), max(1, len(known) // HEAD_BATCH)):
            heads.learn(tf.constant(vectors[rows]), rows)
    _together(encoder, heads, below, chance)
    return Tuned(encoder.tuned(), heads.learned())


class _Heads:
    """A linear head for each ranking, and what they are to say of each text."""

    def __init__(self, tasks: Mapping[str, Task]) -> None:
        self._tasks = tasks
        first = np.random.default_rng(SEED)
        self._heads = {
            name: (
                tf.Variable(first.normal(0, 0.02, (WIDTH, task.right.shape[1])).astype(np.float32)),
                tf.Variable(np.zeros(task.right.shape[1], np.float32)),
            )
            for name, task in tasks.items()
        }
        self._optimiser = tf.keras.optimizers.legacy.Adam(FIRST_HEAD_RATE)
        self._step = tf.function(self._learn, reduce_retracing=True, autograph=False)

    @property
    def variables(self) -> list[tf.Variable]:
        return [one for head in self._heads.values() for one in head]

    def rate(self, rate: float) -> None:
        self._optimiser.learning_rate.assign(rate)

    def wanted(self, rows: np.ndarray) -> list[tuple[tf.Tensor, tf.Tensor]]:
        return [
            (tf.constant(task.right[rows], tf.float32), tf.constant(task.counts[rows], tf.float32))
            for task in self._tasks.values()
        ]

    def learn(self, vectors: tf.Tensor, rows: np.ndarray) -> None:
        self._step(vectors, self.wanted(rows))

    def loss(self, vectors: tf.Tensor, wanted: Sequence[tuple[tf.Tensor, tf.Tensor]]) -> tf.Tensor:
        found = tf.constant(0.0)
        for (weights, start), (right, counts) in zip(self._heads.values(), wanted, strict=True):
            soft = right * (1 - SOFTENED) + SOFTENED / tf.cast(tf.shape(right)[1], tf.float32)
            missed = tf.nn.softmax_cross_entropy_with_logits(soft, tf.matmul(vectors, weights) + start)
            found += tf.reduce_mean(counts * missed)
        return found

    def take(self, slopes: Sequence[tf.Tensor]) -> None:
        self._optimiser.apply_gradients(zip(slopes, self.variables, strict=True))

    def learned(self) -> dict[str, Head]:
        return {name: Head(weights.numpy(), start.numpy()) for name, (weights, start) in self._heads.items()}

    def _learn(self, vectors: tf.Tensor, wanted: Sequence[tuple[tf.Tensor, tf.Tensor]]) -> None:
        with tf.GradientTape() as tape:
            loss = self.loss(vectors, wanted)
        self.take(tape.gradient(loss, self.variables))


def _together(
    encoder: Encoder, heads: _Heads, below: Sequence[np.ndarray], chance: np.random.Generator
) -> None:
    """Layers and heads learn together: slowly at first, and ever more slowly towards the end."""
    layers = encoder.variables
    optimiser = tf.keras.optimizers.legacy.Adam(RATE)

    def learn(words: tf.Tensor, mask: tf.Tensor, wanted: list[tuple[tf.Tensor, tf.Tensor]]) -> None:
        with tf.GradientTape() as tape:
            loss = heads.loss(tf.nn.dropout(encoder.sentences(words, mask), DROPOUT), wanted)
        slopes, _ = tf.clip_by_global_norm(tape.gradient(loss, [*layers, *heads.variables]), STEEPEST)
        optimiser.apply_gradients(zip(slopes[: len(layers)], layers, strict=True))
        heads.take(slopes[len(layers) :])

    step = tf.function(learn, reduce_retracing=True, autograph=False)
    done, steps = 0, ROUNDS * -(-len(below) // BATCH)
    for _ in range(ROUNDS):
        for rows in _shuffled(below, chance):
            if done % (steps // 10 or 1) == 0:
                logger.info("Learning sentences: %d %%.", 100 * done // steps)
            share = min(done / (WARMED_UP * steps), 1.0) * max(0.02, 1 - done / steps)
            optimiser.learning_rate.assign(RATE * share)
            heads.rate(HEAD_RATE * share)
            step(*_batch(below, rows), heads.wanted(rows))
            done += 1


def _below(texts: Sequence[str]) -> list[np.ndarray]:
    """What the lower layers make of each text, as they will when it is read; half-wide, since all are kept."""
    tokens = [one[:MOST_TUNED] for one in token_numbers(texts)]
    with TemporaryDirectory() as folder:
        file = Path(folder) / "lower.onnx"
        write_lower(file, published(), TUNED_FROM)
        made = SentenceVectors(file, os.cpu_count() or 1).made(tokens)
        return [words.astype(np.float16) for words in made]


def _batch(below: Sequence[np.ndarray], rows: np.ndarray) -> tuple[tf.Tensor, tf.Tensor]:
    words, mask = padded([below[row] for row in rows])
    return tf.constant(words), tf.constant(mask)


def _by_length(texts: Sequence[np.ndarray]) -> list[np.ndarray]:
    order = np.argsort([len(text) for text in texts], kind="stable")
    return [order[start : start + BATCH] for start in range(0, len(order), BATCH)]


def _shuffled(texts: Sequence[np.ndarray], chance: np.random.Generator) -> Iterator[np.ndarray]:
    """Batches in a new order, each of texts of like length."""
    order = chance.permutation(len(texts))
    batches: list[np.ndarray] = []
    for start in range(0, len(order), BATCH * SORTED_TOGETHER):
        some = order[start : start + BATCH * SORTED_TOGETHER]
        batches += [some[rows] for rows in _by_length([texts[row] for row in some])]
    for number in chance.permutation(len(batches)):
        yield batches[number]
