"""How long interviews are, how soon a Red is seen, and who is sent to consult: over every case we have."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from random import Random
from statistics import median

from bot.thresholds import SCREEN, Pack
from bot.thresholds.conditions import categories_of, questions_of
from tests.bench.figures import Table
from tests.vignettes.interviewing import Interview, interview
from tests.vignettes.staff import Vignette, vignettes

CASES = Path(__file__).resolve().parents[1] / "vignettes"
UNSURE = 0.2
ROUNDS = 5
"""How often each case is held with other answers not known; one round is a matter of luck."""


def measure_interviews(table: Table, pack: Pack) -> None:
    """The public cases by themselves, then all of ours."""
    for name in ("public", "authored"):
        cases = vignettes(CASES / f"{name}.yml")
        _lengths(table, pack, f"{len(cases)} {name} cases", cases)
    _consultations(
        table, pack, [one for name in ("public", "authored") for one in vignettes(CASES / f"{name}.yml")]
    )


def _lengths(table: Table, pack: Pack, which: str, cases: list[Vignette]) -> None:
    held = [interview(pack, case) for case in cases]
    middle = median(one.questions for one in held)
    table.add(f"questions after the narrative, median of {which}", middle, "≤ 8", middle <= 8)
    table.add("questions after the narrative, longest", max(one.questions for one in held))
    red = max(
        (
            one.red_after - 1
            for case, one in zip(cases, held, strict=True)
            if case.expect.get("route") == "red" and one.red_after is not None
        ),
        default=0,
    )
    table.add("a Red is certain after at most (questions beside the ticks)", red, "≤ 4", red <= 4)
    table.add("the same as a form in fixed order, median", median(_fixed_order(pack, case) for case in cases))


def _consultations(table: Table, pack: Pack, cases: list[Vignette]) -> None:
    sure = [interview(pack, case) for case in cases]
    table.add(f"consultations in {len(cases)} cases, all answered", sum(_consults(one) for one in sure))
    random = Random(7)
    held = [
        (case, interview(pack, case, unsure_share=UNSURE, random=random))
        for _ in range(ROUNDS)
        for case in cases
    ]
    consulted = [(case, one) for case, one in held if _consults(one)]
    wanted = sum(one.wanted for _, one in consulted)
    table.add(f"consultations in {len(held)}, one answer in five not known", len(consulted))
    table.add("of these a safeguarding lead would want", wanted)
    ratio = round(len(consulted) / max(wanted, 1), 2)
    table.add("consultations for each one wanted", ratio, "≤ 1.2", ratio <= 1.2)
    _list("wanted, by what stayed unknown", [one for _, one in consulted if one.wanted])
    extra = Counter(case.id for case, one in consulted if not one.wanted)
    print(f"    beyond that: {', '.join(f'{id} ({n})' for id, n in sorted(extra.items())) or 'none'}")


def _list(title: str, held: list[Interview]) -> None:
    unknown = Counter(question for one in held for question in one.unsure)
    print(f"    {title}: {', '.join(f'{question} {n}' for question, n in unknown.most_common(12))}")


def _consults(one: Interview) -> bool:
    return one.ending.route == "consult"


def _fixed_order(pack: Pack, case: Vignette) -> int:
    """How many questions a form in fixed order asks: all that apply to everyone or to these categories."""
    ticked = frozenset(case.categories)
    asked: set[str] = {SCREEN}
    for criterion in pack.criteria.values():
        if criterion.category is None or criterion.category in ticked:
            asked |= questions_of(criterion.when, pack.facts)
    rules = [rule.when for block in (pack.moves, pack.duties) for rule in block.values()]
    for when in (*rules, *(rule.when for rule in pack.parents)):
        codes = categories_of(when, pack.facts)
        if not codes or codes & ticked:
            asked |= questions_of(when, pack.facts)
    return len(asked)
