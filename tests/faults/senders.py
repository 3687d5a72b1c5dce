"""Members of staff who send referrals through the JSON API and do not give up when something breaks."""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass, field
from typing import Any

import requests

_GIVES_UP_AFTER = 300.0


class GaveUp(RuntimeError):
    """A member of staff could not get through for minutes."""


@dataclass
class Senders:
    """Several people sending at once. `sent` maps each acknowledged reference to its words."""

    web: str
    token: str
    wanted: int
    sent: dict[str, str] = field(default_factory=dict)
    asked: dict[str, str] = field(default_factory=dict)
    refused: list[str] = field(default_factory=list)
    _begun: int = 0
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def run(self) -> None:
        """Send until enough were begun. Runs in several threads."""
        with requests.Session() as session:
            session.headers["Authorization"] = f"Bearer {self.token}"
            while (number := self._next()) is not None:
                self._send_one(session, number)

    def _next(self) -> int | None:
        with self._lock:
            if self._begun == self.wanted:
                return None
            self._begun += 1
            return self._begun

    def _send_one(self, session: requests.Session, number: int) -> None:
        words = f"Case {number}: a burn that nobody explains; “it hurts”, he said. #{number:06}"
        concern = self._ask(session, "POST", "/concerns")["id"]
        with self._lock:
            self.asked[concern] = words
        self._ask(session, "PATCH", f"/concerns/{concern}/draft", {"concern": {"what_happened": words}})
        view = {"band": "red", "reason": "I have seen the burn."}
        self._ask(session, "POST", f"/concerns/{concern}/disagreement", view)
        reference = self._ask(session, "POST", f"/concerns/{concern}/referral", {})["reference"]
        with self._lock:
            self.sent[reference] = words

    def _ask(self, session: requests.Session, method: str, path: str, body: Any = None) -> Any:
        """Ask until it is answered: a killed process or a full disk only makes it later."""
        until = time.monotonic() + _GIVES_UP_AFTER
        while time.monotonic() < until:
            try:
                answer = session.request(method, f"{self.web}/api/v1{path}", json=body, timeout=30)
                if answer.ok:
                    return answer.json()
                if answer.status_code < 500 and answer.status_code != 429:
                    self.refused.append(f"{method} {path.rsplit('/', 1)[-1]}: {answer.status_code}")
                    raise GaveUp(f"{method} {path}: {answer.status_code} {answer.text[:300]}")
            except requests.RequestException:
                pass  # killed, or cut off: asked again below
            time.sleep(0.1)
        raise GaveUp(f"{method} {path} was not answered for {_GIVES_UP_AFTER:.0f} s")
