"""Figures for ``make bench``: how long one assessment takes, and how long interviews are."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from statistics import median, quantiles

from bot.thresholds.answers import NOT_KNOWN, Answers, Value
from bot.thresholds.assessing import assess
from bot.thresholds.casework import least_worrying
from bot.thresholds.conditions import categories_of, questions_of
from bot.thresholds.interview import next_question
from bot.thresholds.pack import CATEGORIES, SCREEN, Case, Pack
from bot.thresholds.walks import Chance, random_answer


@dataclass(frozen=True)
class Speed:
    """Milliseconds for one assessment and for finding the next question, over sampled concerns."""

    criteria: int
    assess_median: float
    assess_p95: float
    next_median: float


@dataclass(frozen=True)
class Length:
    """Questions asked over the cases of a pack, after the narrative; beside a questionnaire in fixed
    order."""

    cases: int
    median: float
    longest: int
    red_within: int
    fixed_order: float
    consultations: int
    consultations_unsure: int


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


def lengths(pack: Pack, random: Chance, *, unsure_share: float = 0.2) -> Length:
    """Hold the interview of every case of a pack: as it answers, and with some answers "not known"."""
    asked, reds, fixed = [], [], []
    consult = unsure = 0
    cases = [case for case in pack.cases if not case.children and case.answers]
    for case in cases:
        count, red_at, route = _interview(pack, case, random, 0)
        asked.append(count)
        reds += [red_at] if red_at else []
        consult += route == "consult"
        unsure += _interview(pack, case, random, unsure_share)[2] == "consult"
        fixed.append(_fixed_order(pack, case))
    return Length(len(cases), median(asked), max(asked), max(reds), median(fixed), consult, unsure)


def _interview(pack: Pack, case: Case, random: Chance, unsure: float) -> tuple[int, int, str | None]:
    """Return how many questions were asked, at which one Red was certain (0: never), and the route.

    The categories are confirmed from the narrative and not counted as a question.
    """
    answers = Answers()
    count = red_at = 0
    while (ask := next_question(pack, answers)) is not None:
        question = pack.question(ask.question)
        value: Value = case.answers.get(("", question.id), least_worrying(question))
        counts = question.id != CATEGORIES
        if counts and random.random() < unsure:
            value = NOT_KNOWN
        answers = answers.with_answer(question.id, value, ask.child)
        count += counts
        if not red_at and assess(pack, answers).route == "red":
            red_at = count
    return count, red_at, assess(pack, answers).route


def _fixed_order(pack: Pack, case: Case) -> int:
    """How many questions a form in fixed order would ask: all that apply to everyone or to these
    categories."""
    ticked = case.answers.get(("", CATEGORIES), frozenset())
    asked: set[str] = {SCREEN}
    for criterion in pack.criteria.values():
        if criterion.category is None or criterion.category in ticked:
            asked |= questions_of(criterion.when, pack.facts)
    rules = [rule.when for block in (pack.moves, pack.duties) for rule in block.values()]
    for when in (*rules, *(rule.when for rule in pack.parents)):
        codes = categories_of(when, pack.facts)
        if not codes or codes & set(ticked):
            asked |= questions_of(when, pack.facts)
    return len(asked)
