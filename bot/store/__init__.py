"""Where concerns and referrals are kept; the only room of the school's side that knows SQL.

    store = Store(url, KeyRing.load(path)); migrate(url); store.check(now)
    with store.write() as session:                      # one transaction
        concern = concerns.add_concern(session, author=person, …)
    with store.read() as session: …

Each file holds one subject and offers small functions that take the session first: organisations, people,
tokens, sign_ins, concerns, messages, answers, drafts, decisions, referrals, by_hand, attachments, outbox,
events, standing, notices, audit; for operators keeping, rotation, backup. Import the file:
`from bot.store import concerns as kept_concerns`. Times are passed in, always with their zone.
"""

from sqlalchemy.orm import Session

from bot.safekeeping import KeyMissing, KeyRing, KeyRingError, KeyRingMissing, SealBroken
from bot.store.schema import is_current, migrate
from bot.store.sessions import KeyReused, NotThere, Stale, Store, StoreError, StoreNotReady, StoreUnavailable
from bot.store.tables import (
    ROLES,
    Addition,
    Answer,
    ApiToken,
    Attachment,
    AuditEntry,
    Call,
    Child,
    Concern,
    Decision,
    Delivery,
    Draft,
    Example,
    HandedOver,
    Message,
    Notice,
    Organisation,
    Outbox,
    Person,
    Referral,
    SignIn,
    StatusEvent,
    TrainedModel,
)

__all__ = [
    "ROLES",
    "Addition",
    "Answer",
    "ApiToken",
    "Attachment",
    "AuditEntry",
    "Call",
    "Child",
    "Concern",
    "Decision",
    "Delivery",
    "Draft",
    "Example",
    "HandedOver",
    "KeyMissing",
    "KeyReused",
    "KeyRing",
    "KeyRingError",
    "KeyRingMissing",
    "Message",
    "NotThere",
    "Notice",
    "Organisation",
    "Outbox",
    "Person",
    "Referral",
    "SealBroken",
    "Session",
    "SignIn",
    "Stale",
    "StatusEvent",
    "Store",
    "StoreError",
    "StoreNotReady",
    "StoreUnavailable",
    "TrainedModel",
    "is_current",
    "migrate",
]
