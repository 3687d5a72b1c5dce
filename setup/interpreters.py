"""Finding the Python that an environment needs, wherever this machine keeps it, or fetching it."""

import os
import shutil
import subprocess
import time
from pathlib import Path
from typing import Iterator, Optional

from . import uv
from .steps import environment_without_python_settings, progress, say

FETCH_SECONDS = 300.0
ASK_AGAIN_SECONDS = 3600.0


def find_or_fetch(version: str) -> Optional[str]:
    """Path of a Python of this version (such as "3.12"), fetched if need be; None when none is to be had."""
    for candidate in _candidates(version):
        if is_version(candidate, version):
            return candidate
    found = uv.ask(["python", "find", "--no-project", version])
    if found and is_version(found, version):
        return found
    refused = uv.HOME / "no-python-{}".format(version)
    if refused.exists() and time.time() - refused.stat().st_mtime < ASK_AGAIN_SECONDS:
        return None
    with progress("Python {} is not on this machine: trying to fetch it".format(version)):
        fetched = uv.ask(["python", "install", version], timeout=FETCH_SECONDS)
    if fetched is None:
        refused.touch()
        say("   it could not be fetched")
        return None
    return uv.ask(["python", "find", "--no-project", version])


def how_to_install(version: str) -> str:
    """What to type to get this Python, in the order in which it most often works."""
    return (
        "Python {0} was not found and could not be fetched.\n"
        "Install it in one of these ways and start again:\n"
        "    .uv/bin/uv python install {0}\n"
        "    pyenv install {0}\n"
        "    apt-get install python{0} python{0}-venv        (where the distribution has it)"
    ).format(version)


def _candidates(version: str) -> Iterator[str]:
    pyenv = Path(os.environ.get("PYENV_ROOT") or Path.home() / ".pyenv")
    for folder in sorted((pyenv / "versions").glob(version + ".*"), reverse=True):
        yield str(folder / "bin" / "python{}".format(version))
    on_path = shutil.which("python{}".format(version))
    if on_path:
        yield on_path


def is_version(program: str, version: str) -> bool:
    """True when this program runs, is that Python and has the parts that everything here relies on."""
    probe = "import sys, ssl, sqlite3; print('%d.%d' % sys.version_info[:2])"
    try:
        told = subprocess.run(
            [program, "-c", probe],
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=environment_without_python_settings(),
            timeout=30,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return told.returncode == 0 and told.stdout.decode().strip() == version
