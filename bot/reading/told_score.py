"""How much of what held-out stories tell is read of them, and how much is read that they do not tell. Counts only."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from bot.reading.parser_process import ROOT
from bot.reading.reader import Reader
from bot.thresholds import load_pack

AGE = "age_band"
PATIENCE = 10.0
"""Seconds to wait for the parser with each story."""


@dataclass
class _Counts:
    found: int = 0
    told: int = 0
    read: int = 0
    trapped: int = 0
    traps: int = 0

    def line(self, name: str) -> str:
        recall = (
            f"{100 * self.found / self.told:5.1f} % ({self.found} of {self.told})"
            if self.told
            else "nothing told"
        )
        right = (
            f"{100 * self.found / self.read:5.1f} % ({self.found} of {self.read})"
            if self.read
            else "nothing read"
        )
        return f"{name:<34} found {recall}, right {right}, misled by {self.trapped} of {self.traps}"


@dataclass
class _Score:
    everything: _Counts = field(default_factory=_Counts)
    of_category: _Counts = field(default_factory=_Counts)
    of_every_concern: _Counts = field(default_factory=_Counts)


def told_report(stories: Sequence[dict[str, Any]], address: str, pack: str = "england") -> list[str]:
    """Lines to print. ``stories``: text, category, what it tells and what it does not, by question."""
    judged, score = load_pack(pack, root=ROOT / "data" / "thresholds"), _Score()
    reader = Reader(address, timeout=PATIENCE)
    for story in stories:
        read = {
            (one.question, option)
            for one in reader.read(str(story["text"]), (), None, judged).suggestions
            for option in ([one.value] if isinstance(one.value, str) else one.value)
            if one.question != AGE
        }
        told, untold = _pairs(story.get("told")), _pairs(story.get("untold"))
        own = frozenset(
            question for question, codes in judged.asked_by.items() if codes == {story.get("category")}
        )
        _count(score.everything, read, told, untold)
        for counts, mine in ((score.of_category, True), (score.of_every_concern, False)):
            parts = [{pair for pair in pairs if (pair[0] in own) is mine} for pairs in (read, told, untold)]
            _count(counts, *parts)
    return [
        f"{len(stories)} stories",
        score.everything.line("facts"),
        score.of_category.line("   of the story's own category"),
        score.of_every_concern.line("   of other questions"),
    ]


def _count(
    counts: _Counts, read: set[tuple[str, str]], told: set[tuple[str, str]], untold: set[tuple[str, str]]
) -> None:
    counts.found += len(read & told)
    counts.told += len(told)
    counts.read += len(read)
    counts.trapped += len(read & untold)
    counts.traps += len(untold)


def _pairs(by_question: Any) -> set[tuple[str, str]]:
    return {(question, option) for question, options in (by_question or {}).items() for option in options}
