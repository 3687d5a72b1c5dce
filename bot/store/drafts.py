"""Draft referrals: saved at every answer, shared by staff and DSL, never overwriting what one of them did
not see.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from bot.store.concerns import get_concern
from bot.store.sessions import Stale
from bot.store.tables import Draft

_OF_CONCERN = select(Draft).where(Draft.concern_id == bindparam("concern"))  # asked at every turn


def draft_of(session: Session, concern_id: str) -> Draft | None:
    """The draft of a concern (`.fields`, `.version`), or None while there is none."""
    return session.scalar(_OF_CONCERN, {"concern": concern_id})


def save_draft(
    session: Session,
    concern_id: str,
    fields: dict[str, Any],
    *,
    at: datetime,
    by: str | None = None,
    expected_version: int | None = None,
) -> Draft:
    """Replace the draft's fields. Raises Stale when another version was saved than the one that the editor
    saw.

    `expected_version`: 0 when the editor saw no draft; None to save whatever the version (the assistant's own
    filling-in, made from the current draft in the same transaction).
    """
    get_concern(session, concern_id, lock=True)
    draft = draft_of(session, concern_id)
    current = 0 if draft is None else draft.version
    if expected_version is not None and expected_version != current:
        raise Stale(current)
    if draft is None:
        draft = Draft(concern_id=concern_id, version=1, changed_by=by, changed_at=at, fields=fields)
        session.add(draft)
    else:
        draft.fields, draft.version = fields, current + 1
        draft.changed_by, draft.changed_at = by, at
    session.flush()
    return draft
