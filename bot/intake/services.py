"""What every route of the API and the pages reaches for; tests bring their own clock."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Annotated, cast

from fastapi import Depends, Request

from bot.intake.attempts import Attempts
from bot.intake.database import Database
from bot.intake.settings import IntakeSettings
from bot.intake.work.office import Office


@dataclass(frozen=True)
class Services:
    """The database, the settings, the clock on the wall, MASH's clocks, and who failed to prove itself."""

    settings: IntakeSettings
    database: Database
    now: Callable[[], datetime]
    attempts: Attempts = field(default_factory=Attempts)

    @property
    def office(self) -> Office:
        """How this MASH counts its time."""
        return Office(self.settings.intake_clocks, self.settings.intake_calendar)


def services_of(request: Request) -> Services:
    """What this application was built with."""
    return cast(Services, request.app.state.services)


Wired = Annotated[Services, Depends(services_of)]
