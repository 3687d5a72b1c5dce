"""Sealed fields open only where they belong; blind indexes find without telling."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.safekeeping import KeyMissing, KeyRing, SealBroken, Vault, key_of, seal_prefix

NOW = datetime(2026, 11, 20, tzinfo=UTC)


@pytest.fixture(scope="module")
def vault(tmp_path_factory: pytest.TempPathFactory) -> Vault:
    return Vault(KeyRing.create(tmp_path_factory.mktemp("keys") / "ring.json", NOW))


@given(content=st.binary(max_size=2000), row=st.text(max_size=40))
def test_what_was_sealed_opens_at_its_place(vault: Vault, content: bytes, row: str) -> None:
    sealed = vault.seal("messages", "text_sealed", row, content)
    assert vault.open("messages", "text_sealed", row, sealed) == content
    assert key_of(sealed) == vault.ring.primary.id
    assert sealed.startswith(seal_prefix(vault.ring.primary.id))


@pytest.mark.parametrize(
    "place",
    [
        ("children", "name", "r1"),
        ("people", "email", "r1"),
        ("people", "name", "r2"),
        ("peopl", "ename", "r1"),
    ],
)
def test_it_opens_nowhere_else(vault: Vault, place: tuple[str, str, str]) -> None:
    sealed = vault.seal("people", "name", "r1", b"Ada")
    with pytest.raises(SealBroken, match="altered or moved"):
        vault.open(*place, sealed)


@given(data=st.data())
def test_any_altered_byte_is_found_out(vault: Vault, data: st.DataObject) -> None:
    sealed = bytearray(vault.seal("people", "name", "r1", b"Ada Lovelace"))
    where = data.draw(st.integers(0, len(sealed) - 1))
    sealed[where] ^= data.draw(st.integers(1, 255))
    with pytest.raises((SealBroken, KeyMissing)):
        vault.open("people", "name", "r1", bytes(sealed))


@given(noise=st.binary(max_size=80))
def test_what_was_never_sealed_does_not_open(vault: Vault, noise: bytes) -> None:
    with pytest.raises((SealBroken, KeyMissing)):
        vault.open("people", "name", "r1", noise)


def test_the_same_words_are_never_sealed_alike(vault: Vault) -> None:
    assert vault.seal("a", "b", "c", b"same") != vault.seal("a", "b", "c", b"same")


def test_a_lost_key_is_named_with_the_way_back(vault: Vault, tmp_path: Path) -> None:
    other = Vault(KeyRing.create(tmp_path / "ring.json", NOW))
    sealed = vault.seal("people", "name", "r1", b"Ada")
    with pytest.raises(KeyMissing, match=vault.ring.primary.id):
        other.open("people", "name", "r1", sealed)


def test_a_blind_index_ignores_case_and_spaces_only(vault: Vault) -> None:
    index = vault.blind_index("people.email", "Ada@School.example")
    assert index == vault.blind_index("people.email", "  ada@school.EXAMPLE ")
    assert index != vault.blind_index("people.email", "ida@school.example")
    assert index != vault.blind_index("children.email", "Ada@School.example")
    assert "ada" not in index.lower()
