"""The audit chain names the first link that does not hold."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.safekeeping import FIRST, Entry, digest, first_broken

SECRET = b"s" * 32
NOW = datetime(2026, 11, 20, tzinfo=UTC)
Links = list[tuple[Entry, str]]


def chain(length: int) -> Links:
    links: Links = []
    before = FIRST
    for number in range(1, length + 1):
        entry = Entry(
            "school", number, NOW + timedelta(minutes=number), "p1", "read", f"concern:{number}", {"n": 1}
        )
        before = digest(SECRET, before, entry)
        links.append((entry, before))
    return links


def head(links: Links) -> tuple[int, str]:
    return (links[-1][0].number, links[-1][1]) if links else (0, FIRST)


@pytest.mark.parametrize("length", [0, 1, 5])
def test_a_true_chain_holds(length: int) -> None:
    links = chain(length)
    assert first_broken(SECRET, "school", links, head(links)) is None


@given(where=st.integers(0, 9), what=st.sampled_from(["actor", "action", "subject", "at", "details"]))
def test_a_changed_entry_breaks_the_chain_there(where: int, what: str) -> None:
    links = chain(10)
    entry, stored = links[where]
    changed = {"actor": "p2", "action": "sent", "subject": "x", "at": NOW, "details": {"n": 2}}[what]
    links[where] = (Entry(**{**vars(entry), what: changed}), stored)
    broken = first_broken(SECRET, "school", links, head(chain(10)))
    assert broken is not None
    assert broken.number == where + 1
    assert f"broken at entry {where + 1}" in str(broken)


@given(where=st.integers(0, 8))
def test_a_removed_entry_breaks_the_chain_there(where: int) -> None:
    links = chain(10)
    del links[where]
    broken = first_broken(SECRET, "school", links, head(chain(10)))
    assert broken is not None
    assert broken.number == where + 1
    assert "missing" in broken.what


def test_a_chain_that_was_cut_short_does_not_reach_its_head() -> None:
    broken = first_broken(SECRET, "school", chain(10)[:7], head(chain(10)))
    assert broken is not None
    assert broken.number == 8


def test_whoever_lacks_the_secret_cannot_forge_a_new_chain() -> None:
    links: Links = []
    before = FIRST
    for entry, _ in chain(3):
        before = digest(b"guess" * 6, before, entry)
        links.append((entry, before))
    broken = first_broken(SECRET, "school", links, head(links))
    assert broken is not None
    assert broken.number == 1
