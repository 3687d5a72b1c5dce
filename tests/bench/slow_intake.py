"""An intake that takes 50 ms for a referral: `python -m tests.bench.slow_intake PORT`; for measuring only."""

from __future__ import annotations

import json
import sys
import time
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

_TAKES = 0.05


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def do_POST(self) -> None:
        """A token, or the receipt of a referral."""
        body = self.rfile.read(int(self.headers["Content-Length"] or 0))
        if self.path == "/oauth/token":
            self._answer({"access_token": "t", "token_type": "Bearer", "expires_in": 3600, "scope": ""})
            return
        time.sleep(_TAKES)
        now = datetime.now(UTC).isoformat()
        view = {"mash_reference": "M", "state": "received", "received_at": now, "due_at": None}
        self._answer({"reference": json.loads(body)["reference"], **view})

    def do_GET(self) -> None:
        """No events."""
        self._answer({"events": [], "next": "", "more": False})

    def _answer(self, content: dict[str, Any]) -> None:
        said = json.dumps(content).encode()
        head = f"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {len(said)}\r\n\r\n"
        self.wfile.write(head.encode() + said)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


if __name__ == "__main__":
    ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1])), _Handler).serve_forever()
