"""Taking identifiers out of a message before anything reads it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from bot.reading.identifiers import formatted
from bot.reading.known_names import known
from bot.reading.language import language, word_list
from bot.reading.names import guessed
from bot.reading.places import addresses, schools
from bot.reading.spans import Redacted, Span, replace, settle

if TYPE_CHECKING:
    from spacy.language import Language

_WORD = re.compile(r"[^\W_][\w']*")
_CAPITAL = re.compile(r"(?<!^)\b(?!I\b)[A-Z]")
"""A capital within the message, other than “I”: it may begin a name."""


def redact(text: str, known_names: Sequence[str] = (), nlp: Language | None = None) -> Redacted:
    """Replace names, schools, addresses and numbers by ``[NAME]``, ``[SCHOOL]`` …; relations and pronouns stay.

    ``known_names`` are the names that the concern already holds. What remains is treated as personal data still:
    no redaction finds everything.
    """
    found: list[Span] = [
        *formatted(text),
        *addresses(text),
        *schools(text),
        *known(text, known_names),
        *([] if _names_nobody(text) else guessed(text, (nlp or language())(text))),
    ]
    return replace(text, settle(found))


def _names_nobody(text: str) -> bool:
    """Whether every word is one that no name is made of, as in “why do you ask that”: there is nothing to guess."""
    if _CAPITAL.search(text):
        return False
    return all(word in word_list("never_names") for word in _WORD.findall(text.lower().replace("’", "'")))
