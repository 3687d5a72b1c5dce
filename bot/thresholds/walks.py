"""Walking interviews: seeded samples of whole concerns, where the rules of many categories meet."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Protocol

from bot.thresholds.answers import NONE_OF_THESE, NOT_KNOWN, NOT_SURE, Answers, Value
from bot.thresholds.assessing import assess
from bot.thresholds.band import Band
from bot.thresholds.grids import describe
from bot.thresholds.interview import next_question
from bot.thresholds.outcome import Assessment
from bot.thresholds.pack import CATEGORIES, SCREEN, WHICH, Pack, Question
from bot.thresholds.proof import Counterexample, Tally

_PARENTS = ("tell", "ask_first", "do_not_tell")
UNKNOWN_SHARE = 0.15


class Chance(Protocol):
    """Seeded chance, passed in so that one seed always walks the same interviews (``random.Random``)."""

    def random(self) -> float:
        """Return a number from 0 up to 1."""

    def randint(self, a: int, b: int) -> int:
        """Return a whole number from ``a`` to ``b``."""

    def choice[T](self, seq: Sequence[T]) -> T:
        """Return one of these."""

    def sample[T](self, population: Sequence[T], k: int) -> list[T]:
        """Return ``k`` different ones of these."""


def random_answer(question: Question, random: Chance) -> Value:
    """Return some answer to a question; about one in seven is "not sure" or "not known"."""
    if random.random() < UNKNOWN_SHARE:
        return random.choice((NOT_SURE, NOT_KNOWN))
    options = list(question.options)
    if question.kind == "one":
        return random.choice(options)
    share = 0.1 if question.id in (CATEGORIES, SCREEN) else 0.3
    ticks = {option for option in options if random.random() < share}
    if ticks and random.random() < UNKNOWN_SHARE:
        ticks.add(NOT_SURE)
    return frozenset(ticks or {NONE_OF_THESE})


def more_worrying(question: Question, value: Value, random: Chance) -> Value | None:
    """Return an answer that is one step more worrying, or None where there is none."""
    if isinstance(value, str):
        if value not in question.severity[:-1]:
            return None
        return question.severity[question.severity.index(value) + 1]
    taken = sorted(value & question.protective)
    added = sorted(set(question.options) - value - question.protective)
    if taken and (not added or random.random() < 0.5):
        return (value - {random.choice(taken)}) or frozenset({NONE_OF_THESE})
    return (value - {NONE_OF_THESE}) | {random.choice(added)} if added else None


def walk_interviews(
    pack: Pack, tally: Tally, *, ruled_in: Collection[str], count: int, random: Chance
) -> None:
    """Answer ``count`` whole interviews at random, and flip one answer of each to a more worrying one."""
    for _ in range(count):
        answers = Answers().with_answer(CATEGORIES, frozenset(ruled_in)) if ruled_in else Answers()
        answers, what = _walk(pack, answers, tally, random)
        tally.walks += 1
        what = what or _flip(pack, answers, tally, random)
        if what:
            told = describe(pack, answers.given)
            tally.found.append(Counterexample(tally.name, f"{pack.name}/pack.yml", 1, what, told))
            return


def _walk(pack: Pack, answers: Answers, tally: Tally, random: Chance) -> tuple[Answers, str]:
    asked = 0
    before = assess(pack, answers)
    while (ask := next_question(pack, answers)) is not None:
        asked += 1
        if ("", ask.question) in answers.given or asked > len(pack.questions):
            return answers, f"the interview asks `{ask.question}` again and does not end"
        question = pack.question(ask.question)
        answers = answers.with_answer(question.id, random_answer(question, random))
        now = assess(pack, answers)
        if now.possible.rank > before.possible.rank:
            return answers, "an answer raised what was possible"
        if now.certain is not None and now.certain.rank > now.possible.rank:
            return answers, "what is certain is above what is possible"
        before = now
    tally.longest = max(tally.longest, asked)
    if before.route is None:
        return answers, "the interview ended without a route"
    return answers, ""


def _flip(pack: Pack, answers: Answers, tally: Tally, random: Chance) -> str:
    given = sorted(answers.given)
    about, id = random.choice(given)
    question = pack.question(id)
    if id == SCREEN or id.startswith(WHICH):
        return ""
    value = more_worrying(question, answers.given[about, id], random)
    if value is None:
        return ""
    tally.flips += 1
    before = assess(pack, answers)
    after = assess(pack, answers.with_answer(id, value, about))
    return _lower(before, after, id)


def _lower(before: Assessment, after: Assessment, id: str) -> str:
    # An earned "none" that is open again lowers nothing: the category that was added is asked about next.
    if before.certain not in (None, Band.NONE) and (
        after.certain is None or after.certain.rank < before.certain.rank
    ):
        return f"a more worrying answer to `{id}` lowered the band"
    lost = {due.duty for due in before.duties} - {due.duty for due in after.duties}
    if lost:
        return f"a more worrying answer to `{id}` dropped the duty {sorted(lost)[0]}"
    if before.parents.advice == "do_not_tell" != after.parents.advice:
        return f"a more worrying answer to `{id}` loosened what parents are told"
    return ""
