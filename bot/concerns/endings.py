"""How a concern ends without a referral, and what every ending says and keeps (see also `sending`)."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from bot.concerns.access import maybe_about_dsl
from bot.concerns.drafts import accounts
from bot.concerns.errors import BadInput, NotNow
from bot.concerns.record import Standing
from bot.concerns.reply import Decision
from bot.concerns.saying import answers_said, duties_said, not_met_said, ruled_out_said
from bot.dialogue.advice import always
from bot.referrals import Criterion, Suggested, record_of_decision
from bot.store import Attachment, Concern, Person, Referral, Session
from bot.store import Decision as Decided
from bot.store import audit as kept_audit
from bot.store import concerns as kept_concerns
from bot.store import decisions as kept_decisions
from bot.store import people as kept_people
from bot.store import referrals as kept_referrals
from bot.thresholds import Band, Met

DECISIONS = {
    "early_help": "Early help is offered",
    "school_support": "School supports the child",
    "consulted": "Talked through with the DSL or MASH",
    "other_route": "Another route was taken",
    "no_action": "Recorded, nothing more for now",
}
LATEST_REVIEW = timedelta(days=366)
REVIEW = timedelta(weeks=2)
"""When a decision without referral is looked at again unless the school says otherwise. Proposed by us."""


def decide(
    session: Session,
    concern: Concern,
    now: Standing,
    person: Person,
    at: datetime,
    *,
    decision: str,
    reason: str,
    look_again_at: datetime | None,
) -> Decision:
    """Record a decision without a referral, with everything that it rests on, for the school's file."""
    if decision not in DECISIONS:
        raise BadInput(f"Choose one of these decisions: {', '.join(DECISIONS)}.")
    if now.step is not None and now.step.id == "lowering_reason":
        raise NotNow("Say first why the band became lower; the reason is kept with the record.")
    if not reason.strip():
        raise BadInput("Say why in a few words; the reason is kept in the record.")
    again = look_again_at or at + REVIEW
    if not at < again <= at + LATEST_REVIEW:
        raise BadInput("Look at it again after today, and within a year.")
    record = record_of_decision(
        suggested=suggested(session, concern, now),
        answers=answers_said(now),
        told=accounts(session, now),
        not_met=not_met_said(now),
        ruled_out=ruled_out_said(now),
        duties=duties_said(now),
        decision=DECISIONS[decision],
        reason=reason,
        decided_by=person.name,
        decided_at=at,
        look_again_at=again,
        route=now.route,
        disagreed_by=_who_disagreed(session, concern),
        several=len(now.assessments) > 1,
    )
    kept_decisions.add_decision(
        session,
        concern,
        kind="decision",
        decision=decision,
        by=person.id,
        at=at,
        reason=reason,
        record=record,
        look_again_at=again,
    )
    kept_concerns.touch(session, concern, at)
    audit(session, concern, person, at, "concern.decided", {"decision": decision})
    return Decision(concern=concern.id, decision=decision, recorded_at=at, say=list(_always(now)))


def disagree(
    session: Session, concern: Concern, person: Person, at: datetime, band: str, reason: str
) -> None:
    """Another band than the advised one, with its reason; it goes along and is never refused."""
    if band not in list(Band):
        raise BadInput("Choose one of these bands: red, amber, green, none.")
    if not reason.strip():
        raise BadInput("Say why in a few words; your reason goes along with the referral.")
    kept_decisions.add_decision(
        session, concern, kind="disagreement", decision=band, by=person.id, at=at, reason=reason
    )
    audit(session, concern, person, at, "concern.disagreed", {"band": band})


def _who_disagreed(session: Session, concern: Concern) -> str:
    held = _disagreement(session, concern)
    return kept_people.person_of_record(session, held.by).name if held is not None else ""


def _disagreement(session: Session, concern: Concern) -> Decided | None:
    """The view that goes along where several people hold another band: the most careful, the last such."""
    held = kept_decisions.decisions_of(session, concern.id, kind="disagreement")
    return max(reversed(held), key=lambda one: Band(one.decision).rank, default=None)


def band_held(session: Session, concern: Concern, now: Standing) -> Band | None:
    """The band of the referral: the advised one, or a higher one that somebody holds."""
    held = _disagreement(session, concern)
    own = Band(held.decision) if held is not None else None
    bands = [band for band in (now.advised, own) if band is not None]
    return max(bands, key=lambda band: band.rank) if bands else None


def suggested(session: Session, concern: Concern, now: Standing) -> Suggested:
    """What the threshold pack says, as it goes to MASH and into the school's record."""
    held = _disagreement(session, concern)
    lead = now.lead
    return Suggested(
        band=now.advised,
        level=lead.level,
        route=now.route,
        criteria=tuple(_criterion(met, one.child) for one in now.assessments for met in one.met),
        pack_name=now.lead_pack.name,
        pack_version=now.lead_pack.version,
        pack_digest=now.lead_pack.digest,
        pack_status=now.lead_pack.status,
        peak=now.peak,
        lowered_for=now.state.lowered_for,
        disagreement=(held.decision, held.reason or "") if held is not None else None,
    )


def attachment_meta(one: Attachment) -> dict[str, Any]:
    """How the referral names a document that follows it."""
    return {"name": one.name, "kind": one.media_type, "size": one.size, "sha256": one.sha256}


def post_attachment(session: Session, sent: Referral, one: Attachment, *, by: str, at: datetime) -> None:
    """Let a document follow its referral through the outbox; the row holds its id, never its content."""
    document = {"attachment": one.id, **attachment_meta(one)}
    kept_referrals.add_information(session, sent, document, by=by, at=at, kind="attachment")


def _always(now: Standing) -> tuple[str, ...]:
    due = {duty.duty for one in now.assessments for duty in one.duties if duty.certain}
    return always(due | maybe_about_dsl(now.state.answers))


def _criterion(met: Met, child: str) -> Criterion:
    return Criterion(
        id=met.criterion,
        because=met.because,
        title=met.source.title,
        mark=met.source.mark,
        category=met.category or "",
        child=child,
        band=met.band.value,
        level=met.level,
        cite=met.source.cite,
        where=met.source.where,
    )


def audit(
    session: Session, concern: Concern, person: Person, at: datetime, action: str, details: dict[str, Any]
) -> None:
    """Note in the school's audit trail what was done to a concern."""
    kept_audit.record(
        session,
        organisation_id=concern.organisation_id,
        actor=person.id,
        action=action,
        subject=concern.id,
        at=at,
        details=details,
    )
