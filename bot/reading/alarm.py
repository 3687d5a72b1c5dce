"""Whether a message tells of immediate danger: the rules over its text and the model, weighed together."""

from __future__ import annotations

from bot.reading.parser import Parsed

BY_MODEL = "model"
# What is often told as denied, over or somebody else's (“no knife was found”). Whoever names danger itself (“she is in danger
# now”), or a sign that a duty follows from, is never answered for by the model.
OFTEN_DENIED = frozenset(
    {
        "weapon",
        "overdose",
        "suicide",
        "collapse",
        "at_the_gate",
        "missing_now",
        "child_alone",
        "drunk_in_charge",
        "strangled",
        "violence_now",
    }
)


def alarms(signs: tuple[str, ...], parsed: Parsed | None) -> tuple[str, ...]:
    """What speaks for danger: the signs that the rules met, the model, or both; nothing when there is none.

    A model that is all but certain of no danger may answer for some rules. Without a parser every rule speaks.
    """
    if parsed is None:
        return signs
    if parsed.danger < parsed.no_danger_below:
        return tuple(sign for sign in signs if sign not in OFTEN_DENIED)
    return (*signs, BY_MODEL) if parsed.danger >= parsed.danger_above else signs
