"""Rules in plain words, to be read aloud: what a condition asks for, and every way to meet it."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import combinations, product

from bot.thresholds.conditions import AllOf, AnyOf, AtLeast, Condition, Fact, InCategory, Is, Not
from bot.thresholds.pack import MARKS, Pack, Source

MAX_WAYS = 400
Way = tuple[str, ...]


def leaf_in_words(pack: Pack, leaf: Is, *, holds: bool = True) -> str:
    """Say one answer: the question, and what is (or is not) answered."""
    question = pack.questions[leaf.question]
    labels = " or ".join(f"“{question.label(value)}”" for value in leaf.values)
    if question.kind == "many":
        verb = ("ticked" if holds else "not ticked") + ": "
    else:
        verb = "" if holds else "not "
    return f"{question.ask} — {verb}{labels}"


def in_words(pack: Pack, condition: Condition) -> str:
    """Say a condition in one sentence."""
    match condition:
        case Is():
            return leaf_in_words(pack, condition)
        case AllOf(()):
            return "always"
        case AnyOf(()):
            return "never"
        case AllOf(parts):
            return "; and ".join(_bracketed(pack, part) for part in parts)
        case AnyOf(parts):
            return "; or ".join(_bracketed(pack, part) for part in parts)
        case AtLeast(n, parts):
            return f"at least {n} of these: " + "; ".join(_bracketed(pack, part) for part in parts)
        case Not(part):
            return f"not: {_bracketed(pack, part)}"
        case Fact(name):
            return in_words(pack, pack.facts[name])
        case InCategory(codes):
            return "the worry is about " + " or ".join(f"“{pack.categories[code].label}”" for code in codes)


def _bracketed(pack: Pack, condition: Condition) -> str:
    if isinstance(condition, Fact):
        return _bracketed(pack, pack.facts[condition.name])
    words = in_words(pack, condition)
    return (
        f"({words})" if isinstance(condition, AllOf | AnyOf | AtLeast) and len(condition.parts) > 1 else words
    )


def ways(pack: Pack, condition: Condition) -> list[Way]:
    """Return every way to meet a condition, each as answers that must all be given; shortest first.

    A way that merely adds an answer to another one is left out.
    """
    found = {frozenset(way) for way in _ways(pack, condition, holds=True)}
    smallest = [way for way in found if not any(other < way for other in found)]
    return sorted((tuple(sorted(way)) for way in smallest), key=lambda way: (len(way), way))


def _ways(pack: Pack, condition: Condition, *, holds: bool) -> Iterable[Way]:
    match condition:
        case Is():
            return [(leaf_in_words(pack, condition, holds=holds),)]
        case Fact(name):
            return _ways(pack, pack.facts[name], holds=holds)
        case Not(part):
            return _ways(pack, part, holds=not holds)
        case InCategory():
            words = in_words(pack, condition)
            return [(words if holds else f"not: {words}",)]
        case AllOf(parts) if holds:
            return _together([_ways(pack, part, holds=True) for part in parts])
        case AnyOf(parts) if not holds:
            return _together([_ways(pack, part, holds=False) for part in parts])
        case AllOf(parts) | AnyOf(parts):
            return [way for part in parts for way in _ways(pack, part, holds=holds)]
        case AtLeast(n, parts):
            needed = n if holds else len(parts) - n + 1
            some = combinations(parts, needed)
            return [
                way for chosen in some for way in _together([_ways(pack, one, holds=holds) for one in chosen])
            ]


def _together(alternatives: list[Iterable[Way]]) -> list[Way]:
    """Combine the ways of conditions that must all be met."""
    found: list[Way] = []
    for chosen in product(*alternatives):
        found.append(tuple(dict.fromkeys(step for way in chosen for step in way)))
        if len(found) >= MAX_WAYS:
            break
    return found


def read_aloud(pack: Pack, category: str | None = None) -> str:
    """Return every way to every outcome, most urgent first, for a reviewer to read aloud."""
    lines = [f"{pack.title}, version {pack.version} ({pack.status})", ""]
    for code, one in pack.categories.items():
        if category not in (None, code):
            continue
        lines += [f"{one.label.upper()}  [{code}]", one.describe, ""]
        mine = [criterion for criterion in pack.criteria.values() if criterion.category == code]
        for criterion in sorted(mine, key=lambda criterion: -criterion.band.rank):
            head = f"  {criterion.band.value.upper()}, level {criterion.level}: {criterion.because}"
            lines += [
                head,
                *_numbered(ways(pack, criterion.when)),
                f"      Source: {cited(criterion.source)}",
            ]
            lines += [
                f"      {move.to.value.upper()} instead, if: {in_words(pack, move.when)}"
                for move in pack.moves.values()
                if move.applies_to(criterion)
            ]
            lines.append("")
    if category is None:
        lines.append("DUTIES")
        for duty in pack.duties.values():
            lines += ["", f"  {duty.title} ({duty.who}, {duty.by_when})", *_numbered(ways(pack, duty.when))]
    return "\n".join(lines)


def _numbered(found: list[Way]) -> list[str]:
    if found == [()]:
        return ["      Always."]
    return [
        f"      {'If' if number == 0 else 'Or if'}: " + "\n          and: ".join(way)
        for number, way in enumerate(found)
    ]


def cited(source: Source) -> str:
    """Say a source with its mark."""
    where = f", {source.where}" if source.where else ""
    return f"{source.title}{where} ({MARKS[source.mark]})"
