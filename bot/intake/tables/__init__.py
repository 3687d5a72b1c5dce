"""The intake's tables."""

from bot.intake.tables.referrals import Addition, Attachment, Case, Child, Event, Referral, Tie, Trace
from bot.intake.tables.row import Base
from bot.intake.tables.senders import (
    AccessToken,
    Answered,
    AssertionUsed,
    Client,
    Organisation,
    Push,
    WebhookTarget,
)
from bot.intake.tables.work import (
    AuditEntry,
    AuditHead,
    InformationRequest,
    KeyInUse,
    Notice,
    Person,
    SignIn,
    Step,
)

__all__ = [
    "AccessToken",
    "Addition",
    "Answered",
    "AssertionUsed",
    "Attachment",
    "AuditEntry",
    "AuditHead",
    "Base",
    "Case",
    "Child",
    "Client",
    "Event",
    "InformationRequest",
    "KeyInUse",
    "Notice",
    "Organisation",
    "Person",
    "Push",
    "Referral",
    "SignIn",
    "Step",
    "Tie",
    "Trace",
    "WebhookTarget",
]
