"""Whether a message says “no” to the question whether a child is in danger now, and nothing that turns it round.

Any child may be meant, and a “no” that goes on may say the opposite: “no but his sister is”, “no he is not safe”. A “no” counts
that consists of no and of reassurance, also where something else is told behind it; all else is asked again, with what
was said kept.
"""

from __future__ import annotations

import re

from bot.reading.language import word_list

_NO = frozenset(
    {"n", "no", "noo", "nope", "nah", "naw", "nay", "not", "isn't", "isnt", "aren't", "arent", "neither"}
)
_TURNED = re.compile(
    r"\b(?:not|isn'?t|aren'?t|wasn'?t|never|don'?t think (?:he|she|they|it)(?:'?s| is|'?re| are)?) (?:\w+ ){0,2}?"
    r"(?:safe|ok|okay|fine|well|alright|settled|happy|calm|here|present)\b|\bn/?a\b|\byet\b"
)
_BUT = re.compile(
    r"\b(?:is|are|was|might|may|could|will|would)(?: be)?\W*(?:$|[.,;!?]|\b(?:when|if|once|tonight|later|soon|after|being"
    r"|now|though|in danger|at risk|not safe)\b)|\byes\b|\bin danger\b|\bat risk\b|\bthe other (?:one|child|kid)\b"
    r"|\bon (?:his|her|their) way\b|\bcoming\b|\boutside\b|\bat the (?:gate|door)s?\b|\bturn(?:ed|ing) up\b"
)
"""What turns the “no” before it round: “but his sister is”, “he will be when he gets home”."""
_SINCE = re.compile(r"not since \w+(?: \w+)?\W*")
_FIRST = re.compile(r"[.,;!?]+\s+|\s+(?=but\b)")
_WORD = re.compile(r"[a-z]+(?:'[a-z]+)?|\d+")


def is_plain_no(text: str) -> bool:
    """Whether it says no or that the child is safe, and nothing that takes it back."""
    said = text.replace("’", "'").lower().strip()
    if _SINCE.fullmatch(said):
        return True
    first, *rest = _FIRST.split(said, maxsplit=1)
    plain = all(word in _NO or word in word_list("reassuring") for word in _WORD.findall(first))
    return plain and not _TURNED.search(said) and not any(_BUT.search(one) for one in rest)
