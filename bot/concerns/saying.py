"""Where a concern stands, said for a document: answers, criteria, duties, each with its child."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from bot.concerns.record import Standing
from bot.concerns.views import asked
from bot.dialogue.wording import label
from bot.thresholds import Assessment, in_part
from bot.thresholds.pack import Category, Criterion

REST_NOT_ASKED = "told; the rest of this list was not asked"
"""Beside an answer that holds only what was told in words, so that nobody takes the rest for denied."""


def categories_of(now: Standing) -> tuple[Category, ...]:
    """The categories that were ticked, and those of the criteria that are met."""
    ticked = now.state.answers.get("", "categories")
    codes = set(ticked) if isinstance(ticked, frozenset) else set()
    codes |= {met.category for one in now.assessments for met in one.met if met.category}
    return tuple(one for code, one in now.pack.categories.items() if code in codes)


def answers_said(now: Standing) -> list[tuple[str, str]]:
    """Every question that was answered, with the answer, in the order in which they were given."""
    return [
        (
            _about(now, child) + question.ask,
            label(question, value) + (f" ({REST_NOT_ASKED})" if in_part(value) else ""),
        )
        for (child, name), value in now.state.answers.given.items()
        for question in [asked(now.homes, name, child)]
    ]


def not_met_said(now: Standing) -> list[str]:
    """The criteria that are not met, of the worries that were named and of those for every worry."""
    named = {one.code for one in categories_of(now)}
    return list(
        dict.fromkeys(
            _about(now, one.child) + criterion.because
            for one in now.assessments
            for criterion in _not_met(now, one)
            if criterion.category is None or criterion.category in named
        )
    )


def ruled_out_said(now: Standing) -> list[str]:
    """The other kinds of worry of which no criterion is met, or may still be, for any child."""
    named = {one.code for one in categories_of(now)}
    open_still = {
        criterion.category
        for one in now.assessments
        for name, criterion in now.homes.of(one.child).pack.criteria.items()
        if name not in one.not_met
    }
    return [
        one.label for code, one in now.pack.categories.items() if code not in named and code not in open_still
    ]


def duties_said(now: Standing) -> list[tuple[str, datetime | None]]:
    """What must be done besides, for any child, and when it was ticked off."""
    due = {duty.duty: duty.title for one in now.assessments for duty in one.duties if duty.certain}
    return [(title, now.duties_done.get(duty)) for duty, title in due.items()]


def _not_met(now: Standing, one: Assessment) -> Iterator[Criterion]:
    criteria = now.homes.of(one.child).pack.criteria
    return (criteria[name] for name in one.not_met if name in criteria)


def _about(now: Standing, child: str) -> str:
    """Which child it is about, where there are several."""
    several = len(now.assessments) > 1 and child
    return f"Child {child.removeprefix('c')}: " if several else ""
