"""Where a referral stands, read from the times of what happened; there is no status that somebody sets.

waiting ─▶ delayed ─▶ late      not arrived: delayed and late say whom to ring
    └─▶ undeliverable           cannot be delivered as it is: ring, and have it looked at
    └─▶ received ─▶ … ─▶ closed the furthest step that MASH reached since it last took it up (stepped up);
                                withdrawn until MASH goes on all the same
to_hand_over ─▶ handed_over     no link to that authority: staff ring and send it, and say that they have
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.store.tables import HandedOver, Outbox, Referral, StatusEvent

NOT_PICKED_UP = timedelta(minutes=2)
"""Nothing was tried for so long: the worker is down, and the sender must know."""

FOLLOWS_WITHIN = timedelta(minutes=20)
"""What is added to a referral that has arrived must follow within so long, or people are told to ring: about
a tenth of the shortest target that is published for a Red, four hours (proposed by us)."""

STEPPED_UP = "stepped_up"
WITHDRAWN = "withdrawn"
_STEPS = (
    "received",
    STEPPED_UP,
    "screened",
    "rated",
    "information_requested",
    "allocated",
    "decided",
    "closed",
)
_GOES_ON = frozenset({STEPPED_UP, "allocated", "decided", "closed"})
ANSWERS = frozenset(_STEPS[2:])
"""The events by which MASH answers, beyond the acknowledgement and saying that it looks again."""


@dataclass(frozen=True)
class Standing:
    """`state` as drawn above; `ring`: the sender must telephone; `since`: when this state began."""

    state: str
    ring: bool
    since: datetime
    next_attempt: datetime | None = None
    chase: bool = False


def standing(
    referral: Referral,
    posted: Sequence[Outbox],
    events: Sequence[StatusEvent],
    now: datetime,
    handed: Sequence[HandedOver] = (),
) -> Standing:
    """Where the referral stands now. `posted`: its outbox rows in order, the first its own; `handed`: what
    staff said about sending it themselves.
    """
    if referral.by_hand:
        if handed:
            return Standing("handed_over", False, handed[0].at)
        return Standing("to_hand_over", True, referral.created_at)
    own = posted[0]
    chase = referral.chase_at is not None and referral.chase_at <= now and not answered(events)
    if news := _newest(events):
        return Standing(news.type, False, news.at, chase=chase and news.type != WITHDRAWN)
    if own.sent_at is not None:
        return Standing("received", False, referral.received_at or own.sent_at, chase=chase)
    if own.dead_at is not None:
        return Standing("undeliverable", True, own.dead_at)
    if will_miss_clock(referral, own, now):
        return Standing("late", True, referral.arrive_by or referral.created_at, own.due_at)
    if own.attempts > 1 or own.due_at > own.created_at or now - own.created_at > NOT_PICKED_UP:
        return Standing("delayed", True, own.created_at, own.due_at)
    return Standing("waiting", False, own.created_at, own.due_at)


def _newest(events: Sequence[StatusEvent]) -> StatusEvent | None:
    """Where MASH has it now. A wish to withdraw holds until MASH goes on: it may decide all the same."""
    told = _since_it_looked_again(events)
    furthest = max(
        (event for event in told if event.type in _STEPS),
        key=lambda event: _STEPS.index(event.type),
        default=None,
    )
    wishes = [event for event in told if event.type == WITHDRAWN]
    if wishes and (furthest is None or furthest.type not in _GOES_ON or furthest.at < wishes[-1].at):
        return wishes[-1]
    return furthest


def _since_it_looked_again(events: Sequence[StatusEvent]) -> list[StatusEvent]:
    in_order = sorted(events, key=lambda event: (event.at, event.number))
    anew = max((at for at, event in enumerate(in_order) if event.type == STEPPED_UP), default=0)
    return in_order[anew:]


def will_miss_clock(referral: Referral, own: Outbox, now: datetime) -> bool:
    """Whether delivery misses the band's clock: its last moment has passed, or passes before the next
    attempt.
    """
    return (
        own.sent_at is None
        and referral.arrive_by is not None
        and (now >= referral.arrive_by or own.due_at >= referral.arrive_by)
    )


def left_behind(posted: Sequence[Outbox], now: datetime) -> list[Outbox]:
    """What was added to a referral that has arrived, and has not arrived itself: its sender must ring."""
    return [
        row
        for row in posted[1:]
        if posted[0].sent_at is not None
        and row.sent_at is None
        and (row.dead_at is not None or row.due_at > row.created_at or now - row.created_at > NOT_PICKED_UP)
    ]


def answered(events: Sequence[StatusEvent]) -> bool:
    """Whether MASH has answered beyond the acknowledgement, since it last looked again."""
    return any(event.type in ANSWERS for event in _since_it_looked_again(events))
