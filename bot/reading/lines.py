"""A message of several lines or sentences: a disclosure in one of them must not drown among the others."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from bot.dialogue.understanding import Ranked
from bot.reading.parser import Parsed, Told

FEWEST, MOST = 2, 40
"""So many are read apart; what stands behind the fortieth is read with the whole alone."""
SHORTEST = 4
"""Words of a line or sentence that may tell anything."""
PLAIN = 0.8
"""How sure the parser must be of a line's category before the line speaks for itself."""
BESIDE = 0.99
"""What one line is about stands beside what the whole is about, never before it: the share of its confidence at most."""
_APART = re.compile(r"(?<=[.!?;])\s+|\n+")


def lines_of(redacted: str) -> list[str]:
    """The lines and sentences that are read apart; none where the message is a single one."""
    lines = [line for line in _APART.split(redacted) if len(line.split()) >= SHORTEST]
    return lines[:MOST] if len(lines) >= FEWEST else []


def with_each(whole: Parsed, lines: Iterable[Parsed | None]) -> Parsed:
    """What the whole message tells, with what any of its lines plainly tells. Danger is heard in the whole alone."""
    sure = {one.name: one.confidence for one in whole.categories}
    most = BESIDE * max(sure.values(), default=1.0)
    told = {(one.question, one.option): one for one in whole.told or ()}
    for line in lines:
        if line is None:
            break  # the parser went away meanwhile: nobody waits for it line by line
        best = line.categories[0] if line.categories else None
        if best is None or best.confidence < PLAIN:
            continue
        sure[best.name] = max(min(best.confidence, most), sure.get(best.name, 0.0))
        for one in line.told or ():
            if one.confidence >= line.told_above and (not one.of or best.name in one.of):
                told[one.question, one.option] = _surer(one, told.get((one.question, one.option)))
    categories = sorted(
        (Ranked(name, chance) for name, chance in sure.items()), key=lambda one: -one.confidence
    )
    return replace(
        whole, categories=tuple(categories), told=None if whole.told is None else tuple(told.values())
    )


def _surer(one: Told, other: Told | None) -> Told:
    return one if other is None or one.confidence > other.confidence else other
