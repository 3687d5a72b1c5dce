"""The locks pin everything by hash and say nothing of where it comes from."""

import json
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PYTHON_LOCKS = sorted((ROOT / "requirements").glob("*.txt"))
PACKAGE_LOCK = ROOT / "package-lock.json"


@pytest.mark.parametrize("lock", [*PYTHON_LOCKS, PACKAGE_LOCK], ids=lambda lock: lock.name)
def test_a_lock_records_no_address(lock: Path) -> None:
    text = lock.read_text()
    assert "://" not in text
    assert "index-url" not in text
    assert "find-links" not in text
    assert '"resolved"' not in text


@pytest.mark.parametrize("lock", PYTHON_LOCKS, ids=lambda lock: lock.name)
def test_every_requirement_is_pinned_by_hash(lock: Path) -> None:
    entries = re.split(r"\n(?=\S)", lock.read_text().strip())
    assert entries
    for entry in entries:
        assert re.match(r"[a-z0-9][a-z0-9._-]*(\[[a-z,]+\])?==", entry), entry.splitlines()[0]
        assert "--hash=sha256:" in entry, entry.splitlines()[0]


def test_every_browser_package_is_pinned_by_hash() -> None:
    packages = json.loads(PACKAGE_LOCK.read_text())["packages"]
    assert [name for name, package in packages.items() if name and "integrity" not in package] == []


def test_no_lock_brings_torch() -> None:
    names = {line.split("==")[0] for lock in PYTHON_LOCKS for line in lock.read_text().splitlines()}
    assert {name for name in names if name == "torch" or name.startswith("nvidia-")} == set()
