"""The intake as one application: the API of the contract and the pages of MASH."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from asgi_cross_origin_protection import CrossOriginProtection
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.middleware.body_limit import RequestBodyLimitMiddleware
from starlette.responses import JSONResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from bot.contract import LARGEST_FILE
from bot.intake.api import events, referrals, tokens
from bot.intake.api.described import describe
from bot.intake.api.problems import ApiProblem, of_validation, problem
from bot.intake.database import Impossible, IntakeStoreError
from bot.intake.push import Pusher
from bot.intake.services import Services
from bot.intake.site import pages as site
from bot.pages import STANDING_HEADERS, SecurityHeaders, asset_files, static_files

log = logging.getLogger(__name__)

LARGEST_BODY = LARGEST_FILE + 1_000_000
API_PATHS = ("/v1/", "/oauth/", "/openapi.json", "/healthz")


def create_intake(services: Services, *, pushing: bool = True) -> FastAPI:
    """Everything that senders' machines, agencies and people of MASH reach."""

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        pusher = Pusher(services) if pushing else None
        if pusher:
            pusher.start()
        yield
        if pusher:
            pusher.end()

    app = FastAPI(
        title="MASH intake",
        version="1.0",
        docs_url=None,
        redoc_url=None,
        lifespan=lifespan,
    )
    app.state.services = services
    app.openapi = lambda: describe(app)  # type: ignore[method-assign]  # FastAPI's own way to say it
    for room in (tokens, referrals, events):
        app.include_router(room.router)
    app.add_api_route("/healthz", healthz, include_in_schema=False)
    site.install(app)
    app.mount("/static", static_files(), name="static")
    app.mount("/assets", asset_files(services.settings.assets_dir), name="assets")
    _answer_errors(app)
    app.add_middleware(RequestBodyLimitMiddleware, max_body_size=LARGEST_BODY)
    app.add_middleware(DeclaredLength, most=LARGEST_BODY, too_large=_refuse(413))
    app.add_middleware(CrossOriginProtection, deny_app=_refuse(403))
    app.add_middleware(SecurityHeaders)
    return app


class DeclaredLength:
    """Refuses a body that says it is too large, in our own manner; one that does not say is cut off by
    Starlette.
    """

    def __init__(self, app: ASGIApp, *, most: int, too_large: ASGIApp) -> None:
        self.app = app
        self.most = most
        self.too_large = too_large

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        told = dict(scope.get("headers", ())).get(b"content-length", b"0")
        refused = scope["type"] == "http" and (not told.isdigit() or int(told) > self.most)
        await (self.too_large if refused else self.app)(scope, receive, send)


def healthz(request: Request) -> Response:
    """Whether the process and its database answer."""
    services: Services = request.app.state.services
    services.database.answers()
    return JSONResponse({"status": "ok"})


def is_api(path: str) -> bool:
    """Whether a program asks; then errors are problem details, else pages."""
    return path.startswith(API_PATHS) or path == "/v1"


def _answer_errors(app: FastAPI) -> None:
    for kind, handler in (
        (RequestValidationError, _invalid),
        (HTTPException, _http),
        (ApiProblem, _known),
        (IntakeStoreError, _not_now),
        (Exception, _unexpected),
    ):
        app.add_exception_handler(kind, handler)


def _told(request: Request, status: int, kind: str = "") -> Response:
    return problem(status, kind) if is_api(request.url.path) else site.wrong(status)


def _invalid(request: Request, error: Exception) -> Response:
    if isinstance(error, RequestValidationError) and is_api(request.url.path):
        return of_validation(error)
    return _told(request, 422)


def _http(request: Request, error: Exception) -> Response:
    if not isinstance(error, HTTPException):
        return _told(request, 500)
    answer = _told(request, error.status_code)
    answer.headers.update(error.headers or {})
    return answer


def _known(request: Request, error: Exception) -> Response:
    if not isinstance(error, ApiProblem):
        return _told(request, 500)
    return problem(error.status, error.kind, error.detail, title=error.title, headers=error.headers)


def _not_now(request: Request, error: Exception) -> Response:
    if isinstance(error, Impossible):
        return _told(request, 422, "invalid")
    log.error("%s", error)
    return _told(request, 503, "unavailable")


def _unexpected(request: Request, error: Exception) -> Response:
    log.error("unexpected %s", type(error).__name__, exc_info=error)
    answer = _told(request, 500)
    answer.headers.update(STANDING_HEADERS | {"cache-control": "no-store"})  # made outside our middleware
    return answer


def _refuse(status: int) -> ASGIApp:
    async def refused(scope: Scope, receive: Receive, send: Send) -> None:
        answer = problem(status) if is_api(scope["path"]) else site.wrong(status)
        await answer(scope, receive, send)

    return refused
