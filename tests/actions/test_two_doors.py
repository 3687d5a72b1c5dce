"""The same conversation through Rasa's REST channel and through the JSON API, with every process running."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import requests

from bot.settings import ROOT, Settings
from bot.supervision.programs import parser_missing, programs
from tests.bench.processes import Started, free_port, running

pytestmark = [pytest.mark.slow, pytest.mark.parser]
READY = {"web": "/healthz", "actions": "/health", "parser": "/status"}
WORDS = (
    "Year 2 girl has a bruise behind her ear, she says she fell off her scooter",
    "yes",
    "why do you ask",
    "no",
    "not sure",
    "do I need consent",
    "go back",
)


@dataclass
class Doors:
    """Both doors of one installation, and a concern opened at each."""

    api: str
    rest: str
    headers: dict[str, str]
    concern: str
    sender: str
    parser: Started

    def by_api(self, text: str) -> tuple[list[str], str | None]:
        """What the JSON API says, and the question then asked."""
        answer = requests.post(
            f"{self.api}/concerns/{self.concern}/messages",
            json={"text": text},
            headers=self.headers,
            timeout=60,
        )
        reply: dict[str, Any] = answer.json()
        question = reply["question"]
        return reply["messages"], question["ask"] if question else None

    def by_rasa(self, text: str, sender: str | None = None) -> list[str]:
        """What comes back through Rasa's channel."""
        body = {"sender": sender or self.sender, "message": text}
        answer = requests.post(f"{self.rest}/webhooks/rest/webhook", json=body, timeout=60)
        return [said["text"] for said in answer.json()]


@pytest.fixture(scope="module")
def doors(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Doors]:
    if (why := parser_missing(Settings())) is not None:
        pytest.skip(why)
    folder: Path = tmp_path_factory.mktemp("doors")
    ports = {name: free_port() for name in ("web_port", "parser_port", "actions_port", "intake_port")}
    settings = Settings(demo=True, state_dir=folder).model_copy(update=ports)
    env = {**os.environ, "BOT_DEMO": "1", "BOT_STATE_DIR": str(folder)}
    env |= {f"BOT_{name.upper()}": str(port) for name, port in ports.items()}

    def cli(command: str) -> str:
        done = subprocess.run(
            [sys.executable, "-m", "bot.cli", command],
            env=env,
            cwd=ROOT,
            check=True,
            capture_output=True,
            text=True,
        )
        return done.stdout.split()[-1]

    token, sender = cli("seed"), cli("door")
    listed = {program.name: program for program in programs(settings)}
    with ExitStack() as stack:
        for name, path in READY.items():
            program = listed[name]
            address = f"http://127.0.0.1:{program.port}"
            started = stack.enter_context(running(program.command, address, path, env, ROOT))
        api = f"http://127.0.0.1:{settings.web_port}/api/v1"
        headers = {"Authorization": f"Bearer {token}"}
        concern = requests.post(f"{api}/concerns", headers=headers, timeout=60).json()["id"]
        yield Doors(api, f"http://127.0.0.1:{settings.parser_port}", headers, concern, sender, started)


def test_both_doors_say_the_same(doors: Doors) -> None:
    for words in WORDS:
        messages, question = doors.by_api(words)
        assert doors.by_rasa(words) == [*messages, *([question] if question else [])], words


def test_a_sender_that_was_not_minted_is_refused(doors: Doors) -> None:
    assert "not known" in doors.by_rasa("hello", "a-stranger")[0]


def test_when_the_parser_stops_the_conversation_goes_on_with_buttons(doors: Doors) -> None:
    """The last test of this file: it ends the parser for good."""
    answer = requests.get(f"{doors.api}/concerns/{doors.concern}", headers=doors.headers, timeout=60).json()
    doors.parser.process.kill()
    messages, question = doors.by_api("he was crying as well")
    assert any("cannot read free text" in said for said in messages)
    assert question == answer["question"]["ask"]
    body = {"question": answer["question"]["id"], "value": "not_sure"}
    path = f"{doors.api}/concerns/{doors.concern}/messages"
    after = requests.post(path, json=body, headers=doors.headers, timeout=60).json()
    assert after["version"] > answer["version"]
