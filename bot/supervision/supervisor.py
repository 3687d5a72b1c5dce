"""Talking to supervisord: starting it, asking how its programs are, stopping it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, Self
from xmlrpc.client import Fault, ServerProxy

from supervisor.xmlrpc import SupervisorTransport

from bot.settings import ROOT
from bot.supervision.programs import Program, configuration, pid_file

STOP_SECONDS = 30


class Supervisor:
    """A running supervisord with these programs; leaving the ``with`` stops all of them."""

    def __init__(self, listed: Sequence[Program], state: Path) -> None:
        self._listed = listed
        self._state = state
        # A socket's path may be about a hundred characters long, and a state folder's may be longer.
        self._socket_folder = Path(tempfile.mkdtemp(prefix="bot-"))
        self._socket = self._socket_folder / "supervisor.sock"
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        file = self._state / "supervisord.conf"
        file.write_text(configuration(self._listed, self._state, self._socket))
        # Its own session: Ctrl-C at the terminal reaches us alone, and we stop the programs in good order.
        with (self._state / "logs" / "supervisord.out").open("ab") as output:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "supervisor.supervisord", "-n", "-c", str(file)],
                cwd=ROOT,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._process is not None and self._process.poll() is None:
            self._process.terminate()
            try:
                self._process.wait(STOP_SECONDS)
            except subprocess.TimeoutExpired:
                self._process.kill()
        shutil.rmtree(self._socket_folder, ignore_errors=True)

    def exit_code(self) -> int | None:
        """supervisord's own exit code, or None while it runs."""
        return self._process.poll() if self._process is not None else None

    def states(self) -> dict[str, str]:
        """Each program's state in supervisord's words (RUNNING, BACKOFF, FATAL …); {} before it listens."""
        try:
            told: Any = self._proxy().supervisor.getAllProcessInfo()
        except (OSError, Fault):
            return {}
        return {process["name"]: process["statename"] for process in told}

    def start(self, program: Program) -> bool:
        """Start a program that waits or was given up; False when supervisord would not."""
        try:
            self._proxy().supervisor.startProcess(program.name, False)
        except (OSError, Fault):
            return False
        return True

    def _proxy(self) -> ServerProxy:
        return ServerProxy("http://127.0.0.1", SupervisorTransport(None, None, f"unix://{self._socket}"))


def already_running(state: Path) -> int | None:
    """Process id of a supervisord that an earlier run left with this state folder, or None."""
    try:
        pid = int(pid_file(state).read_text())
        command = Path(f"/proc/{pid}/cmdline").read_bytes()
    except (OSError, ValueError):
        return None
    return pid if str(state).encode() in command and pid != os.getpid() else None
