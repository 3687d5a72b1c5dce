"""A conversation written as a play: who says or presses what, and what the assistant must answer.

    == A bruise behind the ear ==
    staff: Year 2 girl has a bruise behind her ear and would not say how.
    assistant asks: It sounds like this.
    assistant suggests: Physical harm or injury
    staff ticks: Physical harm or injury
    route: red

A line that is indented goes on with the line before it; `#` begins a note to the reader. What each line means
stands in `play.py`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path

_TITLE = re.compile(r"== (.+) ==$")
_LINE = re.compile(r"([a-z][a-z0-9 ]*):(?: (.*))?$")


@dataclass(frozen=True)
class Line:
    """One line of a script: ``what`` is done or expected, and with which words."""

    number: int
    what: str
    words: str


@dataclass(frozen=True)
class Conversation:
    """One conversation from the first words to how it ends."""

    title: str
    lines: tuple[Line, ...]


@dataclass
class _Open:
    title: str
    lines: list[Line] = field(default_factory=list)

    def closed(self) -> Conversation:
        return Conversation(self.title, tuple(self.lines))


def conversations(folder: Path) -> list[tuple[str, Conversation]]:
    """Every conversation of a folder, each with the name of the file that it stands in."""
    return [(path.name, one) for path in sorted(folder.glob("*.txt")) for one in read_script(path)]


def read_script(path: Path) -> list[Conversation]:
    """The conversations of one file; a line that is neither title nor line of a play raises ValueError."""
    found: list[_Open] = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        if title := _TITLE.match(line):
            found.append(_Open(title.group(1)))
        elif not found:
            raise ValueError(f"{path.name}:{number}: a script begins with its title: == … ==")
        elif line.startswith("    "):
            _go_on(found[-1], line.strip())
        elif said := _LINE.match(line):
            found[-1].lines.append(Line(number, said.group(1), said.group(2) or ""))
        else:
            raise ValueError(f"{path.name}:{number}: who says that? A line is like “staff: no”.")
    return [one.closed() for one in found]


def _go_on(conversation: _Open, words: str) -> None:
    last = conversation.lines.pop()
    conversation.lines.append(Line(last.number, last.what, f"{last.words}\n{words}"))
