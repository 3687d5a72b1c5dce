"""How a delivery can fail, sorted by what to do next.

    DeliveryFailed
    ├── Retry            no answer, half an answer, or trouble on their side: the same again, later
    │   └── Throttled    they ask us to wait: not before `after`
    ├── Unauthorised     they refuse our sign-in: again later, and the officer must look
    ├── NeverRetry       they refuse the document: a person must look
    └── AlreadyReceived  they have it: counts as delivered

A failure's text is ours. It never repeats what we sent or what the other side said, since both may name a
child.
"""

from __future__ import annotations

from datetime import timedelta


class DeliveryFailed(Exception):
    """An attempt that did not end with the intake's receipt. `status` is the HTTP status, if one came."""

    outcome = "failed"

    def __init__(self, problem: str, status: int | None = None) -> None:
        super().__init__(problem)
        self.problem = problem
        self.status = status


class Retry(DeliveryFailed):
    """No answer, half an answer, or trouble on their side."""

    outcome = "retry"


class Throttled(Retry):
    """They ask us to wait."""

    outcome = "throttled"

    def __init__(self, problem: str, status: int | None, after: timedelta) -> None:
        super().__init__(problem, status)
        self.after = after


class Unauthorised(DeliveryFailed):
    """They refuse our sign-in, or our right to send."""

    outcome = "unauthorised"


class NeverRetry(DeliveryFailed):
    """They refuse the document as it is; sending it again would change nothing."""

    outcome = "never_retry"


class AlreadyReceived(DeliveryFailed):
    """They have it already, under the same reference."""

    outcome = "already_received"
