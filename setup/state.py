"""Removing the local state: databases, keys and logs. Browser assets stay."""

import shutil
import sys
from pathlib import Path

from .steps import ROOT, SetupError, say

KEPT = {"assets", "setup.lock"}


def clean() -> None:
    """Empty var/ after asking, for with the keys everything that they encrypt is gone for good."""
    state = ROOT / "var"
    doomed = sorted(path for path in state.iterdir() if path.name not in KEPT) if state.is_dir() else []
    if not doomed:
        say("There is no state to remove.")
        return
    say("This removes for good, keys included: " + ", ".join("var/" + path.name for path in doomed))
    if not sys.stdin.isatty() or input("Type yes to go on: ").strip() != "yes":
        raise SetupError("Nothing was removed. It is asked for at a terminal, and only the word yes will do.")
    for path in doomed:
        _remove(path)


def _remove(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(str(path))
    else:
        path.unlink()
