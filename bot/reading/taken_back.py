"""What a correction takes back: “hang on, there was no mark” denies what stood ticked. Grammar and the facts' words.

A denial by somebody else (“mum says he never hit him”) takes nothing back: what a child said counts even then.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from bot.reading.clauses import NOBODY, speaks_of
from bot.reading.facts import fact_words, sentences_of
from bot.reading.language import word_list
from bot.thresholds import CATEGORIES, SCREEN, WHICH, Pack

_CORRECTS = re.compile(
    r"^\W*(?:(?:oh|no|ah|oops|and|ok|but)\W+)*(?:sorry|wait|hang on|hold on|actually|correction|my mistake|my bad|scrap that"
    r"|ignore that|i (?:was wrong|meant|mean|misread|got (?:that|it) wrong)|to correct|(?:just )?(?:re)?checked|looked again"
    r"|turns out|update)\b",
    re.I,
)
_HEARSAY = re.compile(
    r"\b(?:says?|said|saying|told|tells|claims?|claimed|reckons?|insists?|insisted|den(?:y|ies|ied)|swears?|swore|thinks?|"
    r"according to)\b",
    re.I,
)
_LABEL_WORD = re.compile(r"[a-z]{3,}", re.I)
_AT_A_PLACE = re.compile(
    r"\b(?:on|to|behind|near|not|isn'?t|wasn'?t) (?:the |his |her |their )?(?:left |right )?(?P<place>ear|neck|chest|back|belly|tummy|"
    r"buttocks|bottom|arm|leg|knee|shin|elbow|face|cheek|eye|head|hand|thigh|foot|shoulder|wrist)s?\b",
    re.I,
)
_IN_BRACKETS = re.compile(r"\([^)]*\)")
_DENIED_IN_LABEL = re.compile(r"\b(?:no|not|without|except) (?:\w+ )?\w+", re.I)
"""“Being hit, no mark that you know of” tells of no mark."""
_SAY_LITTLE = word_list("say_little")
"""Words of labels that by themselves name no option."""


def corrects(text: str) -> bool:
    """Whether a message begins as a correction does: “hang on”, “actually”, “just checked”."""
    return _CORRECTS.search(text.replace("’", "'")) is not None


def taken_back(redacted: str, pack: Pack) -> frozenset[tuple[str, str]]:
    """The options, as (question, option), that a correcting message denies in its writer's own voice."""
    found: set[tuple[str, str]] = set()
    for sentence in sentences_of(redacted.replace("’", "'")):
        if not _HEARSAY.search(sentence):
            found |= set(_denied(sentence, pack))
    return frozenset(found)


def _denied(sentence: str, pack: Pack) -> Iterator[tuple[str, str]]:
    only_there = _AT_A_PLACE.search(sentence)
    for name, question in pack.questions.items():
        if name in (CATEGORIES, SCREEN) or name.startswith(WHICH):
            continue  # what the worry is, staff tick themselves
        for option in question.options:
            if only_there and not re.search(rf"\b{only_there['place']}\b", question.label(option), re.I):
                continue  # “no mark on the ear” denies none elsewhere
            of: set[str] = set()
            for words in (*fact_words(name, option), *_of_label(question.label(option))):
                of |= speaks_of(sentence, words)
            if of == {NOBODY}:
                yield name, option


@lru_cache(maxsize=2_000)
def _of_label(label: str) -> tuple[re.Pattern[str], ...]:
    words = [
        word
        for word in _LABEL_WORD.findall(_DENIED_IN_LABEL.sub(" ", _IN_BRACKETS.sub(" ", label.lower())))
        if word not in _SAY_LITTLE
    ]
    return (re.compile(rf"\b(?:{'|'.join(words)})s?\b", re.I),) if words else ()
