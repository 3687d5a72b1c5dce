"""Figures for ``make bench``: how long one assessment takes, and finding the next question."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from statistics import median, quantiles

from bot.thresholds.answers import Answers
from bot.thresholds.assessing import assess
from bot.thresholds.interview import next_question
from bot.thresholds.pack import CATEGORIES, SCREEN, Pack
from bot.thresholds.view import View
from bot.thresholds.walks import Chance, random_answer
from bot.thresholds.weighing import weigh


@dataclass(frozen=True)
class Speed:
    """Milliseconds for one assessment and for finding the next question, over sampled concerns."""

    criteria: int
    assess_median: float
    assess_p95: float
    next_median: float


def speed(pack: Pack, clock: Callable[[], float], random: Chance, *, samples: int = 300) -> Speed:
    """Time assessments of concerns at every stage of their interview; ``clock`` gives seconds.

    Processor time (``time.process_time``) where the machine may be busy with other things.
    """
    assessing: list[float] = []
    asking: list[float] = []
    answers = Answers()
    while len(assessing) < samples:
        begun = clock()
        assess(pack, answers)
        assessed = clock()
        ask = next_question(pack, answers)
        asking.append((clock() - assessed) * 1000)
        assessing.append((assessed - begun) * 1000)
        if ask is None:
            answers = Answers()
            continue
        answers = answers.with_answer(
            ask.question, random_answer(pack.question(ask.question), random), ask.child
        )
    return Speed(len(pack.criteria), median(assessing), quantiles(assessing, n=20)[-1], median(asking))


def growth(
    pack: Pack, clock: Callable[[], float], random: Chance, *, shares: Sequence[float], samples: int = 400
) -> list[tuple[int, float]]:
    """How weighing grows with the criteria: for each share of a pack's, their number and the median
    milliseconds.

    Nothing is kept from one weighing to the next, so that each one does all its work.
    """
    concerns = [_concern(pack, random) for _ in range(samples)]
    measured = []
    for share in shares:
        program = replace(pack.program, groups=pack.program.groups[: round(share * len(pack.program.groups))])
        times = []
        for answers in concerns:
            for group in program.groups:
                group.truths.clear()
                group.unscreened.clear()
            begun = clock()
            weigh(program, View(program, answers, ""))
            times.append((clock() - begun) * 1000)
        measured.append((sum(len(group.criteria) for group in program.groups), median(times)))
    return measured


def _concern(pack: Pack, random: Chance) -> Answers:
    """Every category raised and the first questions answered at random."""
    answers = Answers().with_answer(CATEGORIES, frozenset(pack.categories))
    for question in list(pack.questions.values())[:40]:
        if question.id not in (CATEGORIES, SCREEN):
            answers = answers.with_answer(question.id, random_answer(question, random))
    return answers
