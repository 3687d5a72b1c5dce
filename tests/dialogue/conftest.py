"""A conversation about one authority's pack, without parser and database."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.thresholds import Pack, load_pack
from tests.dialogue.talk import Talk

PACKS = Path(__file__).resolve().parents[2] / "data" / "thresholds"


@pytest.fixture(scope="module")
def pack() -> Pack:
    return load_pack("wolverhampton", root=PACKS)


@pytest.fixture
def talk(pack: Pack) -> Talk:
    return Talk(pack)
