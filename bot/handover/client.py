"""The intake's API as the school's side uses it: one object, requests inside, every failure sorted.

It speaks the contract of `bot.contract`: `POST /oauth/token` (client credentials), `POST /v1/referrals`
with an
`Idempotency-Key`, information and withdrawal on a reference, events by cursor.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from ipaddress import ip_address
from typing import Any
from urllib.parse import quote, urlsplit

import requests
from pydantic import BaseModel, ValidationError

from bot.contract import PROBLEM_TYPE, Problem, Scope, Token
from bot.handover.failures import AlreadyReceived, DeliveryFailed, NeverRetry, Retry, Unauthorised
from bot.handover.heard import Acknowledged, Attached, SaidPage
from bot.handover.sorting import sort_answer

_LARGEST_ANSWER = 4 * 1024 * 1024
_PATHS = {
    "referral": "/v1/referrals",
    "information": "/v1/referrals/{}/information",
    "withdrawal": "/v1/referrals/{}/withdraw",
}


@dataclass(frozen=True)
class Timeouts:
    """Seconds to wait: for a connection, for each piece of an answer, for the whole of it."""

    connect: float = 5.0
    read: float = 10.0
    whole: float = 20.0


@dataclass(frozen=True)
class Receipt:
    """The intake has it: since when, and by when it means to answer, where it said so."""

    received_at: datetime | None
    due_at: datetime | None


class IntakeClient:
    """One intake, signed in as one organisation. Not shared between threads."""

    def __init__(
        self,
        base_url: str,
        client_id: str,
        client_secret: str,
        *,
        timeouts: Timeouts | None = None,
        ticking: Callable[[], float] = time.monotonic,
    ) -> None:
        self.base_url = base_url.rstrip("/")
        self.is_loopback = _is_loopback(self.base_url)
        secure = self.base_url.startswith("https://")
        if not (secure or (self.is_loopback and self.base_url.startswith("http://"))):
            raise ValueError("The intake's address must begin with https:// (http only on this machine).")
        self._credentials = (client_id, client_secret)
        self._timeouts = timeouts or Timeouts()
        self._ticking = ticking
        self._session = requests.Session()
        self._session.trust_env = False  # no proxy or .netrc of the machine comes between us and the intake
        self._token: tuple[str, float] | None = None

    def close(self) -> None:
        """Let go of the connections."""
        self._session.close()

    def deliver(self, kind: str, reference: str, key: str, document: Mapping[str, Any]) -> Receipt:
        """Deliver a referral, information or a withdrawal. Raises one of `failures`, else the intake has it.

        `key` is the idempotency key: the same for every attempt at the same document.
        """
        self._refuse_illustrative(document)
        path = _PATHS[kind].format(quote(reference, safe=""))
        answer = self._call("POST", path, json=document, headers={"Idempotency-Key": key})
        if answer.status == 409:
            raise self._conflict(kind, reference, answer)
        sort_answer(answer.status, answer.headers, creating=kind == "referral")
        kept = _understood(Acknowledged, answer)
        _same_reference(kept, reference)
        return Receipt(kept.received_at, kept.due_at)

    def attach(self, reference: str, name: str, media_type: str, content: bytes) -> Receipt:
        """Deliver a document that follows a referral. The intake keeps the same content once, so that a
        repeat does no harm.
        """
        path = f"/v1/referrals/{quote(reference, safe='')}/attachments"
        answer = self._call(
            "POST", path, data={"name": name[:200]}, files={"file": ("document", content, media_type)}
        )
        sort_answer(answer.status, answer.headers, creating=False)
        return Receipt(_understood(Attached, answer).received_at, None)

    def view(self, reference: str) -> Acknowledged:
        """That the intake has a referral; NeverRetry when it does not know it."""
        answer = self._call("GET", f"/v1/referrals/{quote(reference, safe='')}")
        sort_answer(answer.status, answer.headers, creating=False)
        kept = _understood(Acknowledged, answer)
        _same_reference(kept, reference)
        return kept

    def events(self, after: str | None) -> SaidPage:
        """The events after a cursor, oldest first."""
        answer = self._call("GET", "/v1/events", params={} if after is None else {"after": after})
        sort_answer(answer.status, answer.headers, creating=True)
        return _understood(SaidPage, answer)

    def _conflict(self, kind: str, reference: str, answer: _Answer) -> DeliveryFailed:
        """What a 409 means. It counts as delivered only where the intake says so, or shows the referral."""
        said = _problem(answer)
        if said == "at-the-same-time":
            return Retry("the intake is just receiving it", 409)
        if said == "reference-taken":
            return NeverRetry("the intake has another referral under this reference", 409)
        if kind == "information":
            return NeverRetry("the intake refuses the information", 409)
        try:
            self.view(reference)
        except NeverRetry:
            return Retry("the intake says conflict but does not know the referral", 409)
        return AlreadyReceived("the intake had it already", 409)

    def _refuse_illustrative(self, document: Mapping[str, Any]) -> None:
        """A pack that no authority has approved must not send a child's data to a real hub."""
        pack = (document.get("suggested") or {}).get("pack") or {}
        if pack.get("status") == "illustrative" and not self.is_loopback:
            raise NeverRetry(
                "the threshold pack is illustrative and may only be used with an intake on this machine"
            )

    def _call(self, method: str, path: str, **sent: Any) -> _Answer:
        answer = self._signed_in(method, path, **sent)
        if answer.status == 401:
            self._token = None  # it may have run out or been revoked: once more with a fresh one
            answer = self._signed_in(method, path, **sent)
        return answer

    def _signed_in(
        self, method: str, path: str, *, headers: Mapping[str, str] | None = None, **sent: Any
    ) -> _Answer:
        bearer = {"Authorization": f"Bearer {self._bearer()}"}
        return self._ask(method, path, headers={**(headers or {}), **bearer}, **sent)

    def _bearer(self) -> str:
        if self._token is None or self._ticking() >= self._token[1]:
            asked = {"grant_type": "client_credentials", "scope": " ".join(Scope)}
            answer = self._ask("POST", "/oauth/token", data=asked, auth=self._credentials)
            if answer.status in (400, 401, 403):
                raise Unauthorised("the intake does not accept our client id and secret", answer.status)
            sort_answer(answer.status, answer.headers, creating=True)
            token = _understood(Token, answer)
            self._token = (token.access_token, self._ticking() + max(token.expires_in - 30, 1))
        return self._token[0]

    def _ask(self, method: str, path: str, **sent: Any) -> _Answer:
        deadline = self._ticking() + self._timeouts.whole
        try:
            with self._session.request(
                method,
                self.base_url + path,
                timeout=(self._timeouts.connect, self._timeouts.read),
                allow_redirects=False,  # a child's data goes to the address that was configured, nowhere else
                stream=True,
                **sent,
            ) as response:
                body = b""
                for piece in response.iter_content(64 * 1024):
                    body += piece
                    if len(body) > _LARGEST_ANSWER:
                        raise Retry("the intake's answer is too long", response.status_code)
                    if self._ticking() > deadline:
                        raise Retry("the intake's answer takes too long", response.status_code)
                return _Answer(response.status_code, response.headers, body)
        except requests.Timeout:
            raise Retry("the intake does not answer in time") from None
        except requests.RequestException:
            raise Retry("the connection to the intake failed") from None


@dataclass(frozen=True)
class _Answer:
    status: int
    headers: Mapping[str, str]
    body: bytes


def _understood[M: BaseModel](kind: type[M], answer: _Answer) -> M:
    try:
        return kind.model_validate_json(answer.body)
    except ValidationError:
        raise Retry("the intake's answer cannot be understood", answer.status) from None


def _problem(answer: _Answer) -> str:
    """The name of the problem (RFC 9457), empty when there is none of ours."""
    try:
        kind = Problem.model_validate_json(answer.body).type
    except ValidationError:
        return ""
    return kind.removeprefix(PROBLEM_TYPE) if kind.startswith(PROBLEM_TYPE) else ""


def _same_reference(kept: Acknowledged, reference: str) -> None:
    if kept.reference != reference:
        raise Retry("the intake answered about another referral", None)


def _is_loopback(url: str) -> bool:
    host = urlsplit(url).hostname or ""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
