"""A part of the system is killed in the middle: nothing is lost, the sender knows, and it arrives once."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable
from typing import Any

import pytest
import requests

from tests.journeys.conftest import PATIENCE, ROOT, System

pytestmark = pytest.mark.slow

STORY = "Year 2 girl has a bruise behind her ear and will not say how it happened."


@pytest.fixture
def call(system: System) -> Callable[..., dict[str, Any]]:
    """The JSON API of the running web process, as Sam Okafor's program calls it."""
    seeded = subprocess.run(
        [sys.executable, "-m", "bot.cli", "seed"],
        env=system.environment,
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    )
    headers = {"Authorization": f"Bearer {seeded.stdout.split()[-1]}"}

    def ask(method: str, path: str, body: object = None) -> dict[str, Any]:
        answer = requests.request(
            method, f"{system.web}/api/v1{path}", json=body, headers=headers, timeout=PATIENCE
        )
        assert answer.ok, answer.text
        taken: dict[str, Any] = answer.json()
        return taken

    return ask


def test_a_killed_web_process_resumes_where_it_was(
    system: System, call: Callable[..., dict[str, Any]]
) -> None:
    concern = call("POST", "/concerns")["id"]
    call("POST", f"/concerns/{concern}/messages", {"text": STORY})
    before = call("POST", f"/concerns/{concern}/messages", {"question": "danger_now", "value": "no"})
    system.processes.pop("web").kill()
    system.start("web", "bot.web")
    system.wait_for(f"{system.web}/healthz")
    after = call("GET", f"/concerns/{concern}")
    assert after["question"] == before["question"]
    assert after["answers"] == before["answers"]
    assert after["version"] == before["version"]


def test_a_stopped_intake_is_waited_for_and_gets_it_once(
    system: System, call: Callable[..., dict[str, Any]]
) -> None:
    concern = call("POST", "/concerns")["id"]
    call("POST", f"/concerns/{concern}/messages", {"text": STORY})
    call("POST", f"/concerns/{concern}/messages", {"question": "danger_now", "value": "yes"})
    system.stop("intake")
    reference = call("POST", f"/concerns/{concern}/referral", {})["reference"]
    assert call("POST", f"/concerns/{concern}/referral", {})["reference"] == reference
    waiting = _until(lambda: call("GET", f"/referrals/{reference}"), lambda one: one["ring"] is not None)
    assert waiting["status"] in ("waiting", "delayed", "late")
    system.start("intake", "bot.intake")
    system.wait_for(f"{system.intake}/openapi.json")
    arrived = _until(
        lambda: call("GET", f"/referrals/{reference}"),
        lambda one: one["status"] not in ("waiting", "delayed"),
    )
    assert [entry["kind"] for entry in arrived["entries"]].count("received") == 1
    assert not arrived["estimated"]


def _until(look: Callable[[], dict[str, Any]], enough: Callable[[dict[str, Any]], bool]) -> dict[str, Any]:
    until = time.monotonic() + 2 * PATIENCE
    while time.monotonic() < until:
        seen = look()
        if enough(seen):
            return seen
        time.sleep(0.5)
    raise AssertionError(f"it stays {look()['status']}")
