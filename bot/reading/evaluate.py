"""``python -m bot.reading.evaluate FILE``: how well unseen messages are understood, as figures and a picture.

Reads ``utterances: [{text, category, also, act, danger}]`` (also ``danger:`` and ``sentences:`` lists), through
redaction and understanding, with a parser of its own. No message is printed or kept.
"""

from __future__ import annotations

import json
import math
import sys
import time
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from bot.dialogue.understanding import Ranked
from bot.reading.alarm import alarms
from bot.reading.danger import dangers
from bot.reading.language import word_list
from bot.reading.lines import lines_of, with_each
from bot.reading.parser import Parser
from bot.reading.parser_process import ROOT, ParserMissing, running_parser
from bot.reading.redaction import redact
from bot.reading.redaction_score import redaction_report
from bot.reading.told_score import told_report

DANGER_ACT = "immediate_danger"
PICTURE = ROOT / "var" / "evaluation-confusion.png"
ACTS = word_list("acts")


@dataclass(frozen=True)
class Row:
    """One held-out message and what it is: a category, an act, or neither but dangerous or not."""

    text: str
    category: str | None = None
    act: str | None = None
    also: frozenset[str] = frozenset()
    danger: bool | None = None


@dataclass
class Score:
    """Hits among rows."""

    hits: int = 0
    of: int = 0

    def add(self, hit: bool) -> None:
        """Count one row."""
        self.hits += hit
        self.of += 1

    @property
    def share(self) -> float | None:
        """Hits per row, or None without rows."""
        return round(self.hits / self.of, 4) if self.of else None

    def line(self, name: str) -> str:
        """“name 84.1 % (201 of 239; 95 % interval 78.9 to 88.2)”."""
        if not self.of:
            return f"{name:<34} no rows"
        low, high = wilson(self.hits, self.of)
        return f"{name:<34} {100 * self.hits / self.of:5.1f} %  ({self.hits} of {self.of}; 95 % interval {100 * low:.1f} to {100 * high:.1f})"


@dataclass
class Figures:
    """What is measured over a file."""

    top1: Score = field(default_factory=Score)
    top3: Score = field(default_factory=Score)
    acts: Score = field(default_factory=Score)
    tell: Score = field(default_factory=Score)
    recall: Score = field(default_factory=Score)
    alarms: Score = field(default_factory=Score)
    alarms_in_categories: Score = field(default_factory=Score)
    seconds: list[float] = field(default_factory=list)
    confused: Counter[tuple[str, str]] = field(default_factory=Counter)
    certain: list[tuple[float, bool]] = field(default_factory=list)
    unredacted: Score = field(default_factory=Score)
    """Category first where the names stay in: what redaction costs."""


def wilson(hits: int, of: int, z: float = 1.96) -> tuple[float, float]:
    """95 % interval of a share (Wilson 1927)."""
    share = hits / of
    middle = (share + z * z / (2 * of)) / (1 + z * z / of)
    half = z * math.sqrt(share * (1 - share) / of + z * z / (4 * of * of)) / (1 + z * z / of)
    return max(0.0, middle - half), min(1.0, middle + half)


def rows_of(content: Any) -> list[Row]:
    """The rows of a file, in any of its shapes; a row without text is left out."""
    if isinstance(content, list):
        raw: Iterable[Any] = content
    elif isinstance(content, dict):
        raw = [
            row
            for key in ("utterances", "danger", "messages", "rows", "examples")
            for row in content.get(key) or []
        ]
    else:
        raw = []
    return [row for one in raw if (row := _row(one)) is not None]


def _row(one: Any) -> Row | None:
    if not isinstance(one, dict) or not str(one.get("text") or "").strip():
        return None
    category = one.get("category") or None
    act = one.get("act") or one.get("intent") or None
    if isinstance(act, str) and act.startswith("concern/"):
        category, act = category or act.removeprefix("concern/"), None
    if category in ACTS:
        category, act = None, act or category
    also = one.get("also") or ()
    named = frozenset([also] if isinstance(also, str) else map(str, also))
    danger = one.get("danger")
    dangerous = danger if isinstance(danger, bool) else (True if act == DANGER_ACT else None)
    return Row(str(one["text"]), category, act, named, dangerous)


def measure(rows: Sequence[Row], address: str, timeout: float = 10.0) -> Figures:
    """Every row through redaction, parser and danger rules."""
    parser, figures = Parser(address, timeout), Figures()
    for warm_up in ("hello", "a child has a bruise on his arm"):
        parser.parse(redact(warm_up).text)
    for row in rows:
        redacted = redact(row.text).text
        started = time.perf_counter()
        parsed = parser.parse(redacted)
        figures.seconds.append(time.perf_counter() - started)
        if parsed is None:
            raise ParserMissing("The parser stopped answering while measuring.")
        parsed = with_each(parsed, map(parser.parse, lines_of(redacted)))  # as the reader does
        alarmed = bool(alarms(redacted, dangers(redacted), parsed))
        _count(row, parsed.acts, parsed.categories, alarmed, figures)
        if row.category:
            whole = parsed if redacted == row.text else parser.parse(row.text)
            figures.unredacted.add(
                whole is not None and whole.categories[0].name in {row.category, *row.also}
            )
    return figures


def _count(
    row: Row, acts: Sequence[Ranked], categories: Sequence[Ranked], alarmed: bool, figures: Figures
) -> None:
    if row.category:
        right = {row.category, *row.also}
        first = categories[0]
        figures.top1.add(first.name in right)
        figures.top3.add(any(one.name in right for one in categories[:3]))
        figures.certain.append((first.confidence, first.name in right))
        figures.tell.add(acts[0].name in ("tell", DANGER_ACT))
        if first.name not in right:
            figures.confused[row.category, first.name] += 1
    elif row.act:
        figures.acts.add(acts[0].name in {row.act, *row.also} or (row.act == DANGER_ACT and alarmed))
        if acts[0].name not in {row.act, *row.also}:
            figures.confused[row.act, acts[0].name] += 1
    _count_danger(row, alarmed, figures)


def _count_danger(row: Row, alarmed: bool, figures: Figures) -> None:
    """Act rows other than danger are not dangerous; a category row may be, unless it says."""
    if row.danger is True:
        figures.recall.add(alarmed)
    elif row.danger is False or (row.act and not row.category):
        figures.alarms.add(alarmed)
    else:
        figures.alarms_in_categories.add(alarmed)


def report(figures: Figures) -> list[str]:
    """The figures as lines to print."""
    lines = [
        figures.top1.line("category first"),
        figures.top3.line("category among the first three"),
        figures.unredacted.line("category first, names left in"),
        figures.acts.line("dialogue act"),
        figures.tell.line("category rows read as telling"),
        figures.recall.line("immediate danger met"),
        figures.alarms.line("false alarms"),
        figures.alarms_in_categories.line("alarms where danger is not labelled"),
    ]
    if figures.certain:
        lines.append(f"{'calibration error (10 bins)':<34} {calibration_error(figures.certain):.3f}")
    lines.append(
        f"{'parse time':<34} p50 {_percentile(figures.seconds, 50)} ms, p95 {_percentile(figures.seconds, 95)} ms"
    )
    for (meant, read), times in figures.confused.most_common(10):
        lines.append(f"   {times:>3} x  {meant} read as {read}")
    return lines


def summary(figures: Figures) -> dict[str, float | int | None]:
    """The last line, for a program to read."""
    return {
        "n_categories": figures.top1.of,
        "top1": figures.top1.share,
        "top3": figures.top3.share,
        "n_acts": figures.acts.of,
        "acts": figures.acts.share,
        "danger_recall": figures.recall.share,
        "danger_false_alarms": figures.alarms.share,
        "p50_ms": _percentile(figures.seconds, 50),
        "p95_ms": _percentile(figures.seconds, 95),
    }


def calibration_error(certain: Sequence[tuple[float, bool]], bins: int = 10) -> float:
    """Expected calibration error: how far “80 % sure” is from being right 80 times in a hundred."""
    total = 0.0
    for low in range(bins):
        inside = [
            (sure, hit)
            for sure, hit in certain
            if low / bins <= sure < (low + 1) / bins or (sure == 1.0 and low == bins - 1)
        ]
        if inside:
            gap = sum(sure for sure, _ in inside) / len(inside) - sum(hit for _, hit in inside) / len(inside)
            total += abs(gap) * len(inside) / len(certain)
    return total


def _percentile(seconds: Sequence[float], percent: int) -> float | None:
    ordered = sorted(seconds)
    return round(1000 * ordered[min(len(ordered) - 1, len(ordered) * percent // 100)], 2) if ordered else None


def draw(confused: Counter[tuple[str, str]], to: Path) -> None:
    """What is taken for what, rows: meant; columns: read. Right readings are left out, so that mistakes show."""
    import matplotlib

    matplotlib.use("Agg")
    from matplotlib import pyplot

    names = sorted({name for pair in confused for name in pair}) or ["no mistakes"]
    grid = [[confused.get((meant, read), 0) for read in names] for meant in names]
    figure, axes = pyplot.subplots(figsize=(2 + 0.28 * len(names), 2 + 0.28 * len(names)))
    axes.imshow(grid, cmap="Purples")
    axes.set_xticks(range(len(names)), names, rotation=90, fontsize=7)
    axes.set_yticks(range(len(names)), names, fontsize=7)
    axes.set_xlabel("read as")
    axes.set_ylabel("meant")
    dark = max(map(max, grid)) / 2
    for y, line in enumerate(grid):
        for x, times in enumerate(line):
            if times:
                ink = "white" if times > dark else "black"
                axes.text(x, y, str(times), ha="center", va="center", fontsize=6, color=ink)
    figure.tight_layout()
    to.parent.mkdir(parents=True, exist_ok=True)
    figure.savefig(to, dpi=130)
    pyplot.close(figure)


def main(arguments: list[str]) -> int:
    """Measure one file and print the figures; the last line is one JSON object."""
    if len(arguments) != 1:
        print("usage: python -m bot.reading.evaluate FILE.yml", file=sys.stderr)
        return 2
    path = Path(arguments[0])
    try:
        content = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, yaml.YAMLError) as fault:
        print(f"{path} cannot be read as YAML: {type(fault).__name__}", file=sys.stderr)
        return 2
    if isinstance(content, dict) and content.get("sentences"):
        print("\n".join(redaction_report(content["sentences"])))
    stories = content.get("facts") if isinstance(content, dict) else None
    rows = rows_of(content)
    figures = Figures()
    try:
        if stories:
            with running_parser() as address:
                print("\n".join(told_report(stories, address)))
        if rows:
            with running_parser() as address:
                figures = measure(rows, address)
    except ParserMissing as missing:
        print(missing, file=sys.stderr)
        return 1
    if rows:
        print("\n".join(report(figures)))
        if figures.confused:
            draw(figures.confused, PICTURE)
            print(f"Confusion picture: {PICTURE.relative_to(ROOT)}")
    print(json.dumps(summary(figures)), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
