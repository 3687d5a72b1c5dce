"""The command line as an operator types it, over a school's real database."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from bot.cli import main
from bot.store import Store

Bot = Callable[..., tuple[int, str, str]]


@pytest.fixture
def bot(store: Store, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Bot:
    """Runs `bot …` on that store; gives the exit status and what it printed and complained about."""
    keys: Path = store.vault.ring.path
    monkeypatch.setenv("BOT_STATE_DIR", str(keys.parent.parent))
    monkeypatch.setenv("BOT_DATABASE_URL", store.engine.url.render_as_string(hide_password=False))

    def run(*arguments: str | Path) -> tuple[int, str, str]:
        capsys.readouterr()
        status = main([str(one) for one in arguments])
        said = capsys.readouterr()
        return status, said.out, said.err

    return run
