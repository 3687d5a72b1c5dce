"""What an HTTP status of the intake means for us."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

from bot.handover.failures import NeverRetry, Retry, Throttled, Unauthorised

_LONGEST_WAIT = timedelta(minutes=10)
_REFUSED = {400, 406, 409, 410, 411, 412, 413, 414, 415, 422, 431}


def sort_answer(status: int, headers: Mapping[str, str], *, creating: bool) -> None:
    """Return when the status is a success; raise the fitting failure otherwise.

    `creating`: nothing of ours need exist there yet, so that a 404 or 405 means a wrong address or a
    half-configured proxy (worth another try), not a referral that they do not know.
    """
    if 200 <= status < 300:
        return
    if status == 429 or (status == 503 and "Retry-After" in headers):
        raise Throttled("the intake asks us to wait", status, _wait(headers.get("Retry-After", "")))
    if status in (401, 403):
        raise Unauthorised("the intake refuses our sign-in", status)
    if status in (404, 405) and not creating:
        raise NeverRetry("the intake does not know the referral", status)
    if status in _REFUSED:
        raise NeverRetry("the intake refuses the document", status)
    raise Retry("the intake has trouble", status)


def _wait(seconds: str) -> timedelta:
    """Retry-After in seconds. Its other form, a date, is not worth trusting their clock: a minute then."""
    if not seconds.strip().isascii() or not seconds.strip().isdigit() or len(seconds) > 9:
        return timedelta(minutes=1)
    return min(timedelta(seconds=int(seconds)), _LONGEST_WAIT)
