"""The referral document: its fields, identifiers, quality and rendering. Pure."""

from bot.contract import DOCX, FileRefused, media_type_of
from bot.referrals.afterwards import information, withdrawal
from bot.referrals.aim import Target, target
from bot.referrals.chronology import events_of
from bot.referrals.consent import consent_blocks
from bot.referrals.decision import record_of_decision
from bot.referrals.document import Criterion, Suggested, document
from bot.referrals.draft import Draft, changes, items_of, merge, next_mark, value_at
from bot.referrals.form import FIELDS, NOT_KNOWN, SECTIONS, Field, Need, Only, Section
from bot.referrals.gaps import Missing, missing
from bot.referrals.identifiers import IdentifierWarning, check_identifiers
from bot.referrals.prefill import Referrer, Told, prefill
from bot.referrals.quality import Check, Flag, Quality, quality
from bot.referrals.rendering import decision_docx, decision_pdf, referral_docx, referral_pdf
from bot.referrals.values import FieldError

__all__ = [
    "DOCX",
    "FIELDS",
    "NOT_KNOWN",
    "SECTIONS",
    "Check",
    "Criterion",
    "Draft",
    "Field",
    "FieldError",
    "FileRefused",
    "Flag",
    "IdentifierWarning",
    "Missing",
    "Need",
    "Only",
    "Quality",
    "Referrer",
    "Section",
    "Suggested",
    "Target",
    "Told",
    "changes",
    "check_identifiers",
    "consent_blocks",
    "decision_docx",
    "decision_pdf",
    "document",
    "events_of",
    "information",
    "items_of",
    "media_type_of",
    "merge",
    "missing",
    "next_mark",
    "prefill",
    "quality",
    "record_of_decision",
    "referral_docx",
    "referral_pdf",
    "target",
    "value_at",
    "withdrawal",
]
