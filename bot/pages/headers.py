"""Response headers that every page and every answer carries, whatever the route forgot."""

from __future__ import annotations

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

#: Nothing inline, nothing from elsewhere: a page that carries a child's story loads only our own files.
CONTENT_SECURITY_POLICY = "; ".join(
    (
        "default-src 'self'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self'",
        "object-src 'none'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    )
)

STANDING_HEADERS = {
    "content-security-policy": CONTENT_SECURITY_POLICY,
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "x-frame-options": "DENY",
}

#: One year; only sent where the service is reached by https, so never on loopback.
STRICT_TRANSPORT = "max-age=31536000; includeSubDomains"


class SecurityHeaders:
    """Adds the headers above; everything but `public` paths is also kept out of every cache.

    Personal pages must not stay in a browser's cache of a staff-room computer, so `no-store` is the rule and
    a cacheable path the exception.
    """

    def __init__(self, app: ASGIApp, *, public: tuple[str, ...] = ("/assets/", "/static/")) -> None:
        self.app = app
        self.public = public

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                self._add(MutableHeaders(scope=message), scope)
            await send(message)

        await self.app(scope, receive, send_with_headers)

    def _add(self, headers: MutableHeaders, scope: Scope) -> None:
        for name, value in STANDING_HEADERS.items():
            headers[name] = value
        if scope["path"].startswith(self.public):
            headers.setdefault("cache-control", "public, max-age=3600")
        else:
            headers["cache-control"] = "no-store"
        if scope.get("scheme") == "https":
            headers["strict-transport-security"] = STRICT_TRANSPORT
