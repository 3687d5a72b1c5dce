"""The two Python environments: the application's (3.12) and, apart from it, Rasa's (3.10)."""

import shutil
from pathlib import Path

from . import interpreters, uv
from .steps import ROOT, SetupError, digest, is_current, leave, progress, say

APPLICATION = ROOT / ".venv"
PARSER = ROOT / ".venv-rasa"
MEND = "Is the Python package registry within reach? If it is, remove the folder {} and start again."


def application() -> None:
    """Everything but the parser. Without it nothing works, so its absence is an error."""
    if not _environment(
        APPLICATION, "3.12", ROOT / "requirements" / "app.txt", "the application's libraries"
    ):
        raise SetupError(interpreters.how_to_install("3.12"))


def parser() -> bool:
    """Rasa's environment. Without it the chat works by buttons and plain questions; say so and go on."""
    if _environment(PARSER, "3.10", ROOT / "requirements" / "rasa.txt", "Rasa (large: about 2 GB unpacked)"):
        return True
    say(interpreters.how_to_install("3.10"))
    say("Until then the chat works with buttons and plain questions; it does not read free text.")
    return False


def _environment(folder: Path, version: str, lock: Path, what: str) -> bool:
    fingerprint = digest([lock, version])
    stamp = folder / "made-from"
    python = folder / "bin" / "python"
    if is_current(stamp, fingerprint) and python.exists():
        return True
    uv.ready()
    mend = MEND.format(folder.name)
    if not _runs(python, version):
        interpreter = interpreters.find_or_fetch(version)
        if interpreter is None:
            return False
        if folder.exists():
            shutil.rmtree(str(folder))
        uv.uv(["venv", "--quiet", "--no-project", "--python", interpreter, str(folder)], mend)
    with progress("installing {} for Python {}".format(what, version)):
        uv.uv(["pip", "sync", "--require-hashes", "--python", str(python), str(lock)], mend)
    leave(stamp, fingerprint)
    return True


def _runs(python: Path, version: str) -> bool:
    return python.exists() and interpreters.is_version(str(python), version)
