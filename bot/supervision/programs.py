"""Which programs there are, and the supervisord configuration that keeps them alive."""

from __future__ import annotations

import os
import shlex
import shutil
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.settings import ROOT, Settings

LOOPBACK = "127.0.0.1"
PARSER_PROGRAM = ROOT / ".venv-rasa" / "bin" / "rasa"
WITH_MODEL = 'if [ -e "$1" ]; then model=$1; else model=$2; fi; shift 2; exec "$0" "$@" --model "$model"'
"""Decided at every start of the parser: the model that was promoted meanwhile, else the newest."""


@dataclass(frozen=True)
class Program:
    """One process: what it is in plain words, how it is started, and the port that it listens on, if any."""

    name: str
    title: str
    command: tuple[str, ...]
    host: str = LOOPBACK
    port: int | None = None
    port_setting: str = ""
    ready_path: str = ""
    at_once: bool = True


def programs(settings: Settings) -> list[Program]:
    """Every program of an installation on one machine; what is slow to start comes after the first page."""
    listed = [_web(settings), Program("worker", "delivery worker", _module("bot.cli", "worker"))]
    if (
        not settings.intake_url
    ):  # a real intake is reached over the network; the reference one stands in for it
        listed.append(_intake(settings))
    if parser_missing(settings) is None:
        listed += [_parser(settings), _actions(settings)]
    return listed


def parser_missing(settings: Settings) -> str | None:
    """Why the parser cannot be started here, with how to mend it; None when it can."""
    if not PARSER_PROGRAM.exists():
        return "Rasa's environment is not installed (it needs Python 3.10): run  make setup  to see why."
    if not any(settings.models_dir.glob("*.tar.gz")):
        return f"There is no trained model in {settings.models_dir}. Run  make train."
    return None


def configuration(listed: Sequence[Program], state: Path, socket: Path) -> str:
    """The text of supervisord.conf. Programs inherit the environment; what they write is the owner's only."""
    logs = state / "logs"
    head = f"""\
[supervisord]
nodaemon = true
silent = true
umask = 077
directory = {_plain(ROOT)}
logfile = {_plain(logs / "supervisord.log")}
pidfile = {_plain(pid_file(state))}

[unix_http_server]
file = {_plain(socket)}
chmod = 0700

[rpcinterface:supervisor]
supervisor.rpcinterface_factory = supervisor.rpcinterface:make_main_rpcinterface
"""
    return head + "".join(_section(program, logs) for program in listed)


def pid_file(state: Path) -> Path:
    """Where supervisord notes its process id."""
    return state / "supervisord.pid"


def log_file(state: Path, program: Program) -> Path:
    """Where a program's output goes."""
    return state / "logs" / f"{program.name}.log"


def _section(program: Program, logs: Path) -> str:
    return f"""
[program:{program.name}]
command = {_plain(shlex.join(program.command))}
autostart = {str(program.at_once).lower()}
autorestart = true
startsecs = 2
startretries = 10
stopasgroup = true
killasgroup = true
stopwaitsecs = 10
redirect_stderr = true
stdout_logfile = {_plain(logs / (program.name + ".log"))}
stdout_logfile_maxbytes = 5MB
stdout_logfile_backups = 2
"""


def on_cores(name: str, cores: Iterable[int]) -> tuple[str, ...]:
    """The beginning of a command that keeps the parser on the last core and the web process off it.

    The web process goes on while the parser reads. Left alone, Linux wakes the reader on the very core on
    which the web process runs, and a turn takes a quarter longer. Empty on one core, or with no ``taskset``.
    """
    *others, last = sorted(cores)
    taskset = shutil.which("taskset")
    if not others or taskset is None:
        return ()
    mine = [last] if name == "parser" else others
    return (taskset, "--cpu-list", ",".join(map(str, mine)))


def _cores() -> Iterable[int]:
    return os.sched_getaffinity(0) if hasattr(os, "sched_getaffinity") else {0}


def _module(name: str, *arguments: str) -> tuple[str, ...]:
    return (sys.executable, "-m", name, *arguments)


def _web(settings: Settings) -> Program:
    return Program(
        "web",
        "web pages and JSON API",
        (*on_cores("web", _cores()), *_module("bot.web")),
        host=settings.host,
        port=settings.web_port,
        port_setting="BOT_WEB_PORT",
        ready_path="/healthz",
    )


def _intake(settings: Settings) -> Program:
    return Program(
        "intake",
        "reference MASH intake",
        _module("bot.intake"),
        port=settings.intake_port,
        port_setting="BOT_INTAKE_PORT",
        ready_path="/openapi.json",
    )


def _actions(settings: Settings) -> Program:
    return Program(
        "actions",
        "Rasa's action server",
        _module("actions"),
        port=settings.actions_port,
        port_setting="BOT_ACTIONS_PORT",
        at_once=False,
    )


def _parser(settings: Settings) -> Program:
    """Rasa as a stateless reader. ``env -i`` keeps from it every setting that it has no business to know."""
    environment = {
        "PATH": os.environ.get("PATH", ""),
        "HOME": os.environ.get("HOME", "/"),
        "LANG": "C.UTF-8",
        "RASA_TELEMETRY_ENABLED": "false",
        "SQLALCHEMY_SILENCE_UBER_WARNING": "1",
        "LOG_LEVEL_LIBRARIES": "ERROR",
        "TF_CPP_MIN_LOG_LEVEL": "2",
        "CUDA_VISIBLE_DEVICES": "-1",
        "PYTHONWARNINGS": "ignore",
        # Large pages for its weights: after a pause a message is read in less than half the time.
        "GLIBC_TUNABLES": "glibc.malloc.hugetlb=1",
        "BOT_ACTIONS_PORT": str(settings.actions_port),
    }
    command = [
        *on_cores("parser", _cores()),
        "/usr/bin/env",
        "-i",
        *(f"{name}={value}" for name, value in environment.items()),
        *("/bin/sh", "-c", WITH_MODEL, str(PARSER_PROGRAM)),
        *(str(settings.promoted_model), str(settings.models_dir)),
        "run",
        "--enable-api",
        "--quiet",
        *("--interface", LOOPBACK),
        *("--port", str(settings.parser_port)),
        *("--endpoints", str(ROOT / "endpoints.yml")),
        *("--credentials", str(ROOT / "credentials.yml")),
    ]
    return Program(
        "parser",
        "parser (Rasa)",
        tuple(command),
        port=settings.parser_port,
        port_setting="BOT_PARSER_PORT",
        ready_path="/status",
        at_once=False,
    )


def _plain(value: object) -> str:
    """supervisord reads % as the beginning of an expansion and ; after a space as a comment."""
    return str(value).replace("%", "%%").replace(" ;", " \\;")
