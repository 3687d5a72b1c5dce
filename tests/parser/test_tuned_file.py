"""What was learned is what is read: onnxruntime's file says of a text what TensorFlow said while learning."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PYTHON = ROOT / ".venv-rasa" / "bin" / "python"


@pytest.mark.parser
@pytest.mark.slow
def test_the_written_file_reads_as_the_tuned_model_does() -> None:
    if not PYTHON.exists():
        pytest.skip("Rasa's environment is not installed")
    ran = subprocess.run(
        [str(PYTHON), str(ROOT / "tests" / "parser" / "what_onnxruntime_reads.py")],
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
    )
    likeness = json.loads(ran.stdout.splitlines()[-1])
    assert likeness["learned"] > 0.995
    assert likeness["published"] < 0.95, "the changed layers were not read"
