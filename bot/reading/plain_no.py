"""Whether a message says “no”, and nothing more, to the question whether a child is in danger now.

Any child may be meant, and a “no” that goes on may say the opposite: “no but his sister is”, “no he is not safe”. Only what
consists of no and of reassurance counts; all else is asked again, with what was said kept.
"""

from __future__ import annotations

import re

from bot.reading.language import word_list

_NO = frozenset(
    {
        "n",
        "no",
        "noo",
        "nope",
        "nah",
        "naw",
        "nay",
        "not",
        "isn't",
        "isnt",
        "aren't",
        "arent",
        "none",
        "neither",
    }
)
_TURNED = re.compile(
    r"\b(?:not|isn'?t|aren'?t|wasn'?t|never|don'?t think (?:he|she|they|it)(?:'?s| is|'?re| are)?) (?:\w+ ){0,2}?(?:safe|ok|okay|fine|"
    r"well|alright|settled|happy|calm|here|present)\b|\bn/?a\b|\byet\b",
    re.I,
)
_WORD = re.compile(r"[a-z]+(?:'[a-z]+)?|\d+")


def is_plain_no(text: str) -> bool:
    """Whether nothing in the message says more than no, or that the child is safe."""
    said = text.replace("’", "'").lower()
    words = _WORD.findall(said)
    plain = all(word in _NO or word in word_list("reassuring") for word in words)
    return plain and words[:1] != ["none"] and not _TURNED.search(said)
