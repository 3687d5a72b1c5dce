"""What can go wrong at the door of a concern. Messages never echo what was sent.

ConcernError
├── BadInput        an empty, too long or unreadable message; an answer that is no option  (422)
├── NotFound        no such concern or referral, or not this person's to see               (404)
├── OutOfDate       somebody changed it meanwhile                                          (409)
├── KeyUsedBefore   the same idempotency key came with another content                     (422)
└── NotNow          it cannot be done in this state, for example after it was sent         (409)
"""

from __future__ import annotations


class ConcernError(Exception):
    """Something about a concern cannot be done; the message says what is wrong and how to mend it."""


class BadInput(ConcernError):
    """The input cannot be taken. Nothing was changed."""


class NotFound(ConcernError):
    """No such thing, or not this person's to see. Both look the same on purpose."""

    def __init__(self) -> None:
        super().__init__("There is no such concern, or it is not yours to see. Check the address.")


class OutOfDate(ConcernError):
    """Somebody changed it since it was read."""

    def __init__(self, version: int) -> None:
        super().__init__("The concern was changed meanwhile. Read it again, then repeat your change.")
        self.version = version


class KeyUsedBefore(ConcernError):
    """The same idempotency key came with another content."""

    def __init__(self) -> None:
        super().__init__("This idempotency key was used for something else. Use a new key for a new message.")


class NotNow(ConcernError):
    """It cannot be done in the state that the concern is in."""
