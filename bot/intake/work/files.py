"""Which files are taken, told by what is in them and never by their name."""

from __future__ import annotations

LARGEST_FILE = 10_000_000
"""Bytes."""

_STARTS = {
    b"%PDF-": "application/pdf",
    b"\x89PNG\r\n\x1a\n": "image/png",
    b"\xff\xd8\xff": "image/jpeg",
}
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


class KindRefused(Exception):
    """The file is none of the kinds that are taken."""


def kind_of(content: bytes) -> str:
    """The media type of a file; raises KindRefused."""
    for start, kind in _STARTS.items():
        if content.startswith(start):
            return kind
    if content.startswith(b"PK\x03\x04") and b"word/" in content:
        return _WORD
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError:
        text = "\0"
    if not text.strip() or any(ord(sign) < 32 and sign not in "\t\r\n\f" for sign in text):
        raise KindRefused("Send a PDF, PNG, JPEG, DOCX or plain text file that is not empty.")
    return "text/plain"
