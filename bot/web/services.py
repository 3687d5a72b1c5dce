"""What the web door is wired with. `bot/app.py` builds it; tests build it with their own clock."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from bot.concerns import Concerns, PackShelf
from bot.concerns.reply import PackView, Reply
from bot.settings import Settings
from bot.store import Store
from bot.thresholds import Pack
from bot.web.people import People


@dataclass(frozen=True)
class Services:
    """Everything that the routes reach for.

    `readiness` says how the parts beside web and database stand (`parser`); only told.
    """

    concerns: Concerns
    packs: PackShelf
    people: People
    store: Store
    settings: Settings
    clock: Callable[[], datetime]
    readiness: Callable[[], Mapping[str, str]]

    def pack_of(self, pinned: PackView) -> Pack:
        """The pack that a concern was opened with."""
        return self.packs.pinned(pinned.name, pinned.version, pinned.digest)

    def packs_of(self, reply: Reply) -> list[Pack]:
        """The school's own pack, and those of the authorities under which its children live."""
        return [self.pack_of(pinned) for pinned in (reply.pack, *(home.pack for home in reply.homes))]
