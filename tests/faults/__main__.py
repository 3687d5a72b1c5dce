"""`python -m tests.faults --referrals 1000 --seed 7`: the fault run on SQLite and on PostgreSQL.

The last line for each database: `sqlite sent=… received=… lost=… duplicated=… wrong=… seed=…`. The seed
repeats what is done; what the machine makes of it in time may differ.
"""

from __future__ import annotations

import argparse
import secrets
import sys
import tempfile
import time
from pathlib import Path

from tests.faults.run import Plan, fault_run


def main() -> int:
    """Run on each database; 1 when anything was lost, doubled or wrong."""
    parser = argparse.ArgumentParser(description="The fault run: nothing may be lost, doubled or altered.")
    parser.add_argument("--referrals", type=int, default=1000, help="how many to send on each database")
    parser.add_argument("--seed", type=int, default=None, help="repeats a run")
    parser.add_argument("--database", choices=["sqlite", "postgresql"], action="append")
    chosen = parser.parse_args()
    seed = secrets.randbelow(10**6) if chosen.seed is None else chosen.seed
    lines, clean = [], True
    for database in chosen.database or ["sqlite", "postgresql"]:
        started = time.monotonic()
        print(f"{database}: {chosen.referrals} referrals, seed {seed}", flush=True)
        with tempfile.TemporaryDirectory(prefix="bot-faults-") as folder:
            outcome = fault_run(database, Plan(chosen.referrals, seed), Path(folder), _say)
        print(f"  took {time.monotonic() - started:.0f} s", flush=True)
        lines.append(outcome.line(database, seed))
        print(f"  {lines[-1]}", flush=True)
        clean = clean and outcome.is_clean and outcome.sent == chosen.referrals
    print(*lines, sep="\n", flush=True)
    return 0 if clean else 1


def _say(text: str) -> None:
    print(text, flush=True)


if __name__ == "__main__":
    sys.exit(main())
