"""Whether a message tells of immediate danger: by the rules over its text, by the model, or by both."""

from __future__ import annotations

from bot.reading.parser import Parsed

BY_MODEL = "model"


def alarms(signs: tuple[str, ...], parsed: Parsed | None) -> tuple[str, ...]:
    """What speaks for danger: the signs that the rules met, the model, or both; nothing when there is none."""
    return (*signs, BY_MODEL) if parsed and parsed.danger >= parsed.danger_above else signs
