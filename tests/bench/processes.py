"""Real processes on free ports with a state folder of their own, ended after the measuring."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import psutil
import requests

from bot.settings import ROOT, Settings
from bot.supervision.programs import PARSER_PROGRAM, programs

READY_WITHIN = 180.0


def free_port() -> int:
    """A port on loopback that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass
class Started:
    """A process with its address and how long it took until it answered."""

    process: subprocess.Popen[bytes]
    url: str
    seconds: float

    @property
    def megabytes(self) -> float:
        """Resident memory with its children."""
        top = psutil.Process(self.process.pid)
        return round(sum(p.memory_info().rss for p in (top, *top.children(recursive=True))) / 1e6, 0)


@contextmanager
def running(
    command: Sequence[str], url: str, path: str, env: Mapping[str, str], cwd: Path
) -> Iterator[Started]:
    """Start one program and wait until it answers."""
    began = time.perf_counter()
    process = subprocess.Popen(
        command,
        cwd=cwd,
        env=dict(env),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        _wait(process, f"{url}{path}", command)
        yield Started(process, url, round(time.perf_counter() - began, 1))
    finally:
        _end(process)


@contextmanager
def our_side() -> Iterator[tuple[dict[str, Started], Settings, str]]:
    """Web, parser and actions with a fresh demonstration database; yields them with a bearer token."""
    folder = Path(tempfile.mkdtemp(prefix="bot-bench-"))
    ports = {name: str(free_port()) for name in ("WEB", "INTAKE", "PARSER", "ACTIONS")}
    env = {
        **os.environ,
        "BOT_DEMO": "1",
        "BOT_STATE_DIR": str(folder),
        **{f"BOT_{name}_PORT": port for name, port in ports.items()},
    }
    seeded = subprocess.run(
        [sys.executable, "-m", "bot.cli", "seed"],
        cwd=ROOT,
        env=env,
        check=True,
        capture_output=True,
        text=True,
    )
    token = seeded.stdout.split()[-1]
    numbers = {f"{name.lower()}_port": int(port) for name, port in ports.items()}
    settings = Settings(demo=True, state_dir=folder).model_copy(update=numbers)
    listed = {program.name: program for program in programs(settings)}
    started: dict[str, Started] = {}
    with ExitStack() as stack:
        for name, path in {"web": "/healthz", "intake": "/openapi.json", "parser": "/version"}.items():
            program = listed[name]
            url = f"http://127.0.0.1:{program.port}"
            started[name] = stack.enter_context(running(program.command, url, path, env, ROOT))
        yield started, settings, token
    shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def stock_assistant() -> Iterator[Started]:
    """Rasa's own starter project, trained once, served over REST."""
    folder = ROOT / "var" / "bench" / "stock"
    env = {"PATH": os.environ["PATH"], "HOME": os.environ["HOME"], "RASA_TELEMETRY_ENABLED": "false"}
    if not list(folder.glob("models/*.tar.gz")):
        _train_stock(folder, env)
    port = free_port()
    command = (str(PARSER_PROGRAM), "run", "-i", "127.0.0.1", "-p", str(port), "--enable-api")
    with running(command, f"http://127.0.0.1:{port}", "/version", env, folder) as started:
        yield started


def _train_stock(folder: Path, env: Mapping[str, str]) -> None:
    """The starter project as `rasa init` writes it, with the REST channel opened."""
    shutil.rmtree(folder, ignore_errors=True)
    project = next(PARSER_PROGRAM.parent.parent.glob("lib/python*/site-packages/rasa/cli/initial_project"))
    shutil.copytree(project, folder)
    (folder / "credentials.yml").write_text("rest:\n")
    print("  training the stock assistant once …", flush=True)
    subprocess.run([str(PARSER_PROGRAM), "train"], cwd=folder, env=dict(env), check=True, capture_output=True)


def _wait(process: subprocess.Popen[bytes], url: str, command: Sequence[str]) -> None:
    until = time.monotonic() + READY_WITHIN
    while time.monotonic() < until:
        if process.poll() is not None:
            raise RuntimeError(f"{' '.join(command[:3])} ended with {process.returncode} before it answered")
        try:
            if requests.get(url, timeout=1).status_code < 500:
                return
        except requests.RequestException:
            time.sleep(0.2)
    raise RuntimeError(f"{url} did not answer within {READY_WITHIN:.0f} s")


def _end(process: subprocess.Popen[bytes]) -> None:
    family = [*psutil.Process(process.pid).children(recursive=True)] if process.poll() is None else []
    process.terminate()
    try:
        process.wait(10)
    except subprocess.TimeoutExpired:
        process.kill()
    for child in family:
        if child.is_running():
            child.kill()
