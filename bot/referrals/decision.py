"""The record of a decision that ends a concern without a referral, for the school's file."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from bot.referrals.document import Suggested, criterion_body
from bot.referrals.prefill import Told


def record_of_decision(
    *,
    suggested: Suggested,
    answers: Sequence[tuple[str, str]],
    told: Sequence[Told],
    not_met: Sequence[str],
    ruled_out: Sequence[str],
    duties: Sequence[tuple[str, datetime | None]],
    decision: str,
    reason: str,
    decided_by: str,
    decided_at: datetime,
    look_again_at: datetime | None,
    route: str | None,
    disagreed_by: str = "",
    several: bool = False,
) -> dict[str, Any]:
    """Everything that a decision rests on, as JSON: what was said, criteria met and not met, band and peak,
    pack and version, who decided what and why, and when it is looked at again.

    ``not_met``: the criteria of the worries that were named, each in words; ``ruled_out``: every other kind
    of worry, none of whose criteria is met. ``duties``: what had to be done besides, and when it was ticked
    off. ``several``: whether the concern is about several children, who are then told apart.
    """
    return {
        "kind": "decision",
        "decision": decision,
        "reason": reason,
        "decided_by": decided_by,
        "decided_at": decided_at.isoformat(),
        "look_again_at": look_again_at.isoformat() if look_again_at is not None else None,
        "route": route,
        "band": suggested.band.value if suggested.band is not None else None,
        "peak": suggested.peak.value if suggested.peak is not None else None,
        "lowered_because": suggested.lowered_for or None,
        "disagreement": (
            dict(zip(("band", "reason"), suggested.disagreement, strict=True)) | {"by": disagreed_by}
            if suggested.disagreement
            else None
        ),
        "several": several,
        "met": [criterion_body(one) for one in suggested.criteria],
        "not_met": list(not_met),
        "ruled_out": list(ruled_out),
        "duties": [
            {"title": title, "done_at": at.isoformat() if at is not None else None} for title, at in duties
        ],
        "answers": [{"ask": ask, "answer": answer} for ask, answer in answers],
        "told": [{"text": one.text, "at": one.at.isoformat(), "by": one.by} for one in told],
        "pack": {
            "name": suggested.pack_name,
            "version": suggested.pack_version,
            "digest": suggested.pack_digest,
            "status": suggested.pack_status,
        },
    }
