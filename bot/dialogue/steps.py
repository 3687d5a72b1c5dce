"""The question that is open now, recomputed from pack and answers alone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from bot.dialogue import wording
from bot.dialogue.history import CATEGORIES, DATES, HOME, State
from bot.dialogue.homes import OTHER, Homes
from bot.thresholds import (
    NOT_SAID,
    SCREEN,
    WHICH,
    Answers,
    Band,
    Pack,
    Question,
    Value,
    in_part,
    next_question,
    overlooked,
)

NARRATIVE = "narrative"
LOWERING_REASON = "lowering_reason"
DANGER = "danger_now"
NONE_OF_THESE = "none"
FACT = "fact:"


@dataclass(frozen=True)
class Option:
    """One thing that can be chosen; ``hint`` explains it in a plain sentence."""

    value: str
    label: str
    hint: str = ""


@dataclass(frozen=True)
class Step:
    """The open question as it is shown: ``kind`` is ``one``, ``many`` (tick all that apply) or ``text``."""

    id: str
    ask: str
    why: str
    kind: str
    child: str = ""
    options: tuple[Option, ...] = ()
    help: Mapping[str, str] = field(default_factory=dict)
    suggested: Value | None = None
    words: str = ""
    other: str = ""
    """The option beside which a text of one's own may be given as the answer."""


def next_step(
    pack: Pack,
    state: State,
    *,
    peak: Band = Band.NONE,
    current: Band | None = None,
    homes: Homes | None = None,
) -> Step | None:
    """The question to ask next; None when nothing that could be asked would change the advice.

    ``peak`` is the highest band that the concern has had, ``current`` the one that is certain now: where a
    correction lowered it, the reason is asked for before anything can be sent or closed. ``homes``: where
    each child lives; which authority that is is asked once nothing else is open.
    """
    answers, homes = state.answers, homes or Homes(pack)
    if not state.told and not answers.given:
        return _narrative()
    if answers.suggested.get(("", DANGER)) and answers.get("", DANGER) is None:
        return step_for(homes, state, DANGER, "")
    if _to_confirm(state):
        return _confirm(state, homes, _likely(answers))
    asked = next_question(pack, answers, homes.elsewhere, state.going_on)
    if asked is not None:
        # Nothing was read from the words: the short screen is kinder than a list of every category.
        question = SCREEN if asked.question == CATEGORIES else asked.question
        return step_for(homes, state, question, asked.child)
    if current is not Band.RED and facts_to_confirm(answers):
        return _last_look(pack, state, homes)
    if (unnamed := _unnamed_worry(pack, answers)) is not None:
        return step_for(homes, state, unnamed, "")
    if state.dated:
        return _dates(state)
    if (child := homes.unasked()) is not None:
        return _home(homes, child)
    if current is not None and current.rank < peak.rank and not state.lowered_for:
        return _lowering_reason(peak, current)
    return None


def _dates(state: State) -> Step:
    """The events of a pasted chronology, given back as a dated list."""
    options = tuple(Option(id, line) for id, line in state.dated.items())
    return Step(
        id=DATES,
        ask=wording.DATES,
        why=wording.DATES_WHY,
        kind="many",
        options=(*options, Option(NONE_OF_THESE, "None of these")),
        suggested=frozenset(state.dated),
    )


def _home(homes: Homes, child: str) -> Step:
    which = homes.which
    options = tuple(Option(value, label) for value, label in which.choices)
    return Step(HOME, which.ask, which.why, "one", child, options, other=OTHER)


def _unnamed_worry(pack: Pack, answers: Answers) -> str | None:
    """The screen, where a Red came from danger alone: what the worry is decides duties (FGM, LADO)."""
    if _set(answers.get("", CATEGORIES)) - {NONE_OF_THESE}:
        return None
    screened = answers.get("", SCREEN)
    if screened is None:
        return SCREEN
    which = [f"{WHICH}{line}" for line in pack.screen.options if line in _set(screened)]
    return next((one for one in which if one in pack.questions and answers.get("", one) is None), None)


def step_for(homes: Homes, state: State, question: str, child: str) -> Step:
    """One question of a child's pack as a step, with what was suggested for it."""
    asked = homes.asking(question, child).question(question)
    # The screen's own words leave out what was asked before: as the first question, the worry itself.
    first = question == SCREEN and not _set(state.answers.get("", CATEGORIES)) - {NONE_OF_THESE}
    given = state.answers.get(child, question)
    ask = wording.WHICH_WORRY if first else asked.ask
    return Step(
        id=question,
        ask=f"{ask} {wording.MORE_OF_IT}" if in_part(given) else ask,
        why=wording.WHICH_WORRY_WHY if first else asked.why,
        kind=asked.kind,
        child=child,
        options=tuple(Option(value, label) for value, label in asked.choices),
        help=asked.help,
        suggested=_told_already(state, child, question),
        words=state.words.get((child, question), ""),
    )


def _told_already(state: State, child: str, question: str) -> Value | None:
    """What stands chosen when a question is asked: what was read of it, and what was told of it before."""
    read = state.answers.suggested.get((child, question))
    given = state.answers.get(child, question)
    return read if not in_part(given) else (_set(given) | _set(read)) - {NOT_SAID, NONE_OF_THESE}


def _narrative() -> Step:
    return Step(
        id=NARRATIVE,
        ask="What has worried you? Tell it in your own words.",
        why="Your own words come first. I then ask only what still matters. "
        "You are not asked to find out more.",
        kind="text",
    )


def _lowering_reason(peak: Band, current: Band) -> Step:
    return Step(
        id=LOWERING_REASON,
        ask=f"Your changes lower the likely band from {peak.value.title()} to {current.value.title()}. Why?",
        why="A change that lowers the band is kept with its reason, so that your DSL and MASH can see both.",
        kind="text",
    )


def _to_confirm(state: State) -> bool:
    """Likely categories that were read from words and not yet put to the person."""
    suggested = state.answers.suggested.get(("", CATEGORIES))
    given = state.answers.get("", CATEGORIES)
    if not isinstance(suggested, frozenset):
        return False
    already = given if isinstance(given, frozenset) else frozenset()
    return bool(suggested - already)


def _likely(answers: Answers) -> frozenset[str]:
    """The categories that were ruled in or suggested."""
    named = _set(answers.get("", CATEGORIES)) | _set(answers.suggested.get(("", CATEGORIES)))
    return named - {NONE_OF_THESE}


def _confirm(state: State, homes: Homes, categories: Iterable[str]) -> Step:
    """“It sounds like …”: likely categories and facts read from the words, to tick or untick in one step.

    A category that is not so sure is offered unticked, unless a fact speaks for it.
    """
    facts = facts_to_confirm(state.answers)
    asking = [homes.own.asked_by.get(question, frozenset()) for _, question, _ in facts]
    likely = frozenset(categories)
    likely |= {code for codes in asking for code in codes & state.offered if codes <= state.offered}
    options = [
        Option(code, category.label, category.describe)
        for code, category in homes.own.categories.items()
        if code in likely | state.offered
    ]
    for child, question, value in facts:
        options += _facts(homes.asking(question, child).question(question), state, child, value)
    unsure = state.offered - likely
    return Step(
        id=CATEGORIES,
        ask=wording.SOUNDS_LIKE,
        why=wording.SOUNDS_LIKE_WHY,
        kind="many",
        options=(*options, Option(NONE_OF_THESE, "None of these")),
        suggested=frozenset(option.value for option in options) - unsure,
    )


def _facts(asked: Question, state: State, child: str, value: Value) -> list[Option]:
    """A fact that was read as a tick; each option of a list apart, since one may be right and another not."""
    if not isinstance(value, frozenset):
        hint = _hint(state, child, asked.id)
        return [Option(fact_name(child, asked.id), f"{asked.ask} {asked.label(value)}", hint)]
    told = [option for option in asked.options if option in value]
    return [
        Option(fact_name(child, asked.id, one), asked.label(one), _hint(state, child, f"{asked.id}.{one}"))
        for one in told
    ]


def _hint(state: State, child: str, name: str) -> str:
    said = state.words.get((child, name)) or state.words.get((child, name.partition(".")[0]), "")
    return f"You said: “{said}”" if said else ""


def _last_look(pack: Pack, state: State, homes: Homes) -> Step:
    """What was read and never asked about, before anything is said to be below a threshold.

    Beside it the categories that it speaks for, though they were denied.
    """
    named = set(_likely(state.answers))
    for child in state.children or ("",):
        held = overlooked(homes.of(child).pack, state.answers, child, with_suggestions=True)
        named |= {met.category for met in held if met.category}
    step = _confirm(state, homes, named)
    return replace(step, ask=wording.LAST_LOOK, why=wording.LAST_LOOK_WHY)


def fact_name(child: str, question: str, option: str = "") -> str:
    """How a suggested answer, or one tick of it, is named among the ticks of “it sounds like …”."""
    name = f"{FACT}{question}.{option}" if option else f"{FACT}{question}"
    return f"{name}:{child}" if child else name


def facts_to_confirm(answers: Answers) -> list[tuple[str, str, Value]]:
    """Suggested answers (child, question, value) that nobody confirmed; categories and danger left out."""
    return [
        (child, question, value)
        for (child, question), value in answers.unconfirmed()
        if question not in (CATEGORIES, DANGER)
    ]


def _set(value: Value | None) -> frozenset[str]:
    return value if isinstance(value, frozenset) else frozenset()
