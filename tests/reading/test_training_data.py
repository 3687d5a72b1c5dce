"""What the parser learns from: enough, varied, of known kinds, and nothing that it is measured on."""

from __future__ import annotations

import re
from collections import defaultdict
from pathlib import Path
from typing import Any

import yaml

from bot.reading.language import word_list
from bot.thresholds import load_pack

DATA = Path(__file__).resolve().parents[2] / "data"
ACTS = word_list("acts") - {"tell"}
NOTED = {"also", "danger", "told", "story"}


def learned() -> dict[str, list[dict[str, Any]]]:
    by_intent: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for path in sorted((DATA / "nlu").rglob("*.yml")):
        for block in yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)["nlu"]:
            by_intent[block["intent"]] += block["examples"]
    return by_intent


def held_out() -> list[str]:
    rows: list[str] = []
    for path in sorted((DATA / "evaluation").glob("*.yml")):
        for block in yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader).values():
            rows += [row["text"] for row in block]
    return rows


def shape(text: str) -> str:
    return " ".join(re.findall(r"[a-z0-9]+", text.lower().replace("'", "")))


def shingles(text: str) -> frozenset[tuple[str, ...]]:
    words = shape(text).split()
    return frozenset(tuple(words[i : i + 3]) for i in range(max(1, len(words) - 2)))


def test_every_file_has_the_form_that_training_reads() -> None:
    """Training leaves Rasa's own check out, since it takes longer than learning the words."""
    for path in sorted((DATA / "nlu").rglob("*.yml")):
        content = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
        assert set(content) == {"version", "nlu"}, path.name
        for block in content["nlu"]:
            assert set(block) == {"intent", "examples"}, path.name
            assert isinstance(block["intent"], str)
            for example in block["examples"]:
                assert isinstance(example["text"], str), path.name
                assert example["text"].strip(), path.name
                assert set(example.get("metadata") or {}) <= NOTED, path.name


def test_what_a_message_tells_are_options_of_the_national_pack() -> None:
    pack = load_pack("england", root=DATA / "thresholds")
    known = {f"{name}.{option}" for name, one in pack.questions.items() for option in one.options}
    for intent, examples in learned().items():
        for example in examples:
            told = (example.get("metadata") or {}).get("told")
            assert told is not None or not intent.startswith("concern/"), f"{intent}: nobody read a message"
            assert set(told or ()) <= known, set(told or ()) - known


def test_every_category_and_act_has_enough_messages() -> None:
    by_intent = learned()
    categories = [intent for intent in by_intent if intent.startswith("concern/")]
    assert len(categories) == 36
    assert all(len(by_intent[intent]) >= 50 for intent in categories)
    assert set(by_intent) >= ACTS
    assert all(len(by_intent[act]) >= 30 for act in ACTS)


def test_what_else_a_message_is_names_a_category() -> None:
    by_intent = learned()
    categories = {intent.removeprefix("concern/") for intent in by_intent if intent.startswith("concern/")}
    for examples in by_intent.values():
        for example in examples:
            also = (example.get("metadata") or {}).get("also") or []
            assert set(also) <= categories, also


def test_no_message_stands_twice_under_different_acts() -> None:
    seen: dict[str, str] = {}
    for intent, examples in learned().items():
        if intent.startswith("concern/"):
            continue
        for example in examples:
            said = shape(example["text"])
            assert not said or seen.setdefault(said, intent) == intent, (
                f"{intent} and {seen[said]} share a message"
            )


def test_nothing_that_is_measured_was_learned() -> None:
    """A message of two words or less (“yes”, “thank you”) is nobody's own and may stand in both."""
    texts = [example["text"] for examples in learned().values() for example in examples]
    exact = {shape(text) for text in texts}
    by_shingle: dict[tuple[str, ...], set[int]] = defaultdict(set)
    cut = [shingles(text) for text in texts]
    for number, pieces in enumerate(cut):
        for piece in pieces:
            by_shingle[piece].add(number)
    copies = 0
    for row in held_out():
        if len(shape(row).split()) <= 4:
            continue
        pieces = shingles(row)
        near = {number for piece in pieces for number in by_shingle.get(piece, ())}
        like = any(len(pieces & cut[number]) / len(pieces | cut[number]) > 0.6 for number in near)
        copies += shape(row) in exact or like
    assert copies == 0, f"{copies} held-out messages stand in the training data, as they are or nearly"
