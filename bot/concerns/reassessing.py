"""What information that comes after sending does to the advice: it may raise it, never lower it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.concerns.endings import suggested
from bot.concerns.record import Standing, assess_all
from bot.concerns.reply import ParentsView
from bot.concerns.views import parents_view
from bot.dialogue.history import CATEGORIES, Effect, EffectKind
from bot.dialogue.steps import DANGER
from bot.dialogue.understanding import Understanding
from bot.referrals import Suggested
from bot.store import Addition, Concern, Referral, Session
from bot.thresholds import Answers, Band, Value, max_band


@dataclass(frozen=True)
class Reassessed:
    """The advice before and with what was added, and what was read from it."""

    before: Band | None
    now: Band | None
    suggested: Suggested
    effects: tuple[Effect, ...]
    parents: ParentsView
    """Whether to tell the parents, by everything that was read."""

    @property
    def higher(self) -> bool:
        """Whether it reaches a higher band than before."""
        return self.now is not None and (self.before is None or self.now.rank > self.before.rank)


def reassess(
    session: Session,
    concern: Concern,
    sent: Referral,
    additions: Sequence[Addition],
    standing: Standing,
    said: Understanding,
) -> Reassessed:
    """Assess again as if everything that was read held, also where it differs from an earlier answer.

    What was read stays unconfirmed, so the band never falls below the one that was held before.
    """
    before = band_so_far(sent, additions)
    answers = _as_read(standing.state.answers, said)
    assessments = assess_all(standing.homes, answers)
    with_it = replace(standing, assessments=assessments)
    now = max_band([before, with_it.advised])
    return Reassessed(
        before,
        now,
        replace(suggested(session, concern, with_it), band=now),
        _effects(standing, said),
        parents_view(assessments, with_it.route),
    )


def band_so_far(sent: Referral, additions: Sequence[Addition]) -> Band | None:
    """The highest band that the referral or anything added to it reached."""
    reached = [sent.band, *(_band_of(one) for one in additions if one.kind == "information")]
    return max_band(Band(band) for band in reached if band in set(Band))


def step_up_open(sent: Referral, additions: Sequence[Addition]) -> bool:
    """Whether something added reads as a higher band, and MASH was not yet told that the risk is higher."""
    told = Band(sent.band) if sent.band else None
    for one in additions:
        band = _band_of(one)
        if one.kind == "information" and one.document.get("risk_is_higher") and band in set(Band):
            told = max_band([told, Band(band)])
    now = band_so_far(sent, additions)
    return now is not None and (told is None or now.rank > told.rank)


def _band_of(addition: Addition) -> str | None:
    said: dict[str, str] = addition.document.get("suggested") or {}
    return said.get("band")


def _read(said: Understanding) -> list[tuple[str, str, Value, str]]:
    """Everything that was read: child, question, value, words."""
    read: list[tuple[str, str, Value, str]] = [
        (one.child, one.question, one.value, one.words) for one in said.suggestions
    ]
    if said.danger:
        read.append(("", DANGER, "yes", said.redacted))
    if said.categories:
        likely = frozenset(one.name for one in said.categories)
        read.append(("", CATEGORIES, likely, said.redacted))
    return read


def _as_read(answers: Answers, said: Understanding) -> Answers:
    for child, question, value, _ in _read(said):
        given = answers.get(child, question)
        if isinstance(value, frozenset) and isinstance(given, frozenset):
            value = value | given
        answers = answers.with_suggestion(question, value, child)
        if given is not None:
            answers = answers.with_answer(question, value, child)
    return answers


def _effects(standing: Standing, said: Understanding) -> tuple[Effect, ...]:
    """What is kept with the concern: that something was told, and what was read where nobody had answered."""
    turn = standing.state.last_turn + 1
    told = Effect(EffectKind.TOLD, words=said.redacted, turn=turn)
    new = [
        Effect(EffectKind.SUGGESTION, question, value, child, words, turn)
        for child, question, value, words in _read(said)
        if standing.state.answers.get(child, question) is None
    ]
    return (told, *new)
