"""The referral and the record of a decision as files: tagged PDF and DOCX with the same content."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.referrals.rendering.decision import decision_page
from bot.referrals.rendering.docx import to_docx
from bot.referrals.rendering.pdf import to_pdf
from bot.referrals.rendering.referral import referral_page


def referral_pdf(document: Mapping[str, Any], to: str = "") -> bytes:
    """A sent referral (the contract's JSON) as tagged PDF. ``to``: the authority, where staff send it."""
    return to_pdf(referral_page(document, to))


def referral_docx(document: Mapping[str, Any], to: str = "") -> bytes:
    """A sent referral (the contract's JSON) as DOCX. ``to``: the authority, where staff send it."""
    return to_docx(referral_page(document, to))


def decision_pdf(record: Mapping[str, Any]) -> bytes:
    """A record of a decision as tagged PDF."""
    return to_pdf(decision_page(record))


def decision_docx(record: Mapping[str, Any]) -> bytes:
    """A record of a decision as DOCX."""
    return to_docx(decision_page(record))
