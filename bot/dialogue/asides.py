"""Questions that staff ask on the way: answered from the pack with the source, then back to the question."""

from __future__ import annotations

import re
from collections.abc import Mapping
from difflib import get_close_matches

from bot.dialogue import aside_words, wording
from bot.dialogue.steps import Step
from bot.thresholds import Pack

WITH_CONTACTS: Mapping[str, tuple[str, ...]] = {
    "human_handoff": ("mash", "mash_education", "advice_line", "locality_surgery", "edt"),
    "about_colleague": ("lado",),
    "ask_out_of_hours": ("edt",),
    "ask_early_help": ("early_help", "advice_line"),
}
"""Which contacts of the pack an answer ends with, where the message itself names none."""
LONG_WORD, CLOSE = 6, 0.85
"""Letters of a word that may be mistyped (“threshhold”), and how much of it must be right."""
_THAT_WORD = re.compile(r"\b(?:that|this|it|the word|these|those)\b")
ASIDES = frozenset({"ask_why", "ask_meaning", *aside_words.ASIDES})


def aside(pack: Pack, step: Step | None, act: str, redacted: str, *, about: str = "") -> tuple[str, ...]:
    """The reply to an aside, from the pack's own words where it has them.

    ``about``: the colleague whom the worry is about, if it is about one; nobody is sent to that person.
    """
    if act == "ask_why":
        return (step.why if step is not None else aside_words.WHY_AT_END,)
    if act == "ask_meaning":
        return (_meaning(pack, step, redacted),)
    said = from_pack(pack, act, aside_words.ASIDES[act])
    if act == "ask_status":
        return (aside_words.NOT_SENT_YET, said)  # a concern that was sent is asked about on its own page
    if act not in WITH_CONTACTS:
        return (said,)
    whom = _named(pack, redacted) or WITH_CONTACTS[act]
    if "lado" in whom:  # whoever asks for the LADO worries about a colleague
        said = from_pack(pack, "about_colleague", aside_words.ASIDES["about_colleague"])
    if act == "human_handoff" and about in aside_words.HANDOFF_INSTEAD:
        return (aside_words.HANDOFF_INSTEAD[about], *contacts(pack, *dict.fromkeys(("lado", *whom))))
    return (said, *contacts(pack, *whom))


def from_pack(pack: Pack, word: str, otherwise: str) -> str:
    """The pack's own sentence with its source, or the plain national one."""
    said = pack.words.get(word)
    if not said:
        return otherwise
    source = pack.sources.get(pack.words.get(f"{word}_source", ""))
    return f"{said} (Source: {source.title})" if source is not None else said


def contacts(pack: Pack, *which: str) -> tuple[str, ...]:
    """How to reach people, as the pack gives it; an unpublished number is said to be unpublished."""
    chosen = [pack.contacts[name] for name in which if name in pack.contacts]
    return tuple(wording.contact(one.label, one.phone, one.hours, one.note) for one in chosen)


def _named(pack: Pack, redacted: str) -> tuple[str, ...]:
    """The contacts that a message asks for by name: “how do I reach the LADO”."""
    asked = redacted.lower()
    return tuple(name for name in pack.contacts if _names(asked, name.replace("_", " ")))


def _meaning(pack: Pack, step: Step | None, redacted: str) -> str:
    """What a word means: as the open question explains it, or the pack, else what it is asked for."""
    asked = redacted.lower()
    for terms in (step.help if step is not None else {}, *(one.help for one in pack.questions.values())):
        for term, definition in terms.items():
            if _names(asked, term):
                return f"{term}: {definition}"
    for category in pack.categories.values():
        if _names(asked, category.label):
            return f"{category.label}: {category.describe}"
    for term, definition in aside_words.GLOSSARY.items():
        if _names(asked, term):
            return f"{term}: {definition}"
    if any(_names(asked, word) for word in ("threshold", "band", "level", "red", "amber", "green")):
        return from_pack(pack, "ask_threshold", aside_words.ASIDES["ask_threshold"])
    if step is not None and step.help and _THAT_WORD.search(asked):
        return " ".join(f"{term}: {definition}" for term, definition in step.help.items())
    why = (step.why,) if step is not None else ()
    return " ".join((aside_words.NO_SUCH_WORD, *why, aside_words.NOT_KNOWING_IS_FINE))


def _names(asked: str, term: str) -> bool:
    """Whether the words ask for a term, also mistyped; its first words are enough (“harm online”)."""
    plain = re.split(r"[,(]", term.lower())[0].strip()
    if re.search(rf"(?<!\w){re.escape(plain)}(?!\w)", asked):
        return True
    return len(plain) >= LONG_WORD and bool(get_close_matches(plain, re.findall(r"[a-z]+", asked), 1, CLOSE))
