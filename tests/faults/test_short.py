"""The short form of the fault run: a few referrals through real processes that are killed and cut off."""

from pathlib import Path

import pytest

from tests.faults.run import Plan, fault_run


@pytest.mark.slow
@pytest.mark.parametrize("database", ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def test_nothing_is_lost_doubled_or_altered(database: str, tmp_path: Path) -> None:
    said: list[str] = []
    outcome = fault_run(database, Plan(referrals=15, seed=3), tmp_path, said.append)
    assert outcome.is_clean, "\n".join([outcome.line(database, 3), *said])
    assert outcome.sent == outcome.received == 15
