"""Reading a pack file: YAML in which every scalar is text, and every value remembers its line.

``yes``, ``no`` and ``1.10`` stay what was written. Anchors and aliases are refused (they can blow a small
file up), as are very large or very deep files.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import yaml

MAX_BYTES = 2_000_000
MAX_DEPTH = 24

_Loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)


@dataclass(frozen=True)
class Fault:
    """One thing wrong in a pack: where, what, and how to mend it."""

    file: str
    line: int
    what: str
    mend: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.what}\n    To mend it: {self.mend}"


class PackError(Exception):
    """A threshold pack that cannot be used. ``faults`` holds everything found; the first is also spelt
    out."""

    def __init__(self, faults: list[Fault]) -> None:
        first = faults[0]
        self.faults = faults
        self.file, self.line, self.what, self.mend = first.file, first.line, first.what, first.mend
        more = f"\n(and {len(faults) - 1} more; `bot packs lint` shows them all)" if len(faults) > 1 else ""
        super().__init__(f"{first}{more}")

    @classmethod
    def of(cls, file: str, line: int, what: str, mend: str) -> PackError:
        """Make the error of a single fault."""
        return cls([Fault(file, line, what, mend)])


@dataclass(slots=True)
class Node:
    """A YAML value with its line: text, a list of nodes, or a mapping of nodes."""

    file: str
    line: int
    text: str | None = None
    items: list[Node] | None = None
    fields: dict[str, Node] | None = None
    key_lines: dict[str, int] = field(default_factory=dict)

    @property
    def kind(self) -> str:
        """What it is, in plain words, for messages."""
        if self.fields is not None:
            return "a block of “key: value” lines"
        return "a list" if self.items is not None else "text"

    def plain(self) -> object:
        """Return the value as plain Python data."""
        if self.fields is not None:
            return {key: node.plain() for key, node in self.fields.items()}
        if self.items is not None:
            return [node.plain() for node in self.items]
        return self.text


def read_yaml(path: Path, shown: str, faults: list[Fault]) -> Node | None:
    """Read one pack file; None when it holds nothing or could not be read (then ``faults`` says why)."""
    size = path.stat().st_size
    if size > MAX_BYTES:
        what = f"this file has {size:,} bytes; a pack file has at most {MAX_BYTES:,}."
        faults.append(Fault(shown, 1, what, "Split the pack into several files in the same folder."))
        return None
    try:
        text = path.read_bytes().decode("utf-8")
    except UnicodeDecodeError as error:
        line = path.read_bytes()[: error.start].count(b"\n") + 1
        faults.append(Fault(shown, line, "this file is not UTF-8 text.", "Save it again as UTF-8."))
        return None
    try:
        _refuse_aliases_and_depth(text, shown)
        root = yaml.compose(text, Loader=_Loader)
    except PackError as error:
        faults.extend(error.faults)
        return None
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        problem = getattr(error, "problem", None) or "it cannot be read"
        what = f"this is not valid YAML: {problem}."
        mend = "Check the indentation, the colons and the quotation marks on this line and the one above."
        faults.append(Fault(shown, mark.line + 1 if mark else 1, what, mend))
        return None
    return None if root is None else _convert(root, shown, faults)


def _refuse_aliases_and_depth(text: str, shown: str) -> None:
    depth = 0
    for event in yaml.parse(text, Loader=_Loader):
        line = event.start_mark.line + 1 if event.start_mark else 1
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            what = "anchors and aliases (& and *) are not used in packs."
            raise PackError.of(shown, line, what, "Write the value out, or give it a name under `facts:`.")
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
            if depth > MAX_DEPTH:
                what = f"values are nested more than {MAX_DEPTH} deep."
                raise PackError.of(shown, line, what, "Give the inner condition a name under `facts:`.")
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1


def _convert(node: yaml.Node, shown: str, faults: list[Fault]) -> Node:
    line = node.start_mark.line + 1
    if isinstance(node, yaml.ScalarNode):
        return Node(shown, line, text=str(node.value))
    if isinstance(node, yaml.SequenceNode):
        return Node(shown, line, items=[_convert(item, shown, faults) for item in node.value])
    fields: dict[str, Node] = {}
    result = Node(shown, line, fields=fields)
    for key_node, value_node in node.value:
        key_line = key_node.start_mark.line + 1
        if not isinstance(key_node, yaml.ScalarNode):
            faults.append(Fault(shown, key_line, "a key must be plain text.", "Write `key: value`."))
            continue
        key = str(key_node.value)
        if key in fields:
            what = f"`{key}` stands here twice (first on line {result.key_lines[key]})."
            faults.append(Fault(shown, key_line, what, "Keep one of them, or give this one another name."))
            continue
        value = fields[key] = _convert(value_node, shown, faults)
        value.line = key_line  # a block is pointed at by the line of its name
        result.key_lines[key] = key_line
    return result


def pack_files(folder: Path) -> Iterator[Path]:
    """Yield the files of a pack folder: pack.yml first, then all others by name."""
    first = folder / "pack.yml"
    yield first
    yield from sorted(path for path in folder.rglob("*.yml") if path != first)
