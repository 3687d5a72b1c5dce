"""An answer that a person chose: by button, form or API, or a tick beside what was read in their words."""

from __future__ import annotations

from dataclasses import dataclass

from bot.dialogue import wording
from bot.dialogue.history import CATEGORIES, DATES, HOME, Effect, EffectKind, State
from bot.dialogue.homes import Homes, take_home
from bot.dialogue.steps import DANGER, LOWERING_REASON, NONE_OF_THESE, fact_name, facts_to_confirm
from bot.thresholds import (
    NOT_KNOWN,
    NOT_SAID,
    NOT_SURE,
    SCREEN,
    AnswerError,
    Pack,
    Question,
    Value,
    in_part,
    overlooked,
    validate_answer,
)


@dataclass(frozen=True)
class Turn:
    """What a turn does and says. ``missed`` counts towards the explanation and the way out."""

    effects: tuple[Effect, ...] = ()
    replies: tuple[str, ...] = ()
    missed: bool = False


def take_choice(
    pack: Pack,
    state: State,
    question: str,
    value: Value,
    child: str = "",
    words: str = "",
    *,
    homes: Homes | None = None,
    told: bool = False,
) -> Turn:
    """An answer given by button, form or API; raises AnswerError when it is no option of the question.

    ``told``: it was told in words, which tick some of a list and say nothing of the rest.
    """
    turn, homes = state.last_turn + 1, homes or Homes(pack)
    if question == HOME:
        effect, says = take_home(homes, state, value, child)
        return Turn((effect,), (says,))
    if question == DATES:
        return _take_dates(state, value, turn)
    if question == LOWERING_REASON:
        reason = words or (value if isinstance(value, str) else "")
        if not reason.strip():
            raise AnswerError("Give a reason in a few words; it is kept with the change.")
        return Turn(
            (Effect(EffectKind.REASON, LOWERING_REASON, words=reason, turn=turn),), (wording.REASON_KEPT,)
        )
    if question == CATEGORIES:
        confirmed = _confirm(homes, state, value, turn)
        return _with_spoken_for(homes, state, confirmed)
    valid = validate_answer(homes.asking(question, child), question, value)
    if told and isinstance(valid, frozenset) and not valid & {NONE_OF_THESE, NOT_SURE}:
        valid = _told_of(homes.asking(question, child).question(question), valid)
    before = state.answers.get(child, question)
    if valid in (NOT_SURE, NOT_KNOWN) and isinstance(before, frozenset) and in_part(before):
        valid = before - {NOT_SAID} | {NOT_SURE}  # not sure of the rest: what was told stands
    effects = [Effect(EffectKind.ANSWER, question, valid, child, words, turn)]
    if question == SCREEN and state.answers.get("", CATEGORIES) is None:
        # Asked in place of the list of categories: nothing is ruled in yet, and nothing ruled out by that.
        effects.append(Effect(EffectKind.ANSWER, CATEGORIES, frozenset({NONE_OF_THESE}), turn=turn))
    taken = _with_spoken_for(homes, state, tuple(effects))
    if question == DANGER and valid == "yes":
        first = wording.DANGER_ABOUT_DSL if state.about_colleague == "dsl" else wording.DANGER_FIRST
        return Turn(taken.effects, (first, *taken.replies))
    return taken


def _confirm(homes: Homes, state: State, value: Value, turn: int) -> tuple[Effect, ...]:
    """The ticks of “it sounds like …”: categories ruled in, facts confirmed, unticked facts asked later.

    “Not sure” is no “no”: what was read and not ticked is then asked about, and ruled out by nobody.
    """
    ticked = value if isinstance(value, frozenset) else frozenset({value})
    unsure = bool(ticked & {NOT_SURE, NOT_KNOWN})
    ticked -= {NONE_OF_THESE, NOT_SURE, NOT_KNOWN}
    facts = facts_to_confirm(state.answers)
    named = {name for child, question, told in facts for name in _names_of(child, question, told)}
    if ticked - named - homes.own.categories.keys():
        raise AnswerError("Choose from the list that is shown; something else was sent.")
    ruled_in = ticked & homes.own.categories.keys()
    if unsure:
        ruled_in |= _read_of(homes, state)
    ruled_in = frozenset(ruled_in) or frozenset({NONE_OF_THESE})
    effects = [Effect(EffectKind.ANSWER, CATEGORIES, ruled_in, turn=turn)]
    asked_again = state.answers.get("", CATEGORIES) is not None
    for child, question, told in facts:
        words = state.words.get((child, question), "")
        right = _right(homes, child, question, told, ticked)
        if right:
            effects.append(Effect(EffectKind.ANSWER, question, right, child, words, turn))
        elif not unsure:
            effects.append(Effect(EffectKind.REJECTION, question, told, child, words, turn))
        elif asked_again:
            effects.append(Effect(EffectKind.ANSWER, question, NOT_SURE, child, words, turn))
    return tuple(effects)


def _names_of(child: str, question: str, told: Value) -> list[str]:
    """Under which names a fact that was read may be ticked: as a whole, or each option of a list apart."""
    options = sorted(told) if isinstance(told, frozenset) else []
    return [fact_name(child, question), *(fact_name(child, question, one) for one in options)]


def _right(homes: Homes, child: str, question: str, told: Value, ticked: frozenset[str]) -> Value | None:
    """What of a fact was ticked as right. The rest of its list was not put to the person: it stays open."""
    whole = fact_name(child, question) in ticked
    if not isinstance(told, frozenset):
        return told if whole else None
    right = frozenset(one for one in told if whole or fact_name(child, question, one) in ticked)
    return _told_of(homes.asking(question, child).question(question), right) if right else None


def _told_of(asked: Question, ticks: frozenset[str]) -> frozenset[str]:
    """Ticks that were told in words: they deny nothing else of the list."""
    return ticks if ticks >= asked.options.keys() else ticks | {NOT_SAID}


def _read_of(homes: Homes, state: State) -> frozenset[str]:
    """The categories that the words, or the facts in them, speak for, also where they were denied before."""
    named = state.answers.suggested.get(("", CATEGORIES))
    held = (
        met.category
        for child in state.children or ("",)
        for met in overlooked(homes.of(child).pack, state.answers, child, with_suggestions=True)
    )
    given = state.answers.get("", CATEGORIES)
    before = given - {NONE_OF_THESE} if isinstance(given, frozenset) else frozenset[str]()
    return before.union(named if isinstance(named, frozenset) else (), (one for one in held if one))


def _with_spoken_for(homes: Homes, state: State, effects: tuple[Effect, ...]) -> Turn:
    """Raise the categories that the answers speak for, though they were not ticked or were ruled out.

    “None of these” beside answers that meet a criterion is a contradiction, and its careful side is taken.
    """
    answers = state.answers
    for effect in effects:
        if effect.kind is EffectKind.ANSWER:
            answers = answers.with_answer(effect.question, effect.value, effect.child)
    held = [
        met
        for child in state.children or ("",)
        for met in overlooked(homes.of(child).pack, answers, child)
        if met.category
    ]
    if not held:
        return Turn(effects)
    spoken_for = {met.category: homes.own.categories[met.category].label for met in held if met.category}
    given = answers.get("", CATEGORIES)
    known = given - {NONE_OF_THESE} if isinstance(given, frozenset) else frozenset[str]()
    added = Effect(EffectKind.ANSWER, CATEGORIES, known.union(spoken_for), turn=effects[-1].turn)
    reasons = dict.fromkeys(met.because for met in held)
    return Turn((*effects, added), (wording.spoken_for(spoken_for.values(), reasons),))


def _take_dates(state: State, value: Value, turn: int) -> Turn:
    """The ticks beside the events of a chronology; what is left out makes no row of the referral."""
    ticked = (value if isinstance(value, frozenset) else frozenset({value})) - {NONE_OF_THESE, NOT_SURE}
    if ticked - state.dated.keys():
        raise AnswerError("Choose from the events that are shown; something else was sent.")
    said = wording.DATES_KEPT if ticked else wording.NO_DATES_KEPT
    return Turn((Effect(EffectKind.DATES, DATES, ticked, turn=turn),), (said,))
