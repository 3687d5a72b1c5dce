"""What a sentence means as 384 numbers: a written sentence model (int8), run by onnxruntime on this machine."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from pathlib import Path

import numpy as np
import onnxruntime
from tokenizers import Tokenizer

from bot.parser.weights import TOKENS, WIDTH, checked
from bot.parser.wording import plain

MOST_TOKENS = 160


class SentenceVectors:
    """Turns texts into vectors; texts that mean alike point alike."""

    def __init__(self, file: Path, threads: int = 1) -> None:
        """``threads``: texts read side by side; one for reading, since a second would take the core on which the web
        process goes on with the turn meanwhile.
        """
        self._threads = threads
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1  # texts side by side take a fifth less than threads within one
        self._session = onnxruntime.InferenceSession(str(file), options, providers=["CPUExecutionProvider"])

    def of(self, texts: Sequence[str]) -> np.ndarray:
        """One row for each text."""
        vectors = np.zeros((len(texts), WIDTH), dtype=np.float32)
        for row, vector in enumerate(self.made(token_numbers(texts))):
            vectors[row] = vector
        return vectors

    def made(self, tokens: Sequence[Sequence[int]]) -> Iterator[np.ndarray]:
        """What the model makes of each text's tokens.

        Each text is read by itself: those read together share one scale on the way into each large product, so what
        a text means would hang on its neighbours, and be another at each training.
        """
        if self._threads == 1:
            yield from map(self._one, tokens)
            return
        with ThreadPoolExecutor(self._threads) as cores:
            yield from cores.map(self._one, tokens)

    def _one(self, tokens: Sequence[int]) -> np.ndarray:
        ids = np.array([tokens], dtype=np.int64)
        mask = np.ones(ids.shape, dtype=np.float32)
        found: np.ndarray = self._session.run(None, {"ids": ids, "mask": mask})[0][0]
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
