"""Every script is played: by buttons with the parser switched off, in words with the real parser."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from bot.reading import Reader
from bot.reading.parser_process import RASA, running_parser
from tests.conversations.play import Play
from tests.conversations.script import Conversation, conversations
from tests.conversations.stage import Stage
from tests.web.conftest import reader

HERE = Path(__file__).parent
ROOT = HERE.parents[1]


def scripts(folder: str) -> list[object]:
    return [pytest.param(one, id=f"{file}: {one.title}") for file, one in conversations(HERE / folder)]


@pytest.fixture(scope="module")
def with_parser() -> Iterator[Reader]:
    """A reader beside the parser with the model that was trained; one process for all scripts."""
    if not RASA.exists() or not any((ROOT / "models").glob("parser-*.tar.gz")):
        pytest.skip("needs Rasa's environment and a trained model: make train")
    with running_parser() as address:
        yield Reader(address, timeout=10)


def played(script: Conversation, read: Reader, url: str, folder: Path) -> None:
    stage = Stage(url, folder, read)
    try:
        Play(stage).play(script)
    finally:
        stage.close()


@pytest.mark.parametrize("script", scripts("buttons"))
def test_by_buttons(script: Conversation, migrated: Callable[[str, Path], str], tmp_path: Path) -> None:
    played(script, reader(), migrated("sqlite", tmp_path), tmp_path)


@pytest.mark.slow
@pytest.mark.parser
@pytest.mark.parametrize("script", scripts("words"))
def test_in_words(
    script: Conversation, with_parser: Reader, migrated: Callable[[str, Path], str], tmp_path: Path
) -> None:
    played(script, with_parser, migrated("sqlite", tmp_path), tmp_path)
