"""A second child: what was said about “the child” now belongs to the first, and is unknown of the other."""

from __future__ import annotations

from bot.dialogue.history import HOME, Effect, EffectKind, State
from bot.dialogue.homes import Homes

FIRST = "c1"


def given_to_first(homes: Homes, state: State) -> tuple[Effect, ...]:
    """Effects that tie the answers about the unnamed child to the first child.

    Answers about the whole concern stay with it. Unknown is not “no”: nothing is assumed of the other
    child because it was said of the first.
    """
    turn = state.last_turn + 1
    effects: list[Effect] = []
    for (child, question), value in state.answers.given.items():
        if child == "" and homes.asking(question, "").question(question).per == "child":
            effects.append(Effect(EffectKind.REOPENED, question, turn=turn))
            effects.append(Effect(EffectKind.ANSWER, question, value, FIRST, turn=turn))
    for (child, question), value in state.answers.suggested.items():
        if child == "" and homes.asking(question, "").question(question).per == "child":
            words = state.words.get(("", question), "")
            effects.append(Effect(EffectKind.REJECTION, question, turn=turn))
            effects.append(Effect(EffectKind.SUGGESTION, question, value, FIRST, words, turn))
    for child, home in state.homes.items():
        if child == "":
            effects.append(Effect(EffectKind.REOPENED, HOME, turn=turn))
            effects.append(Effect(EffectKind.HOME, HOME, home, FIRST, turn=turn))
    return tuple(effects)
