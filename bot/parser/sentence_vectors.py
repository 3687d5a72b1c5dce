"""What a sentence means as 384 numbers: MiniLM in whole numbers (int8), run by onnxruntime from files on this machine."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path

import numpy as np
import onnxruntime
from tokenizers import Tokenizer

from bot.parser.weights import TOKENS, WHOLE_NUMBERS, checked
from bot.parser.wording import plain

LENGTH = 384
MOST_TOKENS = 160
BATCH = 32


class SentenceVectors:
    """Turns texts into vectors; texts that mean alike point alike."""

    def __init__(self, threads: int = 1, tuned: Path | None = None) -> None:
        """``threads``: one for reading, since a second would take the core on which the web process goes on with the
        turn meanwhile; more while learning. ``tuned``: a file of ours that takes the place of the published one.
        """
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        self._session = onnxruntime.InferenceSession(
            str(tuned or checked(WHOLE_NUMBERS)), options, providers=["CPUExecutionProvider"]
        )

    def of(self, texts: Sequence[str]) -> np.ndarray:
        """One row for each text. Texts of like length go together, so that little is padded."""
        vectors = np.zeros((len(texts), LENGTH), dtype=np.float32)
        order = sorted(range(len(texts)), key=lambda i: len(texts[i]))
        for start in range(0, len(order), BATCH):
            rows = order[start : start + BATCH]
            vectors[rows] = self._batch([texts[i] for i in rows])
        return vectors

    def _batch(self, texts: list[str]) -> np.ndarray:
        rows = token_numbers(texts)
        ids = np.zeros((len(rows), max(map(len, rows))), dtype=np.int64)
        mask = np.zeros_like(ids)
        for number, row in enumerate(rows):
            ids[number, : len(row)], mask[number, : len(row)] = row, 1
        inputs = {"input_ids": ids, "attention_mask": mask, "token_type_ids": np.zeros_like(ids)}
        words = self._session.run(None, inputs)[0]
        weights = mask[:, :, None].astype(np.float32)
        mean: np.ndarray = (words * weights).sum(axis=1) / np.maximum(weights.sum(axis=1), 1.0)
        return mean


def token_numbers(texts: Sequence[str]) -> list[list[int]]:
    """Each text as the numbers of its pieces of words, the first 160 of them."""
    return [encoded.ids for encoded in _tokenizer().encode_batch([plain(text) for text in texts])]


@cache
def _tokenizer() -> Tokenizer:
    tokenizer = Tokenizer.from_file(str(checked(TOKENS)))
    tokenizer.enable_truncation(MOST_TOKENS)
    tokenizer.no_padding()
    return tokenizer
