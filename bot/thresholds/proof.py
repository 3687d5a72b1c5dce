"""Proving a pack: what must hold for every set of answers, checked for every set that its rules can tell
apart.

Why rule by rule is enough for monotony. The band is the highest that a criterion states or that a raising
move makes of it. A more worrying answer changes only rules that read the question. If each criterion and
each raising move stays at least as true, and each lowering move at most as true, no band can fall; and no
duty can drop if each duty stays as true. Where a criterion does fall away, another one at least as urgent
(also after the same move) must hold in its place: those are enumerated together with it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from bot.thresholds.band import Band
from bot.thresholds.compiling import Compiled, compile_condition
from bot.thresholds.conditions import FALSE, TRUE, UNKNOWN, Condition, Truth
from bot.thresholds.grids import Grid, describe, grid_of
from bot.thresholds.pack import Criterion, Move, Pack

MAX_POINTS = 800_000
Point = tuple[int, ...]


@dataclass(frozen=True)
class Counterexample:
    """A claim that does not hold, with the smallest answers that show it."""

    rule: str
    file: str
    line: int
    what: str
    answers: str

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}: {self.rule}"
        return f"{place}: {self.what}\n    Smallest answers that show it:\n{self.answers}"


@dataclass
class Tally:
    """What was checked for one category (or for what applies to every concern)."""

    name: str
    rules: int = 0
    points: int = 0
    flips: int = 0
    walks: int = 0
    longest: int = 0
    found: list[Counterexample] = field(default_factory=list)


class Prover:
    """Checks every rule of a pack over its own grid."""

    def __init__(self, pack: Pack) -> None:
        self.pack = pack
        self.compiled: dict[int, Compiled] = {}

    def prove_rules(self, category: str | None) -> Tally:
        """Check the criteria of a category; None: what applies to every concern, with moves, duties and
        parents."""
        pack = self.pack
        tally = Tally(category or "(every concern)")
        for criterion in pack.criteria.values():
            if criterion.category == category:
                self._criterion(criterion, tally)
        if category is None:
            for move in pack.moves.values():
                self._move(move, tally)
            for duty in pack.duties.values():
                self._alone("duties", duty.id, duty.when, tally, "a more worrying answer drops this duty")
            self._parents(tally)
        return tally

    def _value(self, condition: Condition) -> Callable[..., Truth]:
        key = id(condition)
        if key not in self.compiled:
            self.compiled[key] = compile_condition(condition, self.pack.guards)
        return self.compiled[key].value

    def _table(self, grid: Grid, condition: Condition) -> dict[Point, Truth]:
        value = self._value(condition)
        return {point: value(grid.view(point)) for point in grid.points()}

    def _fault(
        self,
        tally: Tally,
        place: tuple[str, str],
        what: str,
        grid: Grid | None = None,
        point: Point = (),
        worse: Point = (),
    ) -> None:
        file, line = self.pack.places.get(place, (f"{self.pack.name}/pack.yml", 1))
        criterion = self.pack.criteria.get(place[1]) if place[0] == "criteria" else None
        ruled_in = (criterion.category,) if criterion and criterion.category else ()
        told = describe(self.pack, grid.answers(point, ruled_in).given) if grid else "      (any)"
        if grid and worse:
            steps = zip(grid.variables, point, worse, strict=True)
            told += "".join(f"\n      then {v.flips[a, b]}" for v, a, b in steps if a != b)
        tally.found.append(Counterexample(place[1], file, line, what, told))

    def _basics(
        self, place: tuple[str, str], condition: Condition, tally: Tally
    ) -> tuple[Grid, dict[Point, Truth]] | None:
        """Reachable, and decided once every answer is known."""
        grid = grid_of(self.pack, [condition])
        tally.rules += 1
        tally.points += grid.size
        if grid.size > MAX_POINTS:
            what = f"it tells {grid.size:,} sets of answers apart, too many to check; split it or use a fact"
            self._fault(tally, place, what)
            return None
        table = self._table(grid, condition)
        if TRUE not in table.values():
            self._fault(tally, place, "it can never hold, whatever is answered")
        for point, truth in table.items():
            known = all(v.states[p].known for v, p in zip(grid.variables, point, strict=True))
            if known and truth == UNKNOWN:
                self._fault(tally, place, "it stays unknown although all is answered", grid, point)
                break
        return grid, table

    def _drops(self, grid: Grid, table: dict[Point, Truth], tally: Tally) -> Iterator[tuple[Point, Point]]:
        """Yield every flip to a more worrying answer at which a condition that held holds no longer."""
        for place, variable in enumerate(grid.variables):
            for less, more in variable.flips:
                for point, truth in table.items():
                    if point[place] != less:
                        continue
                    tally.flips += 1
                    worse = (*point[:place], more, *point[place + 1 :])
                    if truth == TRUE and table[worse] != TRUE:
                        yield point, worse

    def _alone(self, block: str, id: str, condition: Condition, tally: Tally, what: str) -> None:
        """Check a rule that nothing else can stand in for."""
        basics = self._basics((block, id), condition, tally)
        if basics is None:
            return
        grid, table = basics
        drops = list(self._drops(grid, table, tally))
        if drops:
            before, worse = min(drops, key=lambda drop: self._known(grid, drop[1]))
            self._fault(tally, (block, id), what, grid, before, worse)

    @staticmethod
    def _known(grid: Grid, point: Point) -> int:
        return sum(v.states[p].value is not None for v, p in zip(grid.variables, point, strict=True))

    def _move(self, move: Move, tally: Tally) -> None:
        if move.raises:
            self._alone("moves", move.id, move.when, tally, "a more worrying answer undoes this move")
            return
        basics = self._basics(("moves", move.id), move.when, tally)
        if basics is None:
            return
        grid, table = basics
        opposite = {point: TRUE if truth != TRUE else FALSE for point, truth in table.items()}
        for _, worse in self._drops(grid, opposite, tally):
            self._fault(
                tally, ("moves", move.id), "a more worrying answer brings a lowering about", grid, worse
            )
            return

    def _criterion(self, criterion: Criterion, tally: Tally) -> None:
        place = ("criteria", criterion.id)
        basics = self._basics(place, criterion.when, tally)
        if basics is None or criterion.band is Band.NONE:
            return
        grid, table = basics
        if not any(True for _ in self._drops(grid, table, tally)):
            return
        defenders = [
            other
            for other in self.pack.criteria.values()
            if other.category in (criterion.category, None) and other.id != criterion.id
        ]
        self._with_defenders(criterion, defenders, tally)

    def _with_defenders(self, criterion: Criterion, defenders: list[Criterion], tally: Tally) -> None:
        """Where the criterion falls away, another one must be at least as urgent, after each move as well.

        First with those that ask nothing more than the criterion itself; if they do not do, with all of them.
        """
        own = self._reads(criterion)
        shown: tuple[Grid, Point, Point] | None = None
        near = [other for other in defenders if self._reads(other) <= own]
        for some in (near, defenders):
            grid = grid_of(self.pack, [criterion.when, *(other.when for other in some)])
            if grid.size > MAX_POINTS:
                break
            worst = self._undefended(criterion, some, grid, tally)
            if worst is None:
                return
            shown = grid, *worst
        what = (
            f"a more worrying answer drops this {criterion.band.value} criterion, and nothing takes its place"
        )
        if shown is None:
            what += "; or it reads too many answers to go through: split it in two"
        self._fault(tally, ("criteria", criterion.id), what, *(shown or ()))

    def _reads(self, criterion: Criterion) -> set[str]:
        return {variable.name for variable in grid_of(self.pack, [criterion.when]).variables}

    def _undefended(
        self, criterion: Criterion, defenders: list[Criterion], grid: Grid, tally: Tally
    ) -> tuple[Point, Point] | None:
        """Return the smallest answers at which the criterion fell away and nothing stands in for it, or
        None."""
        ways: list[Move | None] = [None]
        ways += [move for move in self.pack.moves.values() if move.raises and move.applies_to(criterion)]
        able = [{other.id for other in defenders if self._stands_in(criterion, other, way)} for way in ways]
        values = {other.id: self._value(other.when) for other in defenders}
        tally.points += grid.size
        worst: tuple[Point, Point] | None = None
        for before, worse in self._drops(grid, self._table(grid, criterion.when), tally):
            view = grid.view(worse)
            held = {id for id, value in values.items() if value(view) == TRUE}
            if all(some & held for some in able):
                continue
            if worst is None or self._known(grid, worse) < self._known(grid, worst[1]):
                worst = before, worse
        return worst

    def _stands_in(self, criterion: Criterion, other: Criterion, way: Move | None) -> bool:
        def lowered_apart(move: Move) -> bool:
            return not move.raises and move.applies_to(other) and not move.applies_to(criterion)

        apart = any(lowered_apart(move) for move in self.pack.moves.values())
        rank = Band.GREEN.rank if apart and other.band is Band.AMBER else other.band.rank
        if way is None:
            return rank >= criterion.band.rank
        return rank >= way.to.rank or (way.applies_to(other) and not apart)

    def _parents(self, tally: Tally) -> None:
        rules = [(f"parents rule {n}", rule) for n, rule in enumerate(self.pack.parents, start=1)]
        for name, rule in rules:
            basics = self._basics(("parents", name), rule.when, tally)
            if basics is None:
                continue
            grid, table = basics
            if not any(True for _ in self._drops(grid, table, tally)):
                continue
            others = [
                other.when
                for _, other in rules
                if other is not rule and (other.advice == "do_not_tell" or rule.advice == "ask_first")
            ]
            joint = grid_of(self.pack, [rule.when, *others])
            if joint.size > MAX_POINTS:
                joint, others = grid, []
            for before, worse in self._drops(joint, self._table(joint, rule.when), tally):
                if not any(self._value(other)(joint.view(worse)) == TRUE for other in others):
                    what = "a more worrying answer loosens what parents are told"
                    self._fault(tally, ("parents", name), what, joint, before, worse)
                    break
