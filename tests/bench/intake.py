"""The reference intake under load: its real process, real HTTP, real tokens, on both kinds of database.

Five referrals a second for two minutes; beside them somebody of MASH opens the queue again and again, with
50,000 referrals stored. A referral's time counts from the moment at which it was to be sent, so that an
intake that falls behind shows it.
"""

from __future__ import annotations

import os
import secrets
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from random import Random

import requests
from pydantic import SecretStr
from sqlalchemy import func, select

from bot.intake.database import Database
from bot.intake.settings import ROOT, IntakeSettings
from bot.intake.starting import make_ready
from bot.intake.tables import Person, Referral
from bot.safekeeping import KeyRing
from tests.bench.figures import Table, p50, p95, timed
from tests.bench.processes import free_port, running
from tests.bench.stored import document, fill
from tests.databases import create_database, postgresql_server

STORED = 50_000
A_SECOND = 5
SECONDS = {"SQLite": 120, "PostgreSQL": 60}
SENDERS = 20
LOOKS = 60
QUEUE_FLOOR = 200
CLIENT = "demo-school"


@dataclass
class Sent:
    """What became of the referrals: how long each took, and what went wrong."""

    seconds: list[float] = field(default_factory=list)
    accepted: int = 0
    wrong: list[str] = field(default_factory=list)

    def add(self, status: int | str, seconds: float) -> None:
        """One answer; anything but a 201 is an error."""
        self.seconds.append(seconds)
        if status == 201:
            self.accepted += 1
        else:
            self.wrong.append(str(status))


def measure_intake(table: Table) -> None:
    """Both kinds of database, one after the other."""
    with tempfile.TemporaryDirectory(prefix="bot-intake-") as folder:
        _measure(table, "SQLite", f"sqlite:///{folder}/intake.db", Path(folder) / "sqlite")
        with postgresql_server(durable=True) as server:
            _measure(table, "PostgreSQL", create_database(server), Path(folder) / "postgresql")


def _measure(table: Table, kind: str, database: str, folder: Path) -> None:
    settings = IntakeSettings(
        demo=True,
        state_dir=folder,
        intake_port=free_port(),
        intake_database_url=database,
        intake_client_secret=SecretStr(secrets.token_urlsafe(32)),
    )
    services = make_ready(settings)
    fill(services.database, CLIENT, STORED, datetime.now(UTC), dealt_with=False)
    services.database.close()
    with _process(settings) as base:
        officer, manager = (_signed_in(base, settings, role) for role in ("screening", "manager"))
        sent, meanwhile = _send(base, settings, officer, SECONDS[kind])
        _sent_rows(table, kind, sent, SECONDS[kind])
        stored = _stored(settings)
        table.add(
            f"{kind}: referrals lost", STORED + sent.accepted - stored, "0", stored == STORED + sent.accepted
        )
        table.add(f"{kind}: referrals stored, all waiting", stored)
        _queue_rows(table, f"{kind}: queue page while they come", meanwhile)
        quiet = [timed(lambda who=who: _open(who, base)) for who in [officer, manager] * (LOOKS // 2)]  # type: ignore[misc]
        _queue_rows(table, f"{kind}: queue page", quiet)


def _sent_rows(table: Table, kind: str, sent: Sent, seconds: int) -> None:
    table.add(f"{kind}: referrals sent, {A_SECOND} a second for {seconds} s", len(sent.seconds))
    table.add(f"{kind}: referrals accepted", sent.accepted)
    table.add(f"{kind}: errors", len(sent.wrong), "0", not sent.wrong)
    for said in sorted(set(sent.wrong)):
        table.add(f"{kind}: of them {said}", sent.wrong.count(said))
    table.add(f"{kind}: a referral is acknowledged, p50 (ms)", p50(sent.seconds))
    table.add(f"{kind}: a referral is acknowledged, p95 (ms)", p95(sent.seconds))


def _queue_rows(table: Table, name: str, seconds: list[float]) -> None:
    table.add(f"{name}, p50 (ms)", p50(seconds))
    table.add(f"{name}, p95 (ms)", p95(seconds), f"≤ {QUEUE_FLOOR}", p95(seconds) <= QUEUE_FLOOR)


def _send(
    base: str, settings: IntakeSettings, officer: requests.Session, seconds: int
) -> tuple[Sent, list[float]]:
    """Send on time, whatever the intake does; meanwhile the officer opens the queue once a second."""
    sent, looks, ended = Sent(), list[float](), threading.Event()
    bearer = _token(base, settings)
    own = threading.local()

    def send(number: int, due: float) -> None:
        if not hasattr(own, "session"):
            own.session = requests.Session()
        said = document(Random(number), f"R-BENCH-{number:06d}")
        try:
            answer = own.session.post(
                f"{base}/v1/referrals",
                json=said,
                headers={**bearer, "Idempotency-Key": f"bench-{number:08d}"},
                timeout=30,
            )
            status: int | str = answer.status_code
        except requests.RequestException as error:
            status = type(error).__name__
        sent.add(status, time.perf_counter() - due)

    def look() -> None:
        while not ended.wait(1):
            looks.append(timed(lambda: _open(officer, base)))

    looking = threading.Thread(target=look)
    looking.start()
    began = time.perf_counter()
    with ThreadPoolExecutor(SENDERS) as senders:
        for number in range(A_SECOND * seconds):
            due = began + number / A_SECOND
            time.sleep(max(0.0, due - time.perf_counter()))
            senders.submit(send, number, due)
    ended.set()
    looking.join()
    return sent, looks


def _token(base: str, settings: IntakeSettings) -> dict[str, str]:
    answer = requests.post(
        f"{base}/oauth/token",
        data={"grant_type": "client_credentials"},
        auth=(CLIENT, settings.intake_client_secret.get_secret_value()),
        timeout=30,
    )
    answer.raise_for_status()
    return {"Authorization": f"Bearer {answer.json()['access_token']}"}


def _signed_in(base: str, settings: IntakeSettings, role: str) -> requests.Session:
    database = Database(settings.database, KeyRing.load(settings.key_ring))
    with database.read() as session:
        person = session.scalars(select(Person.id).where(Person.role == role)).first()
    database.close()
    browser = requests.Session()
    browser.post(f"{base}/sign-in", data={"person": person}, timeout=30).raise_for_status()
    _open(browser, base)
    return browser


def _open(browser: requests.Session, base: str) -> None:
    page = browser.get(f"{base}/queue", timeout=30)
    if page.status_code != 200 or 'id="queue"' not in page.text:
        raise RuntimeError(f"the queue answered {page.status_code}")


def _stored(settings: IntakeSettings) -> int:
    database = Database(settings.database, KeyRing.load(settings.key_ring))
    with database.read() as session:
        count: int = session.scalars(select(func.count(Referral.id))).one()
    database.close()
    return count


@contextmanager
def _process(settings: IntakeSettings) -> Iterator[str]:
    base = f"http://127.0.0.1:{settings.intake_port}"
    env = {
        **os.environ,
        "BOT_DEMO": "1",
        "BOT_STATE_DIR": str(settings.state_dir),
        "BOT_INTAKE_PORT": str(settings.intake_port),
        "BOT_INTAKE_DATABASE_URL": settings.intake_database_url,
        "BOT_INTAKE_CLIENT_SECRET": settings.intake_client_secret.get_secret_value(),
    }
    with running([sys.executable, "-m", "bot.intake"], base, "/healthz", env, ROOT):
        yield base
