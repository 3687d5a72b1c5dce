"""What is told beside a question, a courtesy, or a “no”: “why do you ask? he has run off”.

It is read like a message of its own, so that nothing serious drowns in what it stands beside.
"""

from __future__ import annotations

import re

_FIRST = (
    r"(?:(?:ok(?:ay)?|so|and|but|sorry|wait|oh|well|um+|er+m?)\W+)*"
    r"(?:why (?:do|are|r|would|is|does)|y (?:r|do)|what(?:'?s| does| do| is| are| happens| if)|who (?:do|should|can|is)|how (?:do|long|will|can)"
    r"|where(?:'?s| is| are)|when (?:do|will|is)|do (?:i|we|u|you|parents|they)|does (?:it|this|that)|can (?:i|we|u|you)|could i|should (?:i|we)"
    r"|shall i|will (?:they|you|it)|is (?:it|this|that)|am i|must i|thanks?|thank (?:you|u)|thx|ty|cheers|ta|hi|hiya|hello|hey|morning"
    r"|not sure|unsure|dunno|dont know|don'?t know|idk|no idea|never ?mind|nvm|ignore (?:that|this)|forget (?:that|it)|scrap that"
    r"|don'?t worry|all good|no+|nope|nah|yes|yeah|yep|not (?:him|her|them)|hang on|hold on|actually|correction|sorry|i me(?:an|ant))\b"
)
_APART = re.compile(
    rf"^\W*(?P<first>{_FIRST}[^?!.;,\n]{{0,60}}?)\s*(?:[?!.;,:–—\n]+|\s-\s|\bbut\b|\bbtw\b|\bactually\b|\boh\b)\s*(?P<rest>\S.*)$",
    re.I | re.S,
)
FEWEST, DEEPEST = 2, 3
"""Words of what may be told there, and how many openings may stand before it."""


def told_beside(text: str) -> str:
    """What stands behind a question, a courtesy or a “no” that opens a message; empty where nothing does."""
    rest, plain = "", text.replace("’", "'")
    for _ in range(DEEPEST):  # “sorry, I meant mum – she is dying”
        match = _APART.match(plain)
        if match is None or len(match["rest"].split()) < FEWEST:
            break
        rest = plain = match["rest"].strip()
    return rest
