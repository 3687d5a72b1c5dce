"""Weighing the criteria of a compiled pack against one view: the step that assessment and interview share."""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field

from bot.thresholds.compiling import Compiled
from bot.thresholds.conditions import FALSE, TRUE, UNKNOWN, Truth
from bot.thresholds.outcome import Met, Open
from bot.thresholds.program import (
    BANDS,
    Group,
    Moves,
    Program,
    ReadyCriterion,
    ReadyDuty,
    ReadyMove,
    ReadyParentsRule,
    Unscreened,
)
from bot.thresholds.view import View

NOTHING_YET = -1
RED = 3
AMBER = 2
KEPT = 512  # how many results of untouched categories are kept


@dataclass(slots=True)
class Weighing:
    """What holds, what may still hold and what does not; bands as ranks (``certain`` −1: nothing holds
    yet)."""

    view: View
    certain: int = NOTHING_YET
    possible: int = 0
    level: int | None = None
    met: list[Met] = field(default_factory=list)
    # Open: of categories that were raised; and of the others, with the question that could screen them.
    open: list[Open] = field(default_factory=list)
    unscreened: list[tuple[tuple[str, ...], Unscreened]] = field(default_factory=list)
    not_met: list[str] = field(default_factory=list)
    # Questions that could take what is Amber to Green; None once one holds that cannot be lowered.
    lowering_needs: set[str] | None = field(default_factory=set)
    # Duties and rules on parents that are not ruled out, with what could still decide them.
    duties: list[tuple[ReadyDuty, Truth, AbstractSet[str]]] = field(default_factory=list)
    parents: list[tuple[ReadyParentsRule, Truth, AbstractSet[str]]] = field(default_factory=list)

    @property
    def all_open(self) -> list[Open]:
        """Everything open, the raised categories first."""
        return [*self.open, *(one for _, unscreened in self.unscreened for one in unscreened.open)]

    @property
    def band_open(self) -> bool:
        """Whether something above the certain band may still hold."""
        return self.possible > max(self.certain, 0)

    def band_needs(self) -> set[str]:
        """The questions that could still change the band."""
        if self.certain == RED:
            return set()
        floor = max(self.certain, 0)
        needs = {question for one in self.open if one.band.rank > floor for question in one.needs}
        for screening, unscreened in self.unscreened:
            if unscreened.possible > floor:
                needs.update(screening)
        if self.certain == AMBER == self.possible and self.lowering_needs:
            needs |= self.lowering_needs
        return needs


def weigh(program: Program, view: View) -> Weighing:
    """Weigh every criterion, duty and rule on parents."""
    result = Weighing(view)
    moves = tuple([move.condition.value(view) for move in program.moves])
    for group in program.groups:
        status = TRUE if group.category is None else view.categories[group.category]
        if status == FALSE:
            result.not_met.extend(group.ids)
        elif status == TRUE or group.category is None:
            _weigh_raised(result, group, moves)
        else:
            _weigh_unscreened(result, group, moves, view.category_needs(group.category))
    if result.certain == NOTHING_YET and result.possible == 0:
        result.certain = 0
    _weigh_duties(program, result)
    return result


def _truths(group: Group, view: View) -> tuple[Truth, ...]:
    """Return the truth of every criterion of a group; kept for as long as the answers and the categories that
    it reads stay the same."""
    if group.reads is None:
        return tuple([ready.condition.value(view) for ready in group.criteria])
    values = view.values
    read: tuple[object, ...] = tuple([view.categories[code] for code in group.guarded_by])
    if not group.reads.isdisjoint(values):
        read += tuple([values.get(question) for question in group.reads])
        if not group.reads.isdisjoint(view.unsure):
            read += tuple([question in view.unsure for question in group.reads])
    truths = group.truths.get(read)
    if truths is None:
        if len(group.truths) >= KEPT:
            group.truths.clear()
        truths = group.truths[read] = tuple([ready.condition.value(view) for ready in group.criteria])
    return truths


def _weigh_raised(result: Weighing, group: Group, moves: Moves) -> None:
    for ready, truth in zip(group.criteria, _truths(group, result.view), strict=True):
        if truth == TRUE:
            _take_met(result, ready, moves)
        elif truth == FALSE:
            result.not_met.append(ready.criterion.id)
        else:
            _take_open(result, ready, moves)


def _weigh_unscreened(result: Weighing, group: Group, moves: Moves, needs: tuple[str, ...]) -> None:
    """Weigh a category that nobody raised or ruled out: what is not ruled out stays open, and only the
    screen tells.

    Most categories of most concerns are in this state, so what follows from the same truths is kept.
    """
    key = (moves, needs, _truths(group, result.view))
    kept = group.unscreened.get(key)
    if kept is None:
        if len(group.unscreened) >= KEPT:
            group.unscreened.clear()
        kept = group.unscreened[key] = _unscreened(group, moves, needs, key[2])
    result.unscreened.append((needs, kept))
    result.not_met.extend(kept.not_met)
    result.possible = max(result.possible, kept.possible)


def _unscreened(group: Group, moves: Moves, needs: tuple[str, ...], truths: tuple[Truth, ...]) -> Unscreened:
    stands = list(zip(group.criteria, truths, strict=True))
    ranked = [(ready.criterion, _highest(ready, moves)[0]) for ready, truth in stands if truth != FALSE]
    return Unscreened(
        tuple(Open(one.id, BANDS[rank], one.because, needs, one.category, True) for one, rank in ranked),
        tuple(ready.criterion.id for ready, truth in stands if truth == FALSE),
        max((rank for _, rank in ranked), default=0),
    )


def _take_met(result: Weighing, ready: ReadyCriterion, moves: Moves) -> None:
    certain = possible = ready.rank
    criterion = ready.criterion
    result.met.append(ready.met)
    if result.level is None or criterion.level > result.level:
        result.level = criterion.level
    for move in ready.raising:
        truth = moves[move.number]
        if truth == TRUE:
            certain = max(certain, move.to)
            _add_move(result, Met.moved(move.move, criterion.category))
        elif truth == UNKNOWN:
            needs = _needs(move.condition.needs, result.view)
            result.open.append(Open(move.move.id, move.move.to, move.move.because, needs, criterion.category))
        if truth != FALSE:
            possible = max(possible, move.to)
    if certain == ready.rank and ready.lowering:
        certain, possible = _lower(result, ready, moves, certain, possible)
    elif certain == AMBER:
        result.lowering_needs = None
    result.certain = max(result.certain, certain)
    result.possible = max(result.possible, possible)


def _lower(
    result: Weighing, ready: ReadyCriterion, moves: Moves, certain: int, possible: int
) -> tuple[int, int]:
    """Apply a move that lowers: only when it is true, and never below what a raising move may still make of
    it."""
    for move in ready.lowering:
        if moves[move.number] == TRUE:
            _add_move(result, Met.moved(move.move, ready.criterion.category))
            return move.to, move.to if possible == ready.rank else possible
    needs: set[str] = set()
    for move in ready.lowering:
        if moves[move.number] == UNKNOWN:
            move.condition.needs(result.view, needs)
    if not needs:
        result.lowering_needs = None
    elif result.lowering_needs is not None:
        result.lowering_needs |= needs
    return certain, possible


def _take_open(result: Weighing, ready: ReadyCriterion, moves: Moves) -> None:
    rank, undecided = _highest(ready, moves)
    needs = _needs(ready.condition.needs, result.view)
    if (
        not needs and undecided is not None
    ):  # the criterion stays unknown, but the move could still be ruled out
        needs = _needs(undecided.condition.needs, result.view)
    criterion = ready.criterion
    result.possible = max(result.possible, rank)
    result.open.append(Open(criterion.id, BANDS[rank], criterion.because, needs, criterion.category))


def _highest(ready: ReadyCriterion, moves: Moves) -> tuple[int, ReadyMove | None]:
    """Return the highest band that an open criterion could come to, and the undecided move that would take
    it there."""
    rank, undecided = ready.rank, None
    for move in ready.raising:
        if moves[move.number] != FALSE and move.to > rank:
            rank = move.to
            undecided = move if moves[move.number] == UNKNOWN else None
    if rank == ready.rank:
        rank = min([rank, *(move.to for move in ready.lowering if moves[move.number] == TRUE)])
    return rank, undecided


def _weigh_duties(program: Program, result: Weighing) -> None:
    view = result.view
    for duty in program.duties:
        truth, needs = _decide(duty.condition, view)
        if truth != FALSE and duty.from_rank is not None and result.certain < duty.from_rank:
            truth = UNKNOWN if result.possible >= duty.from_rank else FALSE
        if truth != FALSE:
            result.duties.append((duty, truth, needs))
    for rule in program.parents:
        truth, needs = _decide(rule.condition, view)
        if truth != FALSE:
            result.parents.append((rule, truth, needs))


_NOTHING: frozenset[str] = frozenset()


def _decide(condition: Compiled, view: View) -> tuple[Truth, AbstractSet[str]]:
    truth = condition.value(view)
    if truth != UNKNOWN:
        return truth, _NOTHING
    needs: set[str] = set()
    condition.needs(view, needs)
    return truth, needs


def _add_move(result: Weighing, met: Met) -> None:
    if met not in result.met:
        result.met.append(met)


def _needs(collect: Callable[[View, set[str]], None], view: View) -> tuple[str, ...]:
    found: set[str] = set()
    collect(view, found)
    return tuple(sorted(found, key=view.program.order.__getitem__))
