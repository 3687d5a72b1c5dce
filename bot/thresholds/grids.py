"""All answers that some rules of a pack can tell apart: the ground on which a pack is proved.

Two options that stand in the same lists of every rule are one value here; every question can also be
unknown, and a tick-list can be half known. That keeps the grid small without leaving out anything a rule
could notice.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations, pairwise, product
from math import prod

from bot.thresholds.answers import NONE_OF_THESE, NOT_SURE, Answers, Value
from bot.thresholds.conditions import FALSE, TRUE, Condition, Fact, InCategory, Is, walk
from bot.thresholds.pack import CATEGORIES, Pack, Question
from bot.thresholds.view import View

CATEGORY = "category:"


@dataclass(frozen=True, slots=True)
class State:
    """One value of a variable: an option, ticks, or unknown (``value`` None); ``unsure``: unticked is
    unknown."""

    value: str | frozenset[str] | None
    unsure: bool = False

    @property
    def known(self) -> bool:
        """Whether nothing about it is unknown."""
        return self.value is not None and not self.unsure


@dataclass(frozen=True)
class Variable:
    """A question (or ``category:<code>``) with the values told apart, and the flips to a more worrying
    one."""

    name: str
    states: tuple[State, ...]
    flips: Mapping[
        tuple[int, int], str
    ]  # from one place in ``states`` to a worse one: what changes, in words


@dataclass(frozen=True)
class Grid:
    """Every combination of the values of some variables."""

    pack: Pack
    variables: tuple[Variable, ...]

    @property
    def size(self) -> int:
        """How many combinations there are."""
        return prod(len(variable.states) for variable in self.variables)

    def points(self) -> Iterator[tuple[int, ...]]:
        """Yield every combination, as places in the states of each variable."""
        return product(*(range(len(variable.states)) for variable in self.variables))

    def view(self, point: tuple[int, ...]) -> View:
        """Return a view that holds exactly this combination."""
        values: dict[str, Value] = {}
        unsure: set[str] = set()
        categories = dict(self.pack.program.all_unknown)
        for variable, place in zip(self.variables, point, strict=True):
            state = variable.states[place]
            if state.value is None:
                continue
            if variable.name.startswith(CATEGORY):
                categories[variable.name.removeprefix(CATEGORY)] = TRUE if state.value == "yes" else FALSE
                continue
            values[variable.name] = state.value
            if state.unsure:
                unsure.add(variable.name)
        return View.holding(self.pack.program, values, unsure, categories)

    def answers(self, point: tuple[int, ...], ruled_in: Iterable[str] = ()) -> Answers:
        """Return the combination as answers, with these categories ticked besides."""
        ticked = set(ruled_in)
        given: dict[tuple[str, str], Value] = {}
        for variable, place in zip(self.variables, point, strict=True):
            state = variable.states[place]
            if variable.name.startswith(CATEGORY):
                if state.value == "yes":
                    ticked.add(variable.name.removeprefix(CATEGORY))
            elif state.value is not None:
                value = state.value
                half = state.unsure and isinstance(value, frozenset)
                given["", variable.name] = frozenset({*value, NOT_SURE}) if half else value
        if ticked:
            given["", CATEGORIES] = frozenset(ticked)
        return Answers(given)


def grid_of(pack: Pack, conditions: Iterable[Condition]) -> Grid:
    """Return the grid of everything that these conditions can tell apart, guards of questions included."""
    lists: dict[str, set[frozenset[str]]] = {}
    codes: set[str] = set()
    waiting = list(conditions)
    while waiting:
        for part in walk(waiting.pop()):
            if isinstance(part, Is):
                guard = pack.questions[part.question].asked_when
                if part.question not in lists and guard is not None:
                    waiting.append(guard)
                lists.setdefault(part.question, set()).add(frozenset(part.values))
            elif isinstance(part, Fact):
                waiting.append(pack.facts[part.name])
            elif isinstance(part, InCategory):
                codes.update(part.codes)
    order = pack.program.order
    variables = [_variable(pack.questions[id], lists[id]) for id in sorted(lists, key=order.__getitem__)]
    variables += [_category(code) for code in sorted(codes)]
    return Grid(pack, tuple(variables))


def _category(code: str) -> Variable:
    return Variable(CATEGORY + code, (State(None), State("no"), State("yes")), {(1, 2): f"{code} is ticked"})


def _variable(question: Question, lists: set[frozenset[str]]) -> Variable:
    return _of_many(question, lists) if question.kind == "many" else _of_one(question, lists)


def _of_one(question: Question, lists: set[frozenset[str]]) -> Variable:
    ordered = sorted(lists, key=sorted)
    places: dict[tuple[bool, ...], int] = {}
    states = [State(None)]
    place_of: dict[str, int] = {}
    for option in (*question.severity, *(one for one in question.options if one not in question.severity)):
        sign = tuple(option in values for values in ordered)
        if sign not in places:
            places[sign] = len(states)
            states.append(State(option))
        place_of[option] = places[sign]
    flips: dict[tuple[int, int], str] = {}
    for less, more in pairwise(question.severity):
        if place_of[less] != place_of[more]:
            flips.setdefault((place_of[less], place_of[more]), f"{question.id}: {less} becomes {more}")
    return Variable(question.id, tuple(states), flips)


def _of_many(question: Question, lists: set[frozenset[str]]) -> Variable:
    ordered = sorted(lists, key=sorted)
    alike: dict[tuple[object, ...], str] = {}
    reads_none = any(NONE_OF_THESE in values for values in lists)  # then any tick at all matters
    for option in question.options:
        sign = (option in question.protective, *(option in values for values in ordered))
        if reads_none or any(sign[1:]):
            alike.setdefault(sign, option)
    ticks = tuple(alike.values())
    sets = [frozenset(some) for size in range(len(ticks) + 1) for some in combinations(ticks, size)]
    states = [State(None)]
    states += [State(some or frozenset({NONE_OF_THESE})) for some in sets]
    states += [State(some, unsure=True) for some in sets if some and len(some) < len(ticks)]
    place_of = {(state.value, state.unsure): place for place, state in enumerate(states)}
    flips: dict[tuple[int, int], str] = {}
    for some in sets:
        for tick in ticks:
            if tick in some:
                continue
            for unsure in (False, True):
                less = place_of.get((some or frozenset({NONE_OF_THESE}), unsure))
                more = place_of.get((some | {tick}, unsure))
                if less is not None and more is not None:
                    if tick in question.protective:
                        flips[more, less] = f"{question.id}: {tick} is no longer ticked"
                    else:
                        flips[less, more] = f"{question.id}: {tick} is ticked as well"
    return Variable(question.id, tuple(states), flips)


def describe(pack: Pack, answers: Mapping[tuple[str, str], Value]) -> str:
    """Say some answers in plain words, for a counterexample."""
    told = []
    for (_, id), value in answers.items():
        question = pack.questions[id]
        ticks = [value] if isinstance(value, str) else sorted(value)
        told.append(
            f"{id}: {', '.join(ticks)}  ({question.ask} {', '.join(question.label(t) for t in ticks)})"
        )
    return "\n".join(f"      {line}" for line in told) or "      (nothing answered)"
