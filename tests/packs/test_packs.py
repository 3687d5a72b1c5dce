"""Every `tests:` entry of every pack as an ordinary test, and the national cases once more under each local
pack."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from bot.thresholds import load_pack
from bot.thresholds.casework import failures
from bot.thresholds.pack import Case, Pack
from bot.thresholds.yaml_text import PackError

ROOT = Path(__file__).resolve().parents[2] / "data" / "thresholds"


@cache
def pack_in(folder: Path) -> Pack:
    return load_pack(folder, root=ROOT)


def _cases() -> list[object]:
    items: list[object] = []
    for file in sorted(ROOT.glob("*/*/pack.yml")):
        name = f"{file.parent.parent.name}@{file.parent.name}"
        try:
            pack = pack_in(file.parent)
        except PackError:  # reported by test_pack_loads
            continue
        items += [pytest.param(file.parent, case, False, id=f"{name}: {case.name}") for case in pack.cases]
        if pack.extends:
            base_name, version = pack.extends.split("@")
            base = load_pack(base_name, root=ROOT, version=version)
            items += [
                pytest.param(file.parent, case, True, id=f"{name} (national): {case.name}")
                for case in base.cases
            ]
    return items


@pytest.mark.parametrize("file", sorted(ROOT.glob("*/*/pack.yml")), ids=lambda file: str(file.parent.name))
def test_pack_loads(file: Path) -> None:
    load_pack(file.parent, root=ROOT)


@pytest.mark.parametrize(("folder", "case", "inherited"), _cases())
def test_case(folder: Path, case: Case, inherited: bool) -> None:
    told = failures(pack_in(folder), case, inherited=inherited)
    assert not told, f"{case.file}:{case.line}: {'; '.join(told)}"
