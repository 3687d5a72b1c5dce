"""Lists: my concerns, the school's concerns, and what somebody must see."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import Response

from bot.concerns.reply import ConcernRow
from bot.web.access import School, SignedIn, Wired
from bot.web.conversation import Showing
from bot.web.notices import unseen
from bot.web.times import wall

router = APIRouter(include_in_schema=False)

URGENCY = {"red": 0, "amber": 1, "green": 2, "none": 3, None: 4}
STANDS = {"open": "Being talked through", "sent": "Sent to MASH", "decided": "Decided without a referral"}


@router.get("/concerns")
def mine(request: Request, person: SignedIn, services: Wired, show: Showing) -> Response:
    """What this person brought, newest first, and the way to bring something new."""
    rows = services.concerns.mine(person, brought=True)
    return show.page(
        request,
        "web/mine.html",
        person=person,
        heading="My concerns",
        table_caption="What you brought",
        empty="You have not told us about a concern yet.",
        may_open=True,
        whole_school=False,
        rows=_rows(rows, services.clock()),
        notices=unseen(services, person),
    )


@router.get("/school")
def school(request: Request, person: School, services: Wired, show: Showing) -> Response:
    """Everything of the school that this person may see: an unsent Red stands first."""
    rows = services.concerns.mine(person)
    return show.page(
        request,
        "web/mine.html",
        person=person,
        heading="School’s concerns",
        table_caption="Not sent first, then by band",
        empty="Nobody has brought a concern yet.",
        may_open=False,
        whole_school=True,
        rows=_rows(most_urgent_first(rows), services.clock()),
        notices=unseen(services, person),
    )


def most_urgent_first(rows: Sequence[ConcernRow]) -> list[ConcernRow]:
    """Unsent alerts first, then what is still open, each by band (red first) and newest first."""
    newest = sorted(rows, key=lambda row: row.opened_at, reverse=True)
    return sorted(
        newest,
        key=lambda row: (
            not row.unsent_alert,
            row.state != "open",
            URGENCY.get(row.band if row.state != "open" else row.peak or row.band, 4),
        ),
    )


def _rows(rows: Sequence[ConcernRow], now: datetime) -> list[dict[str, Any]]:
    return [
        {
            "id": row.id,
            "label": row.label,
            "opened": wall(row.opened_at, now),
            "author": row.author,
            "band": row.band,
            "peak": row.peak,
            "alert": row.unsent_alert and not row.referrals,  # each referral says so itself
            "stands": STANDS[row.state],
            "reference": row.reference,
            "referrals": row.referrals,
        }
        for row in rows
    ]
