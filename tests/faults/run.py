"""One fault run on one kind of database: start both sides, send, break things, heal, compare."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from bot.safekeeping import KeyRing
from bot.store import Store
from bot.store.outbox import undelivered
from tests.databases import create_database, postgresql_server
from tests.faults.compare import Outcome, compare
from tests.faults.disk import SmallDisk, small_disk
from tests.faults.programs import Program, free_port, run_once
from tests.faults.proxy import KINDS, Proxy
from tests.faults.senders import Senders

_PEOPLE = 4
_DRAINS_WITHIN = 600.0
_SENT_PER_KILL = 25
"""A program is killed each time that about so many more referrals were sent."""

type Say = Callable[[str], None]


@dataclass(frozen=True)
class Plan:
    """What a run does, all of it drawn from its seed."""

    referrals: int
    seed: int
    fault_rate: float = 0.25


@dataclass
class Sides:
    """The running programs of both sides, the proxy between them, and where they keep things."""

    web: Program
    worker: Program
    intake: Program
    proxy: Proxy
    disk: SmallDisk
    school: tuple[str, Path]
    received: tuple[str, Path]
    token: str
    web_url: str
    programs: list[Program] = field(init=False)

    def __post_init__(self) -> None:
        self.programs = [self.web, self.worker, self.intake]


def fault_run(database: str, plan: Plan, folder: Path, say: Say) -> Outcome:
    """Run it on `sqlite` or `postgresql`; the whole state lives in `folder`."""
    random = Random(plan.seed)
    faults = _Faults(Random(random.random()), plan.fault_rate)
    with (
        _databases(database) as (school_url, intake_url),
        _sides(folder, school_url, intake_url, faults) as sides,
    ):
        senders = Senders(sides.web_url, sides.token, plan.referrals)
        troubles = _send_and_break(sides, senders, random, plan, say)
        if troubles:
            raise troubles[0]
        faults.heal()
        for program in sides.programs:
            if not program.is_running:
                program.start()
        _drain(sides, say)
        kills = ", ".join(f"{program.name} {program.kills}×" for program in sides.programs)
        say(f"  killed: {kills}; network: {_told(sides.proxy.seen)}")
        for program in sides.programs:
            program.stop()
        return compare(senders.sent, sides.school, sides.received, senders.asked)


class _Faults:
    """Chooses what happens to each request that passes the proxy."""

    def __init__(self, random: Random, rate: float) -> None:
        self._random = random
        self._rate = rate
        self._lock = threading.Lock()

    def __call__(self) -> str:
        with self._lock:
            return self._random.choice(KINDS) if self._random.random() < self._rate else "pass"

    def heal(self) -> None:
        """From now on everything passes."""
        self._rate = 0.0


def _send_and_break(sides: Sides, senders: Senders, random: Random, plan: Plan, say: Say) -> list[Exception]:
    troubles: list[Exception] = []

    def send() -> None:
        try:
            senders.run()
        except Exception as trouble:  # noqa: BLE001 - told by the thread that waits for it
            troubles.append(trouble)

    people = [threading.Thread(target=send, daemon=True) for _ in range(_PEOPLE)]
    for person in people:
        person.start()
    full_from, full_until = plan.referrals // 3, plan.referrals // 3 + max(plan.referrals // 20, 2)
    next_kill = random.randint(1, min(_SENT_PER_KILL, plan.referrals // 3))
    filled, freed_at = False, 0.0
    while any(person.is_alive() for person in people) and not troubles:
        done = len(senders.sent)
        if done >= next_kill:
            _kill_one(random.choice(sides.programs), random)
            next_kill = done + random.randint(1, 2 * _SENT_PER_KILL)
        if not filled and done >= full_from:
            sides.disk.fill()
            filled, freed_at = True, time.monotonic() + 3.0
            say("  the disk is full" if sides.disk.is_own else "  no full disk: mounting is not allowed here")
        if filled and freed_at and (time.monotonic() > freed_at or done >= full_until):
            sides.disk.free()
            freed_at = 0.0
        for program in sides.programs:
            if not program.is_running:
                program.start()
        time.sleep(0.05)
    sides.disk.free()
    return troubles


def _kill_one(program: Program, random: Random) -> None:
    time.sleep(random.random() * 0.2)
    program.kill()
    program.start()


def _drain(sides: Sides, say: Say) -> None:
    """Wait until nothing waits in the outbox and every receipt is in."""
    store = Store(sides.school[0], KeyRing.load(sides.school[1]))
    until, said = time.monotonic() + _DRAINS_WITHIN, 0.0
    try:
        while time.monotonic() < until:
            with store.read() as session:
                waiting = undelivered(session)
            if not [row for row in waiting if row.dead_at is None]:
                return
            if time.monotonic() > said + 10:
                said = time.monotonic()
                say(f"  {len(waiting)} wait")
            time.sleep(0.5)
    finally:
        store.close()


@contextmanager
def _databases(kind: str) -> Iterator[tuple[str, str]]:
    if kind == "sqlite":
        yield "", ""
        return
    with postgresql_server(durable=True) as server:
        yield create_database(server), create_database(server)


@contextmanager
def _sides(folder: Path, school_url: str, intake_url: str, faults: _Faults) -> Iterator[Sides]:
    web, intake = f"http://127.0.0.1:{free_port()}", f"http://127.0.0.1:{free_port()}"
    with small_disk(folder / "school", 256) as disk, Proxy(intake, faults).running() as proxy:
        common = {"BOT_DEMO": "1", "BOT_INTAKE_CLIENT_SECRET": f"secret-{free_port()}", "DATABASE_URL": ""}
        school = {
            **common,
            "BOT_STATE_DIR": str(disk.folder),
            "BOT_DATABASE_URL": school_url,
            "BOT_WEB_PORT": web.rsplit(":", 1)[1],
            "BOT_INTAKE_URL": proxy.url,
            "BOT_PARSER_URL": "http://127.0.0.1:9",
            "BOT_WORKER_PAUSE_SECONDS": "0.1",
        }
        mash = {
            **common,
            "BOT_STATE_DIR": str(folder / "mash"),
            "BOT_INTAKE_DATABASE_URL": intake_url,
            "BOT_INTAKE_PORT": intake.rsplit(":", 1)[1],
        }
        token = run_once(["bot.cli", "seed"], school).split("Token:")[1].strip()
        sides = Sides(
            Program("web", ["bot.web"], school, folder, f"{web}/healthz"),
            Program("worker", ["bot.cli", "worker"], school, folder),
            Program("intake", ["bot.intake"], mash, folder, f"{intake}/openapi.json"),
            proxy,
            disk,
            (school_url or f"sqlite:///{disk.folder / 'school.db'}", disk.folder / "keys" / "ring.json"),
            (
                intake_url or f"sqlite:///{folder / 'mash' / 'intake.db'}",
                folder / "mash" / "keys" / "intake-ring.json",
            ),
            token,
            web,
        )
        try:
            for program in sides.programs:
                program.start()
            for program in sides.programs:
                program.wait_ready()
            yield sides
        finally:
            for program in sides.programs:
                program.stop()


def _told(seen: dict[str, int]) -> str:
    return ", ".join(f"{kind} {count}" for kind, count in seen.items() if count)
