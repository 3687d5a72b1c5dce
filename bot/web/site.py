"""The school's door as one application."""

from __future__ import annotations

from asgi_cross_origin_protection import CrossOriginProtection
from fastapi import FastAPI

from bot.pages import BodyLimit, SecurityHeaders, asset_files, static_files
from bot.web import (
    after_sending,
    api,
    api_after,
    api_attaching,
    api_by_hand,
    api_events,
    asking,
    attaching,
    by_hand,
    changing,
    children,
    conversation,
    drafting,
    filing,
    health,
    lists,
    notices,
    officers,
    officers_models,
    problems,
    reference,
    sending,
    signin,
    standing,
)
from bot.web.services import Services
from bot.web.show import Show

DESCRIPTION = "Holds a whole conversation about a concern, and sends the referral, without a browser."
#: Bytes; the longest message is 20,000 characters, so this leaves ample room for a whole draft.
LARGEST_BODY = 1_000_000
#: Tried one after the other at every request: a program's turns come first, then the pages.
ROOMS = (
    api,
    api_after,
    api_attaching,
    api_by_hand,
    api_events,
    signin,
    conversation,
    children,
    changing,
    drafting,
    asking,
    attaching,
    sending,
    filing,
    after_sending,
    by_hand,
    lists,
    notices,
    officers,
    officers_models,
    standing,
    reference,
    health,
)


def create_web(services: Services) -> FastAPI:
    """Everything that people and programs of the school's side reach."""
    app = FastAPI(
        title="Worried about a child",
        version="1",
        description=DESCRIPTION,
        docs_url=None,
        redoc_url=None,
        openapi_url="/api/openapi.json",
        swagger_ui_oauth2_redirect_url=None,
    )
    app.state.services = services
    app.state.show = show = Show()
    for room in ROOMS:
        app.include_router(room.router)
    app.mount("/static", static_files(), name="static")
    app.mount("/assets", asset_files(services.settings.assets_dir), name="assets")
    problems.install(app)
    too_large = problems.refuse(show, 413, "Send it in smaller parts.")
    app.add_middleware(BodyLimit, most=LARGEST_BODY, too_large=too_large, more=attaching.largest_body)
    app.add_middleware(CrossOriginProtection, deny_app=problems.refuse(show, 403, "Sent from another site."))
    app.add_middleware(SecurityHeaders)
    return app
