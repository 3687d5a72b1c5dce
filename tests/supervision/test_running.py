"""All programs as one foreground process: real supervisord, real ports, small programs in place of ours."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from bot.settings import ROOT, Settings
from bot.supervision import ports
from bot.supervision.programs import Program, configuration, on_cores, programs
from bot.supervision.supervisor import already_running

DRIVER = """
import sys
from pathlib import Path
from bot.settings import Settings
from bot.supervision.programs import Program
from bot.supervision.running import run_everything

state, port = Path(sys.argv[1]), int(sys.argv[2])
serve = (sys.executable, "-m", "http.server", str(port), "--bind", "127.0.0.1")
listed = [
    Program("web", "web pages", serve, port=port, port_setting="BOT_WEB_PORT", ready_path="/"),
    Program("worker", "delivery worker", tuple(sys.argv[3:]) or ("sleep", "600")),
]
settings = Settings(state_dir=state, web_port=port)
sys.exit(run_everything(settings, ["Sign in as anyone"], listed))
"""


@pytest.fixture
def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@pytest.fixture
def started(tmp_path: Path, free_port: int) -> Iterator[Callable[..., subprocess.Popen[str]]]:
    running: list[subprocess.Popen[str]] = []

    def start(*worker: str) -> subprocess.Popen[str]:
        process = subprocess.Popen(
            [sys.executable, "-c", DRIVER, str(tmp_path), str(free_port), *worker],
            cwd=ROOT,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        running.append(process)
        return process

    yield start
    for process in running:
        if process.poll() is None:
            process.send_signal(signal.SIGTERM)
            process.wait(40)


def told_until(process: subprocess.Popen[str], words: str) -> str:
    """What the process printed up to the line that holds these words."""
    assert process.stdout is not None
    told = ""
    for line in process.stdout:
        told += line
        if words in line:
            return told
    raise AssertionError(f"it ended without saying {words!r}:\n{told}")


def process_id(state: Path) -> int:
    return int((state / "worker.pid").read_text())


@pytest.mark.slow
def test_everything_starts_says_where_it_is_and_stops_on_ctrl_c(
    started: Callable[..., subprocess.Popen[str]], tmp_path: Path, free_port: int
) -> None:
    process = started()
    told = told_until(process, "Ctrl-C")
    assert f"http://127.0.0.1:{free_port}/" in told
    assert "Sign in as anyone" in told
    process.send_signal(signal.SIGINT)
    assert process.wait(40) == 0
    assert ports.taken([Program("web", "web", (), port=free_port)]) == []
    assert already_running(tmp_path) is None


@pytest.mark.slow
def test_a_program_that_dies_is_started_again(
    started: Callable[..., subprocess.Popen[str]], tmp_path: Path
) -> None:
    process = started("sh", "-c", f"echo $$ > '{tmp_path}/worker.pid'; exec sleep 600")
    told_until(process, "Ctrl-C")
    time.sleep(3)  # supervisord calls a program running once it has stayed up for two seconds
    first = process_id(tmp_path)
    os.kill(first, signal.SIGKILL)
    told_until(process, "The delivery worker stopped and is started again")
    deadline = time.monotonic() + 20
    while process_id(tmp_path) == first and time.monotonic() < deadline:
        time.sleep(0.1)
    assert process_id(tmp_path) != first


def test_a_second_start_with_the_same_state_says_that_it_runs_already(
    started: Callable[..., subprocess.Popen[str]],
) -> None:
    told_until(started(), "Ctrl-C")
    second = started()
    assert "It is running already" in told_until(second, "running already")
    assert second.wait(20) == 1


def test_a_port_in_use_is_named_with_the_setting_that_changes_it(
    started: Callable[..., subprocess.Popen[str]], free_port: int
) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", free_port))
        other.listen()
        process = started()
        told = told_until(process, "cannot be used")
        assert f"Port {free_port}" in told
        assert "BOT_WEB_PORT=" in told
        assert process.wait(20) == 1


def test_only_loopback_is_listened_on_unless_a_host_is_chosen(tmp_path: Path) -> None:
    listed = programs(Settings(state_dir=tmp_path, host="127.0.0.1"))
    assert {program.host for program in listed} == {"127.0.0.1"}


def test_a_real_intake_is_not_doubled_by_the_reference_one(tmp_path: Path) -> None:
    listed = programs(Settings(state_dir=tmp_path, intake_url="https://mash.example.gov.uk"))
    assert "intake" not in {program.name for program in listed}


def test_a_percent_sign_in_a_path_reaches_the_program_as_it_is(tmp_path: Path) -> None:
    text = configuration([Program("web", "web", ("/opt/100%/serve",))], tmp_path, tmp_path / "s")
    assert "command = /opt/100%%/serve" in text


def test_the_parser_has_a_core_of_its_own_and_the_web_process_the_others() -> None:
    assert on_cores("parser", {0, 1, 2})[-1] == "2"
    assert on_cores("web", {0, 1, 2})[-1] == "0,1"


def test_on_a_single_core_nothing_is_held_to_it() -> None:
    assert on_cores("parser", {0}) == on_cores("web", {0}) == ()
