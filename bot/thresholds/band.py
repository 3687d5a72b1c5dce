"""The bands of a threshold document: how soon, and by whom, MASH would deal with a concern."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum


class Band(StrEnum):
    """Red, Amber, Green or none, ordered by ``rank``. A band is urgency, not level of need."""

    NONE = "none"
    GREEN = "green"
    AMBER = "amber"
    RED = "red"

    @property
    def rank(self) -> int:
        """0 for none up to 3 for Red."""
        return _RANKS[self]


_RANKS = {Band.NONE: 0, Band.GREEN: 1, Band.AMBER: 2, Band.RED: 3}


def max_band(bands: Iterable[Band | None]) -> Band | None:
    """Return the most urgent of some bands; None when there is none among them."""
    known = [band for band in bands if band is not None]
    return max(known, key=lambda band: band.rank) if known else None
