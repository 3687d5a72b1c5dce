"""The project's own uv, in a small environment of its own, so that no other Python's upgrade can break it."""

import sys
from pathlib import Path
from typing import Dict, List, Optional

from .steps import (
    ROOT,
    SetupError,
    digest,
    environment_without_python_settings,
    is_current,
    leave,
    progress,
    run,
)

HOME = ROOT / ".uv"
LOCK = ROOT / "requirements" / "uv.txt"

NO_VENV = (
    "Python's venv module is needed to begin. On Debian or Ubuntu install it with\n"
    "    apt-get install python3-venv\n"
    "or name another Python with  make PYTHON=/path/to/python3"
)
NO_REGISTRY = (
    "Is the Python package registry within reach of pip? Set it up for pip as usual and start again."
)


def ready() -> None:
    """Install uv unless the one that the lock names is already there."""
    fingerprint = digest([LOCK, sys.executable])
    stamp = HOME / "made-from"
    if is_current(stamp, fingerprint) and _program().exists():
        return
    clean = environment_without_python_settings()
    with progress("installing uv, which installs the rest"):
        run([sys.executable, "-m", "venv", "--clear", str(HOME)], NO_VENV, clean)
        python = str(HOME / "bin" / "python")
        run(
            [python, "-m", "pip", "install", "--quiet", "--require-hashes", "-r", str(LOCK)],
            NO_REGISTRY,
            clean,
        )
    leave(stamp, fingerprint)


def uv(arguments: List[str], mend: str, timeout: Optional[float] = None) -> str:
    """Run uv with these arguments and return what it printed."""
    return run([str(_program()), *arguments], mend, _environment(), timeout)


def ask(arguments: List[str], timeout: Optional[float] = None) -> Optional[str]:
    """Run uv; None when it says no."""
    try:
        return uv(arguments, "", timeout).strip()
    except SetupError:
        return None


def _program() -> Path:
    return HOME / "bin" / "uv"


def _environment() -> Dict[str, str]:
    """uv does not read pip's settings; hand on the registry and certificate that pip was given."""
    env = environment_without_python_settings()
    env.setdefault("UV_NO_PROGRESS", "1")
    if "UV_DEFAULT_INDEX" not in env and "UV_INDEX_URL" not in env:
        configured = env.get("PIP_INDEX_URL") or _pip_setting("global.index-url")
        if configured:
            env["UV_DEFAULT_INDEX"] = configured
    if env.get("PIP_CERT"):
        env.setdefault("SSL_CERT_FILE", env["PIP_CERT"])
    return env


def _pip_setting(name: str) -> Optional[str]:
    try:
        python = str(HOME / "bin" / "python")
        return run(
            [python, "-m", "pip", "config", "get", name], "", environment_without_python_settings()
        ).strip()
    except SetupError:
        return None
