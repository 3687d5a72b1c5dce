"""How old a reader has to be: Flesch and Kincaid's grade, as an age."""

from __future__ import annotations

import re

_WORD = re.compile(r"[A-Za-z]+(?:['’-][A-Za-z]+)*")
_END = re.compile(r"[.!?;:](?=\s|$)")
_VOWELS = re.compile(r"[aeiouy]+")


def syllables(word: str) -> int:
    """Estimate the syllables of an English word from its groups of vowels."""
    word = word.lower()
    groups = len(_VOWELS.findall(word))
    silent_e = word.endswith("e") and not word.endswith(("le", "ee", "ye"))
    silent_ed = re.search(r"[^td]ed\Z", word) is not None
    return max(1, groups - (silent_e or silent_ed))


def reading_age(text: str) -> float:
    """Return the age in years from which a text is read with ease (grade plus five; 0 for no text).

    Flesch-Kincaid 1975. A measure for whole paragraphs: of a single short sentence it says little.
    """
    words = _WORD.findall(text)
    if not words:
        return 0.0
    sentences = max(1, len(_END.findall(text)))
    grade = 0.39 * len(words) / sentences + 11.8 * sum(map(syllables, words)) / len(words) - 15.59
    return max(5.0, grade + 5)
