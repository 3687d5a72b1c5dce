"""The threshold packs at hand: loaded once, found again by the version that a concern is pinned to."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from pathlib import Path

from bot.concerns.errors import NotNow
from bot.thresholds import Pack, load_pack


class PackShelf:
    """Loads packs from one folder. A pack is immutable once published, so one load serves the process."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._load = lru_cache(maxsize=32)(self._load_version)
        self._load_on = lru_cache(maxsize=32)(self._load_in_force)

    def in_force(self, name: str, on: date) -> Pack:
        """The version of a pack that is in force on a day; raises PackError."""
        return self._load_on(name, on)

    def pinned(self, name: str, version: str, digest: str) -> Pack:
        """The very pack that a concern was opened with; raises NotNow when its content has changed since."""
        pack = self._load(name, version)
        if pack.digest != digest:
            raise NotNow(
                f"The threshold pack {name} {version} was changed after this concern was opened. "
                "Restore the published file; a published version must never change."
            )
        return pack

    def _load_in_force(self, name: str, on: date) -> Pack:
        return load_pack(name, root=self._root, on=on)

    def _load_version(self, name: str, version: str) -> Pack:
        return load_pack(name, root=self._root, version=version)
