"""One turn at a time: what a message does to the open question, and what it must never do."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.dialogue import wording
from bot.dialogue.advice import always, headline
from bot.dialogue.aside_words import NOT_SENT_YET
from bot.dialogue.choosing import take_choice
from bot.dialogue.history import DATES
from bot.dialogue.steps import LOWERING_REASON, NARRATIVE
from bot.thresholds import NOT_SAID, AnswerError, Band, Pack
from tests.dialogue.talk import Talk, heard, told


def test_the_story_comes_first(talk: Talk) -> None:
    assert talk.step is not None
    assert talk.step.id == NARRATIVE


def test_likely_categories_are_offered_to_tick_and_nothing_is_ruled_out(talk: Talk) -> None:
    talk.say(heard(categories=("physical_harm",)))
    assert talk.step is not None
    assert talk.step.id == "categories"
    assert talk.step.suggested == frozenset({"physical_harm"})
    assert talk.assessment.possible is Band.RED


def test_a_fact_read_from_the_words_is_confirmed_in_the_same_step(talk: Talk) -> None:
    told(talk, injury="mark")
    assert talk.state.answers.get("", "injury") == "mark"


def test_an_unticked_fact_is_asked_later(talk: Talk) -> None:
    talk.say(heard(categories=("physical_harm",), facts={"injury": "mark"}))
    talk.choose("categories", "physical_harm")
    assert talk.state.answers.get("", "injury") is None
    assert ("", "injury") not in talk.state.answers.suggested


def test_an_unconfirmed_fact_raises_but_does_not_answer(talk: Talk) -> None:
    talk.say(heard(categories=("physical_harm",)))
    talk.choose("categories", "physical_harm")
    talk.say(heard(facts={"danger_now": "yes"}))
    assert talk.assessment.certain is None
    assert talk.assessment.likely is Band.RED
    assert talk.step is not None
    assert talk.step.id == "danger_now"


def test_danger_in_the_words_is_answered_with_999_before_anything_else(talk: Talk) -> None:
    said = talk.say(heard(categories=("physical_harm",), danger=True))
    assert said[0] == wording.DANGER_FIRST
    assert talk.step is not None
    assert talk.step.id == "danger_now"


def test_an_aside_leaves_the_question_open(talk: Talk) -> None:
    told(talk)
    before = talk.step
    said = talk.say(heard("ask_why"))
    assert before is not None
    assert said == (before.why,)
    assert talk.step == before


def test_going_back_asks_the_last_question_again(talk: Talk) -> None:
    told(talk)
    open_question = talk.step
    assert open_question is not None
    talk.choose(open_question.id, open_question.options[0].value)
    talk.say(heard("go_back"))
    assert talk.step == open_question


def test_going_back_three_times_returns_to_the_ticks(talk: Talk) -> None:
    told(talk, injury="mark")
    talk.choose("injury_signs", "none")
    for _ in range(3):
        talk.say(heard("go_back"))
    assert talk.step is not None
    assert talk.step.id == "categories"


def test_not_sure_is_an_answer_and_never_a_no(talk: Talk) -> None:
    told(talk, injury="mark")
    talk.say(heard("dont_know"))
    assert talk.state.answers.get("", "injury_signs") == "not_sure"
    assert talk.assessment.possible is Band.RED


def test_a_message_can_answer_and_tell_more(talk: Talk) -> None:
    told(talk, injury="mark")
    talk.say(heard(answer=frozenset({"repeated"}), facts={"child_next": "person_of_worry"}))
    assert talk.state.answers.get("", "injury_signs") == frozenset({"repeated", NOT_SAID})
    assert talk.state.answers.suggested[("", "child_next")] == "person_of_worry"


def test_a_correction_opens_the_answer_again_instead_of_changing_it_unseen(talk: Talk) -> None:
    told(talk, injury="mark")
    talk.say(heard("correct_answer", facts={"injury": "ordinary"}))
    assert talk.state.answers.get("", "injury") is None
    assert talk.step is not None
    assert talk.step.id in ("injury", "categories")
    assert talk.state.answers.suggested["", "injury"] == "mark"  # until staff change it


def test_a_correction_drops_nothing_of_a_list_that_was_confirmed(talk: Talk) -> None:
    told(talk, injury="mark")
    talk.choose("injury_signs", "by_adult", "hidden_place")
    before = talk.assessment.likely
    talk.say(
        heard("correct_answer", facts={"injury_signs": frozenset({"hard"})}, text="sorry not hit, kicked")
    )
    assert talk.state.answers.suggested["", "injury_signs"] == frozenset({"by_adult", "hidden_place", "hard"})
    assert talk.assessment.likely == before


def test_lowering_the_band_asks_for_a_reason(talk: Talk) -> None:
    told(talk, injury="mark")
    talk.choose("injury_signs", "by_adult")
    assert talk.assessment.certain is Band.RED
    talk.choose("injury_signs", "none")
    while (step := talk.step) is not None and step.id != LOWERING_REASON:
        ordered = talk.pack.question(step.id)
        least = ordered.severity[0] if ordered.kind == "one" and ordered.severity else "none"
        if step.id == "age_band":
            least = "age_7_9"  # no age is least worrying: a baby's mark is Red whatever else is said
        talk.choose(step.id, least if least in dict(ordered.choices) else ordered.choices[0][0])
    assert talk.step is not None
    assert talk.step.id == LOWERING_REASON
    assert talk.peak is Band.RED


def test_three_misses_end_with_whom_to_ring(talk: Talk) -> None:
    told(talk)
    first = talk.say(heard(""))
    second = talk.say(heard(""))
    third = talk.say(heard(""))
    assert first == (wording.MISSED_ONCE,)
    assert second[0] == wording.MISSED_TWICE
    assert third[0] == wording.MISSED_OFTEN
    assert any("999" in line for line in third)


def test_without_the_parser_the_words_are_kept_and_plain_questions_go_on(talk: Talk) -> None:
    said = talk.say(heard("", parser_up=False))
    assert said == (wording.THANKS_PARSER_DOWN,)
    assert talk.step is not None
    assert talk.step.options


@pytest.mark.parametrize("parser_up", [True, False])
def test_who_was_not_understood_is_asked_what_the_worry_is_and_not_what_else(
    talk: Talk, pack: Pack, parser_up: bool
) -> None:
    talk.say(heard("", parser_up=parser_up))
    talk.choose("danger_now", "no")
    assert talk.step is not None
    assert talk.step.id == "screen"
    assert talk.step.ask == wording.WHICH_WORRY


def test_who_ticks_none_of_the_likely_worries_is_asked_what_the_worry_is(talk: Talk) -> None:
    talk.say(heard(categories=("physical_harm",)))
    talk.choose("categories", "none")
    talk.choose("danger_now", "no")
    talk.choose("child_says", "none")
    assert talk.step is not None
    assert talk.step.id == "screen"
    assert talk.step.ask == wording.WHICH_WORRY


def test_starting_again_forgets_the_answers_but_not_the_rows(talk: Talk) -> None:
    told(talk, injury="mark")
    rows = len(talk.effects)
    talk.say(heard("restart"))
    assert not talk.state.answers.given
    assert len(talk.effects) == rows + 1


def test_an_answer_that_is_no_option_is_refused_without_repeating_it(talk: Talk) -> None:
    told(talk)
    with pytest.raises(AnswerError) as refused:
        take_choice(talk.pack, talk.state, "injury", "<b>Alex Example</b>")
    assert "Alex" not in str(refused.value)


def test_a_worry_about_the_dsl_never_sends_anybody_to_the_dsl() -> None:
    said = always({"about_dsl", "tell_dsl", "lado"})
    assert "headteacher" in said[0]
    assert not said[0].startswith("Tell your DSL")


def test_a_none_with_a_duty_does_not_read_as_nothing_to_do() -> None:
    assert headline("none", {"tell_dsl", "lado"}) != headline("none", {"tell_dsl"})
    assert "see the duties" in headline("none", {"tell_dsl", "lado"})


def test_a_red_from_danger_alone_still_asks_once_what_the_worry_is(talk: Talk) -> None:
    talk.say(heard("", parser_up=False))
    talk.choose("danger_now", "yes")
    assert talk.assessment.route == "red"
    assert talk.step is not None
    assert talk.step.id == "screen"
    talk.choose("screen", "family_honour")
    talk.choose("which_family_honour", "fgm")
    talk.choose("fgm_signs", "girl_told")
    assert any(duty.duty == "fgm_report" for duty in talk.assessment.duties)


def pasted(talk: Talk) -> None:
    """A chronology of two events, told with the story."""
    events = (("e1", "12/03/2026: a bruise"), ("e2", "14/03/2026: late, no coat"))
    said = talk.say(replace(heard(categories=("physical_harm",)), dated=events))
    assert any("2 events" in line for line in said)
    talk.choose("categories", "physical_harm")
    while (step := talk.step) is not None and step.id != DATES:
        asked = talk.pack.question(step.id)
        talk.choose(
            step.id, "none" if asked.kind == "many" else asked.severity[0] if asked.severity else "no"
        )
    assert talk.step is not None


def test_a_pasted_chronology_is_given_back_as_a_list_before_the_end(talk: Talk) -> None:
    pasted(talk)
    step = talk.step
    assert step is not None
    assert [option.label for option in step.options][:2] == [
        "12/03/2026: a bruise",
        "14/03/2026: late, no coat",
    ]
    talk.say(heard("affirm"))
    assert talk.step is None
    assert talk.state.dates == {"e1", "e2"}


def test_events_that_were_read_wrongly_make_no_row(talk: Talk) -> None:
    pasted(talk)
    talk._keep(take_choice(talk.pack, talk.state, DATES, frozenset({"e2"})))
    assert talk.state.dates == {"e2"}
    talk.say(heard("go_back"))
    assert talk.step is not None
    assert talk.step.id == DATES
    with pytest.raises(AnswerError):
        take_choice(talk.pack, talk.state, DATES, frozenset({"e9"}))


def test_asked_about_the_parents_it_says_first_what_holds_in_this_concern(talk: Talk) -> None:
    talk.say(heard(categories=("sexual_harm",), facts={"sex_signs": frozenset({"relative"})}))
    said = talk.say(heard("ask_consent", text="can i ask her mum about it"))
    assert said[0].startswith("In this concern, do not tell the parents")
    assert "Parents are normally told" in " ".join(said[1:]) or "normally tell parents" in " ".join(said[1:])


def test_what_holds_for_the_parents_is_said_also_where_only_buttons_were_pressed(talk: Talk) -> None:
    talk.choose("categories", "sexual_harm")
    talk.choose("sex_signs", "relative")
    assert talk.say(heard("ask_consent", text="can i tell mum"))[0].startswith("In this concern, do not tell")


def test_before_anything_is_told_the_parents_are_spoken_of_in_general(talk: Talk) -> None:
    assert len(talk.say(heard("ask_consent", text="do i need consent"))) == 1


def test_a_first_message_that_asks_too_is_answered_and_its_worry_is_kept(talk: Talk) -> None:
    said = talk.say(
        heard(
            "ask_threshold",
            text="does it meet threshold if he has a bruise and says dad did it",
            categories=("physical_harm",),
        )
    )
    assert wording.THANKS_FOR_TELLING in said
    assert len(said) == 2
    assert talk.state.told
    assert talk.state.answers.suggested["", "categories"] == frozenset({"physical_harm"})


@pytest.mark.parametrize("act", ["deny", "affirm", "dont_know"])
def test_a_bare_yes_or_no_is_nobodys_story(talk: Talk, act: str) -> None:
    assert talk.say(heard(act, text="no")) == (wording.NO_WORRY_YET,)
    assert not talk.state.told
    assert talk.step is not None
    assert talk.step.id == NARRATIVE


def test_asked_for_another_child_nothing_is_taken_back(talk: Talk) -> None:
    told(talk, injury="mark")
    before = talk.state.answers
    assert "Add another child" in talk.say(heard("another_child", text="add another child"))[0]
    assert talk.state.answers == before


def test_asked_where_the_referral_is_it_says_that_nothing_was_sent(talk: Talk) -> None:
    assert talk.say(heard("ask_status", text="where is my referral"))[0] == NOT_SENT_YET
