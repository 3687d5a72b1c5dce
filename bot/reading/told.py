"""What a message tells of the pack's questions: the model and the rules weighed together. It only suggests.

The model reads what was told in whatever words; the rules (``facts.py``) read plain phrases. A rule that the model
holds for unlikely is not believed (“he was hit in 2021, dad's long gone”); without the parser, every rule is.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Set

from bot.dialogue.understanding import Suggestion
from bot.reading.danger import put_right
from bot.reading.facts import Fact, facts
from bot.reading.parser import Parsed
from bot.thresholds import Pack, Question

LIKELY = 0.35
"""How likely a category must be for its own questions to be read, unless it is the likeliest."""
WHOM = "allegation_about"
"""Which colleague a worry is about decides who may see it: rules and names read it, the model never."""
BY_RULE = frozenset({WHOM, "injury", "social_worker", "assault", "severe"})
"""Questions and options whose rules are believed whatever the model says: a bruise, “on CP since June”, dad throttled mum."""
_DENIED = re.compile(
    r"\bnever (?:ever |once )?(?:hit|hurt|smack|slap|touch|lay|laid|been hit|been hurt)|\b(?:denie[sd]|denying)\b"
    r"|\b(?:has|had|have|is|was|did|does)n'?t (?:ever )?(?:hit|hurt|touch|smack|slap|been hit|been hurt)"
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
NEVER_OVER = frozenset({"sex_signs", "hsb_signs", "fgm_signs", "cse_signs", "allegation_signs"})
"""Questions on harm that counts however long ago it was."""
_TRUSTED = re.compile(
    r"\b(?:is|are|'s|she|he)\b.{0,12}\b(?:sound|brilliant|lovely|great|a gem|a star|safe|fab)\b|\blights? up\b"
    r"|\bonly (?:she|her|nan|gran|mum|dad|he|him) (?:or|and|is|collects|can|to)\b",
    re.I,
)
"""Whom the child goes to gladly is not the person of the worry."""
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
_LONGEST_WORDS = 200


def suggestions(
    redacted: str, pack: Pack, parsed: Parsed | None = None, asked: Question | None = None
) -> tuple[Suggestion, ...]:
    """Suggested answers to questions that this pack has, with the words that each was read from.

    ``parsed``: what the parser made of it, None while it is down; ``asked``: the question that is open.
    """
    if parsed is None or parsed.told is None:
        return suggested(pack, facts(redacted, pack, None if parsed is None else _offered(parsed)))
    likely = _likely(parsed, pack, asked)
    heard = {(one.question, one.option) for one in parsed.told}
    by_rule = [
        fact
        for fact in facts(redacted, pack, likely)
        if fact.plain or {fact.question, fact.option} & BY_RULE or (fact.question, fact.option) in heard
    ]
    return suggested(pack, [*_learned(parsed, pack, likely), *by_rule])


def _learned(parsed: Parsed, pack: Pack, likely: Set[str]) -> Iterator[Fact]:
    for one in parsed.told or ():
        question = pack.find_question(one.question)
        alone = question is not None and question.kind == "one"
        sure = one.confidence >= (parsed.told_alone_above if alone else parsed.told_above)
        if sure and one.question != WHOM and (not one.of or one.of & likely):
            yield Fact(one.question, one.option, one.words)


def _likely(parsed: Parsed, pack: Pack, asked: Question | None) -> frozenset[str]:
    """The categories whose questions the message may answer: those it is likely about, and that of the open one."""
    near = {one.name for one in parsed.categories[:1]}
    near |= {one.name for one in parsed.categories if one.confidence >= LIKELY}
    if asked is not None:
        near |= {code for one in parsed.told or () if one.question == asked.id for code in one.of}
    return frozenset(near & pack.categories.keys())


def _offered(parsed: Parsed) -> frozenset[str]:
    return frozenset(one.name for one in parsed.categories if one.confidence >= parsed.offer_above)


def suggested(pack: Pack, found: Iterable[Fact]) -> tuple[Suggestion, ...]:
    """One suggestion for each question; of a question that takes one answer, the most worrying that was read."""
    by_question: dict[str, dict[str, Fact]] = defaultdict(dict)
    for fact in found:
        question = pack.find_question(fact.question)
        if question is not None and fact.option in question.options and not _set_aside(fact):
            by_question[fact.question].setdefault(fact.option, fact)
    return tuple(
        _of_question(pack.question(name), list(options.values())) for name, options in by_question.items()
    )


def _set_aside(fact: Fact) -> bool:
    """Whether the words of a fact say that it is over, denied, or of somebody else."""
    words = fact.words.replace("’", "'")
    if not fact.plain and _is_long_ago(fact, words):
        return True
    if not fact.plain and fact.option == "person_of_worry" and _TRUSTED.search(words):
        return True
    if fact.question == "about_child":
        return _OF_KIN.search(words) is not None or (fact.option not in STANDING and put_right(words))
    if fact.plain or fact.option in STANDING:
        return False
    return put_right(words) or any(said.search(words) for said in (_DENIED, _SOMEBODY_ELSE))


def _is_long_ago(fact: Fact, words: str) -> bool:
    if fact.option in STANDING or fact.question in NEVER_OVER:
        return False
    return _LONG_AGO.search(words) is not None and _STILL.search(words) is None


def _of_question(question: Question, read: list[Fact]) -> Suggestion:
    if question.kind == "many":
        words = " … ".join(dict.fromkeys(fact.words for fact in read))
        return Suggestion(question.id, frozenset(fact.option for fact in read), words[:_LONGEST_WORDS])
    order = question.severity
    worst = max(read, key=lambda fact: order.index(fact.option) if fact.option in order else -1)
    return Suggestion(question.id, worst.option, worst.words[:_LONGEST_WORDS])
