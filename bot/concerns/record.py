"""A concern as it is kept, and as the dialogue sees it: effects to rows and back, assessments, peak."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bot.concerns.living import homes_of
from bot.concerns.shelf import PackShelf
from bot.dialogue.history import Effect, EffectKind, State, replay
from bot.dialogue.homes import Homes
from bot.dialogue.steps import Step, facts_to_confirm, next_step
from bot.store import Answer, Concern, Session
from bot.store import answers as kept_answers
from bot.store import concerns as kept_concerns
from bot.thresholds import Answers, Assessment, Band, Pack, assess, concern_band, max_band

DUTY_DONE = "duty_done"
"""The kind of row that ticks a duty off; it is no effect of the dialogue."""


@dataclass(frozen=True)
class Standing:
    """Where a concern stands now: recomputed from pack and answers, never stored."""

    concern: Concern
    pack: Pack
    state: State
    assessments: tuple[Assessment, ...]
    step: Step | None
    duties_done: dict[str, datetime]
    told_in: tuple[str, ...]
    """The ids of the messages that told something about the concern."""
    homes: Homes
    """Where each child lives, and so whose pack judges them; ``pack`` is the school's own."""

    @property
    def certain(self) -> Band | None:
        """The highest band that is certain for any child."""
        return concern_band(self.assessments)

    @property
    def advised(self) -> Band | None:
        """The band to act on now: certain, or raised by what was read and not yet confirmed."""
        return max_band([self.certain, *(assessment.likely for assessment in self.assessments)])

    @property
    def peak(self) -> Band | None:
        """The highest certain band that the concern ever had."""
        return Band(self.concern.peak_band) if self.concern.peak_band else None

    @property
    def lead(self) -> Assessment:
        """The most serious child's assessment, which speaks for the concern."""
        order = {None: 0, "none": 1, "green": 2, "consult": 3, "amber": 4, "red": 5}
        return max(self.assessments, key=lambda one: (order[one.route], one.possible.rank))

    @property
    def lead_pack(self) -> Pack:
        """The pack that judges the most serious child."""
        return self.homes.of(self.lead.child).pack

    @property
    def route(self) -> str | None:
        """How the concern ends; None while a question of any child is still open."""
        if self.lead.route == Band.RED:
            return Band.RED
        if any(assessment.route is None for assessment in self.assessments):
            return None
        if facts_to_confirm(self.state.answers):  # read, and neither confirmed nor denied: nothing is earned
            return None
        return self.lead.route

    @property
    def emergency(self) -> bool:
        """Whether a duty such as 999 comes before everything else."""
        return any(duty.emergency for assessment in self.assessments for duty in assessment.duties)


def standing(session: Session, shelf: PackShelf, concern: Concern) -> Standing:
    """Recompute where a concern stands from its pack and its history."""
    pack = shelf.pinned(concern.pack_name, concern.pack_version, concern.pack_digest)
    rows = kept_answers.answers_of(session, concern.id)
    children = tuple(child.label for child in kept_concerns.children_of(session, concern.id))
    state = replay(_effects(rows), children=children, misses=concern.misses)
    homes = homes_of(shelf, pack, state, concern.opened_at.date())
    assessments = assess_all(homes, state.answers)
    peak = Band(concern.peak_band) if concern.peak_band else Band.NONE
    step = next_step(pack, state, peak=peak, current=concern_band(assessments), homes=homes)
    done = {row.question: row.at for row in rows if row.kind == DUTY_DONE}
    told_in = tuple(row.message_id for row in rows if row.kind == EffectKind.TOLD and row.message_id)
    return Standing(concern, pack, state, assessments, step, done, told_in, homes)


def assess_all(homes: Homes, answers: Answers) -> tuple[Assessment, ...]:
    """Each child's assessment, by the pack of the authority where the child lives."""
    return tuple(assess(homes.of(child).pack, answers, child) for child in answers.children or ("",))


def keep(
    session: Session,
    concern: Concern,
    effects: Iterable[Effect],
    *,
    by: str,
    via: str,
    at: datetime,
    message_id: str | None = None,
) -> None:
    """Append the effects of one turn to the concern's history."""
    for effect in effects:
        reason = effect.words if effect.kind is EffectKind.REASON else None
        kept_answers.append_answer(
            session,
            concern.id,
            kind=effect.kind.value,
            at=at,
            question=effect.question,
            value=effect.value,
            child=effect.child,
            turn=effect.turn,
            via=via,
            given_by=by,
            message_id=message_id,
            words=effect.words or None,
            reason=reason,
        )


def keep_advice(session: Session, shelf: PackShelf, concern: Concern, at: datetime) -> Standing:
    """Recompute after a change; keep the band to act on and raise the peak. Returns where it stands."""
    now = standing(session, shelf, concern)
    if now.certain is not None:
        kept_concerns.raise_peak(session, concern, now.certain)
    if concern.advised_band != now.advised:
        concern.advised_band, concern.advised_at = now.advised, at
        session.flush()
    step = next_step(now.pack, now.state, peak=now.peak or Band.NONE, current=now.certain, homes=now.homes)
    return replace(now, step=step)


def _effects(rows: Sequence[Answer]) -> list[Effect]:
    kinds = {kind.value for kind in EffectKind}
    return [
        Effect(
            EffectKind(row.kind),
            row.question,
            kept_answers.value_of(row) or "",
            row.child,
            row.words or "",
            row.turn,
        )
        for row in rows
        if row.kind in kinds
    ]
