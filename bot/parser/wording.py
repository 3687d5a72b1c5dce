"""How a message is made ready for counting words, and how a long one is read in parts."""

from __future__ import annotations

import re

_REDACTED = re.compile(r"\[(?:NAME|SCHOOL|ADDRESS|POSTCODE|PHONE|EMAIL|UPN|NHS|DOB|HANDLE|REGISTRATION)\]")
_SENTENCE = re.compile(r"(?<=[.!?;])\s+|\n+")
_TOLD_APART = re.compile(r"(?<=[.!?;])\s+|\n+|\s+[-–—]\s+")
PART_WORDS = 60
WHOLE_WORDS = 80


def plain(text: str) -> str:
    """Lower case, one kind of apostrophe, redaction tokens left out: who it is tells nothing about what it is."""
    return _REDACTED.sub(" ", text).replace("’", "'").replace("`", "'").lower()


def sentences(text: str) -> list[str]:
    """The sentences of a message as they stand; the message itself where it is one."""
    return [one.strip() for one in _TOLD_APART.split(text) if one.strip()] or [text]


def parts(text: str) -> list[str]:
    """A message of up to 80 words as it is; a longer one in runs of sentences of about 60 words, half overlapping."""
    words = text.split()
    if len(words) <= WHOLE_WORDS:
        return [text]
    sentences = [
        sentence for piece in _SENTENCE.split(text) for sentence in _short(piece) if sentence.strip()
    ]
    windows: list[str] = []
    start = 0
    while start < len(sentences):
        end, length = start, 0
        while end < len(sentences) and (length == 0 or length + len(sentences[end].split()) <= PART_WORDS):
            length += len(sentences[end].split())
            end += 1
        windows.append(" ".join(sentences[start:end]))
        if end == len(sentences):
            break
        start = max(start + 1, (start + end + 1) // 2)
    return windows


def _short(sentence: str) -> list[str]:
    """A sentence without any full stop can be a page long: cut it by words."""
    words = sentence.split()
    return [" ".join(words[i : i + PART_WORDS]) for i in range(0, len(words), PART_WORDS)]
