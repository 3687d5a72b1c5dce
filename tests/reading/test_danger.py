"""The net under the model: hundreds of phrasings of danger, and as many near misses, by rules alone."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from bot.reading.danger import dangers

NLU = Path(__file__).resolve().parents[2] / "data" / "nlu"


def texts(*path: str) -> list[str]:
    content = yaml.safe_load(NLU.joinpath(*path).read_text(encoding="utf-8"))
    return [example["text"].strip() for block in content["nlu"] for example in block["examples"]]


PHRASINGS = texts("danger", "danger.yml") + texts("acts", "immediate_danger.yml")
NEAR_MISSES = texts("danger", "near_misses.yml")


@pytest.mark.parametrize(
    ("text", "family"),
    [
        ("he's got a knife in his bag", "weapon"),
        ("He has a knife and is waiting for her outside the gate now.", "weapon"),
        ("she took 20 paracetamol this morning", "overdose"),
        ("he says he will hang himself tonight", "suicide"),
        ("we can't find her, last seen at break", "missing_now"),
        ("baby brother, 5 months, has a bruise on his cheek", "baby_mark"),
        ("she told me they cut her down there", "fgm"),
        ("he put his hands round her throat", "strangled"),
        ("he collapsed and won't wake up", "collapse"),
        ("the man who hit her is at the gate to collect her", "at_the_gate"),
        ("mum is here to pick them up, slurring, car keys in hand", "drunk_in_charge"),
        ("the toddler is home alone right now", "child_alone"),
        ("she got into a car with a man we don't know", "taken_in_a_car"),
        ("dad is hitting mum in the car park right now", "violence_now"),
        ("sorry I meant yes, she is in danger now", "in_danger"),
        ("someone ring 999", "in_danger"),
        ("a girl was raped at lunch", "assault"),
    ],
)
def test_each_family_of_danger_has_its_rule(text: str, family: str) -> None:
    assert family in dangers(text)


@pytest.mark.parametrize(
    "text",
    [
        "no knife was found",
        "he died in 2019",
        "she keeps missing school",
        "toy gun in his tray",
        "he took an overdose two years ago and is doing well",
        "knife and fork",
        "no bruises on the baby",
        "what do we do if a child has a knife",
        "FGM training is on Monday",
        "mum collects at three",
        "",
    ],
)
def test_a_near_miss_is_left_alone(text: str) -> None:
    assert dangers(text) == ()


def test_hundreds_of_phrasings_are_met() -> None:
    missed = [text for text in PHRASINGS if not dangers(text)]
    assert len(PHRASINGS) >= 400
    assert len(missed) <= 0.06 * len(PHRASINGS), (
        f"{len(missed)} of {len(PHRASINGS)} are missed, such as {missed[:3]}"
    )


def test_near_misses_rarely_alarm() -> None:
    alarmed = [text for text in NEAR_MISSES if dangers(text)]
    assert len(NEAR_MISSES) >= 300
    assert len(alarmed) <= 0.02 * len(NEAR_MISSES), f"{len(alarmed)} alarm, such as {alarmed[:3]}"


def test_danger_in_the_middle_of_a_long_message_is_met() -> None:
    padding = "He was quiet in maths and ate his lunch as usual. " * 20
    assert "weapon" in dangers(padding + "Then he showed me the knife in his sock. " + padding)


def test_rules_alone_on_phrasings_that_they_were_not_written_from() -> None:
    """What a message may count on while the parser is down; with the parser, two nets hold more."""
    danger, safe = texts("danger", "blind_danger.yml"), texts("danger", "blind_near_misses.yml")
    assert sum(bool(dangers(text)) for text in danger) >= 0.45 * len(danger)
    assert sum(bool(dangers(text)) for text in safe) <= 0.07 * len(safe)
