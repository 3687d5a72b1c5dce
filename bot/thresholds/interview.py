"""The interview: which question to ask next. Recomputed from pack and answers every time; nothing is
stored."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from bot.thresholds.answers import Answers
from bot.thresholds.assessing import route_of
from bot.thresholds.conditions import TRUE, UNKNOWN
from bot.thresholds.outcome import Ask
from bot.thresholds.pack import Pack
from bot.thresholds.program import Program
from bot.thresholds.view import View
from bot.thresholds.weighing import AMBER, RED, Weighing, weigh

_NOT_FIRST = 1_000_000
_GOES_ON = 11
"""Where a list stands that is being told: right after whether there is danger now (10), before all else."""
_BAND, _SCREEN, _DUTY = 0, 1, 2  # the order of stages: what decides the band, the screen, duties and parents


@dataclass(slots=True)
class _Use:
    """What a question could decide: at which stage, of which band at most, how much of that, and what."""

    stage: int
    rank: int
    deciding: int = 0
    items: list[str] = field(default_factory=list)


def next_question(
    pack: Pack,
    answers: Answers,
    elsewhere: Mapping[str, Pack] | None = None,
    going_on: tuple[str, str] | None = None,
) -> Ask | None:
    """Return the question to ask next, or None when none can change a band, a duty or what parents are told.

    Safety questions come first, then what could be the most serious, then the question that decides the
    most. The universal screen comes after the categories that were ticked, and never after a Red.
    ``elsewhere``: the packs of children who live under another authority. ``going_on``: the (child, question)
    of a list of which some was told just now; the rest of it is asked next, if it still matters.
    """
    best: tuple[tuple[int, ...], Ask] | None = None
    for number, child in enumerate(answers.children or ("",)):
        program = (elsewhere or {}).get(child, pack).program
        for question, use in _uses(program, weigh(program, View(program, answers, child))).items():
            about = "" if question in program.per_concern else child
            key = (
                _GOES_ON if (about, question) == going_on else program.first.get(question, _NOT_FIRST),
                use.stage,
                -use.rank,
                -use.deciding,
                number,
                program.order[question],
            )
            if best is None or key < best[0]:
                best = key, Ask(question, about, tuple(dict.fromkeys(use.items)))
    return best[1] if best is not None else None


def _uses(program: Program, weighing: Weighing) -> dict[str, _Use]:
    """Return every question that could still decide something, with what it could decide."""
    uses: dict[str, _Use] = {}
    for question, stage, rank, item in _band_uses(weighing):
        _note(uses, question, stage, rank, item)
    for question, rank, item in _duty_uses(program, weighing, settled=route_of(weighing)[0] is not None):
        _note(uses, question, _DUTY, rank, item)
    return uses


def _band_uses(weighing: Weighing) -> Iterator[tuple[str, int, int, str]]:
    """Yield what could change the band; after a Red that is certain, nothing."""
    if weighing.certain == RED:
        return
    floor = max(weighing.certain, 0)
    for one in weighing.open:
        if one.band.rank > floor:
            for question in one.needs:
                yield question, _BAND, one.band.rank, one.criterion
    for screening, unscreened in weighing.unscreened:
        if unscreened.possible > floor:
            for question in screening:
                yield question, _SCREEN, unscreened.possible, unscreened.open[0].category or ""
    if weighing.certain == AMBER == weighing.possible:
        for question in weighing.lowering_needs or ():
            yield question, _BAND, AMBER, "protective"


def _note(uses: dict[str, _Use], question: str, stage: int, rank: int, item: str) -> None:
    use = uses.get(question)
    if use is None:
        use = uses[question] = _Use(stage, rank)
    use.items.append(item)
    if (stage, -rank) < (use.stage, -use.rank):
        use.stage, use.rank, use.deciding = stage, rank, 1
    elif (stage, rank) == (use.stage, use.rank):
        use.deciding += 1


def _duty_uses(program: Program, weighing: Weighing, *, settled: bool) -> Iterator[tuple[str, int, str]]:
    """Yield what decides a duty or what parents are told; never a category nobody raised."""
    for ready, truth, needs in weighing.duties:
        if truth == UNKNOWN and (ready.from_rank is None or settled):
            for question in needs - program.screening:
                yield question, 1, ready.duty.id
    rules = weighing.parents
    if any(truth == TRUE and ready.rule.advice == "do_not_tell" for ready, truth, _ in rules):
        return
    asked_first = any(truth == TRUE for _, truth, _ in rules)
    for rule, truth, needs in rules:
        if truth == UNKNOWN and (rule.rule.advice == "do_not_tell" or not asked_first):
            for question in needs - program.screening:
                yield question, 0, "parents"
