"""Whether a message tells of immediate danger: the rules over its text and the model, weighed together."""

from __future__ import annotations

from bot.reading.parser import Parsed

BY_MODEL = "model"
# A duty follows from these signs whatever else a message says.
SIGNS_BY_THEMSELVES = frozenset({"baby_mark", "fgm"})


def alarms(signs: tuple[str, ...], parsed: Parsed | None) -> tuple[str, ...]:
    """What speaks for danger: the signs that the rules met, the model, or both; nothing when there is none.

    A model that is all but certain of no danger may answer for a rule (“no knife was found”).
    """
    if parsed is None:
        return signs
    if parsed.danger < parsed.no_danger_below:
        return tuple(sign for sign in signs if sign in SIGNS_BY_THEMSELVES)
    return (*signs, BY_MODEL) if parsed.danger >= parsed.danger_above else signs
