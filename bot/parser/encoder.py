"""MiniLM's upper layers as TensorFlow runs them, so that they can be tuned to what school staff write.

Only learning needs this; reading, and what the lower layers make of a text, goes through onnxruntime
(``bot.parser.sentence_file``). The layers are those of BERT: attention among the words, then two dense layers, each
with its sum and its normalisation.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import tensorflow as tf

from bot.parser.weights import EPSILON, HEADS, LAYERS, WIDTH, Named

HEAD = WIDTH // HEADS
# Every new length has the large products prepared anew, which takes longer than a few empty places.
PADDED_TO = 8
# Half as wide numbers take two thirds of the time in the large products; sums and normalisation stay exact.
FAST = tf.bfloat16


@tf.custom_gradient
def gelu(x: tf.Tensor) -> tuple[tf.Tensor, object]:
    """The bend between the dense layers. Its slope is written out, since deriving it step by step takes longer."""
    exact = tf.cast(x, tf.float32)
    share = 0.5 * (1 + tf.math.erf(exact * 0.70710678))

    def slope(above: tf.Tensor) -> tf.Tensor:
        density = 0.39894228 * tf.exp(-0.5 * exact * exact)
        return tf.cast(tf.cast(above, tf.float32) * (share + exact * density), above.dtype)

    return tf.cast(exact * share, x.dtype), slope


class Encoder:
    """The layers from ``tuned_from`` up to the sentence. All of them can be changed."""

    def __init__(self, weights: Named, tuned_from: int) -> None:
        self.tuned_from = tuned_from
        self._weights = {
            name: tf.Variable((weight.T if weight.ndim > 1 else weight).astype(np.float32))
            for name, weight in weights.items()
            if _layer_of(name) >= tuned_from
        }

    @property
    def variables(self) -> list[tf.Variable]:
        """What tuning changes."""
        return list(self._weights.values())

    def tuned(self) -> Named:
        """The layers as they are now, by their published names and in their published shape."""
        found = {name: one.numpy() for name, one in self._weights.items()}
        return {name: weight.T if weight.ndim > 1 else weight for name, weight in found.items()}

    def sentences(self, words: tf.Tensor, mask: tf.Tensor) -> tf.Tensor:
        """From what the lower layers made of each token to one vector for each text: their mean, texts × 384."""
        texts, length = tf.shape(words)[0], tf.shape(words)[1]
        unseen = (1 - mask[:, None, None, :]) * -1e4
        # All tokens below each other: a product of two matrices is far cheaper than one for each text.
        words = tf.reshape(words, (-1, WIDTH))
        for number in range(self.tuned_from, LAYERS):
            layer = f"encoder.layer.{number}."
            words = self._added(self._attended(words, unseen, layer), words, layer + "attention.output")
            bent = gelu(self._dense(words, layer + "intermediate.dense"))
            words = self._added(bent, words, layer + "output")
        words = tf.reshape(words, (texts, length, WIDTH))
        return tf.reduce_sum(words * mask[:, :, None], 1) / tf.reduce_sum(mask, 1, keepdims=True)

    def _attended(self, words: tf.Tensor, unseen: tf.Tensor, layer: str) -> tf.Tensor:
        texts, length = tf.shape(unseen)[0], tf.shape(unseen)[3]

        def split(name: str) -> tf.Tensor:
            made = self._dense(words, layer + "attention.self." + name)
            return tf.transpose(tf.reshape(made, (texts, length, HEADS, HEAD)), (0, 2, 1, 3))

        query, key, value = split("query"), split("key"), split("value")
        fit = tf.cast(tf.matmul(query, key, transpose_b=True), tf.float32) / HEAD**0.5 + unseen
        seen = tf.matmul(tf.cast(tf.nn.softmax(fit), FAST), value)
        return tf.reshape(tf.transpose(seen, (0, 2, 1, 3)), (-1, WIDTH))

    def _added(self, new: tf.Tensor, before: tf.Tensor, name: str) -> tf.Tensor:
        out = tf.cast(self._dense(new, name + ".dense"), tf.float32)
        return self._normal(out + before, name + ".LayerNorm")

    def _dense(self, x: tf.Tensor, name: str) -> tf.Tensor:
        weight, bias = self._weights[name + ".weight"], self._weights[name + ".bias"]
        return tf.nn.bias_add(tf.matmul(tf.cast(x, FAST), tf.cast(weight, FAST)), tf.cast(bias, FAST))

    def _normal(self, x: tf.Tensor, name: str) -> tf.Tensor:
        middle, spread = tf.nn.moments(x, -1, keepdims=True)
        weight, bias = self._weights[name + ".weight"], self._weights[name + ".bias"]
        return (x - middle) * tf.math.rsqrt(spread + EPSILON) * weight + bias


def padded(rows: Sequence[np.ndarray]) -> tuple[np.ndarray, np.ndarray]:
    """Vectors of tokens, text by text, made equally long; and a 1 for each that is real."""
    longest = max(map(len, rows))
    length = -(-longest // PADDED_TO) * PADDED_TO
    filled = np.zeros((len(rows), length, WIDTH), np.float32)
    mask = np.zeros((len(rows), length), np.float32)
    for number, row in enumerate(rows):
        filled[number, : len(row)] = row
        mask[number, : len(row)] = 1
    return filled, mask


def _layer_of(name: str) -> int:
    return int(name.split(".")[2]) if name.startswith("encoder") else -1
