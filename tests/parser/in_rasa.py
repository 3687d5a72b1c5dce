"""Runs a script of this folder with Rasa's Python and reads its last line."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest

HERE = Path(__file__).parent
PYTHON = HERE.parents[1] / ".venv-rasa" / "bin" / "python"


def said_by(script: str) -> dict[str, Any]:
    """What the script printed as JSON; skips where Rasa's environment is not installed."""
    if not PYTHON.exists():
        pytest.skip("Rasa's environment is not installed")
    ran = subprocess.run(
        [str(PYTHON), str(HERE / script)], capture_output=True, text=True, timeout=120, check=True
    )
    found: dict[str, Any] = json.loads(ran.stdout.splitlines()[-1])
    return found
