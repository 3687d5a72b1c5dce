"""Telephone calls to a MASH: when one was, whether anybody answered, and how it reads in a timeline."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from bot.concerns.errors import BadInput
from bot.concerns.timeline import TimelineEntry
from bot.store import Call, Session
from bot.store import people as kept_people

CLOCKS_DIFFER = timedelta(minutes=5)
"""How far ahead of ours a clock may run."""
NOT_THROUGH = "could not get through"
"""The outcome of a call that nobody answered."""
SAID = (("Spoke to", "answered_by"), ("Their reference:", "reference"), ("Outcome:", "outcome"))


def past(at: datetime | None, now: datetime) -> datetime:
    """When something was done, now if nobody said; raises BadInput for a time that has not come."""
    if at is not None and at > now + CLOCKS_DIFFER:
        raise BadInput("That time has not come yet. Give the day and the time when it was done.")
    return at or now


def got_through(call: Mapping[str, Any]) -> bool:
    """Whether somebody answered, by what was written down; a call of which nothing is said does not count."""
    if call.get("answered_by") or call.get("reference"):
        return True
    outcome = str(call.get("outcome") or "").strip().lower()
    return outcome not in ("", NOT_THROUGH)


def call_entry(session: Session, call: Call) -> TimelineEntry:
    """A call as it stands in the timeline."""
    details: dict[str, Any] = call.details or {}
    said = [f"{kept_people.person_of_record(session, call.by).name} rang."]
    said += [f"{label} {details[key]}." for label, key in SAID if details.get(key)]
    return TimelineEntry(at=call.at, kind="call", says=" ".join(said))
