"""The closed set of conditions that a pack may use, and what each means in three values.

A condition is true, false or *unknown* (Kleene's strong logic): what was not asked, what the person is not
sure about and what the school does not know are unknown and never "no".
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

FALSE, UNKNOWN, TRUE = 0, 1, 2  # ordered so that "and" is min, "or" is max, "not" is 2 - x
Truth = int


@dataclass(frozen=True, slots=True)
class Is:
    """The answer is one of these values (for "tick all that apply": one of these is ticked)."""

    question: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AllOf:
    """Every part holds."""

    parts: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    """At least one part holds."""

    parts: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class Not:
    """The part does not hold; unknown stays unknown."""

    part: Condition


@dataclass(frozen=True, slots=True)
class AtLeast:
    """At least ``n`` of the parts hold."""

    n: int
    parts: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class Fact:
    """A named fact of the pack, such as ``non_mobile``, holds."""

    name: str


@dataclass(frozen=True, slots=True)
class InCategory:
    """The concern belongs to one of these categories."""

    codes: tuple[str, ...]


Condition = Is | AllOf | AnyOf | Not | AtLeast | Fact | InCategory


def walk(condition: Condition) -> Iterator[Condition]:
    """Yield a condition and everything inside it; named facts are not opened."""
    yield condition
    if isinstance(condition, AllOf | AnyOf | AtLeast):
        for part in condition.parts:
            yield from walk(part)
    elif isinstance(condition, Not):
        yield from walk(condition.part)


def questions_of(condition: Condition, facts: Mapping[str, Condition]) -> frozenset[str]:
    """Return the questions that a condition reads, also through its facts."""
    found: set[str] = set()
    for part in walk(condition):
        if isinstance(part, Is):
            found.add(part.question)
        elif isinstance(part, Fact):
            found |= questions_of(facts[part.name], facts)
    return frozenset(found)


def categories_of(condition: Condition, facts: Mapping[str, Condition]) -> frozenset[str]:
    """Return the categories that a condition reads, also through its facts."""
    found: set[str] = set()
    for part in walk(condition):
        if isinstance(part, InCategory):
            found.update(part.codes)
        elif isinstance(part, Fact):
            found |= categories_of(facts[part.name], facts)
    return frozenset(found)


ALWAYS: Condition = AllOf(())
NEVER: Condition = AnyOf(())
