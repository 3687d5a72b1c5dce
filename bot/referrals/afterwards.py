"""What follows a referral on the same reference: added information, and the wish to withdraw it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from bot.contract import Information, Withdrawal
from bot.referrals.document import Suggested, suggestion_body


def information(
    words: str, *, said_by: str, at: datetime, risk_is_higher: bool, suggested: Suggested
) -> dict[str, Any]:
    """Added information as the contract has it; `risk_is_higher` puts it in front of MASH again at once."""
    body = {
        "words": words,
        "said_by": said_by,
        "at": at.isoformat(),
        "risk_is_higher": risk_is_higher,
        "suggested": suggestion_body(suggested),
    }
    return Information.model_validate(body).model_dump(mode="json", exclude_none=True)


def withdrawal(reason: str, *, by: str) -> dict[str, Any]:
    """The wish to withdraw, with its reason, as the contract has it. MASH decides whether it stops."""
    return Withdrawal(reason=reason, by=by).model_dump(mode="json", exclude_none=True)
