"""What the tests of reading share."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.thresholds import Pack, load_pack

PACKS = Path(__file__).resolve().parents[2] / "data" / "thresholds"


@pytest.fixture(scope="session")
def pack() -> Pack:
    """England's pack."""
    return load_pack("england", root=PACKS)
