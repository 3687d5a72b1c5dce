"""Pushing events to webhooks: signed, again until acknowledged, ever more slowly, at most an hour apart."""

from __future__ import annotations

import ipaddress
import logging
import socket
import threading
from datetime import datetime, timedelta
from urllib.parse import urlsplit

import requests
from sqlalchemy import or_, select, update
from sqlalchemy.orm import Session
from standardwebhooks.webhooks import Webhook as Signer

from bot.intake.services import Services
from bot.intake.tables import Event, Push, Referral, WebhookTarget
from bot.intake.work.telling import shown

log = logging.getLogger(__name__)

TIMEOUT = (3.05, 10)  # seconds to connect, to be answered
LEASE = timedelta(seconds=60)
SLOWEST = timedelta(hours=1)
_LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})


class AddressRefused(Exception):
    """Events about children are not sent to this address."""


def check_address(url: str, *, loopback: bool) -> None:
    """Refuse what is not https to a public address; `loopback` allows this machine (demonstration)."""
    parts = urlsplit(url)
    host = parts.hostname or ""
    if loopback and host in _LOOPBACK:
        return
    if parts.scheme != "https" or parts.username or parts.password:
        raise AddressRefused("Events are pushed to https addresses only, without a name or password in them.")
    if host in _LOOPBACK or _is_private(host):
        raise AddressRefused("Events are not pushed into this machine or a private network.")


def push_once(services: Services, most: int = 50) -> int:
    """Try what is due now; returns how many were acknowledged. An organisation whose webhook is away is tried
    once a round, so that it holds up nobody else's events.
    """
    acknowledged, away = 0, set[str]()
    for push_id, organisation_id in _lease(services, most):
        if organisation_id in away:
            continue
        if _deliver(services, push_id):
            acknowledged += 1
        else:
            away.add(organisation_id)
    return acknowledged


class Pusher(threading.Thread):
    """Pushes in the background until told to stop."""

    def __init__(self, services: Services, pause: float = 1.0) -> None:
        super().__init__(name="pusher", daemon=True)
        self._services = services
        self._pause = pause
        self._ended = threading.Event()

    def run(self) -> None:
        """Go on after any failure: an event that is not pushed now is pushed later."""
        while not self._ended.wait(self._pause):
            try:
                push_once(self._services)
            except Exception:
                log.exception("pushing events failed; it is tried again")

    def end(self) -> None:
        """Stop after what is under way."""
        self._ended.set()
        self.join(timeout=sum(TIMEOUT))


def _lease(services: Services, most: int) -> list[tuple[str, str]]:
    now = services.now()
    with services.database.write() as session:
        due = session.scalars(
            select(Push)
            .where(
                Push.acknowledged_at.is_(None),
                Push.due_at <= now,
                or_(Push.lease_until.is_(None), Push.lease_until < now),
            )
            .order_by(Push.due_at)
            .limit(most)
            .with_for_update(skip_locked=True)
        ).all()
        for push in due:
            push.lease_until = now + LEASE
        return [(push.id, push.organisation_id) for push in due]


def _deliver(services: Services, push_id: str) -> bool:
    now = services.now()
    with services.database.read() as session:
        push = session.get(Push, push_id)
        if push is None:
            return False
        target = session.scalar(
            select(WebhookTarget).where(WebhookTarget.organisation_id == push.organisation_id)
        )
        event = session.get(Event, push.event_id)
        referral = session.get(Referral, event.referral_id) if event else None
        if target is None or event is None or referral is None:
            return False
        url, secret = target.url, target.secret
        body = shown(event, referral.reference).model_dump_json()
    failure = _post(services, url, secret, push.event_id, body, now)
    with services.database.write() as session:
        kept = session.get(Push, push_id, with_for_update=True)
        if kept is None:
            return False
        kept.attempts += 1
        kept.lease_until = None
        kept.last_failure = failure
        if failure is None:
            kept.acknowledged_at = now
        else:
            kept.due_at = now + min(SLOWEST, timedelta(seconds=2 ** min(kept.attempts, 12)))
            _all_wait(session, kept)
    return failure is None


def _all_wait(session: Session, failed: Push) -> None:
    """What else goes to the same webhook waits as long, and as much longer the next time."""
    session.execute(
        update(Push)
        .where(
            Push.organisation_id == failed.organisation_id,
            Push.acknowledged_at.is_(None),
            Push.due_at < failed.due_at,
        )
        .values(due_at=failed.due_at, attempts=failed.attempts, lease_until=None)
        .execution_options(synchronize_session=False)
    )


def _post(services: Services, url: str, secret: str, event_id: str, body: str, now: datetime) -> str | None:
    """None when it was acknowledged, else the kind of failure."""
    headers = {
        "content-type": "application/json",
        "webhook-id": event_id,
        "webhook-timestamp": str(int(now.timestamp())),
        "webhook-signature": Signer(secret).sign(event_id, now, body),
    }
    try:
        check_address(url, loopback=services.settings.demonstration)
        answer = requests.post(
            url, data=body.encode(), headers=headers, timeout=TIMEOUT, allow_redirects=False
        )
    except AddressRefused:
        return "address_refused"
    except requests.Timeout:
        return "timeout"
    except requests.RequestException:
        return "unreachable"
    return None if 200 <= answer.status_code < 300 else f"status_{answer.status_code}"


def _is_private(host: str) -> bool:
    try:
        found = socket.getaddrinfo(host, 443, proto=socket.IPPROTO_TCP)
    except (OSError, UnicodeError):
        return False  # it may be there when an event is pushed; it is checked again then
    return any(not ipaddress.ip_address(str(entry[4][0]).split("%")[0]).is_global for entry in found)
