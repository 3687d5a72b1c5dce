"""Danger is met by a rule, by the model, or by both; neither silences the other."""

from __future__ import annotations

import pytest

from bot.reading.alarm import alarms
from bot.reading.parser import Parsed


def said(danger: float) -> Parsed:
    return Parsed((), (), danger, offer_above=0.05, danger_above=0.4)


@pytest.mark.parametrize(
    ("signs", "danger", "met"),
    [
        ((), 0.39, ()),
        ((), 0.4, ("model",)),
        (("weapon",), 0.0, ("weapon",)),
        (("weapon",), 0.9, ("weapon", "model")),
    ],
)
def test_a_rule_or_the_model_raises_the_alarm(
    signs: tuple[str, ...], danger: float, met: tuple[str, ...]
) -> None:
    assert alarms(signs, said(danger)) == met


def test_without_the_parser_every_rule_counts() -> None:
    assert alarms(("weapon",), None) == ("weapon",)
