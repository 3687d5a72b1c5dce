"""The schema that editors use takes every pack file, and refuses what the loader refuses by form."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest
import yaml

from tests.thresholds.small import SMALL

ROOT = Path(__file__).resolve().parents[2] / "data" / "thresholds"
SCHEMA = jsonschema_rs.validator_for(json.loads((ROOT / "schema.json").read_text(encoding="utf-8")))


def read(text: str) -> Any:
    return yaml.load(text, Loader=yaml.BaseLoader)  # text only, nothing is constructed


@pytest.mark.parametrize(
    "path", sorted(ROOT.glob("*/*/**/*.yml")), ids=lambda path: str(path.relative_to(ROOT))
)
def test_it_takes_every_pack_file(path: Path) -> None:
    found = [
        f"{list(error.instance_path)}: {error.message}"
        for error in SCHEMA.iter_errors(read(path.read_text()))
    ]
    assert not found


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("    because: A baby is hurt.", "    becuase: x"),
        ("band: red, when", "band: orange, when"),
        ("mark: k}", "mark: z}"),
        ("kind: many", "kind: some"),
        ("emergency: true", "emergency: yes"),
        ("in_force: 2026-01-01", "in_force: [a]"),
        ("screens:", "screns:"),
    ],
)
def test_it_refuses_what_has_the_wrong_form(old: str, new: str) -> None:
    assert SCHEMA.is_valid(read(SMALL))
    assert not SCHEMA.is_valid(read(SMALL.replace(old, new, 1)))
