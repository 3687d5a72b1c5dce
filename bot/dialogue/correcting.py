"""What a message corrects. An answer is opened again with the new reading, never changed unseen."""

from __future__ import annotations

from bot.dialogue import wording
from bot.dialogue.correction_words import says_what_is_right
from bot.dialogue.history import Effect, EffectKind, State
from bot.dialogue.homes import Homes
from bot.dialogue.telling import UNKNOWNS, Telling, reopened, suggested
from bot.dialogue.understanding import Suggestion, Understanding
from bot.thresholds import NONE_OF_THESE, NOT_SAID, Value


def correct(homes: Homes, state: State, said: Understanding, told: Telling) -> Telling:
    """“Actually, it was …”: the answer is opened again. “Hang on, there was no mark”: the tick is taken away,
    which leaves the question open, so that it is asked.
    """
    if (taken := _taken_back(homes, state, said)).effects:
        return taken
    if said.act != "correct_answer":
        return Telling()
    turn = state.last_turn + 1
    effects: list[Effect] = []
    for one in said.suggestions:
        given = state.answers.get(one.child, one.question)
        if given is None or _reopens(told, one):
            continue
        if not _options(one.value) <= _options(given):
            effects += [reopened(one, turn), *suggested(one, _no_less(homes, one, given), turn)]
    if effects or any(effect.kind is EffectKind.REOPENED for effect in told.effects):
        return Telling(tuple(effects), (wording.REOPENED,))
    if says_what_is_right(said):
        return Telling((), (wording.ACCOUNT_CORRECTED,) if state.answers.given else ())
    if told.effects and not told.missed:
        return Telling()
    if not state.answers.given:
        return Telling((), (wording.NOTHING_TO_GO_BACK_TO,))
    return Telling((), (wording.WHICH_ANSWER,))


def _no_less(homes: Homes, one: Suggestion, given: Value) -> Value:
    """What stands chosen when it is asked again: nothing confirmed is taken away; only staff untick."""
    if isinstance(given, frozenset) and isinstance(one.value, frozenset):
        return (given | one.value) - {NOT_SAID, NONE_OF_THESE} - UNKNOWNS
    asked = homes.question(one.question, one.child)
    order = asked.severity if asked is not None else ()
    if given in order and one.value in order and order.index(str(given)) > order.index(str(one.value)):
        return given
    return one.value


def _taken_back(homes: Homes, state: State, said: Understanding) -> Telling:
    """Ticks that nobody confirmed are taken away. What was confirmed stands until staff untick it: it is
    asked again as it was, so that no advice falls unseen.
    """
    turn = state.last_turn + 1
    again = {(one.question, option) for one in said.suggestions for option in _options(one.value)}
    denied = said.taken_back - again
    effects: list[Effect] = []
    gone: list[str] = []
    standing: list[str] = []
    for (child, question), value in state.answers.suggested.items():
        if not (options := _among(denied, question, value)):
            continue
        gone += _labels(homes, child, question, options)
        effects.append(Effect(EffectKind.REJECTION, question, child=child, turn=turn))
        if rest := _options(value) - options:
            words = state.words.get((child, question), "")
            effects.append(Effect(EffectKind.SUGGESTION, question, rest, child, words, turn))
    for (child, question), value in state.answers.given.items():
        if not (options := _among(denied, question, value)):
            continue
        standing += _labels(homes, child, question, options)
        effects.append(Effect(EffectKind.REOPENED, question, child=child, turn=turn))
        as_it_was = value - {NOT_SAID} if isinstance(value, frozenset) else value
        effects.append(Effect(EffectKind.SUGGESTION, question, as_it_was, child, said.redacted, turn))
    replies = [wording.taken_back(gone)] if gone else []
    replies += [wording.untick(standing)] if standing else []
    return Telling(tuple(effects), tuple(replies))


def _among(denied: frozenset[tuple[str, str]], question: str, value: Value) -> frozenset[str]:
    return frozenset(option for option in _options(value) if (question, option) in denied)


def _labels(homes: Homes, child: str, question: str, options: frozenset[str]) -> list[str]:
    asked = homes.question(question, child)
    return [asked.label(option) for option in sorted(options)] if asked is not None else []


def _options(value: Value) -> frozenset[str]:
    return frozenset({value}) if isinstance(value, str) else value


def _reopens(told: Telling, one: Suggestion) -> bool:
    return any(
        effect.kind is EffectKind.REOPENED and (effect.child, effect.question) == (one.child, one.question)
        for effect in told.effects
    )
