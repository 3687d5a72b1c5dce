"""When something cannot be done: a page for people, problem details for programs. Nothing is echoed."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from bot.concerns.errors import BadInput, KeyUsedBefore, NotFound, NotNow, OutOfDate
from bot.pages import STANDING_HEADERS, error_page
from bot.store import StoreNotReady, StoreUnavailable
from bot.web.access import NotForYou, NoToken, SignInFirst
from bot.web.show import Show, swaps

log = logging.getLogger(__name__)

API = "/api/"
TITLES = {
    400: "The request could not be read",
    401: "A token is needed",
    403: "Not allowed",
    404: "Not found",
    405: "Method not allowed",
    409: "Out of date",
    413: "Too large",
    415: "Wrong media type",
    422: "The content cannot be taken",
    429: "Too many requests",
    500: "Something went wrong here",
    503: "Not ready",
}


def problem(
    status: int,
    detail: str,
    *,
    errors: Sequence[dict[str, str]] = (),
    headers: dict[str, str] | None = None,
    **more: Any,
) -> JSONResponse:
    """Problem details (RFC 9457) that say what is wrong and how to mend it, never what was sent."""
    body: dict[str, Any] = {"type": "about:blank", "title": TITLES.get(status, "Error"), "status": status}
    body["detail"] = detail
    if errors:
        body["errors"] = list(errors)
    return JSONResponse(body | more, status, headers, media_type="application/problem+json")


def refuse(show: Show, status: int, detail: str) -> ASGIApp:
    """Refuses everything, in the manner of the door; for what is turned away before routing."""

    async def refused(scope: Scope, receive: Receive, send: Send) -> None:
        api = scope["path"].startswith(API)
        answer = problem(status, detail) if api else error_page(show.pages, status)
        await answer(scope, receive, send)

    return refused


def told(request: Request, status: int, detail: str, **more: Any) -> Response:
    """The answer in the manner of the door that was used."""
    if request.url.path.startswith(API):
        return problem(status, detail, **more)
    show: Show = request.app.state.show
    return error_page(show.pages, status)


def _not_found(request: Request, error: Exception) -> Response:
    return told(request, 404, str(error))


def _out_of_date(request: Request, error: Exception) -> Response:
    version = error.version if isinstance(error, OutOfDate) else None
    return told(request, 409, str(error), version=version)


def _not_now(request: Request, error: Exception) -> Response:
    return told(request, 409, str(error))


def _unprocessable(request: Request, error: Exception) -> Response:
    return told(request, 422, str(error))


def _invalid(request: Request, error: Exception) -> Response:
    details = error.errors() if isinstance(error, RequestValidationError) else []
    return told(
        request, 422, "Some fields cannot be taken; see errors.", errors=[_quietly(one) for one in details]
    )


def _http(request: Request, error: Exception) -> Response:
    status = error.status_code if isinstance(error, HTTPException) else 500
    return told(request, status, TITLES.get(status, "The request cannot be answered."))


def _sign_in_first(request: Request, error: Exception) -> Response:
    if swaps(request):
        return Response(status_code=200, headers={"HX-Redirect": "/sign-in"})
    return RedirectResponse("/sign-in", status_code=303)


def _not_for_you(request: Request, error: Exception) -> Response:
    return told(request, 403, "Your account is not one of those that may do this.")


def _no_token(request: Request, error: Exception) -> Response:
    says = "Send `Authorization: Bearer <token>`; the administrator mints tokens."
    return problem(401, says, headers={"www-authenticate": "Bearer"})


def _not_ready(request: Request, error: Exception) -> Response:
    log.error("store not available: %s", error)
    return told(request, 503, str(error))


def _unexpected(request: Request, error: Exception) -> Response:
    log.error("unexpected %s", type(error).__name__, exc_info=error)
    answer = told(request, 500, "It was logged. Nothing that was accepted before is lost; try again.")
    # This answer is made outside our middleware, which would have added them.
    answer.headers.update(STANDING_HEADERS | {"cache-control": "no-store"})
    return answer


HANDLERS: dict[type[Exception], Callable[[Request, Exception], Response]] = {
    NotFound: _not_found,
    OutOfDate: _out_of_date,
    NotNow: _not_now,
    BadInput: _unprocessable,
    KeyUsedBefore: _unprocessable,
    RequestValidationError: _invalid,
    HTTPException: _http,
    SignInFirst: _sign_in_first,
    NotForYou: _not_for_you,
    NoToken: _no_token,
    StoreUnavailable: _not_ready,
    StoreNotReady: _not_ready,
    Exception: _unexpected,
}


def install(app: FastAPI) -> None:
    """Answer every error in the manner of the door it came through."""
    for kind, handler in HANDLERS.items():
        app.add_exception_handler(kind, handler)


def _quietly(detail: Any) -> dict[str, str]:
    """Where and what, without the value: some of pydantic's messages and places repeat what was sent."""
    kind = str(detail["type"])
    if kind == "extra_forbidden":
        return {"pointer": "/", "detail": "There is a field that this request does not have."}
    value, said = detail.get("input"), str(detail["msg"])
    echoes = isinstance(value, str) and value != "" and value in said
    return {"pointer": _pointer(detail["loc"]), "detail": kind.replace("_", " ") if echoes else said}


def _pointer(place: Sequence[Any]) -> str:
    """Where in the request, as a JSON pointer; `body` is left out."""
    return "/" + "/".join(str(part) for part in place if part != "body")
