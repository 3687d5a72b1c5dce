"""Asking Rasa's parser what a message says. Redacted text goes out, rankings come back.

Asking and listening are two steps, so that the caller can work while the parser does; a thread of its own for that
costs more than it gains, since it competes for the interpreter. That is why plain ``http.client`` is used here.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from http import HTTPStatus
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from queue import Empty, Full, LifoQueue
from typing import Any
from urllib.parse import urlsplit

from bot.dialogue.understanding import Ranked

CONNECT_SECONDS = 0.5
"""Patience for a connection: it is opened while the transaction that keeps the message is open."""
IDLE_AT_MOST = 32
"""Connections that wait for the next message."""


@dataclass(frozen=True)
class Told:
    """An option of a question that a message may tell, how likely, and the words that speak most for it.

    ``of``: the categories whose question it is; none where every concern may be asked it.
    """

    question: str
    option: str
    confidence: float
    words: str
    of: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Parsed:
    """Both rankings of a message, best first, how sure danger is, and from where on the model wants to be heard."""

    acts: tuple[Ranked, ...]
    categories: tuple[Ranked, ...]
    danger: float
    offer_above: float
    danger_above: float
    told: tuple[Told, ...] | None = None
    """None: this model reads no facts."""
    told_above: float = 0.5
    told_alone_above: float = 0.5
    """The same for a question that takes one answer, where options share what speaks for each."""


Answering = Callable[[], Parsed | None]
"""Waits for the rankings of a text that was sent; None when the parser is down, slow, or has no model loaded."""


class Parser:
    """The parser behind its address. Safe to share between threads."""

    def __init__(self, url: str, timeout: float) -> None:
        """``timeout`` in seconds, for each step of an exchange."""
        address = urlsplit(url)
        self._open = HTTPSConnection if address.scheme == "https" else HTTPConnection
        self._host = address.netloc
        self._path = address.path.rstrip("/") + "/model/parse"
        self._timeout = timeout
        self._idle: LifoQueue[HTTPConnection] = LifoQueue(IDLE_AT_MOST)

    def parse(self, text: str) -> Parsed | None:
        """The rankings of a redacted text; None when the parser is down, slow, or has no model loaded."""
        return self.ask(text)()

    def ask(self, text: str) -> Answering:
        """Send a redacted text now; calling what comes back waits for its rankings, once."""
        body = json.dumps({"text": text}).encode()
        asked = self._sent(body, self._resting())
        return lambda: self._answer(body, asked)

    def _answer(self, body: bytes, asked: HTTPConnection | None) -> Parsed | None:
        """What the parser says. A connection that it had closed meanwhile is opened anew, once."""
        for connection in (asked, None):
            connection = connection or self._sent(body, self._new())
            if connection is None:
                return None
            try:
                answer = connection.getresponse()
                said = answer.read()
            except TimeoutError:
                connection.close()
                return None
            except (OSError, HTTPException):
                connection.close()
                continue
            self._rest(connection)
            return _parsed(said) if answer.status == HTTPStatus.OK else None
        return None

    def _sent(self, body: bytes, connection: HTTPConnection) -> HTTPConnection | None:
        try:
            connection.request("POST", self._path, body, {"Content-Type": "application/json"})
            connection.sock.settimeout(self._timeout)
        except (OSError, HTTPException):
            connection.close()
            return None
        return connection

    def _resting(self) -> HTTPConnection:
        with suppress(Empty):
            return self._idle.get_nowait()
        return self._new()

    def _new(self) -> HTTPConnection:
        return self._open(self._host, timeout=min(CONNECT_SECONDS, self._timeout))

    def _rest(self, connection: HTTPConnection) -> None:
        try:
            self._idle.put_nowait(connection)
        except Full:
            connection.close()


def _parsed(said: bytes) -> Parsed | None:
    """A parser whose model does not rank acts and categories is as good as none."""
    try:
        answer: Any = json.loads(said)
    except ValueError:
        return None
    if not isinstance(answer, dict) or "acts" not in answer or "categories" not in answer:
        return None
    limits = answer.get("limits") or {}
    return Parsed(
        acts=_ranking(answer["acts"]),
        categories=_ranking(answer["categories"]),
        danger=float(answer.get("danger") or 0.0),
        offer_above=float(limits.get("offer", 0.1)),
        danger_above=float(limits.get("danger", 0.5)),
        told=None if answer.get("told") is None else tuple(map(_told, answer["told"])),
        told_above=float(limits.get("told", 0.5)),
        told_alone_above=float(limits.get("told_alone", 0.5)),
    )


def _told(row: dict[str, Any]) -> Told:
    question, _, option = str(row["name"]).partition(".")
    return Told(question, option, float(row["confidence"]), str(row["words"]), frozenset(map(str, row["of"])))


def _ranking(rows: Iterable[dict[str, Any]]) -> tuple[Ranked, ...]:
    ranked = [Ranked(str(row["name"]), float(row["confidence"])) for row in rows]
    return tuple(sorted(ranked, key=lambda one: -one.confidence))
