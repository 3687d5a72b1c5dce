"""Effects of turns, and the state that is rebuilt from them. There is no stored cursor."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from bot.thresholds import NOT_KNOWN, NOT_SURE, Answers, Value, in_part

CATEGORIES = "categories"
HOME = "home_authority"
"""The question under which authority a child lives; it is the dialogue's own, in no pack."""
ALLEGATION_ABOUT = "allegation_about"
"""The packs' question on whom a worry about a colleague is about."""
DATES = "dated_events"
"""Whether a pasted chronology was read rightly; the dialogue's own question too."""


class EffectKind(StrEnum):
    """What one turn did to the concern; each is stored as a row of its own and never changed."""

    ANSWER = "answer"
    SUGGESTION = "suggestion"
    REJECTION = "rejection"
    REOPENED = "reopened"
    UNDO = "undo"
    RESTART = "restart"
    TOLD = "told"
    REASON = "reason"
    HOME = "home"
    OFFER = "offer"
    """Categories that a message may be about, not sure enough to be ticked beforehand."""
    DATED = "dated"
    """An event was read from a pasted chronology: its id is the value, its line the words."""
    DATES = "dates"
    """Which of the events that were read are right."""


@dataclass(frozen=True)
class Effect:
    """One effect. ``turn`` groups the effects of one turn, so that going back undoes them together."""

    kind: EffectKind
    question: str = ""
    value: Value = ""
    child: str = ""
    words: str = ""
    turn: int = 0
    message: str = ""
    """The id of the message that had this effect, where one had."""


@dataclass
class _Replay:
    answers: dict[tuple[str, str], Value] = field(default_factory=dict)
    suggested: dict[tuple[str, str], Value] = field(default_factory=dict)
    words: dict[tuple[str, str], str] = field(default_factory=dict)
    homes: dict[str, str] = field(default_factory=dict)
    dated: dict[str, str] = field(default_factory=dict)
    dates: frozenset[str] = frozenset()
    offered: frozenset[str] = frozenset()
    told: bool = False
    lowered_for: str = ""


@dataclass(frozen=True)
class State:
    """Where a concern stands: what was said, answered and suggested."""

    answers: Answers
    told: bool = False
    lowered_for: str = ""
    """The reason given for a correction that lowered the band; empty while none was given."""
    words: dict[tuple[str, str], str] = field(default_factory=dict)
    """The words behind each suggestion, by (child, question), and by (child, question.option) in a list."""
    last_turn: int = 0
    children: tuple[str, ...] = ()
    misses: int = 0
    """Messages in a row that did not fit the open question."""
    homes: dict[str, str] = field(default_factory=dict)
    """By child: which authority the child lives under, as it was said (see `homes`)."""
    dated: dict[str, str] = field(default_factory=dict)
    """Events of a chronology that were read and not yet confirmed: by id, each in one line."""
    dates: frozenset[str] = frozenset()
    """The ids of the events that staff confirmed."""
    offered: frozenset[str] = frozenset()
    """Categories to be offered unticked beside those that were suggested."""
    restarted: bool = False
    """Started again, and nothing answered since: going back takes that back."""
    going_on: tuple[str, str] | None = None
    """The (child, question) of a list of which the last turn told some in words."""

    @property
    def about_colleague(self) -> str:
        """Which colleague the worry is about, as far as it is known: nobody is sent to that person."""
        for answers in (self.answers.given, self.answers.suggested):
            said = (value for (_, question), value in answers.items() if question == ALLEGATION_ABOUT)
            if named := next((one for one in said if isinstance(one, str)), ""):
                return named
        return ""


def replay(effects: Iterable[Effect], *, children: Sequence[str] = (), misses: int = 0) -> State:
    """Rebuild the state from the stored effects, oldest first."""
    kept = _without_undone(list(effects))
    now = _Replay()
    for effect in kept:
        _apply(now, effect)
    answers = Answers(children=tuple(children))
    for (child, question), value in now.answers.items():
        answers = answers.with_answer(question, value, child)
    for (child, question), value in now.suggested.items():
        answers = answers.with_suggestion(question, value, child)
    last = max((effect.turn for effect in kept), default=0)
    return State(
        answers,
        now.told,
        now.lowered_for,
        now.words,
        last,
        tuple(children),
        misses,
        now.homes,
        now.dated,
        now.dates,
        now.offered,
        _has_just_restarted(kept),
        _going_on([effect for effect in kept if effect.turn == last]),
    )


def told_in(effects: Iterable[Effect]) -> tuple[str, ...]:
    """The messages, by id, that tell about the concern as it stands: none from before it was begun again."""
    kept = _without_undone(list(effects))
    return tuple(dict.fromkeys(one.message for one in kept if one.kind is EffectKind.TOLD and one.message))


def _going_on(last_turn: Sequence[Effect]) -> tuple[str, str] | None:
    """The list that a turn answered in part; beside “it sounds like …” several are, and none goes on."""
    answered = [effect for effect in last_turn if effect.kind is EffectKind.ANSWER]
    if any(effect.question == CATEGORIES for effect in answered):
        return None
    return next(((one.child, one.question) for one in answered if in_part(one.value)), None)


_UNDOABLE = (EffectKind.ANSWER, EffectKind.REOPENED, EffectKind.HOME, EffectKind.DATES)

_NEVER_UNDONE = (EffectKind.SUGGESTION, EffectKind.OFFER, EffectKind.TOLD, EffectKind.DATED)


def _without_undone(effects: list[Effect]) -> list[Effect]:
    """Drop what was undone or restarted away; the rows themselves stay as evidence.

    Going back right after starting again takes that back.
    """
    kept: list[Effect] = []
    before: list[Effect] = []
    for effect in effects:
        if effect.kind is EffectKind.RESTART:
            before, kept = kept, [effect]
        elif effect.kind is EffectKind.UNDO and _has_just_restarted(kept):
            kept = before
        elif effect.kind is EffectKind.UNDO:
            turns = [e.turn for e in kept if e.kind in _UNDOABLE]
            if turns:
                undone = max(turns)
                kept = [e for e in kept if e.turn != undone or e.kind in _NEVER_UNDONE]
        else:
            kept.append(effect)
    return kept


def _has_just_restarted(kept: list[Effect]) -> bool:
    return bool(kept) and kept[0].kind is EffectKind.RESTART and not any(e.kind in _UNDOABLE for e in kept)


def _apply(now: _Replay, effect: Effect) -> None:
    """Apply one effect; going back and starting again were taken out before (see _without_undone)."""
    key = (effect.child, effect.question)
    match effect.kind:
        case EffectKind.ANSWER:
            _answer(now, key, effect.value)
        case EffectKind.SUGGESTION:
            _suggest(now, key, effect)
        case EffectKind.REJECTION:
            now.suggested.pop(key, None)
        case EffectKind.REOPENED:
            _reopen(now, effect)
        case EffectKind.HOME:
            now.homes[effect.child] = str(effect.value)
        case EffectKind.OFFER | EffectKind.DATED | EffectKind.DATES:
            _list(now, effect)
        case EffectKind.TOLD:
            now.told = True
        case EffectKind.REASON:
            now.lowered_for = effect.words


def _answer(now: _Replay, key: tuple[str, str], value: Value) -> None:
    now.answers[key] = value
    if value not in (NOT_SURE, NOT_KNOWN):  # unknown denies nothing that was read
        now.suggested.pop(key, None)
    if key == ("", CATEGORIES):
        now.offered = frozenset()


def _reopen(now: _Replay, effect: Effect) -> None:
    now.answers.pop((effect.child, effect.question), None)
    if effect.question == HOME:
        now.homes.pop(effect.child, None)


def _list(now: _Replay, effect: Effect) -> None:
    """What is offered in a list; ticking the events of a chronology settles those that were shown."""
    ticked = effect.value if isinstance(effect.value, frozenset) else frozenset[str]()
    if effect.kind is EffectKind.OFFER:
        now.offered |= ticked
    elif effect.kind is EffectKind.DATED:
        now.dated[str(effect.value)] = effect.words
    else:
        now.dates = (now.dates - now.dated.keys()) | ticked
        now.dated = {}


def _suggest(now: _Replay, key: tuple[str, str], effect: Effect) -> None:
    """Later words add to earlier ones where several values may hold."""
    before = now.suggested.get(key)
    if isinstance(before, frozenset) and isinstance(effect.value, frozenset):
        now.suggested[key] = before | effect.value
    else:
        now.suggested[key] = effect.value
    now.words[key] = effect.words
    if isinstance(effect.value, frozenset):
        child, question = key
        now.words |= {(child, f"{question}.{option}"): effect.words for option in effect.value}
