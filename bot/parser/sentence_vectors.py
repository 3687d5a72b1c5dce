"""What a sentence means as 384 numbers: a written sentence model (int8), run by onnxruntime on this machine."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from pathlib import Path

import numpy as np
import onnxruntime
from tokenizers import Tokenizer

from bot.parser.weights import TOKENS, WIDTH, checked
from bot.parser.wording import plain

MOST_TOKENS = 160
BATCH = 8
"""Texts read at a time. They share one scale on the way into each large product: few, since a message comes alone."""


class SentenceVectors:
    """Turns texts into vectors; texts that mean alike point alike."""

    def __init__(self, file: Path, threads: int = 1) -> None:
        """``threads``: batches read side by side; one for reading, since a second would take the core on which the web
        process goes on with the turn meanwhile.
        """
        self._threads = threads
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1  # batches side by side take a fifth less than threads within one
        self._session = onnxruntime.InferenceSession(str(file), options, providers=["CPUExecutionProvider"])

    def of(self, texts: Sequence[str]) -> np.ndarray:
        """One row for each text."""
        vectors = np.zeros((len(texts), WIDTH), dtype=np.float32)
        for row, vector in self.made(token_numbers(texts)):
            vectors[row] = vector
        return vectors

    def made(self, tokens: Sequence[Sequence[int]]) -> Iterator[tuple[int, np.ndarray]]:
        """What the model makes of each text's tokens, with the text's number, the shortest first.

        Texts of like length go together, so that little is padded.
        """
        order = sorted(range(len(tokens)), key=lambda row: len(tokens[row]))
        batches = [order[start : start + BATCH] for start in range(0, len(order), BATCH)]

        def read(rows: Sequence[int]) -> np.ndarray:
            return self._batch([tokens[row] for row in rows])

        for rows, made in zip(batches, self._side_by_side(read, batches), strict=True):
            yield from zip(rows, made, strict=True)

    def _side_by_side(
        self, read: Callable[[Sequence[int]], np.ndarray], batches: Sequence[Sequence[int]]
    ) -> Iterator[np.ndarray]:
        if self._threads == 1:
            yield from map(read, batches)
            return
        with ThreadPoolExecutor(self._threads) as cores:
            yield from cores.map(read, batches)

    def _batch(self, rows: Sequence[Sequence[int]]) -> np.ndarray:
        ids = np.zeros((len(rows), max(map(len, rows))), dtype=np.int64)
        mask = np.zeros(ids.shape, dtype=np.float32)
        for number, row in enumerate(rows):
            ids[number, : len(row)], mask[number, : len(row)] = row, 1
        found: np.ndarray = self._session.run(None, {"ids": ids, "mask": mask})[0]
        return found


def token_numbers(texts: Sequence[str]) -> list[list[int]]:
    """Each text as the numbers of its pieces of words, the first 160 of them."""
    return [encoded.ids for encoded in _tokenizer().encode_batch([plain(text) for text in texts])]


@cache
def _tokenizer() -> Tokenizer:
    tokenizer = Tokenizer.from_file(str(checked(TOKENS)))
    tokenizer.enable_truncation(MOST_TOKENS)
    tokenizer.no_padding()
    return tokenizer
