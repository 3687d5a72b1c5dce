"""What is said on the way: corrections of the account, asides, and what was told of a list in words."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.dialogue import wording
from bot.dialogue.advice import summary
from bot.dialogue.aside_words import HANDOFF_INSTEAD
from bot.thresholds import NOT_SAID, Band
from tests.dialogue.talk import Talk, heard, told


def test_a_correction_of_the_account_is_kept_and_asks_only_for_answers_that_it_makes_wrong(
    talk: Talk,
) -> None:
    told(talk, injury="mark")
    open_question = talk.step
    said = talk.say(heard("correct_answer", text="actually it was uncle not grandad"))
    assert said == (wording.ADDED, wording.ACCOUNT_CORRECTED)
    assert talk.step == open_question


def test_a_correction_that_does_not_say_what_is_right_asks_which_answer(talk: Talk) -> None:
    told(talk, injury="mark")
    assert wording.WHICH_ANSWER in talk.say(heard("correct_answer", text="sorry, that last one was wrong"))


def test_somebody_hurt_at_home_whose_children_are_there_is_answered_and_heard(talk: Talk) -> None:
    said = talk.say(
        heard("worried_for_self", text="worried for myself, my husband hits me and our kids go here")
    )
    assert talk.pack.words["worried_for_self"] in said[-1]
    assert talk.state.told


def test_who_asks_for_one_contact_is_given_that_one(talk: Talk) -> None:
    told(talk)
    named = talk.say(heard("human_handoff", text="how do I get hold of the LADO"))
    assert [line for line in named if "not published" in line] == [named[-1]]
    assert "LADO" in named[-1]
    assert len(talk.say(heard("human_handoff", text="can I talk to someone"))) <= 5


def test_whom_the_worry_may_be_about_is_not_who_is_named_to_talk_to(talk: Talk) -> None:
    talk.say(heard(categories=("staff_allegation",), facts={"allegation_about": "head"}))
    said = talk.say(heard("human_handoff", text="is it ok if I tell the head"))
    assert said[0] == HANDOFF_INSTEAD["head"]
    assert talk.say(heard("ask_consent", text="can I tell [NAME]"))[0] == HANDOFF_INSTEAD["head"]


def test_what_was_told_of_a_list_denies_nothing_else_of_it(talk: Talk) -> None:
    """“Mum and dad argue” is confirmed; strangling was never asked about, so no “none” comes of it."""
    talk.say(heard(categories=("domestic_abuse",), facts={"da_signs": frozenset({"argument"})}))
    talk.choose("categories", "domestic_abuse", "fact:da_signs.argument")
    talk.choose("danger_now", "no")
    assert talk.state.answers.get("", "da_signs") == frozenset({"argument", NOT_SAID})
    asked = []
    while (step := talk.step) is not None and step.id != "da_signs":
        asked.append(step.id)
        talk.choose(step.id, "not_sure" if step.kind == "one" else "none")
        assert len(asked) < 10
    assert step is not None
    assert step.suggested == frozenset({"argument"})
    assert wording.MORE_OF_IT in step.ask
    assert talk.assessment.route is None
    assert talk.assessment.possible is Band.RED


def test_only_the_ticks_that_are_right_are_taken_of_what_was_read(talk: Talk) -> None:
    talk.say(
        heard(categories=("neglect",), facts={"neglect_signs": frozenset({"left_alone", "unsafe_carer"})})
    )
    assert talk.step is not None
    ticks = {option.value for option in talk.step.options if option.value.startswith("fact:")}
    assert ticks == {"fact:neglect_signs.left_alone", "fact:neglect_signs.unsafe_carer"}
    talk.choose("categories", "neglect", "fact:neglect_signs.unsafe_carer")
    assert talk.state.answers.get("", "neglect_signs") == frozenset({"unsafe_carer", NOT_SAID})


@pytest.mark.parametrize("ends", ["no", "that's all", "nothing else"])
def test_more_of_a_list_is_asked_until_staff_say_that_it_is_all(talk: Talk, ends: str) -> None:
    told(talk, injury="mark")
    talk.say(heard(answer=frozenset({"repeated"})))
    assert talk.step is not None
    assert talk.step.id == "injury_signs"
    talk.say(heard(answer=frozenset({"none"}), text=ends))
    assert talk.state.answers.get("", "injury_signs") == frozenset({"repeated"})
    assert talk.step is None or talk.step.id != "injury_signs"


def test_only_that_in_one_breath_ends_a_list(talk: Talk) -> None:
    told(talk, injury="mark")
    talk.say(heard(answer=frozenset({"repeated"}), text="just that there were marks before, nothing else"))
    assert talk.state.answers.get("", "injury_signs") == frozenset({"repeated"})


@pytest.mark.parametrize(
    "ends", ["no", "nope", "nothing else", "no that's all", "no more", "nah that's everything"]
)
def test_no_beside_ticks_says_that_there_is_no_more_and_never_that_they_are_wrong(
    talk: Talk, ends: str
) -> None:
    """“Is more of it so?” – “no”: what she told a line before, that she thinks of killing herself, stays."""
    talk.say(heard(categories=("self_harm_suicide",), facts={"self_harm_signs": frozenset({"low_level"})}))
    talk.choose("categories", "self_harm_suicide", "fact:self_harm_signs.low_level")
    talk.choose("danger_now", "no")
    while talk.step is not None and talk.step.id != "self_harm_signs":
        talk.choose(talk.step.id, "not_sure" if talk.step.kind == "one" else "none")
    talk.say(
        heard(facts={"self_harm_signs": frozenset({"thoughts"})}, text="and she thinks of killing herself")
    )
    talk.say(heard("deny", answer=frozenset({"none"}), text=ends))
    assert talk.state.answers.get("", "self_harm_signs") == frozenset({"low_level", "thoughts"})


def test_no_to_a_worry_told_beside_a_question_takes_nothing_back(talk: Talk) -> None:
    """“He said he wants to die” – “no” answers the question that was open: the worry is asked about."""
    talk.say(heard(categories=("child_mental_health",)))
    talk.choose("categories", "child_mental_health")
    talk.choose("danger_now", "no")
    talk.say(heard(categories=("self_harm_suicide",), text="he said he wants to die"))
    assert talk.step is not None
    assert talk.step.id == "categories"
    talk.say(heard("deny", text="no"))
    assert {"child_mental_health", "self_harm_suicide"} <= set(talk.state.answers.given["", "categories"])


def test_where_the_worry_is_about_the_dsl_nobody_is_sent_to_the_dsl(talk: Talk) -> None:
    said = talk.say(heard(categories=("staff_allegation",), facts={"allegation_about": "dsl"}, danger=True))
    assert all("your DSL" not in line for line in said)
    talk.choose("categories", "staff_allegation", "fact:allegation_about")
    while (step := talk.step) is not None:
        talk.choose(step.id, "not_sure" if step.kind == "one" else "none")
    closing = summary(talk.pack, talk.assessment)
    assert all("your DSL" not in line for line in closing)
    assert any("headteacher" in line for line in closing)


def test_a_no_to_danger_beside_danger_that_is_heard_is_asked_again(talk: Talk) -> None:
    talk.say(heard(categories=("neglect",)))
    talk.choose("categories", "neglect")
    said = talk.say(heard("deny", answer="no", danger=True, text="no but his sister is, mum has a knife"))
    assert said[0] == wording.DANGER_FIRST
    assert talk.state.answers.given.get(("", "danger_now")) is None
    assert talk.step is not None
    assert talk.step.id == "danger_now"


def test_yes_to_danger_is_met_with_999_first(talk: Talk) -> None:
    told(talk)
    assert talk.choose("danger_now", "yes")[0] == wording.DANGER_FIRST


@pytest.mark.parametrize("act", ["thank", "greet", "out_of_scope", "not_english"])
def test_a_worry_behind_a_courtesy_is_heard(talk: Talk, act: str) -> None:
    told(talk)
    talk.choose("danger_now", "no")
    said = talk.say(
        heard(act, facts={"da_signs": frozenset({"assault"})}, text="thanks, she also said dad hits mum")
    )
    assert said[0] == wording.ADDED
    assert talk.state.answers.suggested["", "da_signs"] == frozenset({"assault"})


def test_thanks_alone_are_answered(talk: Talk) -> None:
    told(talk)
    assert talk.say(heard("thank", text="thanks, that is kind of you")) == ("You are welcome.",)


def test_starting_again_with_a_new_worry_keeps_the_new_one_alone(talk: Talk) -> None:
    told(talk, injury="mark")
    said = talk.say(
        heard("restart", categories=("self_harm_suicide",), text="ok new one: y9 girl is self harming")
    )
    assert wording.RESTARTED_WITH in said
    assert talk.state.told
    assert not talk.state.answers.given
    assert talk.state.answers.suggested["", "categories"] == frozenset({"self_harm_suicide"})


def test_going_back_three_steps_goes_back_three(talk: Talk) -> None:
    told(talk)
    talk.choose("danger_now", "no")
    before = dict(talk.state.answers.given)
    answered = 0
    while (step := talk.step) is not None and answered < 3:
        talk.choose(step.id, "not_sure")
        answered += 1
    assert talk.say(heard("go_back", text="go back three steps")) == (wording.went_back(3),)
    assert dict(talk.state.answers.given) == before


def test_no_idea_beside_an_answer_is_asked_about_with_it(talk: Talk) -> None:
    talk.say(heard(categories=("neglect",)))
    talk.choose("categories", "neglect")
    talk.choose("danger_now", "no")
    while (step := talk.step) is not None and step.id != "neglect_signs":
        talk.choose(step.id, "not_sure")
    talk.say(
        heard(
            "dont_know",
            answer="not_sure",
            facts={"neglect_signs": frozenset({"left_alone"})},
            text="no idea about home, he was left alone once",
        )
    )
    assert talk.state.answers.given.get(("", "neglect_signs")) is None
    assert talk.state.answers.suggested["", "neglect_signs"] == frozenset({"left_alone"})


@pytest.mark.parametrize(
    "text",
    [
        "[NAME] in Y6 has a burn and his sister [NAME] has bruises, both say mum did it",
        "the twins are hungry",
    ],
)
def test_who_tells_of_two_children_hears_how_to_add_one(talk: Talk, text: str) -> None:
    assert wording.MORE_CHILDREN in talk.say(heard(categories=("neglect",), text=text))


def test_what_is_said_once_more_of_an_open_list_is_known(talk: Talk) -> None:
    talk.say(heard(categories=("neglect",), facts={"neglect_signs": frozenset({"at_times"})}))
    talk.choose("categories", "neglect", "fact:neglect_signs.at_times")
    talk.choose("danger_now", "no")
    while (step := talk.step) is not None and step.id != "neglect_signs":
        talk.choose(step.id, "not_sure")
    said = talk.say(
        heard(facts={"neglect_signs": frozenset({"at_times"})}, text="he is left alone a lot you see")
    )
    assert said[0].startswith("I have that already")
    assert talk.step is not None
    assert talk.step.id == "neglect_signs"


def test_not_sure_of_a_list_speaks_of_the_rest_and_takes_nothing_back(talk: Talk) -> None:
    """Dad hit mum was told and confirmed: “not sure” what else is so does not make it unknown."""
    talk.say(heard(categories=("domestic_abuse",), facts={"da_signs": frozenset({"assault"})}))
    talk.choose("categories", "domestic_abuse", "fact:da_signs.assault")
    before = talk.assessment.likely
    talk.choose("da_signs", "not_sure")
    given = talk.state.answers.get("", "da_signs")
    assert isinstance(given, frozenset)
    assert "assault" in given
    assert talk.assessment.likely == before


@pytest.mark.parametrize("text", ["no", "nooo", "nah", "no thanks", "not really"])
def test_a_bare_no_to_the_first_ticks_is_asked_about_and_takes_nothing_back(talk: Talk, text: str) -> None:
    talk.say(heard(categories=("neglect",), facts={"neglect_signs": frozenset({"at_times"})}))
    assert talk.say(heard("deny", text=text)) == (wording.NO_TO_WHAT,)
    assert talk.state.answers.get("", "categories") is None


def test_none_of_these_denies_the_first_ticks(talk: Talk) -> None:
    talk.say(heard(categories=("neglect",), facts={"neglect_signs": frozenset({"at_times"})}))
    talk.say(heard("deny", text="no, none of these"))
    assert talk.state.answers.get("", "categories") == frozenset({"none"})


@pytest.mark.parametrize("text", ["nothing else", "no that's it", "that's all"])
def test_no_more_than_the_first_ticks_confirms_them(talk: Talk, text: str) -> None:
    talk.say(heard(categories=("neglect",), facts={"neglect_signs": frozenset({"at_times"})}))
    talk.say(heard("deny", text=text))
    assert talk.state.answers.get("", "categories") == frozenset({"neglect"})


def test_a_danger_told_beside_a_question_is_met_and_the_question_answered(talk: Talk) -> None:
    told(talk, injury="mark")
    said = talk.say(
        replace(heard("ask_why", danger=True, text="why do you ask? he has run off"), beside="he has run off")
    )
    assert said[0] == wording.DANGER_FIRST
    assert len(said) > 1
    assert talk.state.answers.suggested["", "danger_now"] == "yes"
    assert ("", "neglect_signs") not in talk.state.answers.given


def test_danger_that_was_heard_outlives_an_answer_about_the_worry(talk: Talk) -> None:
    talk.say(heard(categories=("domestic_abuse",), danger=True, text="dad is outside with a bat"))
    talk.choose("categories", "domestic_abuse")
    assert talk.step is not None
    assert talk.step.id == "danger_now"
    assert talk.state.answers.suggested["", "danger_now"] == "yes"


def test_an_aside_with_a_worry_behind_it_is_answered_and_the_worry_heard(talk: Talk) -> None:
    told(talk)
    said = talk.say(
        heard(
            "ask_why",
            facts={"self_harm_signs": frozenset({"cuts_now"})},
            text="why do you ask? oh and she has fresh cuts on her arm",
        )
    )
    assert wording.ADDED in said
    assert len(said) == 2


def test_a_long_greeting_is_kept_as_what_was_told(talk: Talk) -> None:
    talk.say(heard("greet", text="hello, hope you are well! a girl in my class has not eaten for days"))
    assert talk.state.told
