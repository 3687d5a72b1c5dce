"""Danger is met by a rule or by the model; only a model that is all but certain answers for a rule."""

from __future__ import annotations

import pytest

from bot.reading.alarm import alarms
from bot.reading.parser import Parsed


def said(danger: float) -> Parsed:
    return Parsed((), (), danger, offer_above=0.05, danger_above=0.25, no_danger_below=0.02)


@pytest.mark.parametrize(
    ("signs", "danger", "met"),
    [
        ((), 0.1, ()),
        ((), 0.25, ("model",)),
        (("weapon",), 0.02, ("weapon",)),
        (("weapon",), 0.9, ("weapon", "model")),
        (("weapon",), 0.019, ()),
        (("weapon", "fgm"), 0.0, ("fgm",)),
        (("baby_mark",), 0.0, ("baby_mark",)),
        (("in_danger",), 0.0, ("in_danger",)),
        (("violence_now",), 0.02, ("violence_now",)),
        (("violence_now", "strangled"), 0.0, ()),
    ],
)
def test_a_rule_or_the_model_raises_the_alarm(
    signs: tuple[str, ...], danger: float, met: tuple[str, ...]
) -> None:
    assert alarms(signs, said(danger)) == met


def test_without_the_parser_every_rule_counts() -> None:
    assert alarms(("weapon",), None) == ("weapon",)
