"""The tuned sentence model as a file that onnxruntime reads: the published one with the upper layers in their place."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import onnx
from onnx import numpy_helper

from bot.parser.weights import WHOLE_NUMBERS, Named, checked

# What the file calls the matrices of a layer. Everything else in it keeps the published names.
MATRICES = (
    "attention.self.query",
    "attention.self.key",
    "attention.self.value",
    "attention.output.dense",
    "intermediate.dense",
    "output.dense",
)
NUMBERS = {4: (335, 343, 351, 389, 393, 402), 5: (406, 414, 422, 460, 464, 473)}
MOST = 127
"""The largest whole number that a weight is written as."""


def write(path: Path, tuned: Named) -> None:
    """Write the model with these weights of the upper layers; raises KeyError for a weight that it does not have."""
    model = onnx.load(str(checked(WHOLE_NUMBERS)))
    place = {one.name: one for one in model.graph.initializer}
    for name, weight in in_whole_numbers(tuned).items():
        place[name].CopyFrom(numpy_helper.from_array(np.ascontiguousarray(weight), name))
    onnx.save(model, str(path))


def in_whole_numbers(tuned: Named) -> Named:
    """Weights by the names of the file; matrices in its whole numbers, each column with a scale of its own."""
    matrices = {
        f"encoder.layer.{layer}.{matrix}.weight": f"val_{number}"
        for layer, numbers in NUMBERS.items()
        for matrix, number in zip(MATRICES, numbers, strict=True)
    }
    renamed: Named = {}
    for name, weight in tuned.items():
        if name in matrices:
            columns = weight.T
            scale = np.maximum(np.abs(columns).max(axis=0, keepdims=True), 1e-12) / MOST
            renamed[matrices[name] + "_q"] = np.round(columns / scale).astype(np.int8)
            renamed[matrices[name] + "_scale"] = scale.astype(np.float32)
        else:
            renamed["inner." + name] = weight.astype(np.float32)
    return renamed
