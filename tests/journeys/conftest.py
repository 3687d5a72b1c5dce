"""The real processes on free ports with a state of their own, and a browser in front of them.

Web, delivery worker and reference intake are started as `make run` starts them; the parser is left out,
since a journey must work with buttons. Screenshots are left in var/screenshots to be looked at.
"""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import requests
from playwright.sync_api import Browser

from tests.journeys.school import School

ROOT = Path(__file__).resolve().parents[2]
SCREENSHOTS = ROOT / "var" / "screenshots"
ASSETS = ROOT / "var" / "assets"
SECRET = "a secret that only this test run knows"
PATIENCE = 300
"""Seconds that a process may take to answer first; a loaded machine is slow."""


@dataclass
class System:
    """The running processes."""

    web: str
    intake: str
    state: Path
    environment: dict[str, str]
    processes: dict[str, subprocess.Popen[bytes]]

    def start(self, name: str, *command: str) -> None:
        """Start one process; its output goes to a file of the state folder."""
        with (self.state / f"{name}.log").open("ab") as log:
            self.processes[name] = subprocess.Popen(
                [sys.executable, "-m", *command],
                cwd=ROOT,
                env=self.environment,
                stdout=log,
                stderr=subprocess.STDOUT,
            )

    def stop(self, name: str) -> None:
        """Stop one process and wait for it."""
        process = self.processes.pop(name)
        process.terminate()
        process.wait(timeout=PATIENCE)

    def wait_for(self, address: str) -> None:
        """Wait until it answers."""
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            try:
                if requests.get(address, timeout=5).ok:
                    return
            except requests.RequestException:
                time.sleep(0.2)
        raise AssertionError(f"{address} does not answer; see the logs in {self.state}")


@pytest.fixture(scope="session")
def system(tmp_path_factory: pytest.TempPathFactory) -> Iterator[System]:
    """All processes, for the whole run."""
    if not (ASSETS / "govuk-frontend.min.css").exists():
        pytest.skip("the browser assets are not installed: run `make setup` (or `make run`) first")
    state = tmp_path_factory.mktemp("state")
    (state / "assets").symlink_to(ASSETS)
    web, intake, parser = free_port(), free_port(), free_port()
    environment = {name: value for name, value in os.environ.items() if not name.startswith("BOT_")} | {
        "BOT_DEMO": "1",
        "BOT_STATE_DIR": str(state),
        "BOT_WEB_PORT": str(web),
        "BOT_INTAKE_PORT": str(intake),
        "BOT_PARSER_PORT": str(parser),
        "BOT_PARSER_TIMEOUT": "0.3",
        "BOT_INTAKE_CLIENT_SECRET": SECRET,
        "BOT_UNSENT_ALERT_MINUTES": "0.05",
        "BOT_WORKER_PAUSE_SECONDS": "0.3",
    }
    running = System(f"http://127.0.0.1:{web}", f"http://127.0.0.1:{intake}", state, environment, {})
    subprocess.run([sys.executable, "-m", "bot.cli", "seed"], cwd=ROOT, env=environment, check=True)
    running.start("web", "bot.web")
    running.start("intake", "bot.intake")
    running.start("worker", "bot.cli", "worker")
    running.wait_for(f"{running.web}/healthz")
    running.wait_for(f"{running.intake}/openapi.json")
    yield running
    for name in list(running.processes):
        running.stop(name)


@pytest.fixture
def school(system: System, browser: Browser, request: pytest.FixtureRequest) -> Iterator[School]:
    """The people of the school and of MASH, each with a browser window of their own."""
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)
    name = request.node.name.removeprefix("test_")
    opened = School(system.web, system.intake, browser, SCREENSHOTS / name)
    yield opened
    opened.close()


def free_port() -> int:
    """A port that nobody uses now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
