"""Medians and percentiles, and the table that they are printed in."""

from __future__ import annotations

import json
import statistics
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path


def p50(seconds: Sequence[float]) -> float:
    """The median in milliseconds."""
    return round(statistics.median(seconds) * 1000, 1)


def p95(seconds: Sequence[float]) -> float:
    """The 95th percentile in milliseconds (nearest rank)."""
    ordered = sorted(seconds)
    return round(ordered[min(len(ordered) - 1, int(len(ordered) * 0.95))] * 1000, 1)


def timed(call: Callable[[], object]) -> float:
    """How many seconds one call takes."""
    began = time.perf_counter()
    call()
    return time.perf_counter() - began


@dataclass
class Table:
    """Figures by name, in the order measured; ``floor`` is what the issue asks for."""

    rows: list[tuple[str, object, str, bool | None]] = field(default_factory=list)
    values: dict[str, object] = field(default_factory=dict)

    def add(self, name: str, value: object, floor: str = "", met: bool | None = None) -> None:
        """One figure, printed at once so that a long run shows where it is."""
        self.rows.append((name, value, floor, met))
        self.values[name] = value
        verdict = "" if met is None else ("  met" if met else "  MISSED")
        print(f"  {name:<58} {value!s:>14}  {floor}{verdict}", flush=True)

    @contextmanager
    def part(self, title: str) -> Iterator[None]:
        """A heading, and how long that part took."""
        print(f"\n{title}", flush=True)
        began = time.perf_counter()
        yield
        print(f"  ({time.perf_counter() - began:.0f} s)", flush=True)

    def save(self, path: Path) -> None:
        """Everything measured, as JSON."""
        path.parent.mkdir(parents=True, exist_ok=True)
        missed = [name for name, _, _, met in self.rows if met is False]
        path.write_text(json.dumps({**self.values, "missed": missed}, indent=2, default=str))
        print(f"\nSaved in {path}. Floors missed: {', '.join(missed) or 'none'}.")
