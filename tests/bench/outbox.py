"""How many referrals a second reach an intake that takes 50 ms: by database, and by number of workers."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from pathlib import Path

from bot.safekeeping import KeyRing
from bot.store import Store, migrate
from bot.store.outbox import delivered_between, undelivered
from tests.bench.figures import Table
from tests.databases import create_database, postgresql_server
from tests.faults.programs import Program, free_port
from tests.store.schools import add_school, add_sent

_LETTERS = 300
_WITHIN = 300.0


def measure_outbox(table: Table) -> None:
    """One worker on SQLite; one, two and four on PostgreSQL."""
    with tempfile.TemporaryDirectory(prefix="bot-outbox-") as folder, _slow_intake(Path(folder)) as intake:
        one = _rate(f"sqlite:///{folder}/school.db", Path(folder) / "sqlite", intake, 1)
        table.add("outbox on SQLite, 1 worker (referrals a second)", one)
        with postgresql_server(durable=True) as server:
            for workers in (1, 2, 4):
                rate = _rate(create_database(server), Path(folder) / f"postgresql{workers}", intake, workers)
                table.add(f"outbox on PostgreSQL, {workers} workers (referrals a second)", rate)


def _rate(url: str, folder: Path, intake: str, workers: int) -> float:
    folder.mkdir()
    migrate(url)
    store = Store(url, KeyRing.create(folder / "keys" / "ring.json", datetime.now(UTC)))
    store.check(datetime.now(UTC))
    school = add_school(store)
    environment = {
        "BOT_STATE_DIR": str(folder),
        "BOT_DATABASE_URL": url,
        "BOT_INTAKE_URL": intake,
        "BOT_INTAKE_CLIENT_SECRET": "secret",
        "BOT_WORKER_PAUSE_SECONDS": "0.02",
    }
    with ExitStack() as running:
        for number in range(workers):
            program = Program(f"worker{number}", ["bot.cli", "worker"], environment, folder)
            program.start()
            running.callback(program.stop)
            program.wait_said("worker started")
        with store.write() as session:
            for _ in range(_LETTERS):
                add_sent(session, school.teacher, at=datetime.now(UTC))
        _wait_until_empty(store)
    with store.read() as session:
        first, last = delivered_between(session)
    store.close()
    return _LETTERS / (last - first).total_seconds()


def _wait_until_empty(store: Store) -> None:
    until = time.monotonic() + _WITHIN
    while time.monotonic() < until:
        with store.read() as session:
            if not undelivered(session):
                return
        time.sleep(0.2)
    raise TimeoutError(f"not everything was delivered within {_WITHIN:.0f} s")


@contextmanager
def _slow_intake(folder: Path) -> Iterator[str]:
    port = free_port()
    program = Program(
        "intake", ["tests.bench.slow_intake", str(port)], {}, folder, f"http://127.0.0.1:{port}/"
    )
    program.start()
    try:
        program.wait_ready()
        yield f"http://127.0.0.1:{port}"
    finally:
        program.stop()
