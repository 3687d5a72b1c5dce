"""Whether a correction says what is right, or only that something was wrong."""

from __future__ import annotations

import re

from bot.dialogue.understanding import Understanding

SAYS_ONLY_WRONG = frozenset(
    [
        "a",
        "actually",
        "again",
        "an",
        "and",
        "answer",
        "answers",
        "before",
        "but",
        "can",
        "change",
        "changed",
        "chose",
        "clicked",
        "correct",
        "correction",
        "did",
        "earlier",
        "error",
        "first",
        "got",
        "have",
        "i",
        "i'm",
        "i've",
        "im",
        "is",
        "isn't",
        "isnt",
        "it",
        "it's",
        "its",
        "just",
        "last",
        "made",
        "mean",
        "meant",
        "mistake",
        "mistaken",
        "my",
        "no",
        "not",
        "oh",
        "ok",
        "one",
        "oops",
        "pls",
        "please",
        "pressed",
        "put",
        "question",
        "right",
        "said",
        "scratch",
        "sorry",
        "that",
        "that's",
        "thats",
        "the",
        "then",
        "think",
        "this",
        "ticked",
        "to",
        "typed",
        "up",
        "wait",
        "want",
        "wanted",
        "was",
        "wasn't",
        "wrong",
        "yes",
        "you",
    ]
)
"""Words of a correction that does not say yet what is right: “sorry, that was wrong”."""


def says_what_is_right(said: Understanding) -> bool:
    """Whether a correction tells (“it was dad, not mum”): then it belongs to the account."""
    words = re.findall(r"[a-z']+|\d+", said.redacted.lower().replace("’", "'"))
    return said.act == "correct_answer" and not SAYS_ONLY_WRONG.issuperset(words)
