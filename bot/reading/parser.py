"""Asking Rasa's parser what a message says. Redacted text goes out, rankings come back."""

from __future__ import annotations

import threading
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import requests

from bot.dialogue.understanding import Ranked


@dataclass(frozen=True)
class Parsed:
    """Both rankings of a message, best first, how sure danger is, and from where on the model wants to be heard."""

    acts: tuple[Ranked, ...]
    categories: tuple[Ranked, ...]
    danger: float
    offer_above: float
    danger_above: float


class Parser:
    """The parser behind its address. Safe to share between threads."""

    def __init__(self, url: str, timeout: float) -> None:
        self._url = url.rstrip("/") + "/model/parse"
        self._timeout = timeout
        self._local = threading.local()

    def parse(self, text: str) -> Parsed | None:
        """The rankings of a redacted text; None when the parser is down, slow, or has no model loaded."""
        try:
            answer = self._session().post(self._url, json={"text": text}, timeout=self._timeout)
            if answer.status_code != requests.codes.ok:
                return None
            return _parsed(answer.json())
        except (requests.RequestException, ValueError):
            return None

    def _session(self) -> requests.Session:
        session: requests.Session | None = getattr(self._local, "session", None)
        if session is None:
            session = requests.Session()
            session.trust_env = False  # the parser is on loopback: no proxy in between
            self._local.session = session
        return session


def _parsed(answer: dict[str, Any]) -> Parsed | None:
    """A parser whose model does not rank acts and categories is as good as none."""
    if not isinstance(answer, dict) or "acts" not in answer or "categories" not in answer:
        return None
    limits = answer.get("limits") or {}
    return Parsed(
        acts=_ranking(answer["acts"]),
        categories=_ranking(answer["categories"]),
        danger=float(answer.get("danger") or 0.0),
        offer_above=float(limits.get("offer", 0.1)),
        danger_above=float(limits.get("danger", 0.5)),
    )


def _ranking(rows: Iterable[dict[str, Any]]) -> tuple[Ranked, ...]:
    ranked = [Ranked(str(row["name"]), float(row["confidence"])) for row in rows]
    return tuple(sorted(ranked, key=lambda one: -one.confidence))
