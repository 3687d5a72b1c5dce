"""How long to wait before the next attempt: growing, with full jitter, so that workers do not knock in
step.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from random import Random


@dataclass(frozen=True)
class Patience:
    """The pauses between attempts: up to `first`, doubling, never over `longest`; after `give_up` a person
    must look.

    Even then nothing is lost: the row is a dead letter that its sender, the DSL and the officer see, and
    that can be sent again.
    """

    first: timedelta = timedelta(seconds=2)
    longest: timedelta = timedelta(seconds=60)
    give_up: timedelta = timedelta(days=3)

    def pause(self, attempts: int, random: Random) -> timedelta:
        """The pause after so many attempts (1 or more): anything between none and the cap."""
        doublings = min(max(attempts, 1) - 1, 30)
        cap: timedelta = min(self.longest, self.first * (1 << doublings))
        return cap * random.random()
