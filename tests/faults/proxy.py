"""A loopback proxy that stands before an intake and spoils what passes, as real networks and servers do."""

from __future__ import annotations

import http.client
import socket
import struct
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

KINDS = ("pass", "slow", "error_before", "error_after", "half", "cut_before", "cut_after", "busy")
"""What may happen to a request: passed on; passed on slowly; a 500 instead of it; passed on but answered 500;
half the answer; cut off unasked; passed on and cut off before its answer; 429 with a wait."""

type Answer = tuple[int, list[tuple[str, str]], bytes]
type Choice = Callable[[], str]


class Proxy:
    """One running proxy. `choose` names what happens to the next request; `seen` counts what happened."""

    def __init__(self, upstream: str, choose: Choice, *, slow: float = 0.5) -> None:
        self.upstream = upstream
        self.choose = choose
        self.slow = slow
        self.seen: dict[str, int] = dict.fromkeys(KINDS, 0)
        self._server = _Server(("127.0.0.1", 0), _Handler)
        self._server.proxy = self
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True)

    @property
    def url(self) -> str:
        """Where it listens."""
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    @contextmanager
    def running(self) -> Iterator[Proxy]:
        """Serve until left."""
        self._thread.start()
        try:
            yield self
        finally:
            self._server.shutdown()
            self._server.server_close()
            self._thread.join()

    def forward(self, method: str, path: str, headers: dict[str, str], body: bytes) -> Answer:
        """Ask the intake itself; raises OSError or HTTPException when it is down or dies meanwhile."""
        host, port = self.upstream.removeprefix("http://").split(":")
        connection = http.client.HTTPConnection(host, int(port), timeout=30)
        try:
            connection.request(method, path, body, headers)
            answer = connection.getresponse()
            return answer.status, answer.getheaders(), answer.read()
        finally:
            connection.close()


class _Server(ThreadingHTTPServer):
    """The listening side, which knows its proxy."""

    daemon_threads = True
    proxy: Proxy


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: _Server

    def _pass(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        kind = self.server.proxy.choose()
        self.server.proxy.seen[kind] += 1
        if kind == "cut_before":
            self._cut()
        elif kind == "error_before":
            self._answer(500, [], b"trouble")
        elif kind == "busy":
            self._answer(429, [("Retry-After", "0")], b"wait")
        else:
            if kind == "slow":
                time.sleep(self.server.proxy.slow)
            self._forwarded(kind, body)

    def _forwarded(self, kind: str, body: bytes) -> None:
        dropped = ("host", "connection")
        headers = {name: value for name, value in self.headers.items() if name.lower() not in dropped}
        try:
            status, given, answer = self.server.proxy.forward(self.command, self.path, headers, body)
        except (OSError, http.client.HTTPException):
            self._cut()
            return
        if kind == "cut_after":
            self._cut()
        elif kind == "error_after":
            self._answer(500, [], b"trouble")
        elif kind == "half":
            self._answer(status, given, answer, half=True)
        else:
            self._answer(status, given, answer)

    def _answer(
        self, status: int, headers: list[tuple[str, str]], body: bytes, *, half: bool = False
    ) -> None:
        self.send_response(status)
        for name, value in headers:
            if name.lower() not in ("content-length", "transfer-encoding", "connection", "date", "server"):
                self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body[: len(body) // 2] if half else body)
        if half:
            self._cut()

    def _cut(self) -> None:
        """Drop the connection with a reset."""
        self.wfile.flush()
        self.close_connection = True
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.connection.close()

    def handle(self) -> None:
        """A client that was killed is no news here."""
        try:
            super().handle()
        except (OSError, ValueError):
            self.close_connection = True

    def finish(self) -> None:
        """The streams may be gone already."""
        try:
            super().finish()
        except (OSError, ValueError):
            self.close_connection = True

    def log_message(self, *_: object) -> None:
        """Say nothing: requests hold personal data."""

    do_GET = do_POST = _pass
