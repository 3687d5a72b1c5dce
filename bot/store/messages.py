"""What was said in a concern. Originals are evidence: stored first, sealed, never changed."""

from __future__ import annotations

import hmac
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import bindparam, func, select, update
from sqlalchemy.orm import Session

from bot.store.concerns import get_concern
from bot.store.sessions import KeyReused
from bot.store.tables import Message

# What every turn asks is built once: that takes as long as asking it.
_IN_CONCERN = Message.concern_id == bindparam("concern")
_LAST_NUMBER = select(func.max(Message.number)).where(_IN_CONCERN)
_UNFINISHED = (
    select(Message)
    .where(_IN_CONCERN, Message.author == "staff", Message.turn_done_at.is_(None))
    .order_by(Message.number)
)
_DONE = (
    update(Message)
    .where(Message.id == bindparam("message"), Message.turn_done_at.is_(None))
    .values(turn_done_at=bindparam("done_at"))
    .returning(Message.id)
)


def add_message(
    session: Session,
    concern_id: str,
    text: str,
    *,
    author: str,
    at: datetime,
    author_id: str | None = None,
    key: str | None = None,
    turn_done: bool = False,
    locked: bool = False,
) -> Message:
    """Keep one message. `author`: staff or assistant; `locked`: the caller holds the concern's lock already.

    With an idempotency key the same text again returns the message that was kept before; another text raises
    KeyReused.
    """
    if not locked:
        get_concern(session, concern_id, lock=True)
    if key is not None:
        kept = message_with_key(session, concern_id, key)
        if kept is not None:
            if not hmac.compare_digest(kept.text.encode(), text.encode()):
                raise KeyReused
            return kept
    message = Message(
        concern_id=concern_id,
        number=_last_number(session, concern_id) + 1,
        author=author,
        author_id=author_id,
        at=at,
        key=key,
        text=text,
        turn_done_at=at if turn_done else None,
    )
    session.add(message)
    session.flush()
    return message


def add_replies(session: Session, concern_id: str, texts: Sequence[str], at: datetime) -> None:
    """Keep what the assistant says. The caller holds the concern's lock (get_concern(…, lock=True))."""
    if not texts:
        return
    first = _last_number(session, concern_id) + 1
    session.add_all(
        Message(concern_id=concern_id, number=number, author="assistant", at=at, text=text, turn_done_at=at)
        for number, text in enumerate(texts, start=first)
    )
    session.flush()


def _last_number(session: Session, concern_id: str) -> int:
    return session.scalar(_LAST_NUMBER, {"concern": concern_id}) or 0


def message_with_key(session: Session, concern_id: str, key: str) -> Message | None:
    """The message that was kept under that idempotency key, or None."""
    return session.scalar(select(Message).where(Message.concern_id == concern_id, Message.key == key))


def mark_turn_done(session: Session, message_id: str, at: datetime) -> bool:
    """The turn that this message began is finished. False when another process finished it before."""
    return session.scalar(_DONE, {"message": message_id, "done_at": at}) is not None


def get_messages(session: Session, ids: Sequence[str]) -> list[Message]:
    """The messages of those ids in the order they were said; an id that is no message's is left out."""
    found = select(Message).where(Message.id.in_(ids)).order_by(Message.number)
    return list(session.scalars(found)) if ids else []


def messages_of(session: Session, concern_id: str) -> list[Message]:
    """All messages of a concern in the order they were said."""
    return list(
        session.scalars(select(Message).where(Message.concern_id == concern_id).order_by(Message.number))
    )


def last_messages_of(session: Session, concern_id: str, count: int) -> list[Message]:
    """The last messages of a concern, oldest first: a long conversation is not read whole at every turn."""
    found = (
        select(Message).where(Message.concern_id == concern_id).order_by(Message.number.desc()).limit(count)
    )
    return list(session.scalars(found))[::-1]


def unfinished_messages(session: Session, concern_id: str) -> list[Message]:
    """Messages of staff whose turn was cut off, oldest first; they are taken up again when the concern is
    opened.
    """
    return list(session.scalars(_UNFINISHED, {"concern": concern_id}))
