"""Conditions compiled once, when a pack is loaded, into a pair of closures.

One tells the value for a view, the other which questions could still decide it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.thresholds.answers import NONE_OF_THESE
from bot.thresholds.conditions import (
    FALSE,
    TRUE,
    UNKNOWN,
    AllOf,
    AnyOf,
    AtLeast,
    Condition,
    Fact,
    InCategory,
    Is,
    Not,
    Truth,
)

if TYPE_CHECKING:
    from bot.thresholds.view import View


@dataclass(frozen=True, slots=True)
class Compiled:
    """A condition made ready: its value for a view, and the questions that could still decide it.

    ``needs`` may only be asked of a condition whose value is unknown. It adds to a set; it leaves out a
    question that was asked already, and puts the question that guards another one in that one's place.
    """

    value: Callable[[View], Truth]
    needs: Callable[[View, set[str]], None]


@dataclass(frozen=True, slots=True)
class Guards:
    """What compiling needs to know of a pack: ``asked_when`` of its questions, its facts, which are
    tick-lists."""

    facts: Mapping[str, Condition]
    asked_when: Mapping[str, Condition]
    many: frozenset[str]


def compile_condition(condition: Condition, guards: Guards) -> Compiled:
    """Compile one condition of a pack whose references were checked before."""
    match condition:
        case Is():
            return _compile_is(condition, guards)
        case AllOf(parts):
            return _compile_all(parts, guards)
        case AnyOf(parts):
            return _compile_any([compile_condition(part, guards) for part in parts])
        case AtLeast(n, parts):
            return _compile_at_least(n, [compile_condition(part, guards) for part in parts])
        case Not(part):
            inner = compile_condition(part, guards)
            return Compiled(lambda view: 2 - inner.value(view), inner.needs)
        case Fact(name):
            return _compile_fact(name, compile_condition(guards.facts[name], guards))
        case InCategory(codes):
            return _compile_category(codes)


def _compile_is(leaf: Is, guards: Guards) -> Compiled:
    question, wanted = leaf.question, frozenset(leaf.values)
    only_none = wanted == {NONE_OF_THESE}

    def of_one(view: View) -> Truth:
        value = view.values.get(question)
        if value is None:
            return UNKNOWN
        return TRUE if value in wanted else FALSE

    def of_many(view: View) -> Truth:
        ticks = view.values.get(question)
        if ticks is None:
            return UNKNOWN
        if not wanted.isdisjoint(ticks):
            return TRUE
        # Beside "not sure" what is not ticked is unknown; but "none of these" cannot hold beside a tick.
        return UNKNOWN if question in view.unsure and not only_none else FALSE

    matches = of_many if question in guards.many else of_one

    def ask(view: View, out: set[str]) -> None:
        if question not in view.answered:
            out.add(question)

    if question not in guards.asked_when:
        return Compiled(matches, ask)
    return _behind(question, Compiled(matches, ask), compile_condition(guards.asked_when[question], guards))


def _behind(question: str, leaf: Compiled, guard: Compiled) -> Compiled:
    """Put a leaf behind its question's ``asked_when``: false while that is false, asked after what decides
    that."""

    def applies(view: View) -> Truth:
        known = view.applies.get(question)
        if known is None:
            known = view.applies[question] = guard.value(view)
        return known

    def value(view: View) -> Truth:
        match = leaf.value(view)
        return match if match == FALSE else min(match, applies(view))

    def needs(view: View, out: set[str]) -> None:
        if applies(view) == UNKNOWN:
            guard.needs(view, out)
        else:
            leaf.needs(view, out)

    return Compiled(value, needs)


def _compile_all(parts: tuple[Condition, ...], guards: Guards) -> Compiled:
    # Cheap parts first; a category guards the questions beside it.
    ordered = sorted(parts, key=lambda part: not isinstance(part, InCategory))
    compiled = [compile_condition(part, guards) for part in ordered]
    n_categories = sum(isinstance(part, InCategory) for part in ordered)
    categories, needs_of_rest = compiled[:n_categories], _needs_of_unknown(compiled[n_categories:])
    values = [part.value for part in compiled]

    def value(view: View) -> Truth:
        lowest = TRUE
        for part in values:
            truth = part(view)
            if truth == FALSE:
                return FALSE
            if truth < lowest:
                lowest = truth
        return lowest

    def needs(view: View, out: set[str]) -> None:
        waiting = False
        for part in categories:
            if part.value(view) == UNKNOWN:
                part.needs(view, out)
                waiting = True
        if not waiting:
            needs_of_rest(view, out)

    return Compiled(value, needs)


def _compile_any(parts: list[Compiled]) -> Compiled:
    values = [part.value for part in parts]

    def value(view: View) -> Truth:
        highest = FALSE
        for part in values:
            truth = part(view)
            if truth == TRUE:
                return TRUE
            if truth > highest:
                highest = truth
        return highest

    return Compiled(value, _needs_of_unknown(parts))


def _compile_at_least(n: int, parts: list[Compiled]) -> Compiled:
    def value(view: View) -> Truth:
        truths = [part.value(view) for part in parts]
        if truths.count(TRUE) >= n:
            return TRUE
        return UNKNOWN if len(truths) - truths.count(FALSE) >= n else FALSE

    return Compiled(value, _needs_of_unknown(parts))


def _needs_of_unknown(parts: list[Compiled]) -> Callable[[View, set[str]], None]:
    def needs(view: View, out: set[str]) -> None:
        for part in parts:
            if part.value(view) == UNKNOWN:
                part.needs(view, out)

    return needs


def _compile_fact(name: str, inner: Compiled) -> Compiled:
    def value(view: View) -> Truth:
        known = view.facts.get(name)
        if known is None:
            known = view.facts[name] = inner.value(view)
        return known

    return Compiled(value, inner.needs)


def _compile_category(codes: tuple[str, ...]) -> Compiled:
    first = codes[0]

    def value_of_one(view: View) -> Truth:
        return view.categories[first]

    def value(view: View) -> Truth:
        known = view.any_of.get(codes)
        if known is None:
            known = view.any_of[codes] = max([view.categories[code] for code in codes])
        return known

    def needs(view: View, out: set[str]) -> None:
        if view.screening is not None:
            out.add(view.screening)
            return
        for code in codes:
            if view.categories[code] == UNKNOWN:
                out.update(view.category_needs(code))

    return Compiled(value_of_one if len(codes) == 1 else value, needs)
