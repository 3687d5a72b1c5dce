"""The documents of the contract: nothing personal is required, nothing unknown is dropped in silence."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel, ValidationError

import bot.contract as contract
from bot.contract import EXAMPLE, Information, Referral

MODELS = [
    value
    for name in contract.__all__
    if isinstance(value := getattr(contract, name), type) and issubclass(value, BaseModel)
]


def test_a_red_goes_with_nothing_but_its_reference() -> None:
    assert Referral.model_validate({"reference": "R-0000"}).source == "2A"


def test_the_example_reads_and_reads_again_the_same() -> None:
    once = Referral.model_validate(EXAMPLE)
    assert Referral.model_validate_json(once.model_dump_json()) == once


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_every_example_is_valid(model: type[BaseModel]) -> None:
    extra = model.model_config.get("json_schema_extra")
    examples: list[Any] = extra.get("examples", []) if isinstance(extra, dict) else []  # type: ignore[assignment]
    for example in examples:
        model.model_validate(example)


@pytest.mark.parametrize("where", ["", "children.0", "concern", "suggested", "referrer.school"])
def test_an_unknown_field_is_refused_wherever_it_stands(where: str) -> None:
    document = Referral.model_validate(EXAMPLE).model_dump(mode="json")
    target: Any = document
    for step in filter(None, where.split(".")):
        target = target[int(step)] if step.isdigit() else target[step]
    target["surprise"] = "x"
    with pytest.raises(ValidationError):
        Referral.model_validate(document)


@given(st.text(max_size=80))
def test_words_come_through_exactly_as_they_were_said(words: str) -> None:
    information = Information(words="x" + words)
    assert Information.model_validate_json(information.model_dump_json()).words == "x" + words


@pytest.mark.parametrize("reference", ["", "a", "../etc", "R 1", "x" * 65, "R-1\n"])
def test_a_reference_is_safe_to_stand_in_an_address(reference: str) -> None:
    with pytest.raises(ValidationError):
        Referral(reference=reference)
