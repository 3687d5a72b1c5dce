"""Rating (1.4) and changing the band (1.5). The lead professional rates before seeing what was suggested."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.contract import EventType
from bot.intake.tables import Child, Person, Referral
from bot.intake.work.hubs import HUBS, hub_of
from bot.intake.work.office import BANDS, URGENCY, Office, in_words
from bot.intake.work.receiving import back_to_rating, notify, tell_stepped_up
from bot.intake.work.rights import Right
from bot.intake.work.steps import Incomplete, WrongStage, note, said, still_open, take_up
from bot.intake.work.telling import tell

_NEXT = {
    "red": "It goes straight to a strategy discussion.",
    "amber": "MASH gathers information from other agencies and discusses it.",
    "green": "It goes to Early Intervention.",
}


def rate(
    session: Session,
    office: Office,
    person: Person,
    referral_id: str,
    *,
    version: int,
    band: str,
    reason: str,
    now: datetime,
) -> Referral:
    """The lead professional's own rating. The suggestion stays hidden until this is recorded."""
    referral = take_up(session, person, referral_id, Right.RATE, version=version)
    still_open(referral)
    if referral.screened_at is None:
        raise WrongStage("This referral was not screened yet.")
    if referral.rated_at is not None:
        raise WrongStage("This referral was already rated.")
    before = referral.band
    words = said(reason, "reason", "Say why you chose this rating")
    _set_band(session, office, referral, band, referral.clock_from, now, never_later=_not_lower(band, before))
    referral.rated_at = now
    note(session, referral, person, "rating", now, {"reason": words}, band_before=before, outcome="first")
    _tell_rated(session, referral, words, now)
    return referral


def after_suggestion(
    session: Session,
    office: Office,
    person: Person,
    referral_id: str,
    *,
    version: int,
    band: str,
    reason: str,
    now: datetime,
) -> Referral:
    """Having seen the suggestion: keep the rating or change it, with a reason either way."""
    referral = take_up(session, person, referral_id, Right.RATE, version=version)
    still_open(referral)
    if referral.rated_at is None:
        raise WrongStage("Rate the referral first; then the suggestion is shown.")
    if referral.revealed_at is not None:
        raise WrongStage("It was already recorded whether the rating was kept.")
    before = referral.band
    words = said(reason, "reason", "Say why you keep or change the rating")
    referral.revealed_at = now
    changed = band != before
    if changed:
        not_lower = _not_lower(band, before)
        _set_band(session, office, referral, band, referral.clock_from, now, never_later=not_lower)
    outcome = "changed" if changed else "kept"
    note(session, referral, person, "reveal", now, {"reason": words}, band_before=before, outcome=outcome)
    if changed:
        _tell_rated(session, referral, words, now)
    return referral


def change_band(
    session: Session,
    office: Office,
    person: Person,
    referral_id: str,
    *,
    version: int,
    band: str,
    reason: str,
    now: datetime,
) -> Referral:
    """The manager changes the band as information comes to light. A higher band starts its own clock now, and
    never ends later than the lower one would have.
    """
    referral = take_up(session, person, referral_id, Right.REBAND, version=version)
    still_open(referral)
    if referral.rated_at is None:
        raise WrongStage("This referral was not rated yet.")
    before = referral.band
    if band == before:
        raise Incomplete("band", "Choose another rating than the one it has")
    words = said(reason, "reason", "Say what came to light that changes the rating")
    higher = _not_lower(band, before)
    since = now if higher else referral.received_at
    _set_band(session, office, referral, band, since, now, never_later=higher)
    note(session, referral, person, "band", now, {"reason": words}, band_before=before)
    _tell_rated(session, referral, words, now)
    return referral


def step_up(
    session: Session,
    office: Office,
    person: Person,
    referral_id: str,
    *,
    version: int,
    reason: str,
    now: datetime,
) -> Referral:
    """From Early Intervention, an allocated worker or a decision back to MASH, to be rated again."""
    referral = take_up(session, person, referral_id, Right.STEP_UP, version=version)
    if referral.left_at is None and referral.band != "green":
        raise WrongStage("Only a referral that has left MASH, or went to Early Intervention, is stepped up.")
    words = said(reason, "reason", "Say what shows that the risk may be higher")
    before = referral.band
    back_to_rating(session, office, referral, now)
    note(session, referral, person, "step_up", now, {"reason": words}, band_before=before)
    tell_stepped_up(session, referral, now, words)
    return referral


def send_to_hub(
    session: Session, person: Person, referral_id: str, *, version: int, hub: str, now: datetime
) -> Referral:
    """Choose the hub of a Green by hand: its postcode is nobody's, or another hub knows the family."""
    referral = take_up(session, person, referral_id, Right.RATE, version=version)
    still_open(referral)
    if referral.band != "green" or referral.rated_at is None:
        raise WrongStage("Only a referral rated Green goes to a hub.")
    if hub not in HUBS:
        raise Incomplete("hub", "Choose a hub")
    hand_to_hub(session, referral, hub, now)
    note(session, referral, person, "hub", now, {}, outcome=hub)
    return referral


def _not_lower(band: str, before: str | None) -> bool:
    """Whether this rating is as urgent as the one that the referral had before, or more."""
    return before is not None and URGENCY.get(band, 3) <= URGENCY[before]


def _set_band(
    session: Session,
    office: Office,
    referral: Referral,
    band: str,
    since: datetime,
    now: datetime,
    *,
    never_later: bool = False,
) -> None:
    """Set band and target. `never_later`: a risk that is as high as before, or higher, buys no more time."""
    if band not in BANDS:
        raise Incomplete("band", "Choose Red, Amber or Green")
    due = office.due(band, since)
    referral.band = band
    referral.urgency = URGENCY[band]
    referral.clock_from = since
    referral.due_at = min(referral.due_at, due) if never_later else due
    referral.hub = None
    if band == "green":
        hub = hub_for(session, referral)
        if hub is not None:
            hand_to_hub(session, referral, hub, now)
        return
    for manager in session.scalars(select(Person).where(Person.role == "manager", Person.left_at.is_(None))):
        notify(session, manager.id, referral, "rated", now)


def hub_for(session: Session, referral: Referral) -> str | None:
    """The hub that serves the children of a referral; None where their postcodes are nobody's."""
    children = session.scalars(
        select(Child).where(Child.referral_id == referral.id).order_by(Child.added_at, Child.id)
    )
    return next((hub for child in children if (hub := hub_of(child.details.get("postcode")))), None)


def hand_to_hub(
    session: Session, referral: Referral, hub: str, now: datetime, kind: str = "early_help"
) -> None:
    """Let a hub see the referral, and tell its people why it came."""
    referral.hub = hub
    for person in session.scalars(
        select(Person).where(Person.role == "hub", Person.hub == hub, Person.left_at.is_(None))
    ):
        notify(session, person.id, referral, kind, now)


def _tell_rated(session: Session, referral: Referral, reason: str, now: datetime) -> None:
    band = referral.band or ""
    tell(
        session,
        referral,
        EventType.RATED,
        now,
        f"MASH has rated this referral {BANDS[band]}. {_NEXT[band]} "
        f"MASH aims to deal with it by {in_words(referral.due_at)}.",
        reasons=[reason],
    )
