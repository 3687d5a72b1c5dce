"""The interview: safety first, the most serious next, no more than is needed."""

from __future__ import annotations

from bot.thresholds import Answers, Pack, assess, next_question
from tests.thresholds.test_assessing import answered


def asked(pack: Pack, answers: Answers) -> str | None:
    ask = next_question(pack, answers)
    return ask.question if ask else None


def test_safety_then_categories_then_the_most_serious(pack: Pack) -> None:
    assert asked(pack, Answers()) == "danger_now"
    answers = answered(pack, danger_now="no")
    assert asked(pack, answers) == "categories"
    answers = answers.with_answer("categories", frozenset({"harm"}))
    assert asked(pack, answers) == "injury"


def test_a_guarded_question_is_asked_only_when_it_applies(pack: Pack) -> None:
    answers = answered(pack, danger_now="no", categories=["harm"])
    assert asked(pack, answers.with_answer("injury", "seen")) == "age"
    none_seen = answers.with_answer("injury", "none_seen")
    seen = []
    while (ask := next_question(pack, none_seen)) is not None:
        seen.append(ask.question)
        none_seen = none_seen.with_answer(ask.question, "not_known")
    assert "account" not in seen
    assert "age" not in seen


def test_no_screen_after_a_red_but_what_decides_a_duty_or_parents(pack: Pack) -> None:
    answers = answered(pack, danger_now="no", categories=["harm"], injury="seen", account="conflicts")
    left = []
    while (ask := next_question(pack, answers)) is not None:
        left.append(ask.question)
        answers = answers.with_answer(ask.question, "not_known")
    assert left == ["signs", "afraid"]


def test_nothing_is_asked_of_a_category_that_nobody_raised(pack: Pack) -> None:
    answers = answered(pack, danger_now="no", categories=["absence"], days="few", screen="none", afraid="no")
    assert asked(pack, answers) is None


def test_the_screen_comes_before_none_and_after_the_ticked_categories(pack: Pack) -> None:
    answers = answered(pack, danger_now="no", categories=["absence"])
    assert asked(pack, answers) == "days"
    assert asked(pack, answers.with_answer("days", "few")) == "screen"


def test_a_line_of_the_screen_is_followed_by_which(pack: Pack) -> None:
    answers = answered(pack, danger_now="no", categories="none", screen=["home"])
    assert asked(pack, answers) == "which_home"


def test_protective_factors_are_asked_only_where_they_could_lower(pack: Pack) -> None:
    answers = answered(pack, danger_now="no", categories=["absence"], days="half", screen="none")
    assert asked(pack, answers) == "support"
    assert (
        asked(pack, answered(pack, danger_now="no", categories=["absence"], days="tenth", screen="none"))
        == "afraid"
    )


def test_children_are_asked_about_one_by_one_and_the_concern_once(pack: Pack) -> None:
    answers = answered(pack, danger_now="no", categories=["harm"]).with_children(["c1", "c2"])
    seen = []
    while (ask := next_question(pack, answers)) is not None:
        seen.append((ask.question, ask.child))
        answers = answers.with_answer(ask.question, "not_known", ask.child)
    assert ("injury", "c1") in seen
    assert ("injury", "c2") in seen
    assert ("screen", "") in seen
    assert len(seen) == len(set(seen))
    assert all(assess(pack, answers, child).route == "consult" for child in answers.children)


def test_what_it_could_decide_is_named(pack: Pack) -> None:
    ask = next_question(pack, Answers())
    assert ask is not None
    assert set(ask.because) == {"danger", "call_999"}
