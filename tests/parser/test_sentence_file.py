"""What was learned is what is read: onnxruntime's file says of a text what TensorFlow said while learning."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PYTHON = ROOT / ".venv-rasa" / "bin" / "python"

pytestmark = [pytest.mark.parser, pytest.mark.slow]


@pytest.fixture(scope="module")
def said() -> dict[str, float]:
    if not PYTHON.exists():
        pytest.skip("Rasa's environment is not installed")
    ran = subprocess.run(
        [str(PYTHON), str(ROOT / "tests" / "parser" / "what_onnxruntime_reads.py")],
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
    )
    found: dict[str, float] = json.loads(ran.stdout.splitlines()[-1])
    return found


def test_the_written_file_reads_as_the_tuned_layers_do(said: dict[str, float]) -> None:
    assert said["learned"] > 0.98
    assert said["published"] < 0.95, "the changed layers were not read"


def test_a_text_reads_alike_alone_and_among_others(said: dict[str, float]) -> None:
    assert said["alone"] > 0.98


def test_a_tuning_is_learned_once_for_the_same_messages(said: dict[str, float]) -> None:
    assert said["kept"] is True
