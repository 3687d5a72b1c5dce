"""The tables of the school's database. Every personal field is sealed from the first migration on."""

from bot.store.tables.concerns import (
    Access,
    Answer,
    Attachment,
    Child,
    Concern,
    Decision,
    Draft,
    Message,
)
from bot.store.tables.keeping import AuditEntry, AuditHead, KeyInUse
from bot.store.tables.people import ROLES, ApiToken, Organisation, Person, SignIn
from bot.store.tables.referrals import (
    Addition,
    Call,
    Cursor,
    Delivery,
    HandedOver,
    Notice,
    Outbox,
    Referral,
    StatusEvent,
)
from bot.store.tables.row import Base, Row
from bot.store.tables.understanding import Example, TrainedModel

__all__ = [
    "ROLES",
    "Access",
    "Addition",
    "Answer",
    "ApiToken",
    "Attachment",
    "AuditEntry",
    "AuditHead",
    "Base",
    "Call",
    "Child",
    "Concern",
    "Cursor",
    "Decision",
    "Delivery",
    "Draft",
    "Example",
    "HandedOver",
    "KeyInUse",
    "Message",
    "Notice",
    "Organisation",
    "Outbox",
    "Person",
    "Referral",
    "Row",
    "SignIn",
    "StatusEvent",
    "TrainedModel",
]
