"""Sending a concern: one referral for each authority under which its children live.

The school's own authority is reached through the outbox. To any other there is no link: that referral is
kept, and staff ring and send it themselves (docs/decisions/0006-one-referral-for-each-authority.md).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.concerns.access import maybe_about_dsl
from bot.concerns.calls import got_through, past
from bot.concerns.drafts import current_draft
from bot.concerns.endings import (
    attachment_meta,
    audit,
    band_held,
    post_attachment,
    suggested,
)
from bot.concerns.errors import NotNow
from bot.concerns.recipients import Recipient, draft_for, part_for, recipients
from bot.concerns.record import Standing
from bot.concerns.reply import Sent
from bot.concerns.saying import categories_of
from bot.concerns.showing import sent_to
from bot.dialogue.advice import always
from bot.dialogue.wording import reach
from bot.referrals import Target, consent_blocks, document, target
from bot.store import Call, Concern, Person, Referral, Session
from bot.store import attachments as kept_attachments
from bot.store import by_hand as kept_by_hand
from bot.store import concerns as kept_concerns
from bot.store import organisations as kept_organisations
from bot.store import referrals as kept_referrals
from bot.thresholds import Band


@dataclass(frozen=True)
class _Going:
    """One referral that is about to go."""

    to: Recipient
    part: Standing
    draft: dict[str, Any]
    band: Band | None
    reference: str
    blocked: str | None

    @property
    def red(self) -> bool:
        return self.band is Band.RED


def send(
    session: Session,
    concern: Concern,
    now: Standing,
    person: Person,
    at: datetime,
    call: dict[str, Any] | None,
) -> Sent:
    """Write every referral of the concern in this transaction; the worker delivers the school's own."""
    if now.step is not None and now.step.id == "lowering_reason":
        raise NotNow("Say first why the band became lower; the reason goes along with the referral.")
    earlier = kept_referrals.referrals_of(session, concern.id)
    if earlier:
        return _sent(session, earlier, "This concern was sent before.")
    everything = _planned(session, concern, now)
    going = [one for one in everything if one.blocked is None]
    if not going:
        raise NotNow(str(everything[0].blocked))
    rung = next((one for one in going if one.red), going[0])
    noted = _keep_call(session, concern, person, at, call, rung.to) if call is not None else None
    sent = [_keep(session, concern, one, going, person, at, noted if one is rung else None) for one in going]
    if noted is not None:
        noted.referral_id = sent[going.index(rung)].id
    kept_concerns.touch(session, concern, at)
    return Sent(
        reference=sent[0].reference,
        status=_status(sent[0]),
        ring_first=any(one.red for one in going),
        say=_after_sending(now, everything, called=call is not None and got_through(call), rung=rung),
        referrals=[sent_to(session, one) for one in sent],
    )


def _planned(session: Session, concern: Concern, now: Standing) -> list[_Going]:
    everybody = recipients(now)
    planned = []
    for to in everybody:
        part = part_for(now, to)
        band = band_held(session, concern, part)
        draft = draft_for(current_draft(session, part)[0], to, everybody)
        reference = kept_referrals.new_reference()
        planned.append(_Going(to, part, draft, band, reference, consent_blocks(draft, band)))
    return planned


def _keep(
    session: Session,
    concern: Concern,
    one: _Going,
    going: list[_Going],
    person: Person,
    at: datetime,
    call: Call | None,
) -> Referral:
    body = _body(session, concern, one, at, call)
    related = [other.reference for other in going if other is not one]
    if related:
        body["related"] = related
    documents = kept_attachments.attachments_of(session, concern.id)
    if documents:
        body["attachments"] = [attachment_meta(document) for document in documents]
    aim = target(one.part.pack, one.band or Band.RED, at)
    if one.to.by_hand:
        sent = _keep_by_hand(session, concern, one, body, person, at, aim)
    else:
        sent = kept_referrals.add_referral_with_outbox(
            session,
            concern,
            body,
            reference=one.reference,
            sent_by=person.id,
            band=one.band,
            at=at,
            arrive_by=aim.arrive_by,
            chase_at=aim.chase_at,
        )
        for document_kept in documents:
            post_attachment(session, sent, document_kept, by=person.id, at=at)
    action = "referral.to_hand_over" if one.to.by_hand else "referral.sent"
    audit(session, concern, person, at, action, {"reference": one.reference})
    return sent


def _keep_by_hand(
    session: Session,
    concern: Concern,
    one: _Going,
    body: dict[str, Any],
    person: Person,
    at: datetime,
    aim: Target,
) -> Referral:
    return kept_by_hand.add_referral_by_hand(
        session,
        concern,
        body,
        reference=one.reference,
        authority=one.to.kept,
        sent_by=person.id,
        band=one.band,
        at=at,
        arrive_by=aim.due_at,
    )


def _body(session: Session, concern: Concern, one: _Going, at: datetime, call: Call | None) -> dict[str, Any]:
    school = kept_organisations.get_organisation(session, concern.organisation_id)
    code = one.to.home.pack.authority.get("la_code", "") if one.to.by_hand else school.la_code
    return document(
        one.draft,
        reference=one.reference,
        sent_at=at,
        suggested=suggested(session, concern, one.part),
        duties_done=sorted(one.part.duties_done),
        call=[] if call is None else [{"at": call.at, **(call.details or {})}],
        organisation=school.name,
        authority=code or "",
        categories=categories_of(one.part),
    )


def _keep_call(
    session: Session, concern: Concern, person: Person, at: datetime, call: dict[str, Any], to: Recipient
) -> Call:
    details = {name: call.get(name) for name in ("answered_by", "reference", "outcome")}
    if to.by_hand:
        details["to"] = to.name
    kept = kept_referrals.add_call(
        session, concern.id, by=person.id, at=past(call.get("at"), at), noted_at=at, details=details
    )
    audit(session, concern, person, at, "call.noted", {})
    return kept


def _after_sending(now: Standing, everything: list[_Going], *, called: bool, rung: _Going) -> list[str]:
    lines: list[str] = []
    for one in everything:
        if one.blocked is not None:
            lines.append(
                f"Not referred to {one.to.name}: a Green goes only with consent. When the family agrees, "
                "open a concern about that child."
            )
            continue
        if one.red and not (called and one is rung):
            whom = _mash(one) if one.to.by_hand else "MASH"
            lines.append(f"This looks Red: ring {whom} now. Do not rely on the form alone.")
        lines.append(
            f"The referral to {one.to.name} does not go by itself. Ring them, send its PDF by their secure "
            "route, and write down here that you have."
            if one.to.by_hand
            else "Your referral is kept and on its way. The status page shows when MASH has received it."
        )
    due = {duty.duty for one in now.assessments for duty in one.duties if duty.certain}
    return [*lines, *always(due | maybe_about_dsl(now.state.answers))]


def _mash(one: _Going) -> str:
    mash = one.part.pack.contacts.get("mash")
    return reach(one.part.pack, mash) if mash is not None else one.to.name


def _status(sent: Referral) -> str:
    return "to_hand_over" if sent.by_hand else "waiting"


def _sent(session: Session, sent: list[Referral], says: str) -> Sent:
    return Sent(
        reference=sent[0].reference,
        status="to_hand_over" if sent[0].by_hand else "sent",
        say=[says],
        referrals=[sent_to(session, one) for one in sent],
    )
