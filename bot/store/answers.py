"""The answers' history of a concern: only ever appended; the state is replayed from it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from bot.store.tables import Answer


def append_answer(
    session: Session,
    concern_id: str,
    *,
    kind: str,
    at: datetime,
    question: str = "",
    value: str | frozenset[str] | list[str] | None = None,
    child: str = "",
    turn: int = 0,
    via: str = "text",
    given_by: str | None = None,
    message_id: str | None = None,
    words: str | None = None,
    reason: str | None = None,
) -> Answer:
    """Append one effect of a turn. The caller holds the concern's lock (get_concern(…, lock=True)).

    `kind`: the effect (answer, suggestion, undo …); `via`: text, button or confirmed; `words`: the redacted
    words that a suggestion was read from. Sets of ticks are kept sorted; read them back with `value_of`.
    """
    last = session.scalar(select(func.max(Answer.number)).where(Answer.concern_id == concern_id)) or 0
    answer = Answer(
        concern_id=concern_id,
        number=last + 1,
        turn=turn,
        kind=kind,
        question=question,
        child=child,
        value=sorted(value) if isinstance(value, frozenset | list) else value,
        given_by=given_by,
        at=at,
        via=via,
        message_id=message_id,
        words=words,
        reason=reason,
    )
    session.add(answer)
    session.flush()
    return answer


def answers_of(session: Session, concern_id: str) -> list[Answer]:
    """The whole history, oldest first."""
    return list(
        session.scalars(select(Answer).where(Answer.concern_id == concern_id).order_by(Answer.number))
    )


def value_of(answer: Answer) -> str | frozenset[str] | None:
    """The value as the engine takes it: a word, or the set of ticks."""
    value = answer.value
    return frozenset(value) if isinstance(value, list) else value
