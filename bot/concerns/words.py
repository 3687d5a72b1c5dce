"""Checks of what people type, before it is kept."""

from __future__ import annotations

import unicodedata

from bot.concerns.errors import BadInput

LONGEST = 20_000
"""Characters of one message; about six pages, so that a chronology can be pasted."""


def checked(text: str) -> str:
    """The message as it will be kept, word for word; raises BadInput if empty, too long or unreadable."""
    if not text.strip():
        raise BadInput("Write a message, or choose one of the answers.")
    if len(text) > LONGEST:
        raise BadInput(f"Your message is longer than {LONGEST:,} characters. Shorten it or send it in parts.")
    if any(unicodedata.category(char) == "Cc" and char not in "\n\r\t" for char in text):
        raise BadInput("Your message has characters that cannot be read. Paste it as plain text.")
    if any(unicodedata.category(char) == "Cs" for char in text):
        raise BadInput("Your message has characters that cannot be read. Paste it as plain text.")
    return text
