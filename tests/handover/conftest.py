"""A courier between a school's store and a MASH reception over real HTTP, with a clock that tests move."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random

import pytest
from pytest_httpserver import HTTPServer

from bot.handover import Courier, IntakeClient, Patience, Timeouts
from bot.store import Store
from tests.databases import NOW
from tests.handover.reception import SECRET, Reception


@dataclass
class Clock:
    """A clock that stands still until a test moves it."""

    at: datetime = field(default=NOW)

    def __call__(self) -> datetime:
        return self.at

    def forward(self, by: timedelta) -> None:
        self.at += by


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def reception(httpserver: HTTPServer) -> Reception:
    return Reception(httpserver)


@pytest.fixture
def client(reception: Reception) -> Iterator[IntakeClient]:
    made = IntakeClient(reception.url, "school", SECRET, timeouts=Timeouts(1, 1, 2))
    yield made
    made.close()


type MakeCourier = Callable[..., Courier]


@pytest.fixture
def courier_of(client: IntakeClient, clock: Clock) -> MakeCourier:
    def make(store: Store, **other: IntakeClient | Patience | str) -> Courier:
        parts = {"client": client, "name": "worker", "patience": Patience(), **other}
        return Courier(store, now=clock, random=Random(7), **parts)  # type: ignore[arg-type]

    return make
