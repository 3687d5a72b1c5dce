"""Typed access to the nodes of a pack file; what is wrong is collected with file, line and how to mend it."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType

from bot.thresholds.yaml_text import Fault, Node

_ID = re.compile(r"[a-z][a-z0-9_]*\Z")


def fixed[K, V](values: Mapping[K, V]) -> Mapping[K, V]:
    """Return a copy that nobody can change."""
    return MappingProxyType(dict(values))


def nearest(word: str, known: Iterable[str]) -> str:
    """Return "Did you mean …?" for a near miss, else the list of what is known."""
    names = sorted(set(known))
    close = difflib.get_close_matches(word, names, n=1)
    if close:
        return f"Did you mean `{close[0]}`?"
    shown = ", ".join(f"`{name}`" for name in names[:12])
    return (
        f"Known here: {shown}{' …' if len(names) > 12 else ''}." if names else "Nothing is defined here yet."
    )


@dataclass
class Fields:
    """Reads nodes, and collects faults instead of stopping at the first."""

    faults: list[Fault] = field(default_factory=list)

    def fault(self, node: Node, what: str, mend: str, *, key: str | None = None) -> None:
        """Note a fault at a node, or at one of its keys."""
        line = node.key_lines.get(key, node.line) if key else node.line
        self.faults.append(Fault(node.file, line, what, mend))

    def mapping(self, node: Node, where: str) -> dict[str, Node]:
        """Return the fields of a block; an empty dict and a fault when it is something else."""
        if node.fields is None:
            if node.text == "":
                self.fault(node, f"{where} is empty.", "Fill it in, or take the key out.")
            else:
                self.fault(
                    node, f"{where} must be a block of “key: value” lines, not {node.kind}.", "Indent it."
                )
            return {}
        return node.fields

    def closed(
        self, node: Node, where: str, required: Iterable[str], optional: Iterable[str]
    ) -> dict[str, Node]:
        """Return the fields of a block in which only these keys may stand and the required ones must."""
        fields = self.mapping(node, where)
        if not fields:
            return {}
        required = tuple(required)
        allowed = {*required, *optional}
        for key in fields:
            if key not in allowed:
                self.fault(node, f"{where} has an unknown key `{key}`.", nearest(key, allowed), key=key)
        for key in required:
            if key not in fields:
                self.fault(node, f"{where} has no `{key}`.", f"Add `{key}:` to it.")
        return fields

    def text(self, node: Node | None, where: str, *, empty: bool = False) -> str:
        """Return a text."""
        if node is None:
            return ""
        if node.text is None:
            self.fault(
                node, f"{where} must be text, not {node.kind}.", "Write it on one line, or after `>-`."
            )
            return ""
        text = " ".join(node.text.split())
        if not text and not empty:
            self.fault(node, f"{where} is empty.", "Write it, or take the key out.")
        return text

    def texts(self, node: Node | None, where: str) -> tuple[str, ...]:
        """Return a list of texts; a single text counts as a list of one."""
        if node is None:
            return ()
        if node.items is None:
            return (self.text(node, where),)
        return tuple(self.text(item, where) for item in node.items)

    def choice(self, node: Node | None, where: str, allowed: Iterable[str], default: str = "") -> str:
        """Return one of some words."""
        if node is None:
            return default
        text = self.text(node, where)
        allowed = tuple(allowed)
        if text and text not in allowed:
            self.fault(node, f"{where} cannot be `{text}`.", f"Write one of: {', '.join(allowed)}.")
            return default or allowed[0]
        return text or default

    def flag(self, node: Node | None, where: str, default: bool = False) -> bool:
        """Return true or false; only these two words are taken."""
        if node is None:
            return default
        text = self.text(node, where)
        if text and text not in ("true", "false"):
            mend = "Write `true` or `false` (every other word, yes and no included, is read as text)."
            self.fault(node, f"{where} must be true or false, not `{text}`.", mend)
        return text == "true"

    def number(self, node: Node | None, where: str, low: int, high: int) -> int | None:
        """Return a whole number between two bounds."""
        if node is None:
            return None
        text = self.text(node, where)
        if not text:
            return None
        if not re.fullmatch(r"[0-9]{1,6}", text) or not low <= int(text) <= high:
            self.fault(
                node, f"{where} must be a whole number from {low} to {high}.", "Write the number alone."
            )
            return None
        return int(text)

    def day(self, node: Node | None, where: str) -> date | None:
        """Return a date written year-month-day."""
        if node is None:
            return None
        text = self.text(node, where)
        try:
            return date.fromisoformat(text) if text else None
        except ValueError:
            self.fault(node, f"{where} is not a date.", "Write it as year-month-day, such as 2026-09-01.")
            return None

    def id(self, node: Node, key: str, where: str) -> bool:
        """Check that an id is made of small letters, digits and underscores."""
        if _ID.match(key):
            return True
        mend = "Use small letters, digits and underscores, beginning with a letter."
        self.fault(node, f"`{key}` cannot be the id of {where}.", mend, key=key)
        return False
