"""The draft of a referral: filled from the conversation, completed by staff, never invented."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import Any

from bot.concerns.access import maybe_about_dsl
from bot.concerns.record import Standing
from bot.concerns.reply import DraftView
from bot.referrals import (
    Referrer,
    Told,
    check_identifiers,
    merge,
    missing,
    prefill,
    quality,
)
from bot.store import Concern, Draft, Message, Person, Session
from bot.store import drafts as kept_drafts
from bot.store import messages as kept_messages
from bot.store import organisations as kept_organisations
from bot.store import people as kept_people


@dataclass(frozen=True)
class Background:
    """What a draft is filled from besides the answers; most turns change nothing of it."""

    told_in: tuple[str, ...]
    accounts: tuple[Told, ...]
    referrer: Referrer


def background(session: Session, now: Standing) -> Background:
    """Who refers and what staff told, as far as the concern goes now."""
    author = kept_people.person_of_record(session, now.concern.author_id)  # who mostly told it as well
    return Background(now.told_in, accounts(session, now), referrer_of(session, now.concern, author))


def referrer_of(session: Session, concern: Concern, author: Person) -> Referrer:
    """Who refers: the author of the concern and their school, as far as the school's record says."""
    school = kept_organisations.get_organisation(session, concern.organisation_id)
    leads = kept_people.people_of(session, concern.organisation_id, roles=("dsl",))
    return Referrer(
        name=author.name,
        role=author.job_title or author.role,
        email=author.email or "",
        phone=str(school.details.get("phone", "")),
        school=school.name,
        urn=school.urn or "",
        laestab=str(school.details.get("laestab", "")),
        dsl=leads[0].name if leads else "",
    )


def accounts(session: Session, now: Standing) -> tuple[Told, ...]:
    """What staff told, in their own words, oldest first."""
    messages = kept_messages.get_messages(session, now.told_in)
    names = _names(session, messages)
    return tuple(
        Told(message.text, message.at, names.get(message.author_id or "", "")) for message in messages
    )


def filled(session: Session, now: Standing, read: Background | None = None) -> dict[str, Any]:
    """What the conversation already says, in the right section.

    ``read``: what was read of it before this turn; the accounts are read again where the turn told more.
    """
    if read is None:
        read = background(session, now)
    elif read.told_in != now.told_in:
        read = replace(read, told_in=now.told_in, accounts=accounts(session, now))
    referrer = replace(read.referrer, dsl="") if maybe_about_dsl(now.state.answers) else read.referrer
    return prefill(now.pack, now.state.answers, read.accounts, referrer, now.state.dates)


def current_draft(
    session: Session, now: Standing, read: Background | None = None
) -> tuple[dict[str, Any], int]:
    """The draft as it stands: what the conversation says, under what people typed; and its version."""
    kept = kept_drafts.draft_of(session, now.concern.id)
    typed = kept.fields if kept is not None else {}
    return merge(filled(session, now, read), typed), kept.version if kept is not None else 0


def change_draft(
    session: Session, now: Standing, fields: dict[str, Any], *, person: Person, version: int | None, at: Any
) -> Draft:
    """Keep what was typed, apart from what the conversation fills in; raises FieldError and Stale."""
    kept = kept_drafts.draft_of(session, now.concern.id)
    typed = merge(kept.fields if kept is not None else {}, fields)
    return kept_drafts.save_draft(
        session, now.concern.id, typed, at=at, by=person.id, expected_version=version
    )


def draft_view(session: Session, now: Standing, today: date) -> DraftView:
    """The draft with what is missing for the band, the warnings about identifiers, and its quality: `score`
    now, and `before` anybody added to what the conversation had filled in.
    """
    kept = kept_drafts.draft_of(session, now.concern.id)
    told = filled(session, now)
    draft = merge(told, kept.fields if kept is not None else {})
    return DraftView(
        draft=draft,
        missing=[
            {key: str(value) for key, value in asdict(one).items()} for one in missing(draft, now.advised)
        ],
        quality=asdict(quality(draft)) | {"before": quality(told).score},
        warnings=[{"path": one.path, "says": one.says} for one in check_identifiers(draft, today)],
        version=kept.version if kept is not None else 0,
        band=now.advised.value if now.advised else None,
    )


def _names(session: Session, messages: Sequence[Message]) -> dict[str, str]:
    """The name of each author, who is read once however much they told."""
    ids = {message.author_id for message in messages if message.author_id}
    return {one: kept_people.person_of_record(session, one).name for one in ids}
