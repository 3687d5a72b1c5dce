"""Pauses grow, stay under their cap, and never fall into step."""

from datetime import timedelta
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from bot.handover import Patience


@given(attempts=st.integers(-1, 10_000), seed=st.integers())
def test_a_pause_is_never_over_the_longest(attempts: int, seed: int) -> None:
    pause = Patience().pause(attempts, Random(seed))
    assert timedelta() <= pause <= timedelta(seconds=60)
    assert pause <= timedelta(seconds=2) * 2 ** min(max(attempts - 1, 0), 30)


def test_pauses_differ() -> None:
    random = Random(1)
    assert len({Patience().pause(5, random) for _ in range(100)}) == 100
