"""When consent stands in the way of sending: only ever for a Green."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.referrals.draft import value_at
from bot.thresholds import Band

_SAYS = (
    "A Green referral offers support, and goes only with consent. Ask somebody with parental "
    "responsibility, and write down who agreed and when. You can also offer an early help conversation "
    "first. If you think the child is being harmed, say so: choose a higher band with your reason, and "
    "consent is not needed."
)


def consent_blocks(draft: Mapping[str, Any], band: Band | None) -> str | None:
    """Why the referral cannot go yet, or None. Only a Green waits for consent; where the band is open, or
    none and staff refer all the same, nothing holds them up.
    """
    if band is not Band.GREEN:
        return None
    return None if value_at(draft, "consent.support") == "given" else _SAYS
