"""The threshold packs at hand: loaded once, found again by the version that a concern is pinned to."""

from __future__ import annotations

import logging
from datetime import date
from functools import lru_cache
from pathlib import Path

from bot.concerns.errors import NotNow
from bot.thresholds import Pack, PackError, load_pack

log = logging.getLogger(__name__)


class PackShelf:
    """Loads packs from one folder. A pack is immutable once published, so one load serves the process."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._load = lru_cache(maxsize=32)(self._load_version)
        self._load_on = lru_cache(maxsize=32)(self._load_in_force)
        self._all_on = lru_cache(maxsize=4)(self._load_all)

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

    def all_in_force(self, on: date) -> tuple[Pack, ...]:
        """Every pack that is in force on a day. One that cannot be read is left out, and said in the log."""
        return self._all_on(on)

    def base_of(self, pack: Pack) -> Pack:
        """The national base that a pack stands on; the pack itself where it stands alone."""
        while pack.extends is not None:
            name, _, version = pack.extends.partition("@")
            pack = self._load(name, version)
        return pack

    def _load_all(self, on: date) -> tuple[Pack, ...]:
        packs = []
        for folder in sorted(one for one in self._root.iterdir() if one.is_dir()):
            try:
                packs.append(self._load_on(folder.name, on))
            except PackError:
                log.warning("the threshold pack %s is left out: it cannot be read for %s", folder.name, on)
        return tuple(packs)

    def _load_in_force(self, name: str, on: date) -> Pack:
        return load_pack(name, root=self._root, on=on)

    def _load_version(self, name: str, version: str) -> Pack:
        return load_pack(name, root=self._root, version=version)
