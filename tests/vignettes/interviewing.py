"""The interview about a case, held with the pack alone."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from bot.thresholds import (
    CATEGORIES,
    NOT_KNOWN,
    SCREEN,
    Answers,
    Assessment,
    Band,
    Pack,
    assess,
    next_question,
    validate_answer,
)
from bot.thresholds.pack import WHICH
from tests.vignettes.staff import MOST_QUESTIONS, Vignette, answer


@dataclass(frozen=True)
class Interview:
    """How an interview about one case went; the list of categories counts as a question."""

    ending: Assessment
    questions: int
    red_after: int | None
    unsure: tuple[str, ...] = ()
    """The questions that were answered with “not known” though the case says more."""

    @property
    def wanted(self) -> bool:
        """Whether a designated safeguarding lead wants a consultation of it.

        They do where a question about this child stayed unanswered that could make it Amber or Red. They do
        not where staff only were not sure whether there is anything else, which the universal screen asks.
        """
        return any(one != SCREEN and not one.startswith(WHICH) for one in self.unsure)


def interview(
    pack: Pack,
    case: Vignette,
    *,
    categories_first: bool = True,
    unsure_share: float = 0.0,
    random: Random | None = None,
) -> Interview:
    """Ask what the pack asks; with the list of categories first, or with the screen alone.

    ``unsure_share``: how many of the answers are “not known” instead, by ``random``.
    """
    screen = {line: list(option.categories) for line, option in pack.screen.options.items()}
    answers, questions, red_after = Answers(), 0, None
    unsure: list[str] = []
    ticked = list(case.categories) if categories_first else ["none"]
    answers = answers.with_answer(CATEGORIES, validate_answer(pack, CATEGORIES, ticked))
    questions += categories_first
    while (asked := next_question(pack, answers)) is not None:
        assert questions < MOST_QUESTIONS
        question = pack.question(asked.question)
        shown = {
            "id": asked.question,
            "kind": question.kind,
            "options": [{"value": value} for value, _ in question.choices],
            "asked_after_categories": categories_first,
        }
        value = answer(case, shown, screen)
        if random is not None and random.random() < unsure_share and value != NOT_KNOWN:
            value = NOT_KNOWN
            unsure.append(asked.question)
        said = validate_answer(pack, asked.question, value)
        answers, questions = answers.with_answer(asked.question, said, asked.child), questions + 1
        if red_after is None and assess(pack, answers).certain is Band.RED:
            red_after = questions
    return Interview(assess(pack, answers), questions, red_after, tuple(unsure))
