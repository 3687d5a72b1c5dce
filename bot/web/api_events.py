"""Where the intake pushes what MASH says, signed by Standard Webhooks. Nobody signs in here: the signature is
what is believed.
"""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request
from starlette.responses import Response

from bot.handover import NotFromMash, take_event, verified_event
from bot.web.access import Wired
from bot.web.problems import problem

router = APIRouter(prefix="/api/v1", tags=["events"])

NOT_SET_UP = "Events are not pushed to this service; it reads them by cursor. See BOT_INTAKE_EVENTS_SECRET."
NOT_SIGNED = (
    "It is not signed with the secret of the webhook, or its time is more than five minutes off, or it is no "
    "event of the contract. Nothing was kept."
)
SIGNED: dict[str, Any] = {
    "parameters": [
        {"name": name, "in": "header", "required": True, "schema": {"type": "string"}}
        for name in ("webhook-id", "webhook-timestamp", "webhook-signature")
    ],
    "requestBody": {
        "required": True,
        "content": {"application/json": {"schema": {"type": "object", "description": "one event"}}},
    },
}


async def _as_sent(request: Request) -> bytes:
    """The body to the byte: that is what was signed."""
    return await request.body()


@router.post(
    "/events",
    status_code=204,
    openapi_extra=SIGNED,
    responses={
        401: {"description": "Not signed by the intake, too old, or no event"},
        404: {"description": "Pushed events are not set up here"},
    },
)
def take_pushed(request: Request, services: Wired, body: Annotated[bytes, Depends(_as_sent)]) -> Response:
    """Keep an event that the intake pushed, like one read by cursor: once, however often it comes."""
    secret = services.settings.intake_events_secret.get_secret_value()
    if not secret:
        return problem(404, NOT_SET_UP)
    try:
        event = verified_event(secret, request.headers, body)
    except NotFromMash:
        return problem(401, NOT_SIGNED)
    take_event(services.store, event, services.clock())
    return Response(status_code=204)
