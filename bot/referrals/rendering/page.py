"""A page for the school's file, apart from how it is set: headings, facts, tables, quotations, drawing."""

from __future__ import annotations

import re
from dataclasses import dataclass

_NOT_PRINTED = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ufffe\uffff\ud800-\udfff]")


def printable(words: str) -> str:
    """Words with a mark in place of each control character, which no file can hold."""
    return _NOT_PRINTED.sub("\ufffd", words.replace("\r\n", "\n").replace("\r", "\n"))


@dataclass(frozen=True)
class Heading:
    """A heading; ``level`` 1 stands under the title."""

    text: str
    level: int = 1


@dataclass(frozen=True)
class Paragraph:
    """Words. ``kind``: plain, quote (word for word, somebody's own), opinion, or note (set apart)."""

    text: str
    kind: str = "plain"


@dataclass(frozen=True)
class Facts:
    """Names and values, one line each; ``caption`` says of what."""

    caption: str
    rows: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Table:
    """A table with a header row."""

    caption: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Drawing:
    """A drawing and what it shows, in words."""

    svg: str
    says: str


@dataclass(frozen=True)
class Bullets:
    """A list without order."""

    items: tuple[str, ...]


Block = Heading | Paragraph | Facts | Table | Drawing | Bullets


@dataclass(frozen=True)
class Page:
    """A whole document. ``banner`` stands above everything (an illustrative pack); ``foot`` on every page."""

    title: str
    foot: str
    blocks: tuple[Block, ...]
    banner: str = ""
