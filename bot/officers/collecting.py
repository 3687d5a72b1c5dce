"""Collecting what was misread, in the transaction of the turn that shows it. Only redacted words are kept."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from bot.concerns import Heard
from bot.officers import signals
from bot.store import Answer, Session, examples
from bot.store import answers as kept_answers

ANSWER, SUGGESTION, TOLD = "answer", "suggestion", "told"
CATEGORIES = "categories"
KEPT_READINGS = 5


class Collector:
    """Listens to every turn; keeps the messages that an officer should look at."""

    def __init__(self, clock: Callable[[], datetime]) -> None:
        self._clock = clock

    def __call__(self, session: Session, heard: Heard) -> None:
        """Note what this turn shows to have been misread, now or earlier."""
        self._the_message(session, heard)
        self._what_was_told(session, heard)
        self._what_is_asked_again(session, heard)

    def _the_message(self, session: Session, heard: Heard) -> None:
        found = signals.of_message(heard)
        if found and heard.understood is not None and heard.message_id is not None:
            examples.note_misread(
                session,
                heard.concern,
                heard.message_id,
                heard.understood.redacted,
                at=self._clock(),
                signals=found,
                understood=reading(heard),
            )

    def _what_was_told(self, session: Session, heard: Heard) -> None:
        """Ticks and the answer about danger speak of the story that was told before them."""
        found = signals.of_story(heard)
        if not found:
            return
        rows = kept_answers.answers_of(session, heard.concern.id)
        told = [row for row in rows if row.kind == TOLD and row.message_id]
        if told:
            self._note_earlier(session, heard, told[-1], rows, found, sorted(heard.ticked or ()))

    def _what_is_asked_again(self, session: Session, heard: Heard) -> None:
        """An answer that was read from words and is taken back was read wrongly, or told wrongly."""
        rows = kept_answers.answers_of(session, heard.concern.id) if heard.reopened else []
        for asked in heard.reopened:
            read = [
                row
                for row in rows
                if (row.child, row.question) == asked
                and row.kind in (ANSWER, SUGGESTION)
                and row.message_id not in (None, heard.message_id)
            ]
            if read:
                weight = {signals.REOPENED: signals.WEIGHTS[signals.REOPENED]}
                self._note_earlier(session, heard, read[-1], rows, weight, [])

    def _note_earlier(
        self,
        session: Session,
        heard: Heard,
        row: Answer,
        rows: Sequence[Answer],
        found: dict[str, float],
        ticked: Sequence[str],
    ) -> None:
        if not row.words or row.message_id is None:
            return
        offered = [
            kept_answers.value_of(one)
            for one in rows
            if one.message_id == row.message_id and one.kind == SUGGESTION and one.question == CATEGORIES
        ]
        names = sorted(name for value in offered if isinstance(value, frozenset) for name in value)
        examples.note_misread(
            session,
            heard.concern,
            row.message_id,
            row.words,
            at=self._clock(),
            signals=found,
            understood={"categories": [{"name": name} for name in names]},
            ticked=ticked,
        )


def reading(heard: Heard) -> dict[str, Any]:
    """What was understood, as it is kept: the first few of both rankings, and why it read as danger."""
    said = heard.understood
    if said is None:
        return {}
    return {
        "acts": [{"name": one.name, "confidence": one.confidence} for one in said.acts[:KEPT_READINGS]],
        "categories": [
            {"name": one.name, "confidence": one.confidence} for one in said.categories[:KEPT_READINGS]
        ],
        "danger": list(said.danger),
        "parser_up": said.parser_up,
    }
