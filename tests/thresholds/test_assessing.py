"""What a set of answers leads to: three values, bands, moves, duties, parents, routes."""

from __future__ import annotations

import pytest

from bot.thresholds import Answers, Band, Pack, assess, concern_band, validate_answer
from bot.thresholds.answers import AnswerError


def answered(pack: Pack, **values: object) -> Answers:
    answers = Answers()
    for question, value in values.items():
        answers = answers.with_answer(question, validate_answer(pack, question, value))
    return answers


def test_nothing_answered_leaves_everything_possible(pack: Pack) -> None:
    found = assess(pack, Answers())
    assert (found.certain, found.possible, found.route) == (None, Band.RED, None)
    assert found.parents.advice == "ask_first"
    assert [due.duty for due in found.duties] == ["tell_dsl"]


def test_red_is_final_at_once(pack: Pack) -> None:
    found = assess(pack, answered(pack, categories=["harm"], injury="seen", account="conflicts"))
    assert found.route == "red"
    assert [met.criterion for met in found.met] == ["unexplained"]
    assert found.level == 4


def test_a_criterion_of_a_category_that_nobody_ticked_does_not_hold(pack: Pack) -> None:
    found = assess(pack, answered(pack, injury="seen", account="conflicts"))
    assert found.certain is None
    assert found.possible is Band.RED


@pytest.mark.parametrize("unknown", ["not_sure", "not_known"])
def test_not_knowing_is_never_no(pack: Pack, unknown: str) -> None:
    answers = answered(
        pack,
        danger_now="no",
        categories="none",
        screen="home",
        which_home="harm",
        injury="seen",
        account=unknown,
    )
    answers = answers.with_answer("age", "child").with_answer("signs", frozenset({"none"}))
    found = assess(pack, answers)
    assert found.route == "consult"
    assert found.consult
    assert [one.criterion for one in found.open if one.band is Band.RED] == ["unexplained"]
    assert found.would_change == ("It would be Red if this is so: The account does not explain the injury.",)


def test_none_is_earned_by_the_screen(pack: Pack) -> None:
    answers = answered(pack, danger_now="no", categories=["absence"], days="few")
    assert assess(pack, answers).route is None
    assert assess(pack, answers.with_answer("screen", frozenset({"none"}))).route == "none"
    assert assess(pack, answers.with_answer("screen", "not_sure")).route == "consult"


def test_green_waits_until_nothing_above_can_hold(pack: Pack) -> None:
    answers = answered(pack, danger_now="no", categories=["absence"], days="tenth", support="not_sure")
    assert assess(pack, answers).route is None
    assert assess(pack, answers.with_answer("screen", frozenset({"none"}))).route == "green"


def test_an_amber_goes_to_red_when_the_child_goes_home(pack: Pack) -> None:
    answers = answered(pack, danger_now="no", categories=["harm"], signs=["hit", "before"], going_home="yes")
    found = assess(pack, answers)
    assert found.route == "red"
    assert {met.criterion for met in found.met} == {"two_signs", "one_sign", "goes_home"}


def test_an_amber_that_cannot_be_cleared_up_stays_amber(pack: Pack) -> None:
    answers = answered(
        pack,
        danger_now="no",
        categories=["harm"],
        signs=["hit", "before"],
        going_home="not_known",
        injury="none_seen",
        screen="none",
    )
    found = assess(pack, answers)
    assert (found.route, found.consult) == ("amber", True)


def test_protective_factors_lower_only_when_certain(pack: Pack) -> None:
    answers = answered(pack, danger_now="no", categories=["absence"], days="half", screen="none")
    assert assess(pack, answers).certain is Band.AMBER
    assert assess(pack, answers.with_answer("support", "not_sure")).route == "amber"
    assert assess(pack, answers.with_answer("support", frozenset({"engaged"}))).route == "amber"
    both = assess(pack, answers.with_answer("support", frozenset({"engaged", "adult"})))
    assert both.route == "green"
    assert "family_engages" in {met.criterion for met in both.met}


def test_what_is_not_ticked_beside_not_sure_is_unknown(pack: Pack) -> None:
    answers = answered(pack, categories=["harm"], signs=["hit", "not_sure"])
    found = assess(pack, answers)
    assert found.certain is Band.GREEN
    assert "two_signs" in {one.criterion for one in found.open}


def test_a_question_that_does_not_apply_counts_as_no(pack: Pack) -> None:
    found = assess(pack, answered(pack, categories=["harm"], injury="none_seen", account="conflicts"))
    assert "unexplained" in found.not_met


def test_a_screen_line_with_several_categories_asks_which(pack: Pack) -> None:
    answers = answered(pack, danger_now="no", categories="none", screen=["home"])
    assert "half_missed" not in assess(pack, answers).not_met
    which = answers.with_answer("which_home", frozenset({"absence"}))
    found = assess(pack, which)
    assert {"unexplained", "baby_hurt", "two_signs", "one_sign"} <= set(found.not_met)
    assert "half_missed" not in found.not_met


def test_suggestions_raise_advice_but_settle_nothing(pack: Pack) -> None:
    answers = answered(pack, categories=["harm"]).with_suggestion("injury", "seen")
    answers = answers.with_suggestion("account", "conflicts").with_suggestion("danger_now", "yes")
    found = assess(pack, answers)
    assert (found.certain, found.likely, found.route) == (None, Band.RED, None)
    assert [(due.duty, due.certain) for due in found.duties] == [("call_999", False), ("tell_dsl", True)]


def test_a_harmless_suggestion_takes_nothing_away(pack: Pack) -> None:
    answers = answered(pack, danger_now="yes").with_suggestion("danger_now", "no")
    found = assess(pack, answers)
    assert (found.certain, found.likely) == (Band.RED, Band.RED)


def test_a_duty_that_belongs_to_a_referral_waits_for_the_band(pack: Pack) -> None:
    answers = answered(pack, categories=["absence"], days="half", support="none")
    assert "visit" in {due.duty for due in assess(pack, answers).duties}
    none = answered(pack, danger_now="no", categories=["absence"], days="few", screen="none")
    found = assess(pack, none)
    assert not [due for due in (*found.duties, *found.open_duties) if getattr(due, "duty", "") == "visit"]


@pytest.mark.parametrize(
    ("afraid", "signs", "advice"),
    [
        ("yes", "none", "do_not_tell"),
        ("no", ["hit"], "ask_first"),
        ("not_sure", "none", "ask_first"),
        ("no", "none", "tell"),
    ],
)
def test_telling_parents(pack: Pack, afraid: str, signs: object, advice: str) -> None:
    found = assess(pack, answered(pack, categories=["harm"], afraid=afraid, signs=signs))
    assert found.parents.advice == advice


def test_every_child_has_its_own_assessment(pack: Pack) -> None:
    answers = answered(pack, danger_now="no", categories=["harm"], screen="none").with_children(["c1", "c2"])
    answers = answers.with_answer("injury", "seen", "c1").with_answer("account", "conflicts", "c1")
    answers = answers.with_answer("injury", "none_seen", "c2").with_answer("signs", frozenset({"none"}), "c2")
    first, second = (assess(pack, answers, child) for child in answers.children)
    assert (first.route, second.route) == ("red", "none")
    assert concern_band([first, second]) is Band.RED


def test_an_answer_that_is_no_option_is_refused_without_repeating_it(pack: Pack) -> None:
    with pytest.raises(AnswerError) as refused:
        validate_answer(pack, "injury", "Sofia fell")
    assert "Sofia" not in str(refused.value)
    assert "none_seen" in str(refused.value)


@pytest.mark.parametrize("value", [["seen", "none_seen"], [], 3, None, {"seen": True}, [["seen"]]])
def test_one_answer_means_one(pack: Pack, value: object) -> None:
    with pytest.raises(AnswerError):
        validate_answer(pack, "injury", value)


@pytest.mark.parametrize(
    ("value", "proper"),
    [
        ([], frozenset({"none"})),
        ("none", frozenset({"none"})),
        (["hit", "before"], frozenset({"hit", "before"})),
        (["hit", "not_known"], frozenset({"hit", "not_sure"})),
        ("not_known", "not_known"),
        (["not_sure"], "not_sure"),
    ],
)
def test_tick_lists(pack: Pack, value: object, proper: object) -> None:
    assert validate_answer(pack, "signs", value) == proper


def test_none_of_these_stands_alone(pack: Pack) -> None:
    with pytest.raises(AnswerError, match="None of these"):
        validate_answer(pack, "signs", ["none", "hit"])
