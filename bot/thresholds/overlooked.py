"""What was said and ruled out all the same: a category was denied, and an answer speaks for it.

Staff name a worry in their words, not in the document's: “none of these” beside “a mark on the ear” and “an
adult did it” is no ground for a none. A band that is lower than what was said must be earned.
"""

from __future__ import annotations

from bot.thresholds.answers import Answers
from bot.thresholds.conditions import FALSE, TRUE
from bot.thresholds.outcome import Met
from bot.thresholds.pack import Pack
from bot.thresholds.program import Program
from bot.thresholds.view import View
from bot.thresholds.weighing import weigh


def overlooked(
    pack: Pack, answers: Answers, child: str = "", *, with_suggestions: bool = False
) -> tuple[Met, ...]:
    """Return the criteria of denied categories that hold by what was said of a child, above its certain band.

    ``with_suggestions``: also by what was read from words and not yet confirmed.
    """
    program = pack.program
    view = View(program, answers, child, with_suggestions=with_suggestions)
    denied = [code for code, status in view.categories.items() if status == FALSE]
    if not denied:
        return ()
    floor = max(weigh(program, View(program, answers, child)).certain, 0)
    return tuple(met for code in denied for met in _held(program, view, code, floor))


def _held(program: Program, view: View, code: str, floor: int) -> list[Met]:
    """The criteria of one category that would be met above ``floor`` if it were raised, and it alone."""
    raised = View.holding(program, view.values, view.unsure, {**view.categories, code: TRUE})
    return [
        ready.met
        for group in program.groups
        if group.category == code
        for ready in group.criteria
        if ready.rank > floor and ready.condition.value(raised) == TRUE
    ]
