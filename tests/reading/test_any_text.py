"""Whatever somebody types, or a cat on the keyboard, is read in no time: no pattern runs away on it.

A pattern that tries every way to split a run of letters takes twice as long for each letter more: thirty
letters without a space once stopped the whole service. It is looked for in a process of its own, which is
given two minutes for what takes seconds.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parents[2]
READS = """
from bot.reading.reader import Reader
from bot.referrals.circumstances import when_told, where_told
from bot.referrals.marks import marks
from bot.referrals.particulars import how_often, who_collects
from bot.referrals.quotations import quotations
from bot.thresholds import load_pack
from datetime import UTC, datetime
from pathlib import Path

pack = load_pack("england", root=Path("data/thresholds"))
reader = Reader("http://127.0.0.1:9", timeout=0.2)
names = ("danger_now", "age_band", "injury", "injury_signs", "child_next")
asked = [pack.question(name) for name in names]
pieces = ["a", "e", "ha", "no ", "yes ", "no, ", "1", "12 ", "-", "- ", "a-", "a'", "a.", "a1", "."]
pieces += ["@", "\\n", " ", "'", "[NAME] ", "mum ", "the ", "and ", "his ", "bruise on ", "no marks or "]
pieces += ["every day ", "ing ", "knife ", "mum picks him up ", "Aa"]
texts = [piece * times for piece in pieces for times in (30, 300)]
texts += ["h" + "e" * 40 + "lp", "he has a knife " + "a" * 60, "antidisestablishmentarianism" * 3]
texts += ["a" * 5000, "bruise " + "on " * 200]
for text in texts:
    reader.read(text, ("Tia Field",), None, pack)
    for question in asked:
        reader.read(text[:400], (), question, pack)
    when_told([(text, datetime(2026, 11, 30, tzinfo=UTC))])
    for reads in (where_told, marks, who_collects, how_often):
        reads([text])
    quotations(text)
print("read")
"""


def test_no_text_however_odd_keeps_anybody_waiting() -> None:
    done = subprocess.run(
        [sys.executable, "-c", READS], cwd=HERE, capture_output=True, text=True, timeout=120, check=False
    )
    assert done.stdout.strip() == "read", done.stderr[-500:]
