"""Documents that go along with a referral: PDF or DOCX, checked by the room that takes them in, kept
sealed.
"""

from __future__ import annotations

import hashlib
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.store.sessions import NotThere
from bot.store.tables import Attachment


def add_attachment(
    session: Session, concern_id: str, *, name: str, content: bytes, media_type: str, by: str, at: datetime
) -> Attachment:
    """Keep a document with a concern."""
    attachment = Attachment(
        concern_id=concern_id,
        media_type=media_type,
        size=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
        by=by,
        at=at,
        name=name,
        content=content,
    )
    session.add(attachment)
    session.flush()
    return attachment


def attachments_of(session: Session, concern_id: str) -> list[Attachment]:
    """The documents of a concern that were not taken away, in the order they came."""
    found = select(Attachment).where(Attachment.concern_id == concern_id, Attachment.removed_at.is_(None))
    return list(session.scalars(found.order_by(Attachment.at, Attachment.id)))


def get_attachment(session: Session, concern_id: str, attachment_id: str) -> Attachment:
    """One document of a concern that was not taken away; raises NotThere."""
    attachment = session.get(Attachment, attachment_id)
    if attachment is None or attachment.concern_id != concern_id or attachment.removed_at is not None:
        raise NotThere("There is no such document.")
    return attachment


def remove_attachment(session: Session, concern_id: str, attachment_id: str, now: datetime) -> bool:
    """Take a document away before it was sent; its row stays. False when there is no such document."""
    attachment = session.get(Attachment, attachment_id)
    if attachment is None or attachment.concern_id != concern_id or attachment.removed_at is not None:
        return False
    attachment.removed_at = now
    session.flush()
    return True
