"""The real programs of both sides as child processes that can be killed at any moment and started again."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from pathlib import Path

import requests

ROOT = Path(__file__).resolve().parent.parent.parent
_STARTS_WITHIN = 300.0


class DidNotStart(RuntimeError):
    """A program did not become ready; its log says why."""


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        port: int = listening.getsockname()[1]
        return port


class Program:
    """One program: its command, environment and log; `ready` is the address that answers once it serves."""

    def __init__(
        self,
        name: str,
        command: Sequence[str],
        environment: dict[str, str],
        folder: Path,
        ready: str | None = None,
    ) -> None:
        self.name = name
        self.kills = 0
        self._command = [sys.executable, "-m", *command]
        self._environment = {**os.environ, **environment}
        self._log = folder / f"{name}.log"
        self._ready = ready
        self._process: subprocess.Popen[bytes] | None = None
        self._lock = threading.Lock()

    @property
    def log(self) -> str:
        """What it wrote."""
        return self._log.read_text("utf-8", "replace")

    def start(self) -> None:
        """Start it, without waiting."""
        with self._lock, self._log.open("ab") as log:
            self._process = subprocess.Popen(
                self._command, cwd=ROOT, env=self._environment, stdout=log, stderr=subprocess.STDOUT
            )

    def wait_ready(self) -> None:
        """Wait until it serves; raises DidNotStart."""
        until = time.monotonic() + _STARTS_WITHIN
        while self._ready is not None:
            with contextlib.suppress(requests.RequestException):
                if requests.get(self._ready, timeout=5).ok:
                    return
            if time.monotonic() > until or not self.is_running:
                raise DidNotStart(f"{self.name} did not start:\n{self.log[-2000:]}")
            time.sleep(0.05)

    def wait_said(self, words: str) -> None:
        """Wait until its log says so."""
        until = time.monotonic() + _STARTS_WITHIN
        while words not in self.log:
            if time.monotonic() > until or not self.is_running:
                raise DidNotStart(f"{self.name} did not start:\n{self.log[-2000:]}")
            time.sleep(0.05)

    @property
    def is_running(self) -> bool:
        """Whether the process lives."""
        return self._process is not None and self._process.poll() is None

    def kill(self) -> None:
        """SIGKILL: no time to tidy up."""
        with self._lock:
            if self._process is not None:
                self._process.send_signal(signal.SIGKILL)
                self._process.wait()
                self.kills += 1

    def stop(self) -> None:
        """Ask it to end, and see that it does."""
        with self._lock:
            if self._process is None or self._process.poll() is not None:
                return
            self._process.terminate()
            try:
                self._process.wait(15)
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait()


def run_once(command: Sequence[str], environment: dict[str, str]) -> str:
    """Run a command of the project to its end; returns what it printed."""
    done = subprocess.run(
        [sys.executable, "-m", *command],
        cwd=ROOT,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise DidNotStart(f"{' '.join(command)} failed:\n{done.stderr[-2000:]}")
    return done.stdout
