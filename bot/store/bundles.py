"""Subject access: everything kept about a concern, in clear, for the data protection officer to redact.

Never given straight out: it names third parties and may name who reported (docs/data-protection.md).
Making one is recorded in the audit trail.
"""

from __future__ import annotations

import json
from base64 import b64encode
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.store.answers import answers_of
from bot.store.attachments import attachments_of
from bot.store.audit import record
from bot.store.by_hand import handed_over_of
from bot.store.concerns import children_of, get_concern
from bot.store.decisions import decisions_of
from bot.store.drafts import draft_of
from bot.store.events import events_of
from bot.store.messages import messages_of
from bot.store.referrals import additions_of, calls_of, referrals_of
from bot.store.tables import Concern


def concerns_about(session: Session, organisation_id: str, name: str) -> list[str]:
    """The ids of a school's concerns in which every word of that name occurs, whatever its case.

    Names are sealed, so that every concern of the school is opened and read: seconds for a school's records,
    and for this purpose only.
    """
    words = name.casefold().split()
    found = select(Concern.id).where(Concern.organisation_id == organisation_id, Concern.purged_at.is_(None))
    ids = session.scalars(found.order_by(Concern.opened_at, Concern.id)).all()
    return [concern_id for concern_id in ids if words and _says_all(session, concern_id, words)]


def bundle(session: Session, concern_id: str, *, by: str, at: datetime) -> dict[str, Any]:
    """Everything of one concern as plain data, with its documents; recorded as made by that person."""
    concern = get_concern(session, concern_id)
    record(
        session,
        organisation_id=concern.organisation_id,
        actor=by,
        action="bundle_made",
        subject=f"concern:{concern_id}",
        at=at,
    )
    return _content(session, concern) | {"documents": _documents(session, concern)}


def _says_all(session: Session, concern_id: str, words: list[str]) -> bool:
    said = json.dumps(_content(session, get_concern(session, concern_id)), ensure_ascii=False).casefold()
    return all(word in said for word in words)


def _documents(session: Session, concern: Concern) -> list[dict[str, Any]]:
    return [
        {
            "at": one.at.isoformat(),
            "name": one.name,
            "kind": one.media_type,
            "content_base64": b64encode(one.content).decode(),
        }
        for one in attachments_of(session, concern.id)
    ]


def _content(session: Session, concern: Concern) -> dict[str, Any]:
    draft = draft_of(session, concern.id)
    return {
        "concern": concern.id,
        "opened_at": concern.opened_at.isoformat(),
        "pack": f"{concern.pack_name}@{concern.pack_version}",
        "band": concern.advised_band,
        "peak": concern.peak_band,
        "children": [
            {"label": child.label, "role": child.role, "details": child.details}
            for child in children_of(session, concern.id)
        ],
        "messages": [
            {"at": message.at.isoformat(), "author": message.author, "text": message.text}
            for message in messages_of(session, concern.id)
        ],
        "answers": [
            {
                "at": answer.at.isoformat(),
                "kind": answer.kind,
                "question": answer.question,
                "child": answer.child,
                "value": answer.value,
                "words": answer.words,
                "reason": answer.reason,
            }
            for answer in answers_of(session, concern.id)
        ],
        "draft": None if draft is None else draft.fields,
        "decisions": [
            {
                "at": decision.at.isoformat(),
                "kind": decision.kind,
                "decision": decision.decision,
                "reason": decision.reason,
                "record": decision.record,
            }
            for decision in decisions_of(session, concern.id)
        ],
        "calls": [
            {"at": call.at.isoformat(), "details": call.details} for call in calls_of(session, concern.id)
        ],
        "referrals": [
            {
                "reference": referral.reference,
                "at": referral.created_at.isoformat(),
                "authority": referral.authority,
                "document": referral.document,
                "sent_by_hand": [
                    {"at": said.at.isoformat(), "details": said.details}
                    for said in handed_over_of(session, referral.id)
                ],
                "additions": [addition.document for addition in additions_of(session, referral.id)],
                "events": [
                    {"at": event.at.isoformat(), "type": event.type, "said": event.body}
                    for event in events_of(session, referral.id)
                ],
            }
            for referral in referrals_of(session, concern.id)
        ],
    }
