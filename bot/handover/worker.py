"""The worker: delivers, reads what MASH says, and watches that nothing is left lying. One process, one loop.

Several may run on PostgreSQL; on SQLite one does. It may be killed at any moment: what it held is taken up
again.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.handover.delivery import Courier, Round
from bot.handover.failures import DeliveryFailed
from bot.handover.feed import read_events
from bot.handover.outgoing import Notifier, send_notices
from bot.handover.watch import watch_late, watch_unanswered, watch_unsent
from bot.store import Store, StoreError
from bot.store.notices import Hidden, from_nobody

log = logging.getLogger(__name__)

_AT_A_TIME = 50
"""Deliveries in a row before the loop looks at everything else again."""


@dataclass(frozen=True)
class Rhythm:
    """How often the worker does what. `unsent_after`: how long a Red or Amber may be left by its author."""

    pause: timedelta = timedelta(seconds=1)
    events: timedelta = timedelta(seconds=2)
    watch: timedelta = timedelta(seconds=10)
    unsent_after: timedelta = timedelta(minutes=5)


@dataclass
class Worker:
    """One worker. `courier` None: there is no intake, only the watch runs."""

    courier: Courier | None
    notifier: Notifier
    store: Store
    now: Callable[[], datetime]
    rhythm: Rhythm = field(default_factory=Rhythm)
    hidden: Hidden = from_nobody
    _last: dict[str, datetime] = field(default_factory=dict)
    _troubles: dict[str, str] = field(default_factory=dict)

    def run(self, stop: threading.Event) -> None:
        """Work until told to stop. A database or an intake that is away is waited for, and said once in the
        log.
        """
        log.info("worker started")
        while not stop.is_set():
            busy = self.step()
            stop.wait(0 if busy else self.rhythm.pause.total_seconds())
        log.info("worker stopped")

    def step(self) -> bool:
        """One round; True when there is more to deliver at once."""
        busy = self._surely("delivery", self._deliver)
        if self._due("events", self.rhythm.events):
            self._surely("events", self._read)
        if self._due("watch", self.rhythm.watch):
            self._surely("watch", self._watch)
        return busy

    def _deliver(self) -> bool:
        if self.courier is None:
            return False
        # after a failure the round ends, so that an intake in trouble is not asked about every row at once
        return all(self.courier.deliver_next() is Round.ARRIVED for _ in range(_AT_A_TIME))

    def _read(self) -> bool:
        return self.courier is not None and read_events(self.store, self.courier.client, self.now()) > 0

    def _watch(self) -> bool:
        now = self.now()
        # one round earlier than the limit, so that the DSL sees it within the limit
        left_for = max(self.rhythm.unsent_after - self.rhythm.watch, timedelta())
        watch_unsent(self.store, now, left_for, self.hidden)
        watch_late(self.store, now)
        watch_unanswered(self.store, now)
        send_notices(self.store, self.notifier, now)
        return False

    def _surely(self, what: str, work: Callable[[], bool]) -> bool:
        """Do it; when the database or the intake is away, say so once and go on with the rest."""
        try:
            done = work()
        except (StoreError, DeliveryFailed) as trouble:
            if self._troubles.get(what) != str(trouble):
                log.warning("%s must wait: %s", what, trouble)
            self._troubles[what] = str(trouble)
            return False
        if self._troubles.pop(what, None) is not None:
            log.warning("%s goes on", what)
        return done

    def _due(self, what: str, every: timedelta) -> bool:
        now = self.now()
        if what in self._last and timedelta() <= now - self._last[what] < every:
            return False
        self._last[what] = now
        return True
