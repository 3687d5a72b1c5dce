"""The README's table names every setting there is."""

from pathlib import Path

from bot.settings import Settings

README = Path(__file__).resolve().parents[2] / "README.md"


def test_every_setting_stands_in_the_table() -> None:
    text = README.read_text()
    names = ["BOT_" + name.upper() for name in Settings.model_fields]
    assert [name for name in names if f"`{name}`" not in text] == []
