"""The key ring: made once, readable by its owner only, and clear about what is wrong with it."""

import json
import stat
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.safekeeping import KeyMissing, KeyRing, KeyRingDamaged, KeyRingError, KeyRingMissing

NOW = datetime(2026, 11, 20, tzinfo=UTC)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "keys" / "ring.json"


def test_only_its_owner_can_read_it(path: Path) -> None:
    KeyRing.create(path, NOW)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_it_is_never_overwritten(path: Path) -> None:
    KeyRing.create(path, NOW)
    with pytest.raises(KeyRingError, match="exists already"):
        KeyRing.create(path, NOW)


def test_a_missing_ring_says_how_to_recover(path: Path) -> None:
    with pytest.raises(KeyRingMissing, match="Put back the copy"):
        KeyRing.load(path)


@pytest.mark.parametrize(
    "damage", ["", "{}", "[1]", '{"primary": "x", "keys": [], "look_up": "AA==", "audit": "AA=="}']
)
def test_a_damaged_ring_says_so_and_shows_nothing_of_it(path: Path, damage: str) -> None:
    KeyRing.create(path, NOW)
    path.write_text(damage)
    with pytest.raises(KeyRingDamaged, match="cannot be read"):
        KeyRing.load(path)


def test_a_ring_without_its_primary_is_damaged(path: Path) -> None:
    KeyRing.create(path, NOW)
    ring = json.loads(path.read_text()) | {"primary": "another"}
    path.write_text(json.dumps(ring))
    with pytest.raises(KeyRingDamaged, match="primary"):
        KeyRing.load(path)


def test_a_new_primary_leaves_the_older_keys(path: Path) -> None:
    ring = KeyRing.create(path, NOW)
    first = ring.primary
    second = ring.add_primary(datetime(2026, 12, 1, tzinfo=UTC))
    assert ring.primary == second != first
    assert ring.key_ids == (first.id, second.id)
    assert KeyRing.load(path).key(first.id) == first


def test_another_process_sees_the_new_primary_without_a_restart(path: Path) -> None:
    mine = KeyRing.create(path, NOW)
    web = KeyRing.load(path)
    assert web.primary == mine.primary
    new = mine.add_primary(datetime(2026, 12, 1, tzinfo=UTC))
    assert web.primary == new


def test_an_unknown_key_is_named(path: Path) -> None:
    ring = KeyRing.create(path, NOW)
    with pytest.raises(KeyMissing, match="“20200101-lost” is not in the key ring"):
        ring.key("20200101-lost")


def test_a_running_process_outlives_a_vanished_file(path: Path) -> None:
    ring = KeyRing.create(path, NOW)
    path.unlink()
    assert ring.key(ring.primary.id) == ring.primary
