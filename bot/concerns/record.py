"""A concern as it is kept, and as the dialogue sees it: effects to rows and back, assessments, peak."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bot.concerns.living import homes_of
from bot.concerns.shelf import PackShelf
from bot.dialogue.history import Effect, EffectKind, State, replay, told_in
from bot.dialogue.homes import Homes
from bot.dialogue.steps import Step, facts_to_confirm, next_step
from bot.store import Answer, Child, Concern, Session
from bot.store import answers as kept_answers
from bot.store import concerns as kept_concerns
from bot.thresholds import Answers, Assessment, Band, Pack, assess, concern_band, max_band

DUTY_DONE = "duty_done"
"""The kind of row that ticks a duty off; it is no effect of the dialogue."""


@dataclass(frozen=True)
class Kept:
    """What a concern's standing is recomputed from: its history and its children, at one version of it."""

    version: int
    effects: tuple[Effect, ...]
    children: tuple[Child, ...]
    duties_done: dict[str, datetime]


@dataclass(frozen=True)
class Standing:
    """Where a concern stands now: recomputed from pack and answers, never stored."""

    concern: Concern
    pack: Pack
    state: State
    assessments: tuple[Assessment, ...]
    step: Step | None
    homes: Homes
    """Where each child lives, and so whose pack judges them; ``pack`` is the school's own."""
    kept: Kept
    """What it was recomputed from."""

    @property
    def duties_done(self) -> dict[str, datetime]:
        """When each duty was ticked off."""
        return self.kept.duties_done

    @property
    def told_in(self) -> tuple[str, ...]:
        """The ids of the messages that told something about the concern."""
        return told_in(self.kept.effects)

    @property
    def children(self) -> tuple[Child, ...]:
        """The children of the concern, as they are kept."""
        return self.kept.children

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


def standing(
    session: Session, shelf: PackShelf, concern: Concern, children: Sequence[Child] | None = None
) -> Standing:
    """Recompute where a concern stands from pack and history; ``children``: where they were read already."""
    if children is None:
        children = kept_concerns.children_of(session, concern.id)
    rows = kept_answers.answers_of(session, concern.id)
    return _stands(
        shelf,
        concern,
        Kept(
            version=concern.version,
            effects=tuple(_effects(rows)),
            children=tuple(children),
            duties_done={row.question: row.at for row in rows if row.kind == DUTY_DONE},
        ),
    )


def still(session: Session, shelf: PackShelf, concern: Concern, before: Standing) -> Standing:
    """Where a concern stands now that it is locked: as before, unless somebody changed it meanwhile."""
    if concern.version == before.kept.version:
        return replace(before, concern=concern)
    return standing(session, shelf, concern)


def _stands(shelf: PackShelf, concern: Concern, kept: Kept) -> Standing:
    pack = shelf.pinned(concern.pack_name, concern.pack_version, concern.pack_digest)
    children = tuple(child.label for child in kept.children)
    state = replay(kept.effects, children=children, misses=concern.misses)
    homes = homes_of(shelf, pack, state, concern.opened_at.date())
    assessments = assess_all(homes, state.answers)
    certain = concern_band(assessments)
    peak = max_band([Band(concern.peak_band) if concern.peak_band else None, certain]) or Band.NONE
    step = next_step(pack, state, peak=peak, current=certain, homes=homes)
    return Standing(concern, pack, state, assessments, step, homes, kept)


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
    kept_answers.append_answers(
        session,
        concern.id,
        [
            kept_answers.NewAnswer(
                kind=effect.kind.value,
                question=effect.question,
                value=effect.value,
                child=effect.child,
                turn=effect.turn,
                words=effect.words or None,
                reason=effect.words if effect.kind is EffectKind.REASON else None,
            )
            for effect in effects
        ],
        at=at,
        via=via,
        given_by=by,
        message_id=message_id,
    )


def moved(
    shelf: PackShelf,
    before: Standing,
    effects: Sequence[Effect],
    message_id: str | None = None,
    *,
    grown: Kept | None = None,
) -> Standing:
    """Where a locked concern stands after the effects of one turn, which were kept in this transaction.

    ``grown``: what is kept besides, where a child was added to it.
    """
    if not effects and grown is None:
        return before
    kept = grown or before.kept
    new = (replace(effect, message=message_id or "") for effect in effects)
    return _stands(shelf, before.concern, replace(kept, effects=(*kept.effects, *new)))


def keep_advice(session: Session, now: Standing, at: datetime) -> None:
    """Keep the band to act on after a change, and raise the peak."""
    if now.certain is not None:
        kept_concerns.raise_peak(session, now.concern, now.certain)
    if now.concern.advised_band != now.advised:
        now.concern.advised_band, now.concern.advised_at = now.advised, at


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
            row.message_id or "",
        )
        for row in rows
        if row.kind in kinds
    ]
