"""The answers' history of a concern: only ever appended; the state is replayed from it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from bot.store.tables import Answer


@dataclass(frozen=True)
class NewAnswer:
    """One effect of a turn, to be appended. `kind`: answer, suggestion, undo …; `words`: the redacted words
    that a suggestion was read from.
    """

    kind: str
    question: str = ""
    value: str | frozenset[str] | list[str] | None = None
    child: str = ""
    turn: int = 0
    words: str | None = None
    reason: str | None = None


def append_answers(
    session: Session,
    concern_id: str,
    new: Sequence[NewAnswer],
    *,
    at: datetime,
    via: str = "text",
    given_by: str | None = None,
    message_id: str | None = None,
) -> list[Answer]:
    """Append the effects of one turn. The caller holds the concern's lock (get_concern(…, lock=True)).

    `via`: text, button or confirmed. Sets of ticks are kept sorted; read them back with `value_of`.
    """
    if not new:
        return []
    last = session.scalar(select(func.max(Answer.number)).where(Answer.concern_id == concern_id)) or 0
    answers = [
        Answer(
            concern_id=concern_id,
            number=number,
            turn=one.turn,
            kind=one.kind,
            question=one.question,
            child=one.child,
            value=sorted(one.value) if isinstance(one.value, frozenset | list) else one.value,
            given_by=given_by,
            at=at,
            via=via,
            message_id=message_id,
            words=one.words,
            reason=one.reason,
        )
        for number, one in enumerate(new, start=last + 1)
    ]
    session.add_all(answers)
    session.flush()
    return answers


def answers_of(session: Session, concern_id: str) -> list[Answer]:
    """The whole history, oldest first."""
    return list(
        session.scalars(select(Answer).where(Answer.concern_id == concern_id).order_by(Answer.number))
    )


def value_of(answer: Answer) -> str | frozenset[str] | None:
    """The value as the engine takes it: a word, or the set of ticks."""
    value = answer.value
    return frozenset(value) if isinstance(value, list) else value
