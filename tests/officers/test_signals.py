"""What makes a message worth an officer's time, and how much."""

from __future__ import annotations

import pytest

from bot.concerns import Heard
from bot.dialogue.understanding import Ranked, Understanding
from bot.officers.signals import WEIGHTS, of_message, of_story
from bot.store import Concern

CONCERN = Concern()


def heard(**more: object) -> Heard:
    return Heard(CONCERN, **more)  # type: ignore[arg-type]


def said(confidence: float, *, up: bool = True) -> Understanding:
    return Understanding(
        redacted="he is hungry again",
        acts=(Ranked("tell", confidence),),
        categories=(Ranked("neglect", confidence),),
        parser_up=up,
    )


def test_a_sure_reading_is_no_signal() -> None:
    assert of_message(heard(understood=said(0.9), told=True)) == {}


@pytest.mark.parametrize(("confidence", "weight"), [(0.25, 1.0), (0.0, 2.0)])
def test_doubt_weighs_more_the_greater_it_is(confidence: float, weight: float) -> None:
    assert of_message(heard(understood=said(confidence), told=True)) == {"unsure": weight}


def test_an_answer_that_was_read_is_not_unsure() -> None:
    assert of_message(heard(understood=said(0.1), answered=True)) == {}


def test_a_message_while_the_parser_is_off_is_kept_but_weighs_little() -> None:
    assert of_message(heard(understood=said(0.0, up=False), missed=True)) == {
        "missed": 3.0,
        "parser_off": 1.0,
    }


def test_a_message_without_words_is_never_kept() -> None:
    assert of_message(heard(understood=Understanding(redacted="?!"), missed=True)) == {}


@pytest.mark.parametrize(
    ("offered", "ticked", "signals"),
    [
        ({"neglect"}, {"neglect"}, set()),
        (set(), {"neglect"}, {"not_offered"}),
        ({"bullying"}, set(), {"unticked"}),
        ({"bullying"}, {"neglect"}, {"not_offered", "unticked"}),
    ],
)
def test_ticks_correct_what_was_offered(offered: set[str], ticked: set[str], signals: set[str]) -> None:
    assert set(of_story(heard(offered=frozenset(offered), ticked=frozenset(ticked)))) == signals


@pytest.mark.parametrize(
    ("read", "answer", "signals"),
    [
        (False, "yes", {"danger_missed"}),
        (True, "no", {"false_alarm"}),
        (True, "yes", set()),
        (False, "no", set()),
    ],
)
def test_the_answer_about_danger_corrects_the_reading(read: bool, answer: str, signals: set[str]) -> None:
    assert set(of_story(heard(danger_read=read, danger_said=answer))) == signals


def test_a_missed_danger_weighs_most() -> None:
    assert max(WEIGHTS, key=lambda name: WEIGHTS[name]) == "danger_missed"
