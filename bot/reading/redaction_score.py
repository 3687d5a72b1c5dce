"""How much of what identifies somebody is taken out, over labelled sentences. Counts only; no sentence is printed."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from bot.reading.redaction import redact


def redaction_report(sentences: Sequence[dict[str, Any]]) -> list[str]:
    """Recall by kind, for names with and without the concern's known names; and sentences changed for nothing."""
    with_known: dict[str, list[bool]] = defaultdict(list)
    without: dict[str, list[bool]] = defaultdict(list)
    untouched: list[bool] = []
    for sentence in sentences:
        text = str(sentence.get("text") or "")
        identifiers = sentence.get("identifiers") or []
        for names, found in ((sentence.get("known") or (), with_known), ((), without)):
            left = redact(text, [str(name) for name in names]).text
            for identifier in identifiers:
                found[_kind(identifier)].append(not _stands(str(identifier.get("text", "")), left))
        if not identifiers:
            untouched.append(redact(text).text == text)
    lines = [_line(f"{kind} (known names given)", with_known[kind]) for kind in sorted(with_known)]
    lines += [
        _line(f"{kind} (nothing known)", without[kind]) for kind in sorted(without) if "name" in kind.lower()
    ]
    formatted = [gone for kind, all_gone in with_known.items() if _has_format(kind) for gone in all_gone]
    lines.append(_line("all with a format", formatted))
    if untouched:
        lines.append(_line("sentences without identifiers untouched", untouched))
    return lines


def _kind(identifier: dict[str, Any]) -> str:
    return str(identifier.get("kind") or identifier.get("type") or "unknown")


def _has_format(kind: str) -> bool:
    return not any(word in kind.lower() for word in ("name", "school", "address"))


def _stands(identifier: str, left: str) -> bool:
    """Whether the identifier can still be read in what is left, whole or in a telling part of it."""
    if re.search(rf"(?<!\w){re.escape(identifier)}(?!\w)", left):
        return True
    pieces = [
        piece
        for piece in identifier.replace(",", " ").split()
        if len(piece) > 3 and piece[0].isupper() and piece.isalpha()
    ]
    return bool(pieces) and all(piece in left for piece in pieces)


def _line(name: str, hits: Sequence[bool]) -> str:
    share = f"{100 * sum(hits) / len(hits):5.1f} %" if hits else "no rows"
    return f"{name:<44} {share}  ({sum(hits)} of {len(hits)})"
