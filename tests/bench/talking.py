"""Turns of a conversation, against our JSON API and against the stock assistant's REST channel."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import requests

from tests.bench.figures import timed

SHORT = "why do you ask that"
STORY = (
    "Year 4 girl came in late again with a bruise on her arm, she says she fell off the swing but would not "
    "look at me, and her brother told the lunch staff that dad gets angry when he drinks."
)
THINKING_SECONDS = 10.0
Turn = Callable[[], float]


@dataclass
class Ours:
    """A concern of the JSON API."""

    base: str
    token: str

    def __post_init__(self) -> None:
        self.http = requests.Session()
        self.http.headers["Authorization"] = f"Bearer {self.token}"
        self.reply: dict[str, Any] = self._post("/concerns", {})
        self.path = f"/concerns/{self.reply['id']}/messages"

    def text(self, words: str = SHORT) -> float:
        """One turn in words; seconds."""
        return timed(lambda: self._take({"text": words}))

    def button(self) -> float:
        """One answer by button, then back, so that there is always a question; seconds of the answer."""
        question = self.reply["question"]
        option = "not_sure" if question["kind"] == "one" else ["not_sure"]
        seconds = timed(lambda: self._take({"question": question["id"], "value": option}))
        self._take({"text": "go back"})
        return seconds

    def _take(self, body: dict[str, Any]) -> None:
        self.reply = self._post(self.path, body)

    def _post(self, path: str, body: dict[str, Any]) -> dict[str, Any]:
        answer = self.http.post(f"{self.base}/api/v1{path}", json=body, timeout=60)
        answer.raise_for_status()
        taken: dict[str, Any] = answer.json()
        return taken


@dataclass
class Stock:
    """A conversation with Rasa's own starter assistant."""

    base: str
    sender: str

    def __post_init__(self) -> None:
        self.http = requests.Session()

    def text(self, words: str = "hello") -> float:
        """One turn; seconds."""
        return timed(lambda: self._post(words))

    def _post(self, words: str) -> None:
        body = {"sender": self.sender, "message": words}
        answer = self.http.post(f"{self.base}/webhooks/rest/webhook", json=body, timeout=60)
        answer.raise_for_status()


def together(people: int, turns: int, open_one: Callable[[int], Turn]) -> list[float]:
    """So many people at once, each thinking between turns; all their turns in seconds."""
    taken: list[float] = []
    lock = threading.Lock()

    def person(number: int) -> None:
        turn = open_one(number)
        time.sleep(THINKING_SECONDS * number / people)
        for _ in range(turns):
            seconds = turn()
            with lock:
                taken.append(seconds)
            time.sleep(THINKING_SECONDS)

    threads = [threading.Thread(target=person, args=(number,)) for number in range(people)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return taken
