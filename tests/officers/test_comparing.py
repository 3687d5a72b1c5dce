"""Two models on the same messages: the differences are counted, and a missed danger forbids promotion."""

from __future__ import annotations

from bot.dialogue.understanding import Ranked
from bot.officers.comparing import Outcome, figures, may_promote
from bot.officers.trial import outcome
from bot.reading.evaluate import Row
from bot.reading.parser import Parsed

ROWS = [
    Row("hungry", "neglect", None),
    Row("left alone", "neglect", None),
    Row("hello", None, "greet"),
    Row("he has a knife", None, None, frozenset(), True),
    Row("a butter knife in cookery", None, None, frozenset(), False),
]
GOOD, BAD = Outcome(True, True, False), Outcome(False, False, False)
ALARM = Outcome(False, False, True)


def test_each_intent_and_the_whole_are_compared() -> None:
    compared = figures(ROWS, [BAD, GOOD, GOOD, ALARM, ALARM], [GOOD, GOOD, BAD, ALARM, BAD])
    assert compared["old"]["top1"] == [1, 2]
    assert compared["new"]["top1"] == [2, 2]
    assert compared["new"]["acts"] == [0, 1]
    assert compared["old"]["false_alarms"] == [1, 1]
    assert compared["new"]["false_alarms"] == [0, 1]
    assert compared["intents"] == [
        {"intent": "greet", "of": 1, "old": 1, "new": 0},
        {"intent": "concern/neglect", "of": 2, "old": 1, "new": 2},
    ]
    assert (compared["mended"], compared["lost"], compared["danger_lost"]) == (1, 1, 0)
    assert may_promote(compared)


def test_a_model_that_misses_a_danger_is_never_promoted() -> None:
    compared = figures(ROWS, [GOOD, GOOD, GOOD, ALARM, BAD], [GOOD, GOOD, GOOD, BAD, BAD])
    assert compared["danger_lost"] == 1
    assert not may_promote(compared)
    assert not may_promote({})


def test_a_danger_met_by_rule_or_by_the_model_is_met() -> None:
    calm = Parsed((Ranked("tell", 0.9),), (Ranked("neglect", 0.9),), 0.3, 0.1, 0.5)
    alarmed = Parsed((Ranked("tell", 0.9),), (Ranked("neglect", 0.9),), 0.6, 0.1, 0.5)
    assert outcome(ROWS[3], calm, signs=("weapon",)).alarmed
    assert outcome(ROWS[3], alarmed).alarmed
    assert not outcome(ROWS[3], calm).alarmed


def test_another_honest_category_counts_as_right() -> None:
    row = Row("hungry", "bullying", None, frozenset({"neglect"}))
    assert outcome(row, Parsed((), (Ranked("neglect", 0.9),), 0.01, 0.1, 0.5)).first
