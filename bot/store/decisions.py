"""What was decided about a concern without a referral, and what was said against the advice."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.store.tables import Concern, Decision


def add_decision(
    session: Session,
    concern: Concern,
    *,
    kind: str,
    decision: str,
    by: str,
    at: datetime,
    reason: str | None = None,
    record: dict[str, Any] | None = None,
    look_again_at: datetime | None = None,
) -> Decision:
    """Keep one. `kind`: decision (ends the concern), disagreement (`decision` is the band they hold), or
    lowered.

    `record`: the record of decision as it stood (criteria met and not met, peak, pack), for the school's
    file.
    """
    made = Decision(
        concern_id=concern.id,
        kind=kind,
        decision=decision,
        advised_band=concern.advised_band,
        by=by,
        at=at,
        reason=reason,
        record=record,
        look_again_at=look_again_at,
    )
    session.add(made)
    if kind == "decision":
        concern.ended_at = at
    session.flush()
    return made


def decisions_of(session: Session, concern_id: str, *, kind: str | None = None) -> list[Decision]:
    """The decisions of a concern, oldest first."""
    found = select(Decision).where(Decision.concern_id == concern_id)
    if kind is not None:
        found = found.where(Decision.kind == kind)
    return list(session.scalars(found.order_by(Decision.at, Decision.id)))
