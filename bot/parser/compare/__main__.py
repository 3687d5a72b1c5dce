"""``.venv-rasa/bin/python -m bot.parser.compare FILE [SEEDS [WAY …]]``: ways of reading, side by side, on held-out messages.

Each way learns from four fifths of the training data, drawn anew for each seed, in a process of its own, and is then
loaded by another, which reads FILE. Prints one row for each way. WAY: part of a way's name; all of them without it.
"""

from __future__ import annotations

import json
import os
import random
import resource
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from bot.parser.compare.diet import Diet
from bot.parser.compare.rows import Held, examples, held_out
from bot.parser.compare.ways import Blended, Linear

SHARE = 0.8
SEEDS = 5
WARM = 20
"""Messages that are read once before any is timed."""
Way = Linear | Diet | Blended
WAYS: tuple[Way, ...] = (
    Linear("words and letters", words=True),
    Linear("MiniLM alone", words=False, meaning=1.0),
    Linear("words, letters and MiniLM", words=True, meaning=0.8),
    Linear("spaCy vectors alone", words=False, meaning=1.0, spacy=True),
    Linear("words, letters and spaCy vectors", words=True, meaning=0.8, spacy=True),
    Diet("DIET on words and letters"),
    Blended("words, MiniLM tuned and messages alike, blended"),
)
HEAD = "| way | category first | first three | act | calibration error | ms p50 | ms p95 | MB | s to start | s to learn |"
LEARN, READ = "learn", "read"


def learn(way: Way, seed: int, folder: Path) -> dict[str, float]:
    """Learn from this seed's messages; how many seconds it took."""
    everything = examples()
    messages = random.Random(seed).sample(everything, int(SHARE * len(everything)))
    started = time.perf_counter()
    way.learn(messages, folder)
    return {"learn": time.perf_counter() - started}


def read(way: Way, file: Path, folder: Path) -> dict[str, float]:
    """Load what was learned and read the held-out messages."""
    categories, acts = held_out(file)
    started = time.perf_counter()
    reading = way.load(folder)
    reading("ready?")
    ready = time.perf_counter() - started
    for row in categories[:WARM]:
        reading(row.text)
    times, found = [], []
    for row in (*categories, *acts):
        began = time.perf_counter()
        found.append(reading(row.text))
        times.append(1000 * (time.perf_counter() - began))
    ranked = [one[0] for one in found[: len(categories)]]
    first = _hits(ranked, categories, 1)
    return {
        "first": 100 * float(np.mean(first)),
        "three": 100 * float(np.mean(_hits(ranked, categories, 3))),
        "act": 100 * float(np.mean(_hits([one[1] for one in found[len(categories) :]], acts, 1))),
        "calibration": calibration_error([one[0][1] for one in ranked], first),
        "p50": float(np.percentile(times, 50)),
        "p95": float(np.percentile(times, 95)),
        "memory": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        "start": ready,
    }


def _hits(ranked: Sequence[Sequence[tuple[str, float]]], rows: Sequence[Held], among: int) -> list[bool]:
    return [any(name in row.right for name, _ in one[:among]) for one, row in zip(ranked, rows, strict=True)]


def calibration_error(sure: Sequence[float], hit: Sequence[bool], bins: int = 10) -> float:
    """How far “80 % sure” is from being right 80 times in a hundred."""
    slot = np.minimum((np.array(sure) * bins).astype(int), bins - 1)
    right = np.array(hit, dtype=float)
    gaps = [
        abs(np.mean(np.array(sure)[slot == one]) - right[slot == one].mean()) * np.mean(slot == one)
        for one in range(bins)
        if np.any(slot == one)
    ]
    return float(sum(gaps))


def _apart(*arguments: str) -> dict[str, float]:
    """One step in a process of its own; its figures are the last line that it prints."""
    run = subprocess.run(
        [sys.executable, "-m", "bot.parser.compare", *arguments],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "TF_CPP_MIN_LOG_LEVEL": "3"},
    )
    if run.returncode:
        raise SystemExit(f"{' '.join(arguments)} failed:\n{run.stderr[-2000:]}")
    figures: dict[str, float] = json.loads(run.stdout.strip().splitlines()[-1])
    return figures


def _row(way: int, file: Path, seeds: int, shared: Path) -> str:
    runs = []
    for seed in range(seeds):
        with TemporaryDirectory(dir=shared) as folder:
            learned = _apart(LEARN, str(way), str(seed), folder)
            runs.append({**learned, **_apart(READ, str(way), str(file), folder)})
    return f"| {WAYS[way].name} | {' | '.join(_cells(runs))} |"


def _cells(runs: Sequence[dict[str, float]]) -> list[str]:
    def middle(name: str) -> float:
        return float(np.mean([one[name] for one in runs]))

    def half(name: str) -> float:
        """Half the width of a 95 % interval over the seeds."""
        values = [one[name] for one in runs]
        return float(1.96 * np.std(values, ddof=1) / np.sqrt(len(values))) if len(values) > 1 else 0.0

    shares = [f"{middle(name):.1f} ± {half(name):.1f} %" for name in ("first", "three", "act")]
    times = [f"{middle('p50'):.1f}", f"{middle('p95'):.1f}", f"{middle('memory'):.0f}"]
    return [
        *shares,
        f"{middle('calibration'):.3f}",
        *times,
        f"{middle('start'):.1f}",
        f"{middle('learn'):.0f}",
    ]


def main(arguments: list[str]) -> int:
    """Print the table."""
    match arguments:
        case [step, way, seed, folder] if step == LEARN:
            print(json.dumps(learn(WAYS[int(way)], int(seed), Path(folder))))
        case [step, way, file, folder] if step == READ:
            print(json.dumps(read(WAYS[int(way)], Path(file), Path(folder))))
        case [file, *rest]:
            seeds, wanted = int(rest[0]) if rest else SEEDS, rest[1:]
            print(HEAD)
            print(f"|{'---|' * (HEAD.count('|') - 1)}")
            with TemporaryDirectory() as shared:
                for number, one in enumerate(WAYS):
                    if not wanted or any(part in one.name for part in wanted):
                        print(_row(number, Path(file), seeds, Path(shared)), flush=True)
        case _:
            print("usage: python -m bot.parser.compare FILE.yml [SEEDS [WAY …]]", file=sys.stderr)
            return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
