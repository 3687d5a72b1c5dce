"""What a message tells of the pack's questions: the model and the rules weighed together. It only suggests.

The model reads what was told in whatever words; the rules (``facts.py``) read plain phrases. A rule that the model
holds for unlikely is not believed (“he was hit in 2021, dad's long gone”); without the parser, every rule is.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Set

from bot.dialogue.understanding import Suggestion
from bot.reading.doubts import doubtful
from bot.reading.facts import Fact, facts
from bot.reading.parser import Parsed
from bot.thresholds import Pack, Question

LIKELY = 0.35
"""How likely a category must be for its own questions to be read, unless it is the likeliest."""
WHOM = "allegation_about"
"""Which colleague a worry is about decides who may see it: rules and names read it, the model never."""
BY_RULE = frozenset({WHOM, "injury", "social_worker", "assault", "severe", "adult"})
"""Questions and options whose rules are believed whatever the model says: a bruise, “on CP since June”, dad throttled mum,
a boyfriend of 19."""
_LONGEST_WORDS = 200


def suggestions(
    redacted: str, pack: Pack, parsed: Parsed | None = None, asked: Question | None = None
) -> tuple[Suggestion, ...]:
    """Suggested answers to questions that this pack has, with the words that each was read from.

    ``parsed``: what the parser made of it, None while it is down; ``asked``: the question that is open.
    """
    if parsed is None or parsed.told is None:
        return suggested(redacted, pack, facts(redacted, pack, None if parsed is None else _offered(parsed)))
    likely = _likely(parsed, pack, asked)
    heard = {(one.question, one.option) for one in parsed.told}
    by_rule = [
        fact
        for fact in facts(redacted, pack, likely)
        if fact.plain or {fact.question, fact.option} & BY_RULE or (fact.question, fact.option) in heard
    ]
    return suggested(redacted, pack, [*_learned(parsed, pack, likely), *by_rule])


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


def suggested(redacted: str, pack: Pack, found: Iterable[Fact]) -> tuple[Suggestion, ...]:
    """One suggestion for each question; of a question that takes one answer, the most worrying that was read."""
    by_question: dict[str, dict[str, Fact]] = defaultdict(dict)
    for fact in found:
        question = pack.find_question(fact.question)
        if question is not None and fact.option in question.options and not doubtful(fact, redacted):
            by_question[fact.question].setdefault(fact.option, fact)
    return tuple(
        _of_question(pack.question(name), list(options.values())) for name, options in by_question.items()
    )


def _of_question(question: Question, read: list[Fact]) -> Suggestion:
    if question.kind == "many":
        words = " … ".join(dict.fromkeys(fact.words for fact in read))
        said = tuple((fact.option, _short(fact.words)) for fact in read)
        return Suggestion(question.id, frozenset(fact.option for fact in read), _short(words), said=said)
    order = question.severity
    worst = max(read, key=lambda fact: order.index(fact.option) if fact.option in order else -1)
    return Suggestion(question.id, worst.option, _short(worst.words))


def _short(words: str) -> str:
    """Words to be shown, never cut within one."""
    return words if len(words) <= _LONGEST_WORDS else f"{words[:_LONGEST_WORDS].rsplit(' ', 1)[0]} …"
