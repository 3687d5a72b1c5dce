"""One run of Rasa's training over the project's data and a private folder beside it."""

from __future__ import annotations

import os
import re
import subprocess
import threading
import time
from collections.abc import Callable
from pathlib import Path

from bot.officers.places import Places

LOOK_SECONDS = 2.0
LONGEST_SECONDS = 1800.0
_STEP = re.compile(r"Learning|Starting to train|Finished training|Epochs")


class TrainingFailed(Exception):
    """Rasa ended without a model; says why in a sentence."""


def learn(places: Places, private: Path, name: str, beat: Callable[[int], None]) -> Path:
    """Train on `data/nlu` and the private folder; returns the model. `beat` hears how many steps are done.

    Rasa's cache and temporary files stay in the private folder, since they hold what it read.
    """
    program = places.root / ".venv-rasa" / "bin" / "python"
    if not program.exists():
        raise TrainingFailed("Rasa’s environment is not installed. Ask whoever runs this service.")
    places.models.mkdir(parents=True, exist_ok=True, mode=0o700)
    (private / "tmp").mkdir(mode=0o700, exist_ok=True)
    # Rasa's validation reads all messages once more, half a minute; our tests look after the data.
    command = [str(program), "-m", "bot.parser.rasa_train", "--skip-validation"]
    command += ["--config", "config.yml", "--domain", "domain.yml"]
    command += ["--data", "data/nlu", "data/rules.yml", str(private / "examples")]
    command += ["--out", str(places.models), "--fixed-model-name", name]
    process = subprocess.Popen(
        command,
        cwd=places.root,
        env=_environment(private),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        umask=0o077,
    )
    steps = _Steps(process)
    try:
        _wait(process, steps, beat)
    finally:
        if process.poll() is None:
            process.kill()
            process.wait()
    steps.join()
    model = places.models / name
    if process.returncode != 0 or not model.exists():
        raise TrainingFailed(f"Rasa ended without a model (code {process.returncode}).")
    return model


def _wait(process: subprocess.Popen[str], steps: _Steps, beat: Callable[[int], None]) -> None:
    until = time.monotonic() + LONGEST_SECONDS
    while process.poll() is None:
        if time.monotonic() > until:
            raise TrainingFailed("The training took longer than half an hour and was stopped.")
        beat(steps.done)
        try:
            process.wait(LOOK_SECONDS)
        except subprocess.TimeoutExpired:
            continue


class _Steps(threading.Thread):
    """Counts the steps that Rasa tells of. Its words are not kept: they may repeat what it read."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        super().__init__(daemon=True)
        self.done = 0
        self._lines = process.stdout
        self.start()

    def run(self) -> None:
        """Read to the end, so that Rasa never waits for a reader."""
        for line in self._lines or ():
            if _STEP.search(line):
                self.done += 1


def _environment(private: Path) -> dict[str, str]:
    """What Rasa needs and nothing else: no settings of ours, no telemetry, no graphics card."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    return kept | {
        "PYTHONUNBUFFERED": "1",
        "PYTHONWARNINGS": "ignore",
        "RASA_TELEMETRY_ENABLED": "false",
        "RASA_CACHE_DIRECTORY": str(private / "cache"),
        "TMPDIR": str(private / "tmp"),
        "SQLALCHEMY_SILENCE_UBER_WARNING": "1",
        "TF_CPP_MIN_LOG_LEVEL": "2",
        "CUDA_VISIBLE_DEVICES": "-1",
    }
