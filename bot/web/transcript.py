"""What was said, as the log of the chat shows it: messages, and answers by button."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.dialogue import wording
from bot.dialogue.history import DATES, HOME
from bot.dialogue.homes import Homes, Kept, home_label
from bot.dialogue.wording import label
from bot.store import Answer, Message, Store
from bot.store import answers as kept_answers
from bot.store import messages as kept_messages
from bot.thresholds import Pack

PERSON, ASSISTANT = "person", "assistant"
WHO = {PERSON: "You wrote", ASSISTANT: "Assistant"}


@dataclass(frozen=True)
class Line:
    """One bubble of the log. `key` stays the same while the log grows."""

    key: str
    by: str
    text: str
    at: datetime

    @property
    def who(self) -> str:
        """Who said it, as it is read out."""
        return WHO[self.by]


@dataclass(frozen=True)
class Log:
    """The lines that are shown, and how many messages stand before them."""

    lines: tuple[Line, ...]
    earlier: int = 0


def log_of(store: Store, packs: Sequence[Pack], concern_id: str, *, last: int | None = None) -> Log:
    """The log, or the end of it. Whoever calls has checked that the person may see the concern."""
    with store.read() as session:
        messages = (
            kept_messages.messages_of(session, concern_id)
            if last is None
            else kept_messages.last_messages_of(session, concern_id, last)
        )
        earlier = messages[0].number - 1 if messages else 0
        answers = [
            row
            for row in kept_answers.answers_of(session, concern_id)
            if row.kind in ("answer", "home", "dates") and not (earlier and row.at < messages[0].at)
        ]
        return Log(tuple(_woven(messages, answers, packs)), earlier)


def _woven(messages: Sequence[Message], answers: Sequence[Answer], packs: Sequence[Pack]) -> Iterable[Line]:
    """Put each question before the words that answered it, and each choice where it was made."""
    asked_before: dict[str, list[Line]] = defaultdict(list)
    woven: list[tuple[datetime, int, list[Line]]] = []
    for row in answers:
        asked, chosen = _said(row, packs)
        ask = Line(f"q{row.number}", ASSISTANT, asked, row.at)
        if row.message_id is not None:
            asked_before[row.message_id].append(ask)
            continue
        woven.append(
            (row.at, 0, [ask, Line(f"a{row.number}", PERSON, chosen[:1].upper() + chosen[1:], row.at)])
        )
    for message in messages:
        if message.author in ("staff", "assistant"):
            by = PERSON if message.author == "staff" else ASSISTANT
            line = Line(f"m{message.number}", by, message.text, message.at)
            woven.append((message.at, 1, [*asked_before[message.id], line]))
    for _, _, lines in sorted(woven, key=lambda one: one[:2]):
        yield from lines


def _said(row: Answer, packs: Sequence[Pack]) -> tuple[str, str]:
    """What was asked and what was chosen, in the words of the pack that asked it."""
    value = kept_answers.value_of(row) or ""
    if row.question == HOME:
        which = Homes(packs[0]).which
        return which.ask, home_label(Kept.of(str(value)), which)
    if row.question == DATES:
        kept = len(value) if isinstance(value, frozenset) else 0
        return wording.DATES, f"{kept} {'event is' if kept == 1 else 'events are'} right"
    asking = next((pack for pack in packs if pack.find_question(row.question) is not None), None)
    if asking is None:  # asked by the pack of a council that has since been corrected
        return row.question.replace("_", " ").capitalize(), str(value)
    question = asking.question(row.question)
    return question.ask, label(question, value)
