"""A parser of one's own on a free port, for measuring: started, waited for, stopped."""

from __future__ import annotations

import os
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import requests

ROOT = Path(__file__).resolve().parent.parent.parent
RASA = ROOT / ".venv-rasa" / "bin" / "rasa"
READY_SECONDS = 180.0


class ParserMissing(Exception):
    """The parser cannot be started here; the message says what to do."""


@contextmanager
def running_parser(
    model: Path | None = None, log: Path | None = None, patience: float = READY_SECONDS
) -> Iterator[str]:
    """Address of a parser that serves this model (else the newest in ``models/``) until the block ends.

    ``patience``: seconds that it may take until it answers.
    """
    if not RASA.exists():
        raise ParserMissing("Rasa's environment is not installed. Run  make setup  to see why.")
    chosen = model or newest_model()
    port = _free_port()
    with (log or Path(os.devnull)).open("w") as output:
        process = subprocess.Popen(
            _command(chosen, port),
            cwd=ROOT,
            env=_environment(),
            stdout=output,
            stderr=subprocess.STDOUT,
        )
        try:
            address = f"http://127.0.0.1:{port}"
            _wait(address, process, patience)
            yield address
        finally:
            process.terminate()
            try:
                process.wait(timeout=15)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def _command(model: Path, port: int) -> list[str]:
    return [
        *(str(RASA), "run", "--enable-api", "--quiet", "--interface", "127.0.0.1", "--port", str(port)),
        *("--model", str(model), "--endpoints", "endpoints.yml", "--credentials", "credentials.yml"),
    ]


def newest_model() -> Path:
    """The model that Rasa would serve."""
    trained = sorted((ROOT / "models").glob("*.tar.gz"), key=lambda path: path.stat().st_mtime)
    if not trained:
        raise ParserMissing("There is no trained model in models/. Run  make train.")
    return trained[-1]


def _wait(address: str, process: subprocess.Popen[bytes], patience: float) -> None:
    until = time.monotonic() + patience
    while time.monotonic() < until:
        if process.poll() is not None:
            raise ParserMissing(f"The parser ended with code {process.returncode} before it was ready.")
        try:
            if requests.get(f"{address}/status", timeout=2).ok:
                return
        except requests.RequestException:
            time.sleep(0.5)
    raise ParserMissing(f"The parser was not ready within {patience:.0f} seconds.")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _environment() -> dict[str, str]:
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG", "TMPDIR") if name in os.environ}
    return {
        **kept,
        "RASA_TELEMETRY_ENABLED": "false",
        "SQLALCHEMY_SILENCE_UBER_WARNING": "1",
        "LOG_LEVEL_LIBRARIES": "ERROR",
        "TF_CPP_MIN_LOG_LEVEL": "2",
        "CUDA_VISIBLE_DEVICES": "-1",
        "PYTHONWARNINGS": "ignore",
        "BOT_ACTIONS_PORT": "5055",
    }
