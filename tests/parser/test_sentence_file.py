"""What was learned is what is read: onnxruntime's file says of a text what TensorFlow said while learning."""

from __future__ import annotations

from typing import Any

import pytest

from tests.parser.in_rasa import said_by

pytestmark = [pytest.mark.parser, pytest.mark.slow]


@pytest.fixture(scope="module")
def said() -> dict[str, Any]:
    return said_by("what_onnxruntime_reads.py")


def test_the_written_file_reads_as_the_tuned_layers_do(said: dict[str, Any]) -> None:
    assert said["learned"] > 0.98
    assert said["published"] < 0.95, "the changed layers were not read"


def test_a_text_reads_the_same_alone_and_among_others(said: dict[str, Any]) -> None:
    assert said["alone"] == pytest.approx(1.0, abs=1e-6)


def test_a_tuning_is_learned_once_for_the_same_messages(said: dict[str, Any]) -> None:
    assert said["kept"] is True
