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
    r"|\bnot (?:at )?(?:home|school|here|in)\b(?! danger)|\b(?:don'?t|do not) know\b|\bno idea\b|\bnot sure\b"
)
_BUT = re.compile(
    r"\b(?:is|are|was|has|had|might|may|could|will|would)(?: be)?\W*(?:$|[.,;!?]|\b(?:at \d|by \d|when|if|once|tonight|later|soon|after|being"
    r"|now|though|in danger|at risk|not safe)\b)|\byes\b|\bin danger\b|\bat risk\b|\bthe other (?:one|child|kid)\b"
    r"|^but\b.*\b(?:bro|brother|sis|sister|sibling|twin|baby|cousin|others?|little one|friend|isn'?t|aren'?t|not|alone|locked"
    r"|left|missing|hurt|kill\w*|knife)\b"
    r"|\b(?:bro|brother|sister|sibling|twin|baby)s?\b.*\b(?:not|isn'?t|alone|locked|left|missing|hurt|hit|fed|ill|home)\b|\bgoing for\b"
    r"|\bwo ?n'?t\b|\bwouldn'?t\b|\bnot (?:at|when|if|once)\b|\buntil\b|\btill?\b"
    r"|\bon (?:his|her|their) way\b|\bcoming\b|\boutside\b|\bat the (?:gate|door)s?\b|\bturn(?:ed|ing) up\b"
)
"""What turns the “no” before it round: “but his sister is”, “he will be when he gets home”."""
_NO_DANGER = re.compile(
    r"(?:all )?safe(?: now| here| with me)?\W*|(?:no+|nah|nope)?\W*(?:not|(?:(?:he|she|they|it)(?:'s|s| is|'re|re| are)? (?:not|n't)|(?:he|she|they) (?:isn'?t|aren'?t))"
    r"|(?:no ?one|nobody|no child|none of them)(?:'s| is| are)?|(?:the )?child(?:ren)? (?:is|are) not) (?:in )?(?:any |immediate |real )?danger"
    r"(?:\W+(?:now|right now|atm|at the moment|today|i think|that i know of|thankfully|thank god))*\W*"
)
_ANOTHER = re.compile(
    r"\W*(?:no+t?|nah|nope)\b[^.!?]{0,25}?(?:\bbut\b|,|\bthough\b|\btho\b|\bonly\b)[^.!?]{0,25}?"
    r"\b(?:sister|brother|sibling|twin|cousin|baby|mum|mother|friend|mate|nan|others?|little one|younger one|older one|\[name\])s?\b"
    r"[^.!?]{0,12}?\b(?:is|are|might be|may be|could be|will be|prob(?:ably)? is|would be)\b"
    r"(?:\W+(?:tho\w*|in danger|at risk|not safe|now|right now|tonight|still|there with (?:him|her|them)))*\W*"
)
_SINCE = re.compile(r"not since \w+(?: \w+)?\W*")
_FIRST = re.compile(r"[.,;!?]+\s+|\s+(?=but\b)")
_WORD = re.compile(r"[a-z]+(?:'[a-z]+)?|\d+")


def is_plain_no(text: str) -> bool:
    """Whether it says no or that the child is safe, and nothing that takes it back."""
    said = text.replace("’", "'").lower().strip()
    if _SINCE.fullmatch(said) or says_no_danger(said):
        return True
    first, *rest = _FIRST.split(said, maxsplit=1)
    plain = all(word in _NO or word in word_list("reassuring") for word in _WORD.findall(first))
    return plain and not _TURNED.search(said) and not any(_BUT.search(one) for one in rest)


def says_no_danger(text: str) -> bool:
    """“She's not in danger”, “no one is in danger now”, and no more."""
    return _NO_DANGER.fullmatch(text.replace("’", "'").lower().strip()) is not None


def names_another(text: str) -> bool:
    """“No but his sister is”, said to the question about danger: somebody else is."""
    return _ANOTHER.fullmatch(text.replace("’", "'").lower().strip()) is not None
