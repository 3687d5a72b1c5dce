"""Where a conversation is played: the real application on a real database, left and opened again at will."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from starlette.testclient import TestClient

from bot import demo
from bot.concerns import Concerns
from bot.reading import Reader
from bot.safekeeping import KeyRing
from bot.settings import Settings
from bot.store import Store
from bot.store import tokens as kept_tokens
from bot.web.people import People
from bot.web.services import Services
from bot.web.site import create_web
from tests.concerns.conftest import Clock
from tests.databases import NOW
from tests.web.conftest import ADDRESS, shelf

_AN_HOUR = timedelta(hours=1)


@dataclass
class Stage:
    """One school's database, and a member of staff with a token for its API."""

    url: str
    folder: Path
    reader: Reader

    def __post_init__(self) -> None:
        self.clock = Clock()
        self._keys = self.folder / "keys" / "ring.json"
        self._store = Store(self.url, KeyRing.create(self._keys, NOW))
        self._store.check(self.clock())
        demo.seed(self._store, "wolverhampton", self.clock())
        with self._store.write() as session:
            person = demo.first_person(session)
            self._token = kept_tokens.mint_token(session, person_id=person.id, at=self.clock())
        self.program = self._started()

    def come_back(self, *, days: float) -> None:
        """Everybody leaves and every process ends; days later another one starts on the same database."""
        self.close()
        self.clock.pass_by(days=days)
        self._store = Store(self.url, KeyRing.load(self._keys))
        self._store.check(self.clock())
        self.program = self._started()

    def choices(self, question: str) -> tuple[tuple[str, str], ...]:
        """Every answer to a question of the school's own pack, with its label."""
        pack = shelf().in_force("wolverhampton", self.clock().date())
        return tuple(pack.question(question).choices)

    def close(self) -> None:
        """End what was started."""
        self.program.close()
        self._store.close()

    def _started(self) -> TestClient:
        services = Services(
            concerns=Concerns(self._store, shelf(), self.reader, self.clock, "wolverhampton"),
            packs=shelf(),
            people=People(self._store, idle=_AN_HOUR),
            store=self._store,
            settings=Settings(demo=True, state_dir=self.folder),
            clock=self.clock,
            readiness=dict,
        )
        headers = {"authorization": f"Bearer {self._token}"}
        return TestClient(create_web(services), base_url=ADDRESS, headers=headers, follow_redirects=False)
