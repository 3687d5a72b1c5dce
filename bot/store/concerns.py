"""Concerns: opened, found by whom may see them, changed under their lock, with their children."""

from __future__ import annotations

from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, bindparam, exists, or_, select
from sqlalchemy.orm import Session

from bot.store.sessions import NotThere, Stale
from bot.store.tables import Access, Child, Concern, Decision, Person, Referral
from bot.thresholds import Band

SEES_SCHOOL = ("dsl", "head")
"""The roles that see every concern of their school."""

_CHILDREN = select(Child).where(Child.concern_id == bindparam("concern"))


def add_concern(
    session: Session, *, author: Person, pack_name: str, pack_version: str, pack_digest: str, at: datetime
) -> Concern:
    """A new concern of that author, pinned to the pack as it is now."""
    concern = Concern(
        organisation_id=author.organisation_id,
        author_id=author.id,
        opened_at=at,
        touched_at=at,
        version=1,
        misses=0,
        pack_name=pack_name,
        pack_version=pack_version,
        pack_digest=pack_digest,
    )
    session.add(concern)
    session.flush()
    return concern


def get_concern(session: Session, concern_id: str, *, lock: bool = False) -> Concern:
    """The concern of that id, whoever asks; raises NotThere. `lock` keeps others from changing it
    meanwhile.
    """
    concern = session.get(Concern, concern_id, with_for_update=lock or None, populate_existing=lock)
    if concern is None:
        raise NotThere("There is no such concern.")
    return concern


def concern_seen_by(session: Session, person: Person, concern_id: str, *, lock: bool = False) -> Concern:
    """The concern, if this person may see it; raises NotThere both when it is missing and when it is not
    theirs.
    """
    found = _one_seen(person.role in SEES_SCHOOL, lock)
    concern = session.scalar(found, {"concern": concern_id} | _who(person))
    if concern is None:
        raise NotThere("There is no such concern.")
    return concern


def concerns_visible_to(session: Session, person: Person) -> list[Concern]:
    """Whom sees what: staff their own; DSL and head the school's; each minus those closed to them, plus
    those shown.

    Newest first.
    """
    found = select(Concern).where(_visible(person.role in SEES_SCHOOL), Concern.purged_at.is_(None))
    return list(session.scalars(found.order_by(Concern.opened_at.desc(), Concern.id), _who(person)))


@cache  # it begins every turn, and takes longer to build than to run
def _one_seen(whole_school: bool, lock: bool) -> Select[Concern]:
    found = select(Concern).where(Concern.id == bindparam("concern"), _visible(whole_school))
    if lock:
        return found.with_for_update(of=Concern).execution_options(populate_existing=True)
    return found


def _visible(whole_school: bool) -> ColumnElement[bool]:
    def excepted(shown: bool) -> ColumnElement[bool]:
        return exists().where(
            Access.concern_id == Concern.id, Access.person_id == bindparam("person"), Access.shown.is_(shown)
        )

    usual = Concern.author_id == bindparam("person")
    if whole_school:
        usual = or_(usual, Concern.organisation_id == bindparam("school"))
    return and_(or_(usual, excepted(True)), ~excepted(False))


def _who(person: Person) -> dict[str, str]:
    return {"person": person.id, "school": person.organisation_id}


def close_to(session: Session, concern_id: str, person_id: str, at: datetime) -> None:
    """Close a concern to a person: it is about them. Closing outlasts showing."""
    _except(session, concern_id, person_id, False, at)


def show_to(session: Session, concern_id: str, person_id: str, at: datetime) -> None:
    """Show a concern to a person who would not usually see it (the head or chair of governors whom the pack
    names).
    """
    _except(session, concern_id, person_id, True, at)


def closed_to(session: Session, concern_id: str) -> set[str]:
    """The ids of the people whom this concern is closed to."""
    return set(
        session.scalars(
            select(Access.person_id).where(Access.concern_id == concern_id, Access.shown.is_(False))
        )
    )


def shown_to(session: Session, concern_id: str) -> set[str]:
    """The ids of the people whom it is shown to beyond those who usually see it."""
    return set(
        session.scalars(
            select(Access.person_id).where(Access.concern_id == concern_id, Access.shown.is_(True))
        )
    )


def _except(session: Session, concern_id: str, person_id: str, shown: bool, at: datetime) -> None:
    kept = session.scalar(
        select(Access).where(Access.concern_id == concern_id, Access.person_id == person_id)
    )
    if kept is None:
        session.add(Access(concern_id=concern_id, person_id=person_id, shown=shown, at=at))
    elif kept.shown and not shown:
        kept.shown, kept.at = False, at
    session.flush()


def touch(session: Session, concern: Concern, at: datetime, *, expected_version: int | None = None) -> int:
    """Count one change of a locked concern and return its new version.

    Raises Stale when the caller has seen another version than the current one. `expected_version` None
    means that the caller did not look.
    """
    if expected_version is not None and expected_version != concern.version:
        raise Stale(concern.version)
    concern.version += 1
    concern.touched_at = at
    session.flush()
    return concern.version


def advise(session: Session, concern: Concern, band: Band | None, at: datetime) -> None:
    """Keep the band as it is now, and raise the peak when it is higher than ever. The peak never falls."""
    if concern.advised_band != band:
        concern.advised_band, concern.advised_at = band and band.value, at
    raise_peak(session, concern, band)


def raise_peak(session: Session, concern: Concern, band: Band | None) -> None:
    """Remember the highest band that a concern ever reached."""
    if band is None:
        return
    if concern.peak_band is None or Band(band).rank > Band(concern.peak_band).rank:
        concern.peak_band = band.value
    session.flush()


def add_child(
    session: Session,
    concern_id: str,
    label: str,
    *,
    role: str = "subject",
    details: dict[str, Any] | None = None,
) -> Child:
    """A child of the concern. `label`: c1, c2 …; `details`: what is known of who it is (sealed)."""
    child = Child(concern_id=concern_id, label=label, role=role, details=details or {})
    session.add(child)
    session.flush()
    return child


def children_of(session: Session, concern_id: str) -> list[Child]:
    """The children of a concern in the order of their labels (c2 before c10)."""
    found = session.scalars(_CHILDREN, {"concern": concern_id})
    return sorted(found, key=lambda child: (len(child.label), child.label))


def unsent_concerns(session: Session, *, left_since: datetime) -> list[Concern]:
    """Concerns advised one of the bands, left alone since then, neither referred nor decided since the
    advice.
    """
    return list(
        session.scalars(
            select(Concern)
            .where(
                Concern.advised_band.in_([Band.RED.value, Band.AMBER.value]),
                Concern.touched_at <= left_since,
                ~exists().where(Referral.concern_id == Concern.id),
                ~exists().where(
                    Decision.concern_id == Concern.id,
                    Decision.kind == "decision",
                    Decision.at >= Concern.advised_at,
                ),
            )
            .order_by(Concern.advised_at)
        )
    )
