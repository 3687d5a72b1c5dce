"""Yes, no and “that's all” to what stands ticked."""

from __future__ import annotations

import re

from bot.dialogue.steps import Step
from bot.dialogue.understanding import Understanding

_ENDS = re.compile(
    r"\W*(?:no+|nah|nope|na|not really|none|nothing)?\W*(?:(?:no+|nah|nope)\W+)*"
    r"(?:nothing (?:else|more|like that)|no more|that'?s (?:all|it|everything|the lot|them all)"
    r"|(?:just|only) (?:that|those|these|this)|none (?:of the )?(?:others?|rest)|no others?|(?:all )?done)?"
    r"(?:\W+(?:thanks?|really|that i know(?: of)?|i know of|for now|i think|so far))*\W*",
    re.I,
)
"""A plain “no” or “that's all”: beside ticks it says that there is no more, never that they are wrong."""
_NO_MORE = re.compile(
    r"\b(?:nothing (?:else|more)|no(?:ne| other| more)?(?: of the)? (?:others?|rest)|that'?s (?:all|it)"
    r"|just (?:that|those|the one|this)|only (?:that|those|this|the)|no more)\b",
    re.I,
)
_ONLY_YES = re.compile(
    r"\W*(?:(?:oh|well|ok(?:ay)?|and|erm?|um+)\W+)?"
    r"(?:y|ye[sahp]*|yh|yup|aye|ok(?:ay)?|correct|right|exactly|indeed|true|all of (?:it|them|that)"
    r"|(?:that|it|they)(?:'?s| is|'?re| are)? (?:right|correct|true|all|it))"
    r"(?:\W+(?:that'?s (?:right|correct|it|all)|all of (?:it|them)|correct|right|please|thanks?|it is"
    r"|they are))*\W*",
    re.I,
)
"""Yes and no more: “yeah both arms” says more than yes to a list."""
_NO_FIRST = re.compile(r"\W*(?:no+|nah|nope|none|nothing|not)\b(?! more| other| else)", re.I)
"""A “no” to the ticks themselves; “no more” leaves them."""
_ONLY_NO = re.compile(
    r"\W*(?:no+|nah|nope|na|not really|not quite|no (?:thanks?|thank you|ta))"
    r"(?:\W+(?:thanks?|really|sorry|no))*\W*",
    re.I,
)
_ALL_BUT = re.compile(
    r"\b(?:except|apart from|bar (?:the|that)|all but|but not|other than|not the|minus|without the)\b", re.I
)
"""“All right except the last one”: which are meant, only ticks can say."""
TWO = 2
_BOTH = re.compile(r"\W*(?:ye[sahp]*\W+)?both(?: of (?:it|them|these|those))?(?:\W+please)?\W*", re.I)
"""Of two that stand ticked, it says yes to both."""


def ends_list(step: Step, said: Understanding) -> bool:
    """Whether a message says that there is no more to a list of which something stands ticked."""
    words = said.redacted.replace("’", "'")
    said_something = any(letter.isalpha() for letter in words)
    return step.kind == "many" and said_something and _ENDS.fullmatch(words) is not None


def agrees(step: Step, said: Understanding) -> bool:
    """Whether a message says yes to what is chosen beforehand; to a list, only a yes and no more."""
    if step.kind != "many":
        return said.act == "affirm"
    two = isinstance(step.suggested, frozenset) and len(step.suggested) == TWO
    if two and _BOTH.fullmatch(said.redacted):
        return True
    return said.act == "affirm" and _ONLY_YES.fullmatch(said.redacted) is not None


def settles(step: Step, said: Understanding) -> bool:
    """Whether a message says yes or no to the ticks of “it sounds like …”: “both”, “that's all”, “nooo”."""
    return agrees(step, said) or (step.suggested is not None and ends_list(step, said))


def denies(said: Understanding) -> bool:
    """Whether a message begins with a no to the ticks themselves; “nothing else” leaves them."""
    if _NO_MORE.search(said.redacted):
        return False
    return said.act == "deny" or _NO_FIRST.match(said.redacted) is not None


def says_only_no(said: Understanding) -> bool:
    """A bare “no” to what stands ticked: whether it is all wrong, or there is no more, only ticks can say."""
    return _ONLY_NO.fullmatch(said.redacted) is not None


def leaves_some_out(said: Understanding) -> bool:
    """“All right except the last one”: which are meant, only ticks can say."""
    return _ALL_BUT.search(said.redacted) is not None


def says_no_more(said: Understanding) -> bool:
    """Whether ticks in words come with “and nothing else”."""
    return _NO_MORE.search(said.redacted) is not None
