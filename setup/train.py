"""``python -m setup.train [--if-needed]``: train the parser's model, named by what it is made from."""

import os
import re
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Dict, List

from .environments import PARSER
from .steps import HEARTBEAT_SECONDS, LINES_SHOWN_ON_FAILURE, ROOT, SetupError, digest, say

MODELS = ROOT / "models"
KEPT = 3
RASA = PARSER / "bin" / "rasa"
PROJECT = [
    ROOT / "config.yml",
    ROOT / "domain.yml",
    ROOT / "data" / "rules.yml",
    ROOT / "requirements" / "rasa.txt",
]


def made_from() -> List[Path]:
    """Every file whose content decides what the model is."""
    learned = sorted(path for path in (ROOT / "data" / "nlu").rglob("*") if path.is_file())
    component = sorted(path for path in (ROOT / "bot" / "parser").glob("*.py") if path.name != "compare.py")
    return [*PROJECT, *learned, *component]


def model() -> Path:
    """Where the model for the present data stands, trained or not."""
    inputs = made_from()
    names = [str(path.relative_to(ROOT)) for path in inputs]
    return MODELS / "parser-{}.tar.gz".format(digest([*inputs, *names])[:16])


def train(if_needed: bool = False) -> Path:
    """Train, unless the model for this very data is there; Rasa serves the newest, so it is touched."""
    wanted = model()
    if if_needed and wanted.exists():
        wanted.touch()
        return wanted
    if not RASA.exists():
        raise SetupError("Rasa's environment is not installed. Run  make setup  to see why.")
    MODELS.mkdir(exist_ok=True)
    say("-> training the parser's model (a few minutes on two cores)")
    started = time.monotonic()
    _run(wanted)
    if not wanted.exists():
        raise SetupError("Rasa ended without a model. See its last lines above.")
    _forget_old(wanted)
    say("   {} trained in {:.0f} s".format(wanted.name, time.monotonic() - started))
    return wanted


def _run(wanted: Path) -> None:
    # Rasa's validation reads all messages once more, half a minute; our tests look after the data.
    command = [
        str(RASA.parent / "python"),
        "-m",
        "bot.parser.rasa_train",
        "--force",
        "--skip-validation",
        "--config",
        "config.yml",
        "--domain",
        "domain.yml",
    ]
    command += [
        "--data",
        "data/nlu",
        "data/rules.yml",
        "--out",
        str(MODELS),
        "--fixed-model-name",
        wanted.name,
    ]
    process = subprocess.Popen(
        command,
        cwd=str(ROOT),
        env=_environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    done = threading.Event()
    pulse = threading.Thread(target=_beat, args=(done,), daemon=True)
    pulse.start()
    lines: List[str] = []
    for line in process.stdout or ():
        lines.append(line.rstrip())
        if re.search(r"INFO .*(?:Learning|Starting to train|Finished training)|ERROR|Error:", line):
            say("   " + re.sub(r"^\S+ \S+ +|\x1b\[[0-9;]*m", "", line.strip()))
    done.set()
    if process.wait() != 0:
        raise SetupError("Training failed:\n" + "\n".join(lines[-LINES_SHOWN_ON_FAILURE:]))


def _beat(done: threading.Event) -> None:
    started = time.monotonic()
    while not done.wait(HEARTBEAT_SECONDS):
        say("   ... still training ({:.0f} s)".format(time.monotonic() - started))


def _environment() -> Dict[str, str]:
    """What Rasa needs and nothing else: no settings of ours, no telemetry, no graphics card."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG", "TMPDIR") if name in os.environ}
    return {
        **kept,
        "PYTHONUNBUFFERED": "1",
        "PYTHONWARNINGS": "ignore",
        "RASA_TELEMETRY_ENABLED": "false",
        "SQLALCHEMY_SILENCE_UBER_WARNING": "1",
        "TF_CPP_MIN_LOG_LEVEL": "2",
        "CUDA_VISIBLE_DEVICES": "-1",
    }


def _forget_old(newest: Path) -> None:
    """Keep the last few models, so that an earlier one can be gone back to, and the last sentence models."""
    for kind in ("parser-*.tar.gz", "sentences-*.npz"):
        made = sorted(MODELS.glob(kind), key=lambda path: path.stat().st_mtime, reverse=True)
        for old in [path for path in made if path != newest][KEPT - 1 :]:
            old.unlink()


def main(arguments: List[str]) -> int:
    """Train, or say why it cannot be done and how to mend it."""
    if arguments not in ([], ["--if-needed"]):
        print("usage: python -m setup.train [--if-needed]", file=sys.stderr)
        return 2
    try:
        train(if_needed=bool(arguments))
    except SetupError as fault:
        print("Training stopped.\n{}".format(fault), file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
