"""Getting a referral to the intake exactly once, and the answers back.

    courier = Courier(store, IntakeClient(url, id, secret), now, Random(), name="worker-1")
    Worker(courier, LogNotifier(), store, now).run(stop)

Many workers may run on PostgreSQL, one on SQLite. Where a referral stands is read from times:
`bot.store.standing`.
"""

from bot.handover.backoff import Patience
from bot.handover.client import IntakeClient, Receipt, Timeouts
from bot.handover.delivery import Courier
from bot.handover.failures import (
    AlreadyReceived,
    DeliveryFailed,
    NeverRetry,
    Retry,
    Throttled,
    Unauthorised,
)
from bot.handover.feed import NotFromMash, read_events, take_event, verified_event
from bot.handover.outgoing import LogNotifier, Notifier, NotTold, SmtpNotifier, send_notices
from bot.handover.worker import Rhythm, Worker

__all__ = [
    "AlreadyReceived",
    "Courier",
    "DeliveryFailed",
    "IntakeClient",
    "LogNotifier",
    "NeverRetry",
    "NotFromMash",
    "NotTold",
    "Notifier",
    "Patience",
    "Receipt",
    "Retry",
    "Rhythm",
    "SmtpNotifier",
    "Throttled",
    "Timeouts",
    "Unauthorised",
    "Worker",
    "read_events",
    "send_notices",
    "take_event",
    "verified_event",
]
