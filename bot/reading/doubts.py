"""What speaks against a suggestion: it is denied, over, of somebody else, or lacks the words that it needs.

A doubtful suggestion is not made. What it is about stays open and is asked, so nothing is ever ruled out by it.
"""

from __future__ import annotations

import re
from functools import lru_cache

import yaml

from bot.reading.clauses import CHILD, GROWN_UP, NOBODY, speaks_of
from bot.reading.danger import put_right
from bot.reading.facts import Fact, goes_to_another
from bot.reading.language import LISTS

STANDING = frozenset(
    {
        "past",
        "long_ago",
        "plan_before",
        "care_before",
        "social_worker_before",
        "removed_before",
        "again",
        "no_reach",
        "believed_safe",
    }
)
"""What is so although it is over."""
NEVER_OVER = frozenset({"sex_signs", "hsb_signs", "fgm_signs", "cse_signs", "allegation_signs"})
"""Questions on harm that counts however long ago it was."""
OF_THE_BODY = frozenset({"injury", "injury_signs"})
"""Questions on the child's own body."""
OF_THE_CHILD = OF_THE_BODY | {"mobility", "about_child"}
"""Questions whose answer must be the child's own."""
_DENIED = re.compile(
    r"\bnever (?:ever |once )?(?:hit|hurt|smack|slap|touch|lay|laid|been hit|been hurt)|\b(?:denie[sd]|denying)\b"
    r"|\b(?:has|had|have|is|was|did|does)n'?t (?:ever )?(?:hit|hurt|touch|smack|slap|been hit|been hurt)"
    r"|\b(?:doesn'?t|doesnt|does not|didn'?t|don'?t) (?:really )?want to (?:die|kill|hurt|harm|be dead)\b"
    r"|\b(?:asked|ask) (?:if|whether)\b.*\b(?:said|says) no\b|\bno ?(?:one|body) (?:has )?(?:hit|hurt|touch)",
    re.I,
)
_SOMEBODY_ELSE = re.compile(
    r"\bwhen (?:she|he|mum|dad|they|i) (?:was|were) (?:little|small|young|a (?:child|kid|girl|boy)|(?:her|his|their) age)\b"
    r"|\b(?:not (?:him|her|them|ours)\b\W*$)",
    re.I,
)
"""What a parent lived through as a child, or what was said to be somebody else's."""
_OF_KIN = re.compile(
    r"\b(?:brother|sister|cousin|friend|mate|neighbour|pal)s?(?:'s)? (?:\w+ ){0,3}?(?:has|had|is|was|were|got|who)\b",
    re.I,
)
_OTHERS_BABY = re.compile(
    r"\b(?:baby|little|newborn|new) (?:half-?)?(?:sister|brother|sibling|cousin)\b", re.I
)
_LONG_AGO = re.compile(
    r"\b(?:was|were|had|did|used to|came off|went)\b.*\b(?:(?:back )?in (?:19|20)\d\d|years (?:ago|back)|(?:back )?(?:in|at) "
    r"(?:primary|infants?|juniors?|nursery|reception|key stage 1|ks1|her last school|his last school))\b"
    r"|\b(?:19|20)\d\d\b.*\b(?:all|it) (?:over|done|finished)\b|\b(?:long|all|both) (?:since )?(?:finished|over|closed)\b"
    r"|\b(?:old|previous|last) (?:\w+ )?(?:file|school)\b.*\b(?:was|were|had)\b",
    re.I,
)
_STILL = re.compile(
    r"\b(?:again|still|now|(?<!long )since|started|back (?:on|with|living)|never stopped|keeps)\b", re.I
)
"""What was so long ago, and is not said to go on."""
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_THESE_DAYS = re.compile(r"(?:^|[.!?;]\s+|\n)(?:now|currently|today|these days|this (?:week|term))\b", re.I)
"""A chronology that comes to what is so now."""
_HURT = re.compile(
    r"\b(?:bruis\w*|marks?|marked|burn\w*|cuts?|scratch\w*|swell\w*|swollen|bite\w*|bitten|graze\w*|lump|black eye|welt\w*|"
    r"scald\w*|broken|fractur\w*|bleed\w*|\w*prints?|hit|hits|hitting|smack\w*|slap\w*|punch\w*|kick\w*|belt\w*|hurt\w*|"
    r"grab\w*|threw|thrown|push\w*|pull\w*|drag\w*|shook|shak\w+|beat\w*|injur\w*|sore|limp\w*|wound\w*|chok\w*|"
    r"strangl\w*|bit|pinch\w*|shov\w*|batter\w*|whack\w*|stamp\w*)\b",
    re.I,
)
SEEN = frozenset({"mark", "minor", "ordinary", "shape", "hidden_place"})
_SEEN = re.compile(
    r"\b(?:bruis\w*|marks?|marked|burn\w*|cuts?|scratch\w*|swell\w*|swollen|bite\w*|bitten|graze\w*|lump|black eye|welt\w*|"
    r"scald\w*|broken|fractur\w*|bleed\w*|\w*prints?|injur\w*|sore|red|wound\w*)\b",
    re.I,
)
"""Options on what is seen on the body, and the words that tell it."""
OF_THE_FAMILY = frozenset({"social_worker", "social_worker_before", "plan_before"})
"""What holds for the child too where a parent has it."""
BY_DENIAL = frozenset({"cannot_tell", "not_mobile"})
"""What is told by denying something: “no speech”, “not walking yet”."""


def doubtful(fact: Fact, message: str) -> bool:
    """Whether something speaks against the suggestion, in its words or, about who fetches the child, in the message."""
    words = fact.words.replace("’", "'")
    if fact.question == "about_child" and (
        _OF_KIN.search(words) or (fact.option not in STANDING and put_right(words))
    ):
        return True
    if fact.plain:
        return False
    if _lacks(fact, words) or _is_long_ago(fact, words, message) or _of_another(fact, words):
        return True
    if fact.option == "person_of_worry" and goes_to_another(message):
        return True
    if fact.question == "about_child" or fact.option in STANDING:
        return False
    return put_right(words) or any(said.search(words) for said in (_DENIED, _SOMEBODY_ELSE))


def _lacks(fact: Fact, words: str) -> bool:
    """Whether the words lack what the option needs, or turn it round."""
    name = f"{fact.question}.{fact.option}"
    needs, unless = _patterns()
    if name in needs and not needs[name].search(words):
        return True
    return name in unless and unless[name].search(words) is not None


def _is_long_ago(fact: Fact, words: str, message: str) -> bool:
    if fact.option in STANDING or fact.question in NEVER_OVER or _STILL.search(words):
        return False
    return _LONG_AGO.search(words) is not None or _is_an_older_entry(words, message)


def _is_an_older_entry(words: str, message: str) -> bool:
    """Whether it stands in a chronology under a year, and later years or the present follow there."""
    here = _YEAR.findall(words)
    if not here:
        return False
    return max(_YEAR.findall(message), default="") > max(here) or _THESE_DAYS.search(message) is not None


def _of_another(fact: Fact, words: str) -> bool:
    """A grown-up's bruise, a twin in a wheelchair, “no social worker”: told of somebody else than the child, or denied."""
    if fact.option == "baby_mark" and _OTHERS_BABY.search(words):
        return True
    tells: re.Pattern[str] | None
    if fact.question in OF_THE_BODY:
        tells = _SEEN if fact.option in SEEN else _HURT
    else:
        tells = _patterns()[0].get(f"{fact.question}.{fact.option}")
    if tells is None or fact.question not in OF_THE_CHILD:
        return False
    the_child = {CHILD}
    the_child |= {GROWN_UP} if fact.option in OF_THE_FAMILY else set()
    the_child |= {NOBODY} if fact.option in BY_DENIAL else set()
    of = speaks_of(words, tells)
    return bool(of) and of.isdisjoint(the_child)


@lru_cache(maxsize=1)
def _patterns() -> tuple[dict[str, re.Pattern[str]], dict[str, re.Pattern[str]]]:
    content = yaml.safe_load((LISTS / "doubts.yml").read_text(encoding="utf-8"))
    needs, unless = (
        {name: re.compile(pattern, re.I) for name, pattern in content[part].items()}
        for part in ("needs", "unless")
    )
    return needs, unless
