"""Stretches of a text that identify somebody, and how several findings become one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Span:
    """Where an identifier stands in the text, and what kind it is (``NAME``, ``SCHOOL``, ``UPN`` …)."""

    start: int
    end: int
    kind: str

    def overlaps(self, other: Span) -> bool:
        """Whether the two share a character."""
        return self.start < other.end and other.start < self.end


@dataclass(frozen=True)
class Redacted:
    """A text without its identifiers, each replaced by ``[KIND]``; ``spans`` point into the original."""

    text: str
    spans: tuple[Span, ...]


def settle(found: Iterable[Span]) -> tuple[Span, ...]:
    """Findings in the order of their certainty: a later one keeps only what earlier ones leave, in text order.

    Where a later finding is longer than an earlier one that it covers, both are kept out of the text: the rest of
    the longer one stays a finding of its own.
    """
    kept: list[Span] = []
    for span in found:
        pieces = [span]
        for taken in kept:
            pieces = [piece for whole in pieces for piece in _without(whole, taken)]
        kept.extend(piece for piece in pieces if piece.end > piece.start)
    return tuple(sorted(kept, key=lambda span: span.start))


def replace(text: str, spans: Iterable[Span]) -> Redacted:
    """Put ``[KIND]`` in the place of every span; neighbours of one kind become one token."""
    settled = _joined(text, list(spans))
    parts: list[str] = []
    at = 0
    for span in settled:
        parts += [text[at : span.start], f"[{span.kind}]"]
        at = span.end
    parts.append(text[at:])
    return Redacted("".join(parts), tuple(settled))


def _without(span: Span, taken: Span) -> list[Span]:
    if not span.overlaps(taken):
        return [span]
    return [Span(span.start, taken.start, span.kind), Span(taken.end, span.end, span.kind)]


def _joined(text: str, spans: list[Span]) -> list[Span]:
    """“Anna” “Smith” is one name; so is the space that was left between two pieces."""
    joined: list[Span] = []
    for span in spans:
        if not text[span.start : span.end].strip(" ,.'’-"):
            continue
        before = joined[-1] if joined else None
        if before and before.kind == span.kind and not text[before.end : span.start].strip():
            joined[-1] = Span(before.start, span.end, span.kind)
        else:
            joined.append(span)
    return joined
