"""What MASH says: read by cursor, or pushed to us signed; each event is kept once, and its sender sees it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from pydantic import ValidationError
from standardwebhooks import Webhook, WebhookVerificationError

from bot.handover.alarms import tell_of_event
from bot.handover.client import IntakeClient
from bot.handover.heard import SaidEvent
from bot.store import Session, StatusEvent, Store
from bot.store.audit import record
from bot.store.events import NewEvent, cursor, store_event, store_page
from bot.store.referrals import get_referral


class NotFromMash(Exception):
    """A pushed event that MASH did not sign, signed too long ago, or that is no event."""


def read_events(store: Store, client: IntakeClient, now: datetime, *, pages: int = 20) -> int:
    """Read on from the cursor and keep what is new; returns how many. Raises a DeliveryFailed of the client.

    The page and the cursor's move are kept in one transaction: a reader that is killed reads the same page
    again.
    """
    feed = f"events:{client.base_url}"[:64]
    kept = 0
    for _ in range(pages):
        with store.read() as session:
            after = cursor(session, feed)
        page = client.events(after)
        with store.write() as session:
            events = [_new(event) for event in page.events]
            new = store_page(session, feed, events, read_after=after, upto=page.next, now=now)
            for event in new:
                _make_known(session, event, now)
        kept += len(new)
        if not page.more or page.next == after:
            break
    return kept


def verified_event(secret: str, headers: Mapping[str, str], body: bytes) -> SaidEvent:
    """The event that MASH pushed, once its signature and its time hold (Standard Webhooks); else
    NotFromMash.
    """
    try:
        Webhook(secret).verify(body, {name.lower(): value for name, value in headers.items()})
        return SaidEvent.model_validate_json(body)
    except (WebhookVerificationError, ValidationError, ValueError):
        raise NotFromMash("the pushed event is not signed by MASH, is too old, or is no event") from None


def take_event(store: Store, event: SaidEvent, now: datetime) -> bool:
    """Keep a pushed event; False when it was there before (pushes are repeated until they are
    acknowledged).
    """
    with store.write() as session:
        stored = store_event(session, _new(event), now)
        if stored is not None:
            _make_known(session, stored, now)
    return stored is not None


def _new(event: SaidEvent) -> NewEvent:
    body = event.model_dump(mode="json", include={"words", "reasons", "band", "decision"}, exclude_none=True)
    return NewEvent(event.id, event.reference, event.type, event.at, event.due_at, body)


def _make_known(session: Session, event: StatusEvent, now: datetime) -> None:
    if event.referral_id is None:
        return
    referral = get_referral(session, event.referral_id)
    tell_of_event(session, referral, event, now)
    record(
        session,
        organisation_id=referral.organisation_id,
        actor="mash",
        action=f"event_{event.type}",
        subject=f"referral:{referral.reference}",
        at=now,
    )
