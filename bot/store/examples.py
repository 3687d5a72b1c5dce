"""Misread messages: collected redacted, labelled by one officer, checked by another."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from bot.store.sessions import NotThere, Stale
from bot.store.tables import Concern, Example, Organisation

TRAINING, EVALUATION = "training", "evaluation"
USES = (TRAINING, EVALUATION)
TO_LABEL, TO_CHECK, CHECKED, SET_ASIDE = "to_label", "to_check", "checked", "set_aside"
STATES = (TO_LABEL, TO_CHECK, CHECKED, SET_ASIDE)


def note_misread(
    session: Session,
    concern: Concern,
    message_id: str,
    text: str,
    *,
    at: datetime,
    signals: dict[str, float],
    understood: dict[str, Any] | None = None,
    ticked: Sequence[str] = (),
) -> Example:
    """Keep a misread message for the officers, or add to what is known of it.

    `text` is redacted already; `signals`: why it is kept, each with its weight; `understood`: what was read
    from it; `ticked`: the categories that staff ticked.
    """
    example = session.scalar(select(Example).where(Example.message_id == message_id).with_for_update())
    if example is None:
        organisation = session.get_one(Organisation, concern.organisation_id)
        example = Example(
            la_code=organisation.la_code,
            concern_id=concern.id,
            message_id=message_id,
            at=at,
            signals={},
            score=0.0,
            text=text,
            understood=understood or {},
            ticked=[],
        )
        session.add(example)
    example.signals = {**example.signals, **signals}
    example.score = round(sum(example.signals.values()), 3)
    if ticked:
        example.ticked = sorted(ticked)
    session.flush()
    return example


def example_of(session: Session, la_code: str | None, example_id: str, *, lock: bool = False) -> Example:
    """One example of that authority; raises NotThere (also for another authority's)."""
    found = select(Example).where(Example.id == example_id, _of_authority(la_code))
    example = session.scalar(found.with_for_update() if lock else found)
    if example is None:
        raise NotThere("There is no such message.")
    return example


def change(session: Session, example: Example, version: int) -> None:
    """Count one change; raises Stale when somebody else changed it since it was read."""
    if example.version != version:
        raise Stale(example.version)
    example.version += 1
    session.flush()


def state_of(example: Example) -> str:
    """Where an example stands, from its times."""
    if example.set_aside_at is not None:
        return SET_ASIDE
    if example.checked_at is not None:
        return CHECKED
    return TO_LABEL if example.labelled_at is None else TO_CHECK


def examples_in(
    session: Session, la_code: str | None, state: str, *, limit: int = 50, offset: int = 0
) -> list[Example]:
    """The examples of an authority in one state, most useful first."""
    found = select(Example).where(_of_authority(la_code), *_standing(state))
    order = found.order_by(Example.score.desc(), Example.at.desc(), Example.id)
    return list(session.scalars(order.limit(limit).offset(offset)))


def counts(session: Session, la_code: str | None) -> dict[str, int]:
    """How many examples an authority has in each state."""
    return {
        state: session.scalar(select(func.count(Example.id)).where(_of_authority(la_code), *_standing(state)))
        or 0
        for state in STATES
    }


def chosen_for(session: Session, use: str, *, checked: bool = True) -> list[Example]:
    """Examples chosen for training or evaluation: checked ones, or also those that wait for their check.

    Of every authority of this installation: they share one model.
    """
    found = select(Example).where(Example.use == use, Example.set_aside_at.is_(None))
    if checked:
        found = found.where(Example.checked_at.is_not(None))
    return list(session.scalars(found.order_by(Example.id)))


def _of_authority(la_code: str | None) -> ColumnElement[bool]:
    return Example.la_code.is_(None) if la_code is None else Example.la_code == la_code


def _standing(state: str) -> tuple[ColumnElement[bool], ...]:
    if state == SET_ASIDE:
        return (Example.set_aside_at.is_not(None),)
    kept = Example.set_aside_at.is_(None)
    if state == CHECKED:
        return (kept, Example.checked_at.is_not(None))
    labelled = Example.labelled_at.is_(None) if state == TO_LABEL else Example.labelled_at.is_not(None)
    return (kept, Example.checked_at.is_(None), labelled)
