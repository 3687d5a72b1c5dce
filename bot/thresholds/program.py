"""A pack compiled for speed: made once per pack, read by every assessment."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.thresholds.band import Band
from bot.thresholds.compiling import Compiled, compile_condition
from bot.thresholds.conditions import UNKNOWN, Truth, categories_of, questions_of
from bot.thresholds.outcome import DutyDue, Met, Open
from bot.thresholds.pack import SCREEN, WHICH, Criterion, Duty, Move, Pack, ParentsRule

Moves = tuple[Truth, ...]  # the truth of every move of the pack
BANDS = (Band.NONE, Band.GREEN, Band.AMBER, Band.RED)  # by rank


@dataclass(frozen=True, slots=True)
class ReadyMove:
    """A move, compiled. ``number`` is its place among the moves of the pack."""

    number: int
    move: Move
    to: int
    condition: Compiled


@dataclass(frozen=True, slots=True)
class ReadyCriterion:
    """A criterion, compiled, with the moves that look at it."""

    criterion: Criterion
    rank: int
    condition: Compiled
    raising: tuple[ReadyMove, ...]
    lowering: tuple[ReadyMove, ...]
    met: Met


@dataclass(frozen=True, slots=True)
class Unscreened:
    """What a category that nobody raised says: what stays open, what is ruled out all the same, the highest
    band."""

    open: tuple[Open, ...]
    not_met: tuple[str, ...]
    possible: int


@dataclass(frozen=True)
class Group:
    """The criteria of one category (None: of every concern).

    ``reads``: the questions that they and their guards read (None where they read categories too), and
    ``guarded_by``: the categories that the guards read; so all that their truths depend on. ``truths`` and
    ``unscreened`` keep what was worked out before, for the same answers and categories.
    """

    category: str | None
    criteria: tuple[ReadyCriterion, ...]
    ids: tuple[str, ...]
    reads: frozenset[str] | None
    guarded_by: tuple[str, ...] = ()
    truths: dict[tuple[object, ...], tuple[Truth, ...]] = field(default_factory=dict)
    unscreened: dict[tuple[Moves, tuple[str, ...], tuple[Truth, ...]], Unscreened] = field(
        default_factory=dict
    )


@dataclass(frozen=True, slots=True)
class ReadyDuty:
    """A duty, compiled."""

    duty: Duty
    condition: Compiled
    from_rank: int | None
    due: DutyDue


@dataclass(frozen=True, slots=True)
class ReadyParentsRule:
    """A rule on telling parents, compiled."""

    rule: ParentsRule
    condition: Compiled


@dataclass(frozen=True)
class Program:
    """Everything of a pack that assessing needs, compiled."""

    many: frozenset[str]
    order: Mapping[str, int]
    first: Mapping[str, int]
    per_concern: frozenset[str]
    screening: frozenset[str]
    all_unknown: Mapping[str, Truth]
    screened_by: Mapping[str, tuple[str, ...]]
    moves: tuple[ReadyMove, ...]
    groups: tuple[Group, ...]
    duties: tuple[ReadyDuty, ...]
    parents: tuple[ReadyParentsRule, ...]

    @classmethod
    def of(cls, pack: Pack) -> Program:
        """Compile a pack whose references were checked by the loader."""
        guards = pack.guards
        moves = tuple(
            ReadyMove(number, move, move.to.rank, compile_condition(move.when, guards))
            for number, move in enumerate(pack.moves.values())
        )
        groups: dict[str | None, list[ReadyCriterion]] = {}
        for criterion in pack.criteria.values():
            mine = [move for move in moves if move.move.applies_to(criterion)]
            groups.setdefault(criterion.category, []).append(
                ReadyCriterion(
                    criterion,
                    criterion.band.rank,
                    compile_condition(criterion.when, guards),
                    tuple(move for move in mine if move.move.raises),
                    tuple(move for move in mine if not move.move.raises),
                    Met.of(criterion),
                )
            )
        duties = tuple(
            ReadyDuty(
                duty,
                compile_condition(duty.when, guards),
                duty.from_band.rank if duty.from_band else None,
                DutyDue.of(duty, certain=True),
            )
            for duty in pack.duties.values()
        )
        screened_by: dict[str, tuple[str, ...]] = {}
        for option, line in pack.screen.options.items():
            for code in line.categories:
                screened_by[code] = (*screened_by.get(code, ()), option)
        return cls(
            many=guards.many,
            order={id: number for number, id in enumerate(pack.questions)},
            first={q.id: q.first for q in pack.questions.values() if q.first is not None},
            per_concern=frozenset(q.id for q in pack.questions.values() if q.per == "concern"),
            screening=frozenset(id for id in pack.questions if id == SCREEN or id.startswith(WHICH)),
            all_unknown=dict.fromkeys(pack.categories, UNKNOWN),
            screened_by=screened_by,
            moves=moves,
            groups=tuple(_group(pack, code, ready) for code, ready in groups.items()),
            duties=duties,
            parents=tuple(
                ReadyParentsRule(rule, compile_condition(rule.when, guards)) for rule in pack.parents
            ),
        )


def _group(pack: Pack, code: str | None, criteria: list[ReadyCriterion]) -> Group:
    conditions = [ready.criterion.when for ready in criteria]
    ids = tuple(ready.criterion.id for ready in criteria)
    if any(categories_of(when, pack.facts) for when in conditions):
        return Group(code, tuple(criteria), ids, None)
    reads = frozenset[str]().union(*(questions_of(when, pack.facts) for when in conditions))
    behind = _with_guards(pack, reads)
    guards = [guard for question in behind if (guard := pack.questions[question].asked_when) is not None]
    guarded_by = frozenset[str]().union(*(categories_of(guard, pack.facts) for guard in guards))
    return Group(code, tuple(criteria), ids, behind, tuple(sorted(guarded_by)))


def _with_guards(pack: Pack, questions: frozenset[str]) -> frozenset[str]:
    found: set[str] = set()
    waiting = list(questions)
    while waiting:
        question = waiting.pop()
        if question in found:
            continue
        found.add(question)
        guard = pack.questions[question].asked_when
        if guard is not None:
            waiting += questions_of(guard, pack.facts)
    return frozenset(found)
