"""What a message corrects. An answer is opened again with the new reading, never changed unseen."""

from __future__ import annotations

from collections.abc import Iterator

from bot.dialogue import wording
from bot.dialogue.correction_words import says_what_is_right
from bot.dialogue.history import Effect, EffectKind, State
from bot.dialogue.homes import Homes
from bot.dialogue.telling import Telling, reopened, suggested
from bot.dialogue.understanding import Suggestion, Understanding
from bot.thresholds import NOT_SAID, Value


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
        if given is not None and given != one.value and not _reopens(told, one):
            effects += [reopened(one, turn), suggested(one, one.value, turn)]
    if effects or any(effect.kind is EffectKind.REOPENED for effect in told.effects):
        return Telling(tuple(effects), (wording.REOPENED,))
    if says_what_is_right(said):
        return Telling((), (wording.ACCOUNT_CORRECTED,) if state.answers.given else ())
    if told.effects and not told.missed:
        return Telling()
    if not state.answers.given:
        return Telling((), (wording.NOTHING_TO_GO_BACK_TO,))
    return Telling((), (wording.WHICH_ANSWER,))


def _taken_back(homes: Homes, state: State, said: Understanding) -> Telling:
    """Ticks that nobody confirmed are taken away; what was confirmed is asked again without them."""
    effects: list[Effect] = []
    labels: dict[str, None] = {}
    again = {(one.question, option) for one in said.suggestions for option in _options(one.value)}
    denied = said.taken_back - again
    for kind, child, question, value in _standing(state):
        gone = {option for option in _options(value) if (question, option) in denied}
        asked = homes.question(question, child)
        if not gone or asked is None:
            continue
        labels.update(dict.fromkeys(asked.label(option) for option in sorted(gone)))
        effects += _without(state, kind, child, question, _options(value) - gone - {NOT_SAID})
    if not effects:
        return Telling()
    return Telling(tuple(effects), (wording.taken_back(list(labels)),))


def _without(
    state: State, kind: EffectKind, child: str, question: str, rest: frozenset[str]
) -> Iterator[Effect]:
    """The effects that leave the rest of a list ticked, and the question open."""
    turn = state.last_turn + 1
    yield Effect(kind, question, child=child, turn=turn)
    if rest:
        words = state.words.get((child, question), "")
        yield Effect(EffectKind.SUGGESTION, question, rest, child, words, turn)


def _standing(state: State) -> Iterator[tuple[EffectKind, str, str, Value]]:
    for (child, question), value in state.answers.suggested.items():
        yield EffectKind.REJECTION, child, question, value
    for (child, question), value in state.answers.given.items():
        yield EffectKind.REOPENED, child, question, value


def _options(value: Value) -> frozenset[str]:
    return frozenset({value}) if isinstance(value, str) else value


def _reopens(told: Telling, one: Suggestion) -> bool:
    return any(
        effect.kind is EffectKind.REOPENED and (effect.child, effect.question) == (one.child, one.question)
        for effect in told.effects
    )
