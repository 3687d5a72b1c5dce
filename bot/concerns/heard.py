"""What a turn showed about how well staff were understood, for whoever refines the understanding."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from bot.dialogue.choosing import Turn
from bot.dialogue.history import CATEGORIES, EffectKind, State
from bot.dialogue.steps import DANGER, NONE_OF_THESE
from bot.dialogue.understanding import Understanding
from bot.store import Concern, Session
from bot.thresholds import Value


@dataclass(frozen=True)
class Heard:
    """One turn, seen from that side. Redacted words only."""

    concern: Concern
    message_id: str | None = None
    understood: Understanding | None = None
    """What was read from the message; None for an answer by button."""
    missed: bool = False
    told: bool = False
    """Taken as telling about the concern."""
    answered: bool = False
    """Something was answered by it."""
    offered: frozenset[str] = frozenset()
    """The categories that were offered to tick when the turn began."""
    ticked: frozenset[str] | None = None
    """The categories that staff ticked of a story that they had told; None when nothing was ticked."""
    danger_read: bool = False
    danger_said: str | None = None
    """The answer about danger now, to a story that was told; None when it was not answered in this turn."""
    reopened: tuple[tuple[str, str], ...] = ()
    """The (child, question) pairs that are asked again."""


type Listener = Callable[[Session, Heard], None]


def nobody(_session: Session, _heard: Heard) -> None:
    """Nobody listens."""


def heard(
    concern: Concern, before: State, turn: Turn, message_id: str | None, understood: Understanding | None
) -> Heard:
    """A turn as it is told to a listener."""
    kinds = {effect.kind for effect in turn.effects}
    ticks = _answered(turn, CATEGORIES) if before.told else None
    danger = _answered(turn, DANGER) if before.told else None
    return Heard(
        concern=concern,
        message_id=message_id,
        understood=understood,
        missed=turn.missed,
        told=EffectKind.TOLD in kinds,
        answered=EffectKind.ANSWER in kinds,
        offered=_set(before.answers.suggested.get(("", CATEGORIES))),
        ticked=None if ticks is None else _set(ticks) - {NONE_OF_THESE},
        danger_read=before.answers.suggested.get(("", DANGER)) == "yes",
        danger_said=danger if isinstance(danger, str) else None,
        reopened=tuple((one.child, one.question) for one in turn.effects if one.kind is EffectKind.REOPENED),
    )


def _answered(turn: Turn, question: str) -> Value | None:
    return next(
        (one.value for one in turn.effects if one.kind is EffectKind.ANSWER and one.question == question),
        None,
    )


def _set(value: Value | None) -> frozenset[str]:
    return value if isinstance(value, frozenset) else frozenset()
