"""Answers: what a person said, and what was merely read from their words; kept apart."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.thresholds.pack import Pack, Question

NOT_SURE, NOT_KNOWN = "not_sure", "not_known"
NONE_OF_THESE = "none"
UNKNOWNS = frozenset({NOT_SURE, NOT_KNOWN})
NOT_SAID = "not_said"
"""Stands beside ticks that were told in words: the rest of the list was neither ticked nor denied."""

Value = str | frozenset[str]
Key = tuple[str, str]  # (child, question); child "" is the whole concern


class AnswerError(ValueError):
    """An answer that is none of its question's options. Says the options; never repeats the value."""


def _frozen(values: Mapping[Key, Value]) -> Mapping[Key, Value]:
    return MappingProxyType(dict(values))


@dataclass(frozen=True)
class Answers:
    """Everything said about a concern: ``given`` by a person, or ``suggested`` (read from words,
    unconfirmed)."""

    given: Mapping[Key, Value] = field(default_factory=lambda: _frozen({}))
    suggested: Mapping[Key, Value] = field(default_factory=lambda: _frozen({}))
    children: tuple[str, ...] = ()

    def with_answer(self, question: str, value: Value, child: str = "") -> Answers:
        """Return these answers and one more; it takes the place of an earlier one."""
        return Answers(_frozen({**self.given, (child, question): value}), self.suggested, self.children)

    def with_suggestion(self, question: str, value: Value, child: str = "") -> Answers:
        """Return these answers and one more suggestion."""
        return Answers(self.given, _frozen({**self.suggested, (child, question): value}), self.children)

    def without(self, question: str, child: str = "") -> Answers:
        """Return these answers without one of them (for "go back")."""
        given = {key: value for key, value in self.given.items() if key != (child, question)}
        return Answers(_frozen(given), self.suggested, self.children)

    def without_suggestion(self, question: str, child: str = "") -> Answers:
        """Return these answers without one suggestion (it was rejected)."""
        left = {key: value for key, value in self.suggested.items() if key != (child, question)}
        return Answers(self.given, _frozen(left), self.children)

    def with_children(self, children: Iterable[str]) -> Answers:
        """Return these answers about these children ("c1", "c2" …)."""
        return Answers(self.given, self.suggested, tuple(children))

    def get(self, child: str, question: str) -> Value | None:
        """Return the answer given about a child, else the one given about the whole concern."""
        if (child, question) in self.given:
            return self.given[child, question]
        return self.given.get(("", question))

    def unconfirmed(self) -> tuple[tuple[Key, Value], ...]:
        """Return what was read from words and neither confirmed nor denied yet."""
        return tuple((key, value) for key, value in self.suggested.items() if self.get(*key) is None)


def in_part(value: Value | None) -> bool:
    """Whether an answer holds only what was told in words, so that the rest of its list is still open."""
    return isinstance(value, frozenset) and NOT_SAID in value


def validate_answer(pack: Pack, question: str, value: object) -> Value:
    """Return an answer in its proper form, or raise AnswerError with what may be answered.

    "Tick all that apply" takes a list (or one value); nothing ticked is ``["none"]``. ``not_sure`` may
    stand beside ticks: what is not ticked is then unknown.
    """
    asked = pack.find_question(question)
    if asked is None:
        raise AnswerError(
            "This threshold pack has no such question; reload the page to see the one asked now."
        )
    values = _as_strings(value, asked)
    allowed = {option for option, _ in asked.choices}
    if not values <= allowed:
        raise AnswerError(f"That is not an option of “{asked.ask}”. Choose from: {_listed(asked)}.")
    if asked.kind == "one":
        if len(values) != 1:
            raise AnswerError(f"“{asked.ask}” takes exactly one answer. Choose from: {_listed(asked)}.")
        return next(iter(values))
    ticks = values - UNKNOWNS - {NONE_OF_THESE}
    if NONE_OF_THESE in values and len(values) > 1:
        raise AnswerError(f"“{asked.ask}”: “None of these” cannot stand beside another tick.")
    if values and not ticks and NONE_OF_THESE not in values:
        return NOT_KNOWN if values == {NOT_KNOWN} else NOT_SURE
    if ticks and values & UNKNOWNS:
        return ticks | {NOT_SURE}
    return ticks or frozenset({NONE_OF_THESE})


def _as_strings(value: object, asked: Question) -> frozenset[str]:
    if isinstance(value, str):
        return frozenset({value})
    if isinstance(value, list | tuple | set | frozenset) and all(isinstance(one, str) for one in value):
        return frozenset(value)
    raise AnswerError(f"“{asked.ask}” takes text or a list of texts. Choose from: {_listed(asked)}.")


def _listed(asked: Question) -> str:
    return ", ".join(f"{option} ({label})" for option, label in asked.choices)
