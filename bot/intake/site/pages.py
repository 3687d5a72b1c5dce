"""The pages put together, and what a refused step looks like."""

from __future__ import annotations

from pathlib import Path

from fastapi import FastAPI, Request
from starlette.responses import RedirectResponse, Response
from starlette.staticfiles import StaticFiles

from bot.intake.site import agency, queue, referral, signin, steps
from bot.intake.site.access import SignInFirst
from bot.intake.site.show import not_now, wrong
from bot.intake.work.steps import NotAllowed, NotThere, StepRefused

__all__ = ["ROOMS", "install", "wrong"]

ROOMS = (signin, queue, agency, referral, steps)
_STATIC = Path(__file__).resolve().parent / "static"


def install(app: FastAPI) -> None:
    """Add every page to the application."""
    for room in ROOMS:
        app.include_router(room.router)
    app.mount("/static/mash", StaticFiles(directory=_STATIC), name="mash")
    app.add_exception_handler(SignInFirst, _sign_in)
    app.add_exception_handler(StepRefused, _refused)


def _sign_in(_: Request, __: Exception) -> Response:
    return RedirectResponse("/sign-in", status_code=303)


def _refused(request: Request, error: Exception) -> Response:
    if isinstance(error, NotThere):
        return wrong(404)
    if isinstance(error, NotAllowed):
        return wrong(403)
    parts = request.url.path.split("/")
    back = "/".join(parts[:3]) if parts[1:2] == ["referrals"] else "/queue"
    return not_now(error, back)
