"""Near-copies: a held-out message must not stand, slightly changed, among what was learned. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

LONG = 4
ALIKE = 0.6
"""Two messages that share so much of their four-letter pieces (Jaccard) teach or test the same thing."""


@dataclass(frozen=True)
class Known:
    """A message that stands in a set already."""

    label: str
    pieces: frozenset[str]


def known(label: str, text: str) -> Known:
    """A message of a set, taken apart once."""
    return Known(label, pieces(text))


def pieces(text: str) -> frozenset[str]:
    """All runs of four letters or digits; what redaction put in, punctuation and case do not count."""
    plain = re.sub(r"\[[A-Z_ ]+\]", " ", text).casefold().replace("'", "").replace("’", "")
    joined = f" {' '.join(re.findall(r'[a-z0-9à-ÿ]+', plain))} "
    return frozenset(joined[at : at + LONG] for at in range(max(1, len(joined) - LONG + 1)))


def near_copy(text: str, among: Iterable[Known]) -> Known | None:
    """The first message of a set that this one nearly repeats, or None."""
    own = pieces(text)
    return next((one for one in among if _alike(own, one.pieces) >= ALIKE), None)


def _alike(one: frozenset[str], other: frozenset[str]) -> float:
    if min(len(one), len(other)) < ALIKE * max(len(one), len(other)):
        return 0.0
    return len(one & other) / len(one | other)
