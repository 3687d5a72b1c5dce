"""Where a referral stands: read from the times of its steps, never from a flag."""

from __future__ import annotations

from sqlalchemy import func, select
from sqlalchemy.orm import Session, defer

from bot.contract import AttachmentView, Decision, ReferralRow, ReferralView, State
from bot.intake.tables import Addition, Attachment, Referral
from bot.intake.work.telling import events_of

DECISIONS: dict[str, str] = {
    Decision.NO_ACTION: "No further action",
    Decision.ADVICE: "Advice and information",
    Decision.EARLY_HELP: "Early help",
    Decision.ALLOCATED_WORKER: "Passed to the allocated worker",
    Decision.SECTION_17: "Assessment as a child in need (section 17)",
    Decision.SECTION_47: "Strategy discussion and enquiry (section 47)",
    Decision.IMMEDIATE_PROTECTION: "Immediate protection",
    Decision.OTHER_AUTHORITY: "Passed to another authority",
}


def state_of(referral: Referral) -> State:
    """The state that the times of the referral tell."""
    if referral.left_at is not None:
        return State.DECIDED if referral.decided_at is not None else State.ALLOCATED
    if referral.withdrawn_at is not None:
        return State.WITHDRAWN
    if referral.rated_at is None:
        return State.RECEIVED if referral.screened_at is None else State.SCREENED
    if referral.band == "green":
        return State.EARLY_INTERVENTION
    return State.INFORMATION_REQUESTED if referral.asked_at is not None else State.RATED


def row_of(referral: Referral) -> ReferralRow:
    """One line of the sender's list."""
    return ReferralRow.model_validate(_common(referral))


def view_of(session: Session, referral: Referral) -> ReferralView:
    """The referral as its sender may see it."""
    events = events_of(session, referral)
    additions = session.scalar(
        select(func.count())
        .select_from(Addition)
        .where(Addition.referral_id == referral.id, Addition.kind == "information")
    )
    return ReferralView.model_validate(
        {
            **_common(referral),
            "words": events[-1].words if events else "",
            "additions": additions or 0,
            "attachments": [attachment_of(file) for file in files_of(session, referral)],
            "events": events,
        }
    )


def files_of(session: Session, referral: Referral) -> list[Attachment]:
    """The attachments without their content, which may be many megabytes."""
    found = (
        select(Attachment)
        .where(Attachment.referral_id == referral.id)
        .order_by(Attachment.at, Attachment.id)
        .options(defer(Attachment.content_sealed, raiseload=True))
    )
    return list(session.scalars(found))


def attachment_of(file: Attachment) -> AttachmentView:
    """An attachment as its sender may see it; the file itself is not handed back."""
    return AttachmentView(
        id=file.id, name=file.name, kind=file.kind, size=file.size, sha256=file.sha256, received_at=file.at
    )


def _common(referral: Referral) -> dict[str, object]:
    return {
        "reference": referral.reference,
        "mash_reference": referral.mash_reference,
        "state": state_of(referral),
        "received_at": referral.received_at,
        "due_at": None if referral.left_at is not None else referral.due_at,
        "band": referral.band,
        "decision": referral.decision,
    }
