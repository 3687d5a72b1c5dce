"""Figures for ``make bench``: how long one assessment takes, and finding the next question."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from statistics import median, quantiles

from bot.thresholds.answers import Answers
from bot.thresholds.assessing import assess
from bot.thresholds.interview import next_question
from bot.thresholds.pack import Pack
from bot.thresholds.walks import Chance, random_answer


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
