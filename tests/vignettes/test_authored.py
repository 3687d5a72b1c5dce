"""Our own cases, held with the pack alone: every category near its threshold, on both sides."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from statistics import median

import pytest

from bot.thresholds import (
    CATEGORIES,
    Answers,
    Assessment,
    Band,
    Pack,
    assess,
    load_pack,
    next_question,
    validate_answer,
)
from tests.vignettes.staff import MOST_QUESTIONS, Vignette, answer, vignettes

PACKS = Path(__file__).resolve().parents[2] / "data" / "thresholds"
CASES = vignettes(Path(__file__).parent / "authored.yml")


@dataclass(frozen=True)
class Interview:
    """How an interview about one case went; the list of categories counts as a question."""

    ending: Assessment
    questions: int
    red_after: int | None


@pytest.fixture(scope="module")
def pack() -> Pack:
    return load_pack("wolverhampton", root=PACKS)


def interview(pack: Pack, case: Vignette, *, categories_first: bool = True) -> Interview:
    """Ask what the pack asks; with the list of categories first, or with the screen alone."""
    screen = {line: list(option.categories) for line, option in pack.screen.options.items()}
    answers, questions, red_after = Answers(), 0, None
    if categories_first:
        answers = answers.with_answer(CATEGORIES, validate_answer(pack, CATEGORIES, list(case.categories)))
        questions = 1
    else:
        answers = answers.with_answer(CATEGORIES, validate_answer(pack, CATEGORIES, ["none"]))
    while (asked := next_question(pack, answers)) is not None:
        assert questions < MOST_QUESTIONS
        question = pack.question(asked.question)
        shown = {
            "id": asked.question,
            "kind": question.kind,
            "options": [{"value": value} for value, _ in question.choices],
            "asked_after_categories": categories_first,
        }
        said = validate_answer(pack, asked.question, answer(case, shown, screen))
        answers, questions = answers.with_answer(asked.question, said, asked.child), questions + 1
        if red_after is None and assess(pack, answers).certain is Band.RED:
            red_after = questions
    return Interview(assess(pack, answers), questions, red_after)


@pytest.mark.parametrize("case", CASES, ids=[case.id for case in CASES])
@pytest.mark.parametrize("categories_first", [True, False], ids=["categories", "screen"])
def test_the_case_reaches_its_outcome(pack: Pack, case: Vignette, categories_first: bool) -> None:
    ending = interview(pack, case, categories_first=categories_first).ending
    expect = case.expect
    assert ending.route in {expect["route"], *expect.get("acceptable", ())}
    due = {duty.duty for duty in ending.duties} | {duty.route for duty in ending.duties}
    assert {"tell_dsl", *expect.get("duties", ())} <= due
    assert ending.parents.advice not in expect.get("parents_not", ())


def test_interviews_are_short_and_a_red_is_seen_early(pack: Pack) -> None:
    held = [(case, interview(pack, case)) for case in CASES]
    assert median(one.questions for _, one in held) <= 8
    late = [case.id for case, one in held if case.expect["route"] == "red" and (one.red_after or 0) > 4]
    assert not late
