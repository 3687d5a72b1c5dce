"""Facts in a message that plain rules read: phrases, who did what, ages. They only suggest.

The patterns stand in ``lists/facts.yml``; which questions and options exist, the pack in use says.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import yaml

from bot.reading.ages import ages, fitting
from bot.reading.clauses import CHILD, doers, speaks_of
from bot.reading.language import LISTS
from bot.thresholds import Pack, Question

AGE, NEXT = "age_band", "child_next"
_SENTENCE = re.compile(r"(?<=[.!?;])\s+|\n+|\s+[-–—]\s+")
_CLAUSE = re.compile(r",|\bbut\b|\balthough\b|\bthough\b", re.I)
_DENIED = re.compile(
    r"\b(?:no|not|never|without|isn'?t|wasn'?t|aren'?t|weren'?t|hasn'?t|haven'?t|hadn'?t|didn'?t|don'?t|doesn'?t|nor|"
    r"neither|no sign of|denie[sd]|ruled out|nothing about)\s+(?:\w+\s+){0,3}$",
    re.I,
)
_IMAGINED = re.compile(
    r"\b(?:what if|if (?:a|any|he|she|they|mum|dad) (?:was|were|had)|training|policy|assembly|lesson|in the (?:film|book|story)|"
    r"pretend\w*|worried that (?:he|she|they) (?:might|could|may))\b",
    re.I,
)
_WITH = re.compile(r"\b(?:w/?|wiv|wth)(?= (?:a|an|the|his|her|their|mum|dad|nan)\b)", re.I)
_LONGEST_WORDS = 200
_CARER = (
    r"(?P<who>step-? ?(?:dad|mum|father|mother)|mum's (?:\w+ )?(?:partner|boyfriend|bf|ex)|dad's (?:\w+ )?(?:partner|girlfriend)|"
    r"dad(?:dy)?|mum(?:my)?|mam|father|mother|uncle|aunt(?:ie|y)?|nan|gran(?:dad|ny|ma)?|brother|boyfriend|partner|carer)"
)
_WHO = re.compile(rf"\b{_CARER}\b", re.I)
_DOES = (
    r"(?:hit\w*|smack\w*|slap\w*|punch\w*|kick\w*|beat\w*|burn\w*|hurt\w*|touch\w*|abus\w*|rap(?:ed|es)|did it|"
    r"done it|did this|threw|strangl\w*|chok\w*|threaten\w*|shov\w*|push\w*|grab\w*|drunk|drinks?)"
)
_DEEDS = re.compile(rf"\b{_DOES}\b", re.I)
_FEARS = (
    r"(?:hit|hurt|smacked|slapped|punched|kicked|beaten|burnt|touched|abused|scared|afraid|frightened|terrified)"
    rf" (?:\w+ )?(?:by|of) (?:\w+ ){{0,2}}{_CARER.replace('who', 'by')}"
)
_FEARED = re.compile(rf"\b{_FEARS}\b", re.I)
_HARM = re.compile(rf"\b{_CARER}\b(?: \w+){{0,5}} {_DOES}\b|\b{_FEARS}\b", re.I)
_FETCHES = re.compile(
    rf"\b{_CARER}\b(?:'s| is| will| has| always| usually| normally)?(?: \w+){{0,3}} (?:collect\w*|pick\w* (?:him|her|them|up)|picks up|is coming|coming (?:to get|for)|"
    rf"fetch\w*|has (?:him|her|them) (?:tonight|this weekend|at the weekend)|at the gate|waiting)\b"
    rf"|\b(?:going|goes|go|back|home|stays?|staying|live[sd]?|liv\w+) (?:home |back )?(?:to|with) (?:his |her |their )?{_CARER.replace('who', 'with')}\b"
    rf"|\b(?:collected|picked up|fetched) by (?:his |her |their )?{_CARER.replace('who', 'by')}\b",
    re.I,
)


@dataclass(frozen=True)
class Fact:
    """An option of a question that a message tells, and the words that it was read from.

    ``plain``: so plain (an age, the feared person collects) that no model need agree.
    """

    question: str
    option: str
    words: str
    plain: bool = False


@dataclass(frozen=True)
class _Table:
    question: str
    category: str
    child_only: bool
    topic: tuple[re.Pattern[str], ...]
    options: Mapping[str, tuple[re.Pattern[str], ...]]


def facts(redacted: str, pack: Pack, likely: Iterable[str] | None = None) -> list[Fact]:
    """What the rules read of the questions that this pack has.

    ``likely``: categories that the message may be about; None when nobody could say (the parser is down).
    """
    text = _WITH.sub("with", redacted.replace("’", "'"))
    about = None if likely is None else frozenset(likely)
    found = [fact for fact in (_age(text, pack), _who_is_next(text, pack)) if fact is not None]
    for table in _tables():
        question = pack.find_question(table.question)
        if question is not None and _is_about(table, about, text):
            found += _read(table, question, text)
    return found


def _is_about(table: _Table, likely: frozenset[str] | None, text: str) -> bool:
    """Whether the message speaks of what the question is about: by its likely categories, else by its words."""
    if not table.category:
        return True
    if likely is not None:
        return table.category in likely
    return not table.topic or any(topic.search(text) for topic in table.topic)


def _read(table: _Table, question: Question, text: str) -> Iterator[Fact]:
    """Every option of the question that a sentence states."""
    stated: set[str] = set()
    for sentence in _SENTENCE.split(text):
        if _IMAGINED.search(sentence):
            continue
        for option, patterns in table.options.items():
            if option not in question.options or option in stated:
                continue
            if any(
                _states(sentence, one) and (not table.child_only or _of_child(sentence, one))
                for one in patterns
            ):
                stated.add(option)
                yield Fact(question.id, option, sentence.strip())


def _of_child(sentence: str, told: re.Pattern[str]) -> bool:
    """Not of “dad hit mum, she has a black eye”."""
    return CHILD in speaks_of(sentence, told)


def goes_to_another(message: str) -> bool:
    """Whether the message says who fetches the child, and that somebody else is feared."""
    text = message.replace("’", "'")
    feared, fetching = _feared(text), _named(_FETCHES, text)
    return bool(feared and fetching) and feared.isdisjoint(fetching)


def _feared(text: str) -> set[str]:
    """Who is said to have hurt or frightened somebody: by grammar, and by the words alone where that names nobody."""
    found: set[str] = set()
    for sentence in _SENTENCE.split(text):
        by_grammar = {
            _plain(match["who"]) for doer in doers(sentence, _DEEDS) if (match := _WHO.search(doer))
        }
        found |= (by_grammar | _named(_FEARED, sentence)) or _named(_HARM, sentence)
    return found


def _named(pattern: re.Pattern[str], text: str) -> set[str]:
    return {_plain(who) for match in pattern.finditer(text) for who in match.groupdict().values() if who}


def _states(sentence: str, told: re.Pattern[str]) -> bool:
    """Whether a clause says it and does not deny it."""
    return any(
        not _DENIED.search(_CLAUSE.split(sentence[: match.start()])[-1]) for match in told.finditer(sentence)
    )


def sentences_of(text: str) -> list[str]:
    """The sentences of a message."""
    return [one for one in _SENTENCE.split(text) if one.strip()]


def fact_words(question: str, option: str) -> tuple[re.Pattern[str], ...]:
    """The patterns that tell an option; none for what only the model reads."""
    return next((table.options.get(option, ()) for table in _tables() if table.question == question), ())


def _age(text: str, pack: Pack) -> Fact | None:
    """The first age or school year told; a school year that spans two bands suggests the younger."""
    question = pack.find_question(AGE)
    span = ages(text)
    if question is None or span is None:
        return None
    band = fitting(question.options, *span) or fitting(question.options, span[0], span[0])
    return Fact(AGE, band, _where_age(text), plain=True) if band else None


def _who_is_next(text: str, pack: Pack) -> Fact | None:
    """The child goes, or is collected by, the very person whom the message is worried about."""
    question = pack.find_question(NEXT)
    if question is None or "person_of_worry" not in question.options:
        return None
    feared = _feared(text)
    for match in _FETCHES.finditer(text):
        if any(_plain(who) in feared for who in match.groupdict().values() if who):
            start = max(0, text.rfind(".", 0, match.start()) + 1)
            words = text[start : start + _LONGEST_WORDS].strip()
            return Fact(NEXT, "person_of_worry", words, plain=True)
    return None


def _plain(who: str) -> str:
    plain = re.sub(r"[- ]", "", who.lower())
    return {
        "daddy": "dad",
        "father": "dad",
        "mummy": "mum",
        "mam": "mum",
        "mother": "mum",
        "stepfather": "stepdad",
    }.get(plain, plain)


def _where_age(text: str) -> str:
    return next((one.strip() for one in _SENTENCE.split(text) if ages(one)), text)[:_LONGEST_WORDS]


@lru_cache(maxsize=1)
def _content() -> dict[str, Any]:
    content: dict[str, Any] = yaml.safe_load((LISTS / "facts.yml").read_text(encoding="utf-8"))
    return content


def _filled(pattern: str) -> re.Pattern[str]:
    words: dict[str, str] = _content()["words"]
    return re.compile(re.sub(r"\{([a-z]+)\}", lambda match: words[match.group(1)], pattern), re.I)


@lru_cache(maxsize=1)
def _tables() -> tuple[_Table, ...]:
    return tuple(
        _Table(
            question,
            str(entry.get("category") or ""),
            entry.get("child_only") is True,
            tuple(_filled(one) for one in entry.get("topic", ())),
            {
                option: tuple(_filled(one) for one in patterns)
                for option, patterns in entry.items()
                if option not in ("category", "child_only", "topic")
            },
        )
        for question, entry in _content()["questions"].items()
    )
