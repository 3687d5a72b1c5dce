"""A bound on what one request may carry, so that nobody can fill the memory of the service."""

from __future__ import annotations

from collections.abc import Callable

from starlette.types import ASGIApp, Message, Receive, Scope, Send


class BodyLimit:
    """Refuses a body of more than `most` bytes with `too_large`, unread where its length is told.

    A body that tells no length is cut off at the limit; what reads it then sees a broken request.
    """

    def __init__(
        self,
        app: ASGIApp,
        *,
        most: int,
        too_large: ASGIApp,
        more: Callable[[str], int | None] = lambda path: None,
    ) -> None:
        """`more` gives the limit of a path that takes more than the others, such as an upload."""
        self.app = app
        self.most = most
        self.more = more
        self.too_large = too_large

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        most = self.more(scope["path"]) or self.most
        told = dict(scope["headers"]).get(b"content-length", b"0")
        if not told.isdigit() or int(told) > most:
            await self.too_large(scope, receive, send)
            return
        received = 0

        async def receive_within_limit() -> Message:
            nonlocal received
            message = await receive()
            received += len(message.get("body", b""))
            return {"type": "http.disconnect"} if received > most else message

        await self.app(scope, receive_within_limit, send)
