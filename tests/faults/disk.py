"""A disk that can be filled and freed while a database lives on it."""

from __future__ import annotations

import errno
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_MEGABYTE = b"\0" * 1024 * 1024


class SmallDisk:
    """A folder on a disk of its own (a tmpfs) where mounting is allowed; else one that is never full."""

    def __init__(self, folder: Path, *, is_own: bool) -> None:
        self.folder = folder
        self.is_own = is_own
        self._filler = folder / "filler"

    def fill(self) -> None:
        """Take every byte that is left."""
        if not self.is_own:
            return
        with self._filler.open("ab", buffering=0) as filler:
            for size in (len(_MEGABYTE), 4096, 1):
                try:
                    while filler.write(_MEGABYTE[:size]) == size:
                        pass
                except OSError as error:
                    if error.errno != errno.ENOSPC:
                        raise

    def free(self) -> None:
        """Give it back."""
        self._filler.unlink(missing_ok=True)


@contextmanager
def small_disk(folder: Path, megabytes: int) -> Iterator[SmallDisk]:
    """Mount it there until left."""
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", f"size={megabytes}m,mode=0700", "tmpfs", str(folder)]
    try:
        is_own = subprocess.run(mount, capture_output=True, check=False).returncode == 0
    except FileNotFoundError:
        is_own = False
    try:
        yield SmallDisk(folder, is_own=is_own)
    finally:
        if is_own:
            subprocess.run(["umount", "-l", str(folder)], check=True)
