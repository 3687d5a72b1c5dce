"""Taking identifiers out of a message before anything reads it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from bot.reading.identifiers import formatted
from bot.reading.known_names import known
from bot.reading.language import language
from bot.reading.names import guessed
from bot.reading.places import addresses, schools
from bot.reading.spans import Redacted, Span, replace, settle

if TYPE_CHECKING:
    from spacy.language import Language


def redact(text: str, known_names: Sequence[str] = (), nlp: Language | None = None) -> Redacted:
    """Replace names, schools, addresses and numbers by ``[NAME]``, ``[SCHOOL]`` …; relations and pronouns stay.

    ``known_names`` are the names that the concern already holds. What remains is treated as personal data still:
    no redaction finds everything.
    """
    doc = (nlp or language())(text)
    found: list[Span] = [
        *formatted(text),
        *addresses(text),
        *schools(text),
        *known(text, known_names),
        *guessed(text, doc),
    ]
    return replace(text, settle(found))
