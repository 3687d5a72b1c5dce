"""The sentence model as a file that onnxruntime reads in whole numbers (int8): a quarter of the memory to walk through.

The layers are those of BERT: attention among the words, then two dense layers, each with its sum and its normalisation;
at the end the mean of the words. Each column of a matrix has a scale of its own; what flows between them is rounded
to whole numbers on the way into each large product and nowhere else.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
from onnx import ModelProto, TensorProto, helper, numpy_helper, save

from bot.parser.weights import EPSILON, HEADS, LAYERS, WIDTH, Named

MOST = 63
"""The largest whole number that a weight is written as: of seven bits, since processors without whole-number
instructions of their own add two products in sixteen, which eight would overflow."""
FUSED = "com.microsoft"
"""Where onnxruntime keeps the operations that do several steps at once."""


def write(path: Path, weights: Named) -> None:
    """Write the model with these weights; raises KeyError for a weight that is not among them."""
    sheet = _Sheet(weights)
    sheet.mean(sheet.words(LAYERS))
    save(sheet.model("vectors", ["texts", WIDTH]), str(path))


def write_lower(path: Path, weights: Named, layers: int) -> None:
    """Write the lowest layers alone, up to what each token is there."""
    sheet = _Sheet(weights)
    save(sheet.model(sheet.words(layers), ["texts", "tokens", WIDTH]), str(path))


class _Sheet:
    """The steps from token numbers to one vector for each text, in order."""

    def __init__(self, weights: Named) -> None:
        self._weights = weights
        self._nodes: list[object] = []
        self._kept: list[TensorProto] = []

    def words(self, layers: int) -> str:
        """Each token as the lowest layers leave it."""
        words = self._words()
        for number in range(layers):
            words = self._layer(words, f"encoder.layer.{number}.")
        return words

    def model(self, made: str, shape: list[object]) -> ModelProto:
        """Everything so far as a model that gives what was made last."""
        graph = helper.make_graph(
            self._nodes,
            "sentences",
            [
                helper.make_tensor_value_info("ids", TensorProto.INT64, ["texts", "tokens"]),
                helper.make_tensor_value_info("mask", TensorProto.FLOAT, ["texts", "tokens"]),
            ],
            [helper.make_tensor_value_info(made, TensorProto.FLOAT, shape)],
            self._kept,
        )
        versions = [helper.make_opsetid("", 17), helper.make_opsetid(FUSED, 1)]
        return helper.make_model(graph, opset_imports=versions, ir_version=8)

    def _words(self) -> str:
        """Each token's vector, with where it stands in the text."""
        table, scale = in_whole_numbers(self._weights["embeddings.word_embeddings.weight"].T)
        rows = self._step("Gather", self._keep("words", table.T), "ids")
        scales = self._step("Gather", self._keep("words_scale", scale.reshape(-1, 1)), "ids")
        words = self._step("Mul", self._step("Cast", rows, to=TensorProto.FLOAT), scales)
        places = self._weights["embeddings.position_embeddings.weight"]
        places = places + self._weights["embeddings.token_type_embeddings.weight"][0]
        length = self._step(
            "Slice", self._step("Shape", "ids"), self._whole("second", [1]), self._whole("third", [2])
        )
        start = self._whole("start", [0])
        here = self._step("Slice", self._keep("places", places.astype(np.float32)), start, length, start)
        summed = self._step("Add", words, here)
        return self._step(
            "LayerNormalization",
            summed,
            *self._scale_and_shift("embeddings.LayerNorm"),
            axis=-1,
            epsilon=EPSILON,
        )

    def _layer(self, words: str, layer: str) -> str:
        parts = [self._dense(words, f"{layer}attention.self.{name}") for name in ("query", "key", "value")]
        seen = self._step("MultiHeadAttention", *parts, "", self._padding(), domain=FUSED, num_heads=HEADS)
        words = self._added(
            self._dense(seen, layer + "attention.output.dense"), words, layer + "attention.output"
        )
        bent = self._step("Gelu", self._dense(words, layer + "intermediate.dense"), domain=FUSED)
        return self._added(self._dense(bent, layer + "output.dense"), words, layer + "output")

    def _dense(self, words: str, name: str) -> str:
        matrix, scale = in_whole_numbers(self._weights[name + ".weight"].T)
        bias = self._keep(name + ".bias", self._weights[name + ".bias"].astype(np.float32))
        return self._step(
            "DynamicQuantizeMatMul",
            words,
            self._keep(name, matrix),
            self._keep(name + "_scale", scale),
            "",
            bias,
            domain=FUSED,
        )

    def _added(self, new: str, before: str, name: str) -> str:
        shaped = self._scale_and_shift(name + ".LayerNorm")
        return self._step("SkipLayerNormalization", new, before, *shaped, domain=FUSED, epsilon=EPSILON)

    def _scale_and_shift(self, name: str) -> tuple[str, str]:
        weight, bias = self._weights[name + ".weight"], self._weights[name + ".bias"]
        return self._keep(name + ".weight", weight), self._keep(name + ".bias", bias)

    def _padding(self) -> str:
        """A 1 for each real token, as attention wants it; made once."""
        if not any(one.name == "padding" for one in self._nodes):  # type: ignore[attr-defined]
            self._nodes.append(
                helper.make_node("Cast", ["mask"], ["padding"], "padding", to=TensorProto.INT32)
            )
        return "padding"

    def mean(self, words: str) -> None:
        last = self._whole("last", [2])
        counted = self._step("Mul", words, self._step("Unsqueeze", "mask", last))
        one = self._whole("one", [1])
        summed = self._step("ReduceSum", counted, one, keepdims=0)
        total = self._step("ReduceSum", "mask", one, keepdims=1)
        self._nodes.append(helper.make_node("Div", [summed, total], ["vectors"]))

    def _step(self, kind: str, *inputs: str, domain: str = "", **settings: object) -> str:
        name = f"{kind}_{len(self._nodes)}"
        self._nodes.append(helper.make_node(kind, list(inputs), [name], name, domain=domain, **settings))
        return name

    def _whole(self, name: str, numbers: list[int]) -> str:
        return self._keep(name, np.array(numbers, np.int64))

    def _keep(self, name: str, numbers: np.ndarray) -> str:
        if not any(one.name == name for one in self._kept):
            self._kept.append(numpy_helper.from_array(np.ascontiguousarray(numbers), name))
        return name


def in_whole_numbers(matrix: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """A matrix as whole numbers of one byte, and the scale of each column."""
    scale = np.maximum(np.abs(matrix).max(axis=0), 1e-12) / MOST
    return np.round(matrix / scale).astype(np.int8), scale.astype(np.float32)
