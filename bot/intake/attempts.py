"""How often a machine may fail to prove itself: counted in this process, by client and address.

The count is of a client *at one address*, so that nobody elsewhere can lock a school out with its client id.
At the school's own address (one router for many, say) it is not locked out either: what costs little to check
is checked all the same, which is a signed assertion, and a secret that was right before.
"""

from __future__ import annotations

import hashlib
import hmac
import logging
import math
import secrets
import threading
from collections import deque
from datetime import datetime, timedelta
from ipaddress import IPv6Address, ip_address

log = logging.getLogger(__name__)

WINDOW = timedelta(minutes=1)
MOST_OF_A_CLIENT = 10
"""Failures of one client id from one address within the window."""

MOST_OF_AN_ADDRESS = 60
"""Failures from one address within the window, whatever the client ids."""

_MOST_KEPT = 10_000

type _Key = tuple[str, str]


class TooManyFailures(Exception):
    """Wait so many seconds; then the next proof is looked at again."""

    def __init__(self, seconds: int) -> None:
        super().__init__(seconds)
        self.seconds = seconds


class Attempts:
    """The failures of the last minute, and which secrets were right (as hashes keyed for this process)."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._failed: dict[_Key, deque[datetime]] = {}
        self._key = secrets.token_bytes(32)
        self._right: dict[str, bytes] = {}

    def check(self, client_id: str, address: str, now: datetime) -> None:
        """Raise TooManyFailures when this client, or anybody, failed too often at this address."""
        limits = zip(_keys(client_id, address), (MOST_OF_A_CLIENT, MOST_OF_AN_ADDRESS), strict=True)
        with self._lock:
            waits = [self._wait(key, most, now) for key, most in limits]
        if longest := max(waits):
            raise TooManyFailures(longest)

    def failed(self, client_id: str, address: str, now: datetime) -> None:
        """Count one more failure."""
        with self._lock:
            for key in _keys(client_id, address):
                self._fresh(key, now)
                self._failed.setdefault(key, deque(maxlen=MOST_OF_AN_ADDRESS)).append(now)
            of_client = len(self._failed[_keys(client_id, address)[0]])
            while len(self._failed) > _MOST_KEPT:  # the oldest go first, so that memory has an end
                self._failed.pop(next(iter(self._failed)))
        if of_client == MOST_OF_A_CLIENT:
            log.warning("a client failed %d times within a minute to prove itself at one address", of_client)

    def was_right(self, client_id: str, secret: str) -> None:
        """Remember that this secret was right, so that others' failures do not keep its owner out."""
        with self._lock:
            self._right[client_id] = self._mark(secret)

    def is_the_right_one(self, client_id: str, secret: str | None) -> bool:
        """Whether this secret was right before; it is still to be proven in full."""
        with self._lock:
            known = self._right.get(client_id)
        return known is not None and secret is not None and hmac.compare_digest(known, self._mark(secret))

    @property
    def kept(self) -> int:
        """How many counts are held in memory."""
        return len(self._failed)

    def _wait(self, key: _Key, most: int, now: datetime) -> int:
        failures = self._fresh(key, now)
        if len(failures) < most:
            return 0
        return max(1, math.ceil((failures[-most] + WINDOW - now).total_seconds()))

    def _fresh(self, key: _Key, now: datetime) -> deque[datetime]:
        """Forget what is older than the window; also what a clock that was set back left in the future."""
        failures = self._failed.get(key, deque())
        while failures and not now - WINDOW < failures[0] <= now + WINDOW:
            failures.popleft()
        if not failures:
            self._failed.pop(key, None)
        return failures

    def _mark(self, secret: str) -> bytes:
        return hmac.new(self._key, secret.encode("utf-8", "replace"), hashlib.sha256).digest()


def _keys(client_id: str, address: str) -> tuple[_Key, _Key]:
    """Of the client at this address, and of the address. A long client id is kept as its hash."""
    place = network_of(address)
    return (hashlib.sha256(client_id.encode("utf-8", "replace")).hexdigest(), place), ("", place)


def network_of(address: str) -> str:
    """Where a caller is: an IPv4 address, or the /64 that one IPv6 host can choose from."""
    try:
        found = ip_address(address.partition("%")[0])
    except ValueError:
        return address
    if not isinstance(found, IPv6Address):
        return str(found)
    return str(found.ipv4_mapped or found.exploded[:19])
