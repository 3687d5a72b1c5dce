"""The small pack, loaded once."""

from __future__ import annotations

import pytest

from bot.thresholds import Pack
from tests.thresholds.small import small_pack


@pytest.fixture(scope="session")
def pack(tmp_path_factory: pytest.TempPathFactory) -> Pack:
    return small_pack(tmp_path_factory.mktemp("packs"))
