"""Questions that staff ask on the way: answered from the pack with the source, then back to the question."""

from __future__ import annotations

import re

from bot.dialogue import wording
from bot.dialogue.steps import Step
from bot.thresholds import Pack

ASIDES = frozenset(
    {
        "ask_why",
        "ask_threshold",
        "ask_consent",
        "ask_out_of_hours",
        "ask_early_help",
        "ask_status",
        "human_handoff",
        "greet",
        "thank",
        "out_of_scope",
    }
)

_MEANING = re.compile(
    r"\b(?:what(?:'s| is| does| do you mean by)?)\b.*?\b(?:mean|means|meant)\b|\bdefine\b", re.I
)
_AFTER_SENDING = re.compile(r"\bwhat (?:happens|will happen)\b|\bhappens (?:next|after)\b", re.I)
_FOR_SELF = re.compile(
    r"\b(?:worried|scared|frightened|unsafe) (?:for|about) myself\b"
    r"|\bi(?:'m| am) (?:being abused|not safe)\b",
    re.I,
)


def aside(pack: Pack, step: Step | None, act: str, redacted: str) -> tuple[str, ...]:
    """The reply to an aside, from the pack's own words where it has them."""
    if _FOR_SELF.search(redacted):
        return (from_pack(pack, "worried_for_self", wording.WORRIED_FOR_SELF),)
    if _MEANING.search(redacted):
        meaning = _meaning(step, redacted)
        if meaning:
            return (meaning,)
    if _AFTER_SENDING.search(redacted):
        return (from_pack(pack, "after_sending", wording.AFTER_SENDING),)
    match act:
        case "ask_why":
            return (step.why,) if step is not None else (wording.WHY_AT_END,)
        case "human_handoff":
            return (from_pack(pack, "human_handoff", wording.HUMAN), *contacts(pack))
        case "ask_out_of_hours":
            return (from_pack(pack, act, wording.OUT_OF_HOURS), *contacts(pack, "edt"))
        case "ask_early_help":
            return (from_pack(pack, act, wording.EARLY_HELP), *contacts(pack, "early_help", "advice_line"))
        case _:
            return (from_pack(pack, act, wording.ASIDES.get(act, wording.OUT_OF_SCOPE)),)


def from_pack(pack: Pack, word: str, otherwise: str) -> str:
    """The pack's own sentence with its source, or the plain national one."""
    said = pack.words.get(word)
    if not said:
        return otherwise
    source = pack.sources.get(pack.words.get(f"{word}_source", ""))
    return f"{said} (Source: {source.title})" if source is not None else said


def contacts(pack: Pack, *which: str) -> tuple[str, ...]:
    """How to reach people, as the pack gives it; an unpublished number is said to be unpublished."""
    chosen = [pack.contacts[name] for name in (which or tuple(pack.contacts)) if name in pack.contacts]
    return tuple(wording.contact(one.label, one.phone, one.hours, one.note) for one in chosen)


def _meaning(step: Step | None, redacted: str) -> str | None:
    lowered = redacted.lower()
    for term, definition in (step.help if step is not None else {}).items():
        if term.lower() in lowered:
            return f"{term}: {definition}"
    return None
