"""Is it alive, and is it ready? Ready means: this process answers, and the database does."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.responses import JSONResponse

from bot.store import StoreError
from bot.web.access import Wired

router = APIRouter(include_in_schema=False)


@router.get("/healthz")
def alive() -> JSONResponse:
    """This process answers."""
    return JSONResponse({"status": "ok"})


@router.get("/readyz")
def ready(services: Wired) -> JSONResponse:
    """Web and database decide; the parser's state is told (`up`, `starting`, `down`)."""
    parts = {"web": "up", "database": "up", **services.readiness()}
    try:
        services.store.answers()
    except StoreError:
        parts["database"] = "down"
    ready = parts["database"] == "up"
    status = (
        "not ready"
        if not ready
        else "ready"
        if all(state == "up" for state in parts.values())
        else "degraded"
    )
    return JSONResponse({"status": status, **parts}, 200 if ready else 503)
