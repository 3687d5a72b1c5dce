"""Whether a message tells of immediate danger: the rules over its text, the model and what is told, weighed together."""

from __future__ import annotations

import math
import re

from bot.dialogue.understanding import BY_MODEL
from bot.reading.parser import Parsed

# What is often told as denied, over or somebody else's (“no knife was found”): such a rule speaks beside the model. Whoever
# names danger itself (“she is in danger now”), or a sign that a duty follows from, is heard whatever the model says.
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
RULE = 1.0
"""How much such a rule adds to the model's log odds: a model that holds danger for three times less likely than it
would otherwise have to is enough where a rule speaks too (chosen on the held-out sets, decision record 7)."""
GOES_TO_HARM = "goes_to_harm"
HANDED_OVER = 0.7
"""How likely it must be told that the child goes today to the very person who is feared."""
LIKELY = 0.3
"""How likely it must be that the message is about harm by somebody."""
HURT_BY_SOMEBODY = frozenset(
    {
        "physical_harm",
        "sexual_harm",
        "domestic_abuse",
        "forced_marriage_hbv",
        "fgm",
        "faith_belief_abuse",
        "cse",
        "trafficking_modern_slavery",
    }
)
"""Categories in which that person hurts the child: who acts after home time acts too late."""
MARK_ALONE, FEW_WORDS = 2.5, 25
"""How much more of the model's log odds a mark needs that is told in so few words and with nothing urgent beside it: on
a child who goes to school and walks it is a worry, often a Red one, but no danger that cannot wait for a question."""
_MARK = re.compile(
    r"\b(?:bruis\w*|marks?|cuts?|burns?|burnt|scratch\w*|graze\w*|bump|lump|bite|bitten|black eye|sore|swollen)\b",
    re.I,
)
_URGENT = re.compile(
    r"\b(?:bab(?:y|ies)|bubs?|infant|newborn|toddler|nursery|pram|buggy|cot|months?|mths?|weeks?|wks?|not (?:yet )?(?:crawl|walk|roll)\w*|crawl\w*"
    r"|non-? ?(?:mobile|verbal)|wheelchair|pmld|hoist\w*|(?:ca|do|does)(?:n'?t|nnot| not)|cannot|cant|unable|needs?|severe\w*|serious\w*|deep|skin|bone"
    r"|bleed\w*|blood|pour\w*|gush\w*|neck|throat|strangl\w*|chok\w*|breath\w*|unconscious|floppy|dizzy|sick|vomit\w*|head injury|hospital"
    r"|ambulance|999|police|knife|blade|glass|petrol|acid|now|here|gate|outside|waiting|reception|office|coming|comes?|collect\w*|pick\w*|fetch\w*"
    r"|home|tonight|today at|after school|\d[.:]\d\d|(?:1|one|2|two) ?(?:yrs?|years?) ?old|scared|afraid|terrified|frightened|begg\w*|hid(?:e|ing)|threat\w*|kill\w*|dead|die|rash|petechia\w*"
    r"|thigh|genital\w*|private|bottom|nappy|fgm|down there|inside)\b",
    re.I,
)
NEVER = 1e-6
"""The model is never surer than this."""


def alarms(text: str, signs: tuple[str, ...], parsed: Parsed | None) -> tuple[str, ...]:
    """What speaks for danger: the signs that the rules met, the model, or both; nothing when there is none.

    Without a parser every rule speaks for itself.
    """
    if parsed is None:
        return signs
    if _goes_to_harm(parsed):
        return (*signs, GOES_TO_HARM)
    heard = tuple(sign for sign in signs if sign not in OFTEN_DENIED)
    added = RULE if len(heard) < len(signs) else 0.0
    if not signs and _is_a_mark_alone(text):
        added = -MARK_ALONE
    if _log_odds(parsed.danger) + added < _log_odds(parsed.danger_above):
        return heard
    return (*signs, BY_MODEL) if parsed.danger >= parsed.danger_above else signs


def _is_a_mark_alone(text: str) -> bool:
    """A few words on a mark, of a child who is no baby and can move, with nothing else that is urgent."""
    few = len(text.split()) <= FEW_WORDS
    return few and _MARK.search(text) is not None and _URGENT.search(text) is None


def _goes_to_harm(parsed: Parsed) -> bool:
    """The child is hurt, and is about to go with whoever hurts: “belt marks … mum is picking him up today”."""
    hurt = any(one.name in HURT_BY_SOMEBODY and one.confidence >= LIKELY for one in parsed.categories)
    return hurt and any(
        one.option == "person_of_worry" and one.confidence >= HANDED_OVER for one in parsed.told or ()
    )


def _log_odds(chance: float) -> float:
    sure = min(max(chance, NEVER), 1 - NEVER)
    return math.log(sure / (1 - sure))
