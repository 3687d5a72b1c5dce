"""The audit chain: who saw, changed and sent what, so that nobody can alter the record unnoticed.

Every entry carries a keyed digest over its own fields and the digest before it. Changing, removing or
inserting an entry breaks the chain at that entry; a head that is kept apart from the entries shows a chain
that was cut short. Entries hold ids, never personal data.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

FIRST = "0" * 64
"""What stands before the first entry of a chain."""


@dataclass(frozen=True)
class Entry:
    """One link: what an actor did to a subject. `chain` is the organisation whose trail it belongs to."""

    chain: str
    number: int
    at: datetime
    actor: str
    action: str
    subject: str
    details: Mapping[str, str | int | bool | None]


@dataclass(frozen=True)
class BrokenLink:
    """The first place where a chain does not hold."""

    chain: str
    number: int
    what: str

    def __str__(self) -> str:
        return f"The audit trail of organisation {self.chain} is broken at entry {self.number}: {self.what}."


def digest(secret: bytes, before: str, entry: Entry) -> str:
    """The link of this entry to the one before."""
    said = json.dumps(
        [
            before,
            entry.chain,
            entry.number,
            entry.at.astimezone(UTC).isoformat(timespec="microseconds"),
            entry.actor,
            entry.action,
            entry.subject,
            dict(entry.details),
        ],
        sort_keys=True,
        ensure_ascii=True,
        separators=(",", ":"),
    )
    return hmac.digest(secret, said.encode(), hashlib.sha256).hex()


def first_broken(
    secret: bytes, chain: str, links: Iterable[tuple[Entry, str]], head: tuple[int, str]
) -> BrokenLink | None:
    """The first broken link of one organisation's trail, or None when it holds.

    `links` are the entries in order with the digest stored beside each; `head` is the number and digest of
    the last entry as the database remembers it elsewhere.
    """
    before, number = FIRST, 0
    for entry, stored in links:
        if entry.number != number + 1:
            return BrokenLink(chain, number + 1, "the entry is missing")
        number = entry.number
        if not hmac.compare_digest(stored, digest(secret, before, entry)):
            return BrokenLink(chain, number, "its content does not fit its digest")
        before = stored
    if (number, before) != head:
        return BrokenLink(chain, number + 1, "the trail was cut short or its head was altered")
    return None
