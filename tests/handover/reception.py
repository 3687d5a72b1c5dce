"""A MASH reception for tests over real HTTP: keeps what it is sent by key, and misbehaves when told to."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from pytest_httpserver import HTTPServer
from werkzeug import Request, Response

from tests.databases import NOW

SECRET = "s3cret"


@dataclass
class Reception:
    """It keeps documents by key and events in order; `next_answers` are given instead of its own."""

    server: HTTPServer
    kept: dict[str, tuple[str, dict[str, Any]]] = field(default_factory=dict)
    events: list[dict[str, Any]] = field(default_factory=list)
    next_answers: list[Response] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    tokens: int = 0
    page: int = 2

    def __post_init__(self) -> None:
        self.server.expect_request("/oauth/token", method="POST").respond_with_handler(self._token)
        for path in ("/v1/referrals", "/v1/referrals/R-"):
            self.server.expect_request(_starting(path), method="POST").respond_with_handler(self._take)
        self.server.expect_request(_starting("/v1/referrals/R-"), method="GET").respond_with_handler(
            self._show
        )
        self.server.expect_request("/v1/events").respond_with_handler(self._events)

    @property
    def url(self) -> str:
        return self.server.url_for("").rstrip("/")

    def documents(self) -> list[dict[str, Any]]:
        return [document for _, document in self.kept.values()]

    def says(self, reference: str, *types: str) -> None:
        for kind in types:
            number = len(self.events) + 1
            self.events.append(
                {"id": f"e{number}", "cursor": f"{number:04}", "type": kind, "reference": reference,
                 "at": NOW.isoformat(), "words": f"It is {kind}."}
            )  # fmt: skip

    def _token(self, request: Request) -> Response:
        if request.authorization is None or request.authorization.password != SECRET:
            return Response('{"error": "invalid_client", "error_description": ""}', 401)
        self.tokens += 1
        return _json(
            {"access_token": f"t{self.tokens}", "token_type": "Bearer", "expires_in": 300, "scope": ""}
        )

    def _take(self, request: Request) -> Response:
        self.asked.append(request.path)
        if self.next_answers:
            return self.next_answers.pop(0)
        if request.headers["Authorization"] != f"Bearer t{self.tokens}":
            return Response(status=401)
        key, document = request.headers["Idempotency-Key"], request.get_json()
        if self.kept.setdefault(key, (request.path, document))[1] != document:
            return Response(status=422)
        return self._view(document.get("reference") or request.path.split("/")[3], 201)

    def _show(self, request: Request) -> Response:
        reference = request.path.split("/")[3]
        known = any(document.get("reference") == reference for document in self.documents())
        return self._view(reference, 200) if known else Response(status=404)

    def _view(self, reference: str, status: int) -> Response:
        view = {
            "reference": reference,
            "mash_reference": "M1",
            "state": "received",
            "received_at": NOW.isoformat(),
            "due_at": (NOW + timedelta(hours=4)).isoformat(),
        }
        return _json(view, status)

    def _events(self, request: Request) -> Response:
        after = request.args.get("after", "")
        later = [event for event in self.events if event["cursor"] > after]
        page = later[: self.page]
        last = page[-1]["cursor"] if page else after
        return _json({"events": page, "next": last, "more": len(later) > len(page)})


def _json(body: dict[str, Any], status: int = 200) -> Response:
    return Response(json.dumps(body), status, content_type="application/json")


def _starting(path: str) -> Any:
    return re.compile("^" + re.escape(path))
