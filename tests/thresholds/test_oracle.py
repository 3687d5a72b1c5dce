"""The engine and a solver that reads the same files agree, also that no worse answer lowers anything."""

from __future__ import annotations

from pathlib import Path
from random import Random
from typing import Any

import pytest
import z3

from bot.thresholds import Answers, Pack, assess, load_pack
from bot.thresholds.compiling import compile_condition
from bot.thresholds.conditions import TRUE, Condition
from bot.thresholds.grids import CATEGORY, Grid, Variable, grid_of
from tests.thresholds.oracle import Oracle
from tests.thresholds.small import SMALL, write_pack

ROOT = Path(__file__).resolve().parents[2] / "data" / "thresholds"
ENGLAND = sorted((ROOT / "england").glob("*/pack.yml"))[-1].parent


@pytest.fixture(scope="module", params=["england", "small"])
def both(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[Pack, Oracle]:
    if request.param == "england":
        return load_pack(ENGLAND, root=ROOT), Oracle(ENGLAND)
    root = tmp_path_factory.mktemp("packs")
    folder = write_pack(root, SMALL)
    return load_pack(folder, root=root), Oracle(folder)


def told_apart(pack: Pack, oracle: Oracle, condition: Condition) -> tuple[Any, int]:
    """What the engine says, point by point, as a formula over the solver's variables; and how many points."""
    grid: Grid = grid_of(pack, [condition])
    value = compile_condition(condition, pack.guards).value
    held, points = [], 0
    for point in grid.points():
        states = [(v.name, v.states[place]) for v, place in zip(grid.variables, point, strict=True)]
        if not all(state.known for _, state in states):
            continue
        points += 1
        if value(grid.view(point)) == TRUE:
            held.append(z3.And([_said(pack, oracle, grid, name, state.value) for name, state in states]))
    return z3.Or(held), points


def _said(pack: Pack, oracle: Oracle, grid: Grid, name: str, value: Any) -> Any:
    """One value, as the solver sees it."""
    if name.startswith(CATEGORY):
        return z3.Bool(f"category={name.removeprefix(CATEGORY)}") == z3.BoolVal(value == "yes")
    if pack.questions[name].kind == "one":
        return oracle.variable(name, value)
    ticks = shown(next(variable for variable in grid.variables if variable.name == name))
    return z3.And([oracle.variable(name, tick) == z3.BoolVal(tick in value) for tick in ticks])


def shown(variable: Variable) -> list[str]:
    """The options that stand in the grid, each for all that a rule cannot tell from it."""
    found: set[str] = set()
    for state in variable.states:
        found |= state.value if isinstance(state.value, frozenset) else {state.value or "none"}
    return sorted(found - {"none"})


def only_shown(pack: Pack, oracle: Oracle, condition: Condition) -> Any:
    """No option is chosen that another one stands for."""
    return z3.And(
        [
            z3.Not(oracle.variable(variable.name, option))
            for variable in grid_of(pack, [condition]).variables
            if not variable.name.startswith(CATEGORY)
            for option in pack.questions[variable.name].options
            if option not in shown(variable)
        ]
    )


def test_the_engine_and_the_solver_agree_on_every_rule(both: tuple[Pack, Oracle]) -> None:
    """The truth table that the engine gives is the formula that the solver reads from the file."""
    pack, oracle = both
    exactly_one = oracle.constraints()
    points = 0
    for block in ("criteria", "moves", "duties"):
        for id, rule in getattr(pack, block).items():
            if grid_of(pack, [rule.when]).size > 300:  # compared by sample below
                continue
            table, counted = told_apart(pack, oracle, rule.when)
            points += counted
            solver = z3.Solver()
            formula = oracle.formula(oracle.blocks[block][id]["when"])
            solver.add(exactly_one, only_shown(pack, oracle, rule.when), table != formula)
            assert solver.check() == z3.unsat, f"{block} {id}: {solver.model()}"
    assert points > len(pack.criteria)


def test_the_engine_and_the_solver_agree_on_whole_concerns(both: tuple[Pack, Oracle]) -> None:
    """Every question answered at random, every category decided: same criteria, same band, same duties."""
    pack, oracle = both
    random = Random(11)
    criteria = {id: oracle.criterion(id) for id in pack.criteria}
    duties = {id: oracle.formula(oracle.blocks["duties"][id]["when"]) for id in pack.duties}
    bands = [oracle.at_least(rank) for rank in (1, 2, 3)]
    for _ in range(12):
        answers, values = _whole_concern(pack, oracle, random)
        solver = z3.Solver()
        solver.add([variable == value for variable, value in values])
        assert solver.check() == z3.sat
        model = solver.model()
        found = assess(pack, answers)
        held = {id for id, formula in criteria.items() if _true(formula, model)}
        assert held == {met.criterion for met in found.met} & set(pack.criteria)
        assert found.certain is not None
        rank = sum(_true(formula, model) for formula in bands)
        assert found.certain.rank == rank == found.possible.rank
        due = {id for id, formula in duties.items() if _true(formula, model)}
        late = {id for id in due if (band := pack.duties[id].from_band) and band.rank > rank}
        assert {one.duty for one in found.duties} == due - late


def _whole_concern(pack: Pack, oracle: Oracle, random: Random) -> tuple[Answers, list[tuple[Any, Any]]]:
    ticked = frozenset(random.sample(sorted(pack.categories), random.randint(1, 2)))
    answers = Answers().with_answer("categories", ticked).with_answer("screen", frozenset({"none"}))
    values = [(z3.Bool(f"category={code}"), z3.BoolVal(code in ticked)) for code in pack.categories]
    for id in oracle.questions:
        question = pack.questions[id]
        if question.kind == "one":
            chosen = {random.choice(list(question.options))}
            answers = answers.with_answer(id, *chosen)
        else:
            chosen = {option for option in question.options if random.random() < 0.15}
            answers = answers.with_answer(id, frozenset(chosen or {"none"}))
        values += [(oracle.variable(id, one), z3.BoolVal(one in chosen)) for one in question.options]
    return answers, values


def _true(formula: Any, model: Any) -> bool:
    return bool(z3.is_true(model.eval(formula, model_completion=True)))


@pytest.mark.slow
def test_the_solver_finds_no_worse_answer_that_lowers_anything(both: tuple[Pack, Oracle]) -> None:
    """Over all categories at once: the band, every duty, and what parents are not told."""
    _, oracle = both
    bands = [oracle.at_least(rank) for rank in (1, 2, 3)]
    duties = [oracle.formula(duty["when"]) for duty in oracle.blocks["duties"].values()]
    parents = z3.Or([oracle.formula(rule["when"]) for rule in oracle.do_not_tell])
    exactly_one = oracle.constraints()
    for question, less, more in oracle.flips():
        solver = z3.Solver()
        solver.add(z3.substitute(exactly_one, *_fixed(oracle, question, less, more)))
        lowered = []
        for claim in (*bands, *duties, parents):
            before, after = oracle.flipped(claim, question, less, more)
            lowered.append(z3.And(before, z3.Not(after)))
        solver.add(z3.Or(lowered))
        assert solver.check() == z3.unsat, f"{question}: from {less} to {more}: {solver.model()}"


def _fixed(oracle: Oracle, question: str, less: str, more: str) -> list[tuple[Any, Any]]:
    """The flipped question itself has its one answer; the constraints are about all others."""
    if oracle.questions[question]["kind"] == "many":
        return []
    options = oracle.questions[question]["options"]
    return [(oracle.variable(question, one), z3.BoolVal(one == less)) for one in options]
