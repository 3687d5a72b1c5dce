"""``make bench``: every figure in one run, with the stock assistant measured beside ours.

One part alone: ``python -m tests.bench intake`` (or talking, thresholds, handover).
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable, Mapping
from random import Random

import requests

from bot.settings import ROOT
from bot.thresholds import load_pack, measuring
from tests.bench.figures import Table, p50, p95, timed
from tests.bench.intake import measure_intake
from tests.bench.interviews import measure_interviews
from tests.bench.outbox import measure_outbox
from tests.bench.processes import Started, our_side, stock_assistant
from tests.bench.talking import SHORT, STORY, Ours, Stock, together

PEOPLE, TURNS_EACH = 8, 6
ALONE = 40
LONG = 300


def main() -> int:
    """Measure, print, save; the exit code is 0 also where a floor is missed: speed is no test."""
    asked = argparse.ArgumentParser(description="Benchmarks as a table.")
    asked.add_argument("parts", nargs="*", help=f"only these: {', '.join(PARTS)}", metavar="PART")
    chosen: list[str] = asked.parse_args().parts
    if unknown := set(chosen) - set(PARTS):
        asked.error(f"no such part: {', '.join(sorted(unknown))}")
    table = Table()
    for name, measure in PARTS.items():
        if not chosen or name in chosen:
            measure(table)
    table.save(ROOT / "var" / "bench" / f"{'-'.join(chosen) or 'latest'}.json")
    return 0


def _talking(table: Table) -> None:
    with table.part("Stock Rasa assistant (reference)"), stock_assistant() as stock:
        reference = _stock(table, stock)
    with table.part("Ours: start-up and memory"), our_side() as (started, _settings, token):
        for name, one in started.items():
            table.add(f"{name}: seconds until it answers", one.seconds)
        _parser(table, started["parser"])
        _turns(table, started["web"].url, token, reference)
        for name, one in started.items():
            table.add(f"{name}: memory in MB", one.megabytes)


def _stock(table: Table, stock: Started) -> dict[str, float]:
    talk = Stock(stock.url, "alone")
    talk.text()
    times = [talk.text() for _ in range(LONG)]
    reference = {
        "alone": p50(times[:ALONE]),
        "alone_p95": p95(times[:ALONE]),
        "at_100": p50(times[95:105]),
        "at_300": p50(times[-10:]),
    }
    eight = together(PEOPLE, TURNS_EACH, lambda number: Stock(stock.url, f"person{number}").text)
    reference["eight"] = p50(eight)
    for name, value in reference.items():
        table.add(f"stock REST turn {name} (ms)", value)
    table.add("stock: memory in MB", stock.megabytes)
    return reference


def _parser(table: Table, parser: Started) -> None:
    http = requests.Session()

    def parse(words: str) -> None:
        http.post(f"{parser.url}/model/parse", json={"text": words}, timeout=30).raise_for_status()

    parse(STORY)
    for name, words in {"short": SHORT, "long": " ".join([STORY] * 2)}.items():
        times = [timed(lambda words=words: parse(words)) for _ in range(ALONE)]  # type: ignore[misc]
        table.add(f"parser p50, {name} message (ms)", p50(times), "≤ 30", p50(times) <= 30)
        table.add(f"parser p95, {name} message (ms)", p95(times), "≤ 60", p95(times) <= 60)


def _turns(table: Table, url: str, token: str, stock: Mapping[str, float]) -> None:
    talk = Ours(url, token)
    talk.text(STORY)
    talk.button()
    buttons = [talk.button() for _ in range(ALONE)]
    table.add("web turn by button, p50 (ms)", p50(buttons))
    _floor(table, "web turn by button, p95 (ms)", p95(buttons), 0.5, stock["alone_p95"])
    talk = Ours(url, token)
    talk.text(STORY)
    texts = [talk.text() for _ in range(LONG)]
    _floor(table, "web turn by text, p50 alone (ms)", p50(texts[:ALONE]), 0.9, stock["alone"])
    table.add("web turn by text, p95 alone (ms)", p95(texts[:ALONE]))
    _floor(table, "web turn by text at message 100 (ms)", p50(texts[95:105]), 0.25, stock["at_100"])
    table.add("web turn by text at message 10 (ms)", p50(texts[5:15]))
    table.add("web turn by text at message 300 (ms)", p50(texts[-10:]))
    growth = round(p50(texts[-10:]) / p50(texts[5:15]), 2)
    table.add("growth from message 10 to 300 (ratio)", growth, "≤ 1.2", growth <= 1.2)

    def person(_: int) -> object:
        own = Ours(url, token)
        own.text(STORY)
        return own.text

    eight = together(PEOPLE, TURNS_EACH, person)  # type: ignore[arg-type]
    _floor(table, f"web turn by text, p50 with {PEOPLE} people (ms)", p50(eight), 0.6, stock["eight"])
    table.add(f"web turn by text, p95 with {PEOPLE} people (ms)", p95(eight))


def _floor(table: Table, name: str, value: float, share: float, reference: float) -> None:
    most = round(share * reference, 1)
    table.add(name, value, f"≤ {most} ({share} of stock's {reference})", value <= most)


def _thresholds(table: Table) -> None:
    with table.part("Thresholds"):
        _assessing(table)


def _handover(table: Table) -> None:
    with table.part("Handover"):
        measure_outbox(table)


def _intake(table: Table) -> None:
    with table.part("Intake"):
        measure_intake(table)


def _assessing(table: Table) -> None:
    pack = load_pack("wolverhampton", root=ROOT / "data" / "thresholds")
    speed = measuring.speed(pack, time.process_time, Random(7))
    median = round(speed.assess_median, 3)
    table.add(f"one full assessment, {speed.criteria} criteria, median (ms)", median, "≤ 1", median <= 1)
    table.add("one full assessment, p95 (ms)", round(speed.assess_p95, 3))
    table.add("the next question, median (ms)", round(speed.next_median, 3))
    grown = measuring.growth(pack, time.process_time, Random(7), shares=(0.25, 0.5, 1.0))
    for criteria, milliseconds in grown:
        table.add(f"weighing {criteria} criteria anew, median (ms)", round(milliseconds, 3))
    (few, quick), (_, _), (many, slow) = grown
    ratio = round((slow / quick) / (many / few), 2)
    table.add("growth of that by the growth of criteria (1: linear)", ratio, "≤ 1.3", ratio <= 1.3)
    measure_interviews(table, pack)


PARTS: dict[str, Callable[[Table], None]] = {
    "talking": _talking,
    "thresholds": _thresholds,
    "handover": _handover,
    "intake": _intake,
}


if __name__ == "__main__":
    sys.exit(main())
