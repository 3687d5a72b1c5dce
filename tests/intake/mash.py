"""A MASH for tests: the real intake over real HTTP, with a clock that the test moves, and its people."""

from __future__ import annotations

import itertools
import re
import threading
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import requests
import uvicorn
from sqlalchemy import select

from bot.contract import EXAMPLE, Scope
from bot.intake.app import create_intake
from bot.intake.database import Database
from bot.intake.secrecy import hash_secret
from bot.intake.seeding import add_client, seed
from bot.intake.services import Services
from bot.intake.settings import IntakeSettings
from bot.intake.tables import Client, Organisation, Person, Referral
from bot.intake.work import trail
from bot.safekeeping import KeyRing

MONDAY = datetime(2026, 9, 14, 9, 0, tzinfo=UTC)  # ten o'clock in London
SECRET = "a-secret-of-the-test"
_numbers = itertools.count(1)


@dataclass
class Clock:
    """The time on the wall."""

    at: datetime = MONDAY

    def __call__(self) -> datetime:
        return self.at

    def move(self, **by: float) -> None:
        self.at += timedelta(**by)


@dataclass
class Sender:
    """A machine of a sending organisation. It asks for a new token when its own has ended."""

    base: str
    client_id: str
    secret: str
    scope: str = ""
    headers: dict[str, str] = field(default_factory=dict)

    def sign_in(self) -> None:
        answer = requests.post(
            f"{self.base}/oauth/token",
            data={"grant_type": "client_credentials", "scope": self.scope},
            auth=(self.client_id, self.secret),
            timeout=30,
        )
        assert answer.status_code == 200, answer.text
        self.headers = {"authorization": f"Bearer {answer.json()['access_token']}"}

    def get(self, path: str, **more: Any) -> requests.Response:
        return self._call("GET", path, {}, more)

    def post(self, path: str, body: Any = None, *, key: str | None = None, **more: Any) -> requests.Response:
        key = key or f"key-{next(_numbers):08d}"
        return self._call("POST", path, {"idempotency-key": key}, more | {"json": body})

    def put(self, path: str, body: Any) -> requests.Response:
        return self._call("PUT", path, {}, {"json": body})

    def _call(
        self, method: str, path: str, headers: dict[str, str], more: dict[str, Any]
    ) -> requests.Response:
        answer = requests.request(
            method, self.base + path, headers=self.headers | headers, timeout=30, **more
        )
        if answer.status_code != 401:
            return answer
        self.sign_in()
        return requests.request(method, self.base + path, headers=self.headers | headers, timeout=30, **more)

    def send(self, reference: str | None = None, **changed: Any) -> str:
        """Send a referral; returns its reference."""
        reference = reference or f"R-{next(_numbers):06d}"
        answer = self.post("/v1/referrals", {**EXAMPLE, **changed, "reference": reference})
        assert answer.status_code == 201, answer.text
        return reference

    def heard(self) -> list[dict[str, Any]]:
        """Every event so far."""
        events: list[dict[str, Any]] = self.get("/v1/events").json()["events"]
        return events


@dataclass
class Colleague:
    """Somebody of MASH with a browser that keeps its cookies."""

    base: str
    browser: requests.Session = field(default_factory=requests.Session)

    def open(self, path: str) -> requests.Response:
        return self.browser.get(self.base + path, timeout=30)

    def page(self, path: str) -> str:
        answer = self.open(path)
        assert answer.status_code == 200, (path, answer.status_code)
        return plain(answer.text)

    def step(self, referral_id: str, step: str, version: int | None = None, **said: Any) -> requests.Response:
        """Open the form of a step and send it; `version` pretends that it was opened earlier."""
        address = f"{self.base}/referrals/{referral_id}/{step}"
        if version is None:
            form = self.browser.get(address, timeout=30)
            assert form.status_code == 200, (step, form.status_code, plain(form.text)[:300])
            found = re.search(r'name="version" value="(\d+)"', form.text)
            assert found is not None
            version = int(found.group(1))
        return self.browser.post(address, data={"version": version, **said}, timeout=30)


class Mash:
    """One running intake."""

    def __init__(self, url: str, folder: Path) -> None:
        self.clock = Clock()
        settings = IntakeSettings(demo=True, state_dir=folder, intake_database_url=url)
        database = Database(url, KeyRing.create(folder / "keys" / "intake-ring.json", MONDAY))
        self.services = Services(settings, database, self.clock)
        with database.write() as session:
            trail.prepare(session)
            seed(session, "demo-school", SECRET, MONDAY - timedelta(days=1))
        config = uvicorn.Config(
            create_intake(self.services, pushing=False), port=0, log_level="error", server_header=False
        )
        self._server = uvicorn.Server(config)
        self._thread = threading.Thread(target=self._server.run, daemon=True)
        self._thread.start()
        while not self._server.started:
            time.sleep(0.01)
        self.base = f"http://127.0.0.1:{self._server.servers[0].sockets[0].getsockname()[1]}"

    def close(self) -> None:
        """Stop serving."""
        self._server.should_exit = True
        self._thread.join(10)
        self.services.database.close()

    def sender(self, client_id: str = "demo-school", secret: str = SECRET, scope: str = "") -> Sender:
        """A machine that has just got its token."""
        sender = Sender(self.base, client_id, secret, scope)
        sender.sign_in()
        return sender

    def organisation(self, client_id: str, name: str = "Another school", **more: Any) -> Sender:
        """A new organisation with one machine."""
        self.add_organisation(client_id, name, secret=SECRET, **more)
        return self.sender(client_id)

    def add_organisation(
        self,
        client_id: str,
        name: str = "Another school",
        *,
        secret: str | None = None,
        public_keys: dict[str, object] | None = None,
        source: str = "2A",
        scopes: tuple[Scope, ...] = tuple(Scope),
    ) -> None:
        with self.services.database.write() as session:
            organisation = Organisation(name=name, source=source, created_at=self.clock())
            session.add(organisation)
            session.flush()
            add_client(
                session,
                organisation,
                client_id,
                self.clock(),
                secret=secret,
                public_keys=public_keys,
                scopes=scopes,
            )

    def change_secret(self, client_id: str, secret: str) -> None:
        """The authority gives a machine another secret."""
        with self.services.database.write() as session:
            client = session.scalars(select(Client).where(Client.client_id == client_id)).one()
            client.secret_hash = hash_secret(secret)

    def sign_in(self, role: str, hub: str | None = None) -> Colleague:
        """Somebody of that role (of that hub), signed in through the page."""
        with self.services.database.read() as session:
            found = session.scalars(select(Person).where(Person.role == role).order_by(Person.name))
            person = next(one for one in found if hub in (None, one.hub))
        colleague = Colleague(self.base)
        answer = colleague.browser.post(f"{self.base}/sign-in", data={"person": person.id}, timeout=30)
        assert answer.status_code == 200, answer.status_code
        return colleague

    def id_of(self, reference: str) -> str:
        """MASH's own id of a referral."""
        with self.services.database.read() as session:
            found = session.scalar(select(Referral.id).where(Referral.reference == reference))
        assert found is not None
        return found

    def screened(self, reference: str) -> str:
        """Let a screening officer find nobody known; returns MASH's id."""
        referral_id = self.id_of(reference)
        answer = self.sign_in("screening").step(referral_id, "screen", case="none")
        assert answer.status_code == 200, plain(answer.text)
        return referral_id

    def rated(self, reference: str, band: str) -> str:
        """Screened, then rated by a lead professional."""
        referral_id = self.screened(reference)
        answer = self.sign_in("lead").step(referral_id, "rate", band=band, reason="As the facts stand.")
        assert answer.status_code == 200, plain(answer.text)
        return referral_id


def plain(html: str) -> str:
    """What a page says, without its marks."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html)).replace("&#39;", "'")
