"""Where a referral stands that staff send themselves: what they wrote down, and what is still to be done."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from bot.concerns.calls import call_entry
from bot.concerns.timeline import Timeline, TimelineEntry
from bot.concerns.views import contact_views
from bot.dialogue.wording import reach
from bot.store import HandedOver, Referral, Session
from bot.store import attachments as kept_attachments
from bot.store import by_hand as kept_by_hand
from bot.store import people as kept_people
from bot.store import standing as kept_standing
from bot.thresholds import Pack

HOW = {
    "secure_email": "By secure e-mail",
    "portal": "On the council's own website",
    "in_person": "Handed over in person",
    "other": "Another way that the council asked for",
}
"""How staff send a referral themselves."""
TO_DO = (
    "This referral does not go by itself: there is no link to {name}.",
    "1. Ring them: {ring}",
    "2. Send the PDF by their secure route; ask them on the telephone which it is. Never by ordinary e-mail.",
    "3. Write down here when you sent it, how and to whom. Until then it counts as not sent.",
)
HANDED = "You wrote down that you sent it. Ring {name} if you do not hear from them in time."
NO_CONTACT = "find their number on the council's own website."


def timeline_by_hand(session: Session, pack: Pack, referral: Referral, now: datetime) -> Timeline:
    """What happened to a referral that staff send themselves, and what is to be done next."""
    handed = kept_by_hand.handed_over_of(session, referral.id)
    where = kept_standing.standing(referral, (), (), now, handed)
    name = str(referral.authority["name"])
    mash = pack.contacts.get("mash")
    ring = reach(pack, mash) if mash is not None else NO_CONTACT
    entries = [
        TimelineEntry(at=referral.created_at, kind="written", says=f"You wrote the referral to {name}."),
        *(call_entry(session, one) for one in kept_by_hand.calls_about(session, referral)),
        *(_handed(session, one) for one in handed),
    ]
    return Timeline(
        reference=referral.reference,
        concern=referral.concern_id,
        status=where.state,
        band=referral.band,
        band_now=referral.band,
        entries=sorted(entries, key=lambda entry: entry.at),
        due_at=referral.arrive_by,
        ring=ring if where.ring else None,
        say=[HANDED.format(name=name)] if handed else _to_do(session, referral, name, ring),
        authority=name,
        by_hand=True,
        contacts=contact_views(pack),
    )


def _to_do(session: Session, referral: Referral, name: str, ring: str) -> list[str]:
    said = [line.format(name=name, ring=ring) for line in TO_DO]
    documents = kept_attachments.attachments_of(session, referral.concern_id)
    if documents:
        said.append(f"Send the documents along as well ({len(documents)}); they are kept with the concern.")
    if referral.authority.get("says"):
        said.append(str(referral.authority["says"]))
    return said


def _handed(session: Session, said: HandedOver) -> TimelineEntry:
    details: dict[str, Any] = said.details
    words = f"{HOW[details['how']]}, to {details['to']}. Written down by {_name(session, said.by)}."
    return TimelineEntry(at=said.at, kind="handed_over", says=words)


def _name(session: Session, person_id: str) -> str:
    return kept_people.person_of_record(session, person_id).name
