"""Gentle, specific advice on single words of a draft. Quotations are never touched, nothing is ever
rewritten.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from bot.referrals.draft import items_of, value_at
from bot.referrals.form import FIELDS
from bot.referrals.quality import words
from bot.referrals.quotations import without_quotations
from bot.referrals.values import filled

FACTS = frozenset({"concern.what_happened", "chronology.event", "concern.pattern"})
"""Fields that hold facts: opinion has a place of its own."""
CHILD_WORDS = "concern.child_words.words"
SPOKEN = frozenset({CHILD_WORDS, "injuries.explanation", "parents.response"})
"""Fields that hold what somebody said, word for word: never looked at, but for a summary."""


@dataclass(frozen=True)
class Flag:
    """One word or phrase and what to ask oneself about it. ``kind``: opinion, vague, blame, jargon,
    relative_time, leading_question, secrecy or summary. ``start`` and ``end`` are its place in the field.
    """

    kind: str
    path: str
    start: int
    end: int
    says: str


def flags(draft: Mapping[str, Any]) -> tuple[Flag, ...]:
    """Every flag of a draft, in the order of the form."""
    return tuple(flag for path, place, text in narratives(draft) for flag in _flags_of(path, place, text))


def narratives(draft: Mapping[str, Any]) -> Iterator[tuple[str, str, str]]:
    """Every text that somebody wrote in their own words: its path, its place in the form, the text."""
    for path, field in FIELDS.items():
        if field.kind == "textarea":
            value = value_at(draft, path)
            if filled(value) and isinstance(value, str):
                yield path, path, value
        if field.kind == "list":
            for item in items_of(draft, field):
                for one in field.fields:
                    value = value_at(item, one.path)
                    place = f"{path}.{one.path}"
                    if (one.kind == "textarea" or one.path == "question") and filled(value):
                        yield f"{path}.{item['id']}.{one.path}", place, str(value)


def _flags_of(path: str, place: str, text: str) -> Iterator[Flag]:
    if place == CHILD_WORDS:
        yield from _found("summary", path, text, _phrases(words.SUMMARIES), _summary)
    if place in SPOKEN or place.endswith(("address", "address_now")):
        return
    if place.endswith("child_words.question"):
        yield from _found("leading_question", path, text, _LEADING, _leading)
        return
    plain = without_quotations(text)
    if place in FACTS:
        yield from _found("opinion", path, plain, _phrases(words.OPINIONS), _opinion)
        yield from _found("relative_time", path, plain, _phrases(words.RELATIVE), _relative)
        yield from _found("summary", path, plain, _phrases(words.SUMMARIES), _summary)
    yield from _found("vague", path, plain, _phrases(words.VAGUE), _vague)
    yield from _found("blame", path, plain, _phrases(words.BLAME), _blame)
    yield from _found("jargon", path, plain, _ACRONYMS, _jargon)
    yield from _found("secrecy", path, plain, _phrases(words.SECRECY), _secrecy)
    yield from _found("leading_question", path, text, _LEADING, _leading)


def _found(kind: str, path: str, text: str, pattern: re.Pattern[str], say: Any) -> Iterator[Flag]:
    for match in pattern.finditer(text):
        yield Flag(kind, path, match.start(), match.end(), say(match.group()))


@lru_cache(maxsize=16)
def _pattern(phrases: tuple[str, ...]) -> re.Pattern[str]:
    longest_first = sorted(phrases, key=len, reverse=True)
    return re.compile(
        r"(?<!\w)(?:" + "|".join(re.escape(one) for one in longest_first) + r")(?!\w)", re.IGNORECASE
    )


def _phrases(phrases: Iterable[str]) -> re.Pattern[str]:
    return _pattern(tuple(phrases))


_LEADING = _pattern(words.LEADING)
_ACRONYMS = re.compile(r"(?<!\w)(?:" + "|".join(sorted(words.JARGON)) + r")(?!\w)")


def _opinion(said: str) -> str:
    return f"“{said}” is an opinion: {words.OPINIONS[said.lower()]}"


def _vague(said: str) -> str:
    return f"“{said}” can mean many things: {words.VAGUE[said.lower()]}."


def _blame(said: str) -> str:
    return f"“{said}” blames: {words.BLAME[said.lower()]}."


def _summary(said: str) -> str:
    return f"“{said}” sums up: {words.SUMMARIES[said.lower()]}."


def _relative(said: str) -> str:
    return f"“{said}”: which date was that? MASH may read this on another day."


def _jargon(said: str) -> str:
    return f"Not every reader knows “{said}”: write it out ({words.JARGON[said]})."


def _secrecy(said: str) -> str:
    return "This sounds like a promise of secrecy. Tell the child, gently, whom you have to tell and why."


def _leading(said: str) -> str:
    return "This question suggests its answer. Leave it as it was asked, say so, and ask no more."
