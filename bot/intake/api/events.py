"""Events: by cursor, or pushed to a webhook (Standard Webhooks) until acknowledged."""

from __future__ import annotations

import base64
import secrets
from typing import Annotated

from fastapi import APIRouter, Query
from sqlalchemy import delete, select
from starlette.responses import Response

from bot.contract import EventPage, Webhook, WebhookSecret
from bot.intake.api.access import Listener
from bot.intake.api.described import described
from bot.intake.api.problems import ApiProblem
from bot.intake.push import AddressRefused, check_address
from bot.intake.services import Wired
from bot.intake.tables import Push, WebhookTarget
from bot.intake.work import trail
from bot.intake.work.telling import events_after

router = APIRouter(prefix="/v1", tags=["events"])


@router.get(
    "/events", response_model=EventPage, responses=described(401, 403, 422, 503), summary="Read events"
)
def events(
    client: Listener,
    services: Wired,
    after: Annotated[
        str, Query(pattern=r"^[0-9]{1,12}$", description="`next` of the page before; 0 for the beginning")
    ] = "0",
    limit: Annotated[int, Query(ge=1, le=500)] = 100,
) -> EventPage:
    """The organisation's events after a cursor, oldest first. A cursor never expires."""
    with services.database.read() as session:
        return events_after(session, client.organisation_id, int(after), limit)


@router.put(
    "/webhook",
    response_model=WebhookSecret,
    responses=described(400, 401, 403, 413, 422, 503),
    summary="Have events pushed",
)
def set_webhook(target: Webhook, client: Listener, services: Wired) -> WebhookSecret:
    """From now on every event is POSTed there, signed by Standard Webhooks, again until a 2xx comes back.

    Each call makes a new secret, shown once. Check the signature and the timestamp (five minutes), and keep
    each event `id` once.
    """
    url = str(target.url)
    try:
        check_address(url, loopback=services.settings.demonstration)
    except AddressRefused as refused:
        raise ApiProblem(422, "webhook-address", str(refused)) from None
    secret = "whsec_" + base64.b64encode(secrets.token_bytes(32)).decode()
    now = services.now()
    with services.database.write() as session:
        kept = session.scalar(
            select(WebhookTarget)
            .where(WebhookTarget.organisation_id == client.organisation_id)
            .with_for_update()
        )
        if kept is None:
            session.add(
                WebhookTarget(organisation_id=client.organisation_id, url=url, created_at=now, secret=secret)
            )
        else:
            kept.url, kept.secret, kept.created_at = url, secret, now
        trail.record(
            session,
            actor=f"client:{client.id}",
            action="webhook",
            subject=f"organisation:{client.organisation_id}",
            at=now,
        )
    return WebhookSecret(url=url, secret=secret)


@router.delete("/webhook", status_code=204, responses=described(401, 403, 503), summary="Stop pushing events")
def remove_webhook(client: Listener, services: Wired) -> Response:
    """Events are still there to be read by cursor."""
    with services.database.write() as session:
        session.execute(delete(WebhookTarget).where(WebhookTarget.organisation_id == client.organisation_id))
        session.execute(
            delete(Push).where(Push.organisation_id == client.organisation_id, Push.acknowledged_at.is_(None))
        )
    return Response(status_code=204)
