"""What a message says: dialogue acts ranked, categories ranked, suggested answers."""

from __future__ import annotations

from dataclasses import dataclass

from bot.thresholds import Value

BY_MODEL = "model"
"""The sign of danger where the model heard it and no rule did."""


@dataclass(frozen=True)
class Ranked:
    """One reading of a message with the calibrated confidence (0 to 1) that it holds."""

    name: str
    confidence: float


@dataclass(frozen=True)
class Suggestion:
    """An answer read from words and not yet confirmed: it may raise advice, never lower it."""

    question: str
    value: Value
    words: str
    """The redacted words that it was read from, shown to the person who confirms it."""
    child: str = ""
    said: tuple[tuple[str, str], ...] = ()
    """Of a list, the words of each option: (option, words)."""


@dataclass(frozen=True)
class AnswerRead:
    """What the message answers to the question that was open when it was written."""

    value: Value
    words: str = ""


@dataclass(frozen=True)
class Understanding:
    """Everything that was read from one message. Only redacted text is kept in it."""

    redacted: str = ""
    acts: tuple[Ranked, ...] = ()
    categories: tuple[Ranked, ...] = ()
    """Best first; only those above the calibrated threshold, so each is worth offering."""
    suggestions: tuple[Suggestion, ...] = ()
    answer: AnswerRead | None = None
    danger: tuple[str, ...] = ()
    """Why it reads as immediate danger: names of rules, or ``model``. Empty: it does not."""
    dated: tuple[tuple[str, str], ...] = ()
    """The events of a pasted chronology, each by its id and in one line of its own words."""
    beside: str = ""
    """What is told beside a question, a courtesy or a “no”, read apart: “why do you ask? he has run off”."""
    taken_back: frozenset[tuple[str, str]] = frozenset()
    """Options, as (question, option), that a correction says are not so: “hang on, there was no mark”."""
    parser_up: bool = True

    @property
    def act(self) -> str | None:
        """The most likely dialogue act; ``tell`` means that it tells about the concern."""
        return self.acts[0].name if self.acts else None
