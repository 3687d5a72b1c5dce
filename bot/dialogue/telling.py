"""What a message tells beside any answer: new words, new worries, new facts.

Nothing that is told is taken as confirmed. What was answered and reads more worrying now is asked again.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.dialogue import wording
from bot.dialogue.correction_words import says_what_is_right
from bot.dialogue.history import CATEGORIES, DATES, Effect, EffectKind, State
from bot.dialogue.homes import Homes
from bot.dialogue.steps import NARRATIVE, Step
from bot.dialogue.understanding import Suggestion, Understanding
from bot.thresholds import NONE_OF_THESE, NOT_KNOWN, NOT_SAID, NOT_SURE, Question, Value, in_part

FEW_WORDS, SHORT = 3, 5
"""Words of a message. So few tell of no new worry; what is as short as this, and in which nothing is read,
was meant as an answer, also where it fits none."""
LONG = 8
"""Words of a greeting or of thanks that say more than that."""
SURE = 0.5
"""A category that is at least so sure is plainly told."""
TICK_FROM = 0.25
"""A category that is at least so sure is ticked beforehand; a less sure one is offered unticked."""
SEVERAL = 2
_KIN = r"(?:sister|brother|sibling|twin)s?"
_TELLS = r"(?:has|had|have|is|was|says?|said|told|tells|gets?|got|came|comes)"
_HARMED = (
    r"(?:hit|hurt|slapped|smacked|punched|kicked|beaten|burnt|burned|bitten|bruis\w+|left|locked|touched|scared"
    r"|hungry|shouted|an? \w+ ?(?:eye|bruise|mark|burn|lip))"
)
_SEVERAL = re.compile(
    rf"\[NAME\].{{0,25}}(?:\band\b|&).{{0,30}}\b{_KIN},? (?:called )?\[NAME\]"
    rf"|\b(?:both|all three|all four) (?:of (?:them|the)|children|kids|boys|girls|{_KIN}|say|said|told|have"
    r"|has|are|come|came|were)\b"
    rf"|\b(?:the|both) {_KIN.removesuffix('?')}\b|\b(?:two|three|four|[2-4]) (?:children|kids|{_KIN})\b"
    rf"|\[NAME\] and \[NAME\] (?:are|have|both|were|came|come)\b"
    rf"|\[NAME\] {_TELLS}\b[^.!?]{{0,60}}\b(?:and|but)\b \[NAME\] {_TELLS}\b"
    rf"|\[NAME\] {_TELLS}\b[^!?]{{0,60}}[.;] \[NAME\] {_TELLS}\b"
    rf"|\b{_KIN},? (?:\[NAME\],? )?(?:\(?(?:in )?(?:y|yr|year) ?\d{{1,2}}\)?,? )?"
    rf"(?:was|is|has|had|got|gets|were) (?:also |too |being )?{_HARMED}\b"
    r"|\ba (?:y|yr|year) ?\d+ \w+ \w+ a (?:y|yr|year) ?\d+\b",
    re.I,
)
_LIVES_WITH = re.compile(r"\b(?:lives?|living|stays?|staying) (?:with|w/?)(?= )[^.!?\n]*", re.I)
"""More than one child is told of: “[NAME] in Y6 … and his sister [NAME]”, “both say”; not who lives there."""
NO_STORY = frozenset({"affirm", "deny", "dont_know"})
"""Acts of a short message that is no worry by itself: “no” is nobody's story."""
_UNSURE_WORDS = frozenset(
    re.findall(
        r"[a-z']+",
        "i we im i'm not really sure dunno don't dont do know no idea clue maybe perhaps possibly unsure"
        " sorry the school hard to say can't cant tell remember yet that about it this honestly"
        " tbh would have check need haven't a could might be",
    )
)
"""Words of a plain “not sure”."""
UNKNOWNS = frozenset({NOT_SURE, NOT_KNOWN, NOT_SAID})


@dataclass(frozen=True)
class Telling:
    """What a message tells. ``missed``: nothing could be made of it beside an open question."""

    effects: tuple[Effect, ...] = ()
    replies: tuple[str, ...] = ()
    missed: bool = False


def tell(homes: Homes, state: State, step: Step | None, said: Understanding, answered: bool) -> Telling:
    """New facts and categories become suggestions; nothing in them is taken as confirmed."""
    turn = state.last_turn + 1
    opening = step is not None and step.id == NARRATIVE and not state.told
    words = len(said.redacted.split())
    if opening and words <= FEW_WORDS and _is_no_story(said):
        return Telling((), (wording.NO_WORRY_YET,))
    telling = (
        words > SHORT
        or (answered and _is_more_than_unsure(said))
        or (not answered and (said.act == "tell" or words > FEW_WORDS or says_what_is_right(said)))
    )
    worry = opening or words > (FEW_WORDS if said.act == "tell" else SHORT)
    new = _categories(state, said, turn) if worry else []
    read = (*new, *_facts(homes, state, step, said, answered))
    if not (opening or telling or read):
        return Telling(missed=not answered)
    effects = list(read)
    if opening or telling:
        effects.insert(0, Effect(EffectKind.TOLD, words=said.redacted, turn=turn))
        effects += [Effect(EffectKind.DATED, DATES, id, words=line, turn=turn) for id, line in said.dated]
    if not (opening or read or answered) and (known := _known(homes, state, step, said)):
        return Telling(tuple(effects), (wording.noted_before(known),))
    replies = [_thanks(opening, said.parser_up)]
    if opening and len(state.children) < SEVERAL and _SEVERAL.search(_LIVES_WITH.sub(" ", said.redacted)):
        replies.append(wording.MORE_CHILDREN)
    if any(effect.kind is EffectKind.DATED for effect in effects):
        replies.append(wording.dated(len(said.dated)))
    aimless = step is not None and not (opening or read or answered or says_what_is_right(said))
    return Telling(
        tuple(effects), tuple(replies), missed=aimless and (words <= FEW_WORDS or said.act != "tell")
    )


def _is_more_than_unsure(said: Understanding) -> bool:
    """“Maybe, he's bleeding”: not sure, and told."""
    if said.answer is None or said.answer.value not in UNKNOWNS:
        return False
    return len(set(re.findall(r"[a-z']+", said.redacted.lower().replace("’", "'"))) - _UNSURE_WORDS) > 1


def _known(homes: Homes, state: State, step: Step | None, said: Understanding) -> tuple[str, ...]:
    """What a message says once more of the list that is open, in the words of its options."""
    asked = homes.question(step.id, step.child) if step is not None else None
    if step is None or asked is None:
        return ()
    given = state.answers.get(step.child, step.id)
    again = [one.value for one in said.suggestions if one.question == step.id]
    return tuple(
        asked.label(option)
        for value in again
        if isinstance(value, frozenset) and isinstance(given, frozenset)
        for option in sorted(value & given)
    )


def _is_no_story(said: Understanding) -> bool:
    """“No” is nobody's story, nor are “she” or “1”; where nobody could read it, it may be one."""
    if said.categories or said.suggestions or said.danger:
        return False
    return said.act in NO_STORY or (said.parser_up and len(said.redacted.split()) == 1)


def tells_a_worry(said: Understanding) -> bool:
    """Whether a message plainly tells something, whatever courtesy or command it begins with."""
    sure = said.categories[0].confidence >= SURE if said.categories else False
    words = len(said.redacted.split())
    greets = said.act in ("greet", "thank") and words > LONG
    return greets or (words > FEW_WORDS and bool(said.danger or said.suggestions or sure))


def _thanks(opening: bool, parser_up: bool) -> str:
    if opening:
        return wording.THANKS_FOR_TELLING if parser_up else wording.THANKS_PARSER_DOWN
    return wording.ADDED


def _categories(state: State, said: Understanding, turn: int) -> list[Effect]:
    """The categories that a message may be about: the sure ones suggested, the others offered."""
    given = state.answers.get("", CATEGORIES)
    known = given if isinstance(given, frozenset) else frozenset[str]()
    new = [one for one in said.categories if one.name not in known]
    sure = frozenset(one.name for one in new if one.confidence >= TICK_FROM or one == said.categories[0])
    rest = frozenset(one.name for one in new) - sure
    effects = []
    if sure:
        effects.append(Effect(EffectKind.SUGGESTION, CATEGORIES, sure, words=said.redacted, turn=turn))
    if rest:
        effects.append(Effect(EffectKind.OFFER, CATEGORIES, rest, turn=turn))
    return effects


def _facts(
    homes: Homes, state: State, step: Step | None, said: Understanding, answered: bool
) -> list[Effect]:
    """Facts about questions that nobody has answered, or that were answered less worryingly."""
    turn = state.last_turn + 1
    effects: list[Effect] = []
    for one in said.suggestions:
        if answered and step is not None and one.question == step.id:
            continue
        given = state.answers.get(one.child, one.question)
        if given is None:
            effects += suggested(one, one.value, turn)
        elif (worse := _worse(homes.question(one.question, one.child), given, one.value)) is not None:
            opened = [] if in_part(given) else [reopened(one, turn)]  # what is still open need not be opened
            effects += [*opened, *suggested(one, worse, turn)]
    return effects


def _worse(question: Question | None, given: Value, read: Value) -> Value | None:
    """What to ask again with, where something reads more worrying than what was answered; else None."""
    if question is None:
        return None
    if isinstance(given, frozenset) and isinstance(read, frozenset):
        ticked = given - {NONE_OF_THESE} - UNKNOWNS
        new = read - {NONE_OF_THESE} - UNKNOWNS
        return None if new <= ticked else ticked | new
    if given in UNKNOWNS:
        return read if read not in UNKNOWNS and read != frozenset({NONE_OF_THESE}) else None
    order = question.severity
    if given in order and read in order and order.index(str(read)) > order.index(str(given)):
        return read
    return None


def reopened(one: Suggestion, turn: int) -> Effect:
    """The answer is asked again."""
    return Effect(EffectKind.REOPENED, one.question, child=one.child, turn=turn)


def suggested(one: Suggestion, value: Value, turn: int) -> list[Effect]:
    """The answer is suggested, each option of a list with the words that it was read from."""
    if isinstance(value, str):
        return [Effect(EffectKind.SUGGESTION, one.question, value, one.child, one.words, turn)]
    by_words: dict[str, frozenset[str]] = {}
    own = dict(one.said)
    for option in sorted(value):
        words = own.get(option, one.words)
        by_words[words] = by_words.get(words, frozenset()) | {option}
    return [
        Effect(EffectKind.SUGGESTION, one.question, options, one.child, words, turn)
        for words, options in by_words.items()
    ]
