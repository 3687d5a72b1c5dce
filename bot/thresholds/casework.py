"""Running the test cases of a pack, and answering an interview the way a case says."""

from __future__ import annotations

from collections.abc import Iterable

from bot.thresholds.answers import NONE_OF_THESE, NOT_KNOWN, Answers, Value
from bot.thresholds.assessing import assess
from bot.thresholds.interview import next_question
from bot.thresholds.outcome import Assessment
from bot.thresholds.pack import Case, Pack, Question


def least_worrying(question: Question) -> Value:
    """The least worrying answer: the first by severity, every protective tick, else nothing ticked."""
    if question.kind == "many":
        return question.protective or frozenset({NONE_OF_THESE})
    return question.severity[0] if question.severity else next(iter(question.options))


def answer_rest(pack: Pack, answers: Answers, others: str) -> tuple[Answers, int]:
    """Answer every question still asked, all in the same manner; return the answers and how many were
    asked."""
    asked = 0
    while (ask := next_question(pack, answers)) is not None:
        question = pack.question(ask.question)
        value = NOT_KNOWN if others == "not_known" else least_worrying(question)
        answers = answers.with_answer(question.id, value, ask.child)
        asked += 1
    return answers, asked


def answers_of(pack: Pack, case: Case) -> Answers:
    """Return the answers of a case, with the rest of the interview answered if the case says how."""
    answers = Answers(case.answers, case.suggestions, case.children)
    return answer_rest(pack, answers, case.others)[0] if case.others else answers


def failures(pack: Pack, case: Case, *, inherited: bool = False) -> list[str]:
    """Run a case; return what came out otherwise than expected, in plain words.

    With several children the expectations hold for the concern: the most urgent band, the duties of all. A
    case ``inherited`` from the national base is met when the local pack is at least as careful.
    """
    answers = answers_of(pack, case)
    found = [assess(pack, answers, child) for child in case.children or ("",)]
    peak = max(found, key=_urgency)
    got: dict[str, set[str]] = {
        "band": {peak.certain.value if peak.certain else "none yet"},
        "route": {peak.route or "open"},
        "possible": {max((one.possible for one in found), key=lambda band: band.rank).value},
        "likely": {peak.likely.value if peak.likely else "none yet"},
        "parents": {max((one.parents.advice for one in found), key=_PARENTS.index)},
        "met": {met.criterion for one in found for met in one.met},
        "duties": {due.duty for one in found for due in one.duties},
    }
    ask = next_question(pack, answers)
    got["next"] = {ask.question if ask else "nothing"}
    told = []
    for key, wanted in case.expect.items():
        if key in ("not_met", "no_duties"):
            wrong = set() if inherited else got["met" if key == "not_met" else "duties"] & set(wanted)
            told += [
                f"{name} should not be in {'met' if key == 'not_met' else 'duties'}" for name in sorted(wrong)
            ]
        elif key in ("met", "duties"):
            told += [f"{name} is missing from {key}" for name in wanted if name not in got[key]]
        elif not got[key] & set(wanted) and not (inherited and _at_least(key, got[key], wanted)):
            told.append(f"{key} is {' or '.join(sorted(got[key]))}, expected {' or '.join(wanted)}")
    return told


_PARENTS = ("tell", "ask_first", "do_not_tell")
_ROUTES = ("open", "none yet", "none", "green", "consult", "amber", "red")


def _urgency(one: Assessment) -> tuple[int, int]:
    return _ROUTES.index(one.route or "open"), one.certain.rank if one.certain else -1


def _at_least(key: str, got: Iterable[str], wanted: Iterable[str]) -> bool:
    order = _PARENTS if key == "parents" else _ROUTES
    if key == "next":
        return True
    return max(map(order.index, got)) >= max(map(order.index, wanted))
