"""Where a sent referral stands, in the sender's words. Read from the times of what happened."""

from __future__ import annotations

from datetime import datetime

from bot.concerns.calls import call_entry, got_through
from bot.concerns.escalation import escalation
from bot.concerns.timeline import Timeline, TimelineEntry
from bot.dialogue.wording import contact
from bot.store import Addition, Outbox, Referral, Session, StatusEvent
from bot.store import by_hand as kept_by_hand
from bot.store import events as kept_events
from bot.store import outbox as kept_outbox
from bot.store import referrals as kept_referrals
from bot.store import standing as kept_standing
from bot.thresholds import Band, Pack

SAYS = {
    "received": "MASH has received it.",
    "screened": "MASH has screened it.",
    "allocated": "The child is known: the allocated worker follows it up.",
    "rated": "MASH has rated it.",
    "stepped_up": "MASH looks at it again.",
    "information_added": "MASH has received what was added.",
    "information_requested": "MASH has asked other agencies for information.",
    "decided": "MASH has decided.",
    "closed": "MASH has closed it.",
    "withdrawn": "MASH knows that you want to withdraw it.",
}
DECIDED = frozenset({"decided", "closed"})
"""The states in which staff may hold that MASH decided wrongly."""
NOTHING_DUE = DECIDED | {"allocated", "withdrawn"}
"""The states in which no answer of MASH is waited for any more."""
STATE_SAYS = {
    "waiting": "Sent. It is on its way to MASH.",
    "delayed": "It has not reached MASH yet. It is kept and tried again. Ring MASH so that they know.",
    "late": "It has not reached MASH and will miss MASH's time. Ring MASH now.",
    "undeliverable": "It cannot be delivered as it is. Ring MASH now, and tell your DSL.",
}
LEFT_BEHIND = "What you added has not reached MASH yet. It is kept and tried again. Ring MASH and tell them."
CANNOT_FOLLOW = "Something that you added cannot be delivered as it is. Ring MASH and tell them."
KEEP_RINGING = (
    "This is a Red, and no call that reached MASH is written down. Ring MASH now and keep trying; then write "
    "the call down here."
)
CHASE = "MASH has not answered in its time. Ring and ask."


def timeline(session: Session, pack: Pack, referral: Referral, now: datetime) -> Timeline:
    """What happened to a referral so far, and whom to ring when something is late."""
    posted = kept_outbox.outbox_of(session, referral.id)
    events = kept_events.events_of(session, referral.id)
    where = kept_standing.standing(referral, posted, events, now)
    entries = [TimelineEntry(at=referral.created_at, kind="sent", says="You sent the referral.")]
    if where.state in STATE_SAYS:
        entries.append(TimelineEntry(at=where.since, kind=where.state, says=STATE_SAYS[where.state]))
    if where.state == "received" and not any(event.type == "received" for event in events):
        entries.append(TimelineEntry(at=where.since, kind="received", says=SAYS["received"]))
    entries += [_entry(event) for event in events]
    entries += [_added(addition) for addition in kept_referrals.additions_of(session, referral.id)]
    mash = pack.contacts.get("mash")
    ring = None
    calls = kept_by_hand.calls_about(session, referral)
    entries += [call_entry(session, call) for call in calls]
    unrung = (
        referral.band == Band.RED.value
        and where.state != "withdrawn"
        and not kept_standing.answered(events)
        and not any(got_through(call.details or {}) for call in calls)
    )
    behind = kept_standing.left_behind(posted, now)
    if (where.ring or where.chase or behind or unrung) and mash is not None:
        ring = contact(mash.label, mash.phone, mash.hours, mash.note)
    steps, source = escalation(pack) if where.chase or where.state in DECIDED else ([], "")
    return Timeline(
        reference=referral.reference,
        concern=referral.concern_id,
        status=where.state,
        band=referral.band,
        entries=sorted(entries, key=lambda entry: entry.at),
        rated=_rated(events),
        due_at=None if where.state in NOTHING_DUE else referral.due_at or referral.arrive_by,
        estimated=referral.due_at is None,
        ring=ring,
        say=[*([KEEP_RINGING] if unrung else []), *([CHASE] if where.chase else []), *_behind(behind)],
        escalation=steps,
        escalation_source=source,
    )


def _behind(rows: list[Outbox]) -> list[str]:
    """What is said while something that was added has not arrived."""
    said = [CANNOT_FOLLOW if row.dead_at is not None else LEFT_BEHIND for row in rows]
    return list(dict.fromkeys(said))


def _added(addition: Addition) -> TimelineEntry:
    """What the school added, in its own words."""
    document = addition.document
    words = str(document.get("words") or document.get("reason") or document.get("name") or "")
    kind = "stepped_up_asked" if document.get("risk_is_higher") else addition.kind
    return TimelineEntry(at=addition.created_at, kind=kind, says=words)


def _rated(events: list[StatusEvent]) -> str | None:
    """MASH's own rating as it last told it."""
    told = [event.body.get("band") for event in events if event.body]
    return next((str(band) for band in reversed(told) if band), None)


def _entry(event: StatusEvent) -> TimelineEntry:
    """MASH's own words where it sent some: the school reads exactly those."""
    body = event.body or {}
    reasons = [str(reason) for reason in body.get("reasons") or []]
    return TimelineEntry(
        at=event.at,
        kind=event.type,
        says=str(body.get("words") or SAYS.get(event.type, "MASH sent news.")),
        reasons=reasons,
        due_at=event.due_at,
    )
