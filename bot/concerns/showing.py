"""The reply of a concern, put together from where it stands."""

from __future__ import annotations

from datetime import datetime

from bot.concerns.access import maybe_about_dsl
from bot.concerns.drafts import Background, current_draft
from bot.concerns.errors import NotFound
from bot.concerns.record import Standing
from bot.concerns.reply import (
    AnswerView,
    ChildView,
    ClockView,
    ConcernRow,
    OptionView,
    QuestionView,
    Reply,
    SentTo,
    SuggestionView,
)
from bot.concerns.views import (
    answer_views,
    assessment_view,
    duty_views,
    home_views,
    pack_view,
    parents_view,
    question_view,
    suggestion_views,
)
from bot.dialogue.advice import always, headline
from bot.dialogue.history import HOME
from bot.dialogue.homes import OTHER
from bot.referrals import target
from bot.store import Concern, Referral, Session
from bot.store import by_hand as kept_by_hand
from bot.store import decisions as kept_decisions
from bot.store import notices as kept_notices
from bot.store import people as kept_people
from bot.store import referrals as kept_referrals
from bot.thresholds import Band


def reply(
    session: Session,
    now: Standing,
    said: tuple[str, ...],
    at: datetime,
    *,
    parser_up: bool = True,
    read: Background | None = None,
) -> Reply:
    """What every door gives back. ``read``: what was read for the draft before this turn."""
    concern = now.concern
    sent = kept_referrals.referrals_of(session, concern.id) if concern.ended_at is not None else []
    told = now.state.told or now.step is None
    draft = current_draft(session, now, read)[0] if told else None
    due = {duty.duty for one in now.assessments for duty in one.duties if duty.certain}
    lead = assessment_view(now.lead_pack, now.lead, now.peak)
    lead.certain = now.certain.value if now.certain else None
    lead.likely = now.advised.value if now.advised else None
    lead.possible = max((one.possible for one in now.assessments), key=lambda band: band.rank).value
    return Reply(
        id=concern.id,
        version=concern.version,
        messages=list(said),
        question=question_view(now.step),
        suggestions=suggestion_views(now.homes, now.state),
        answers=answer_views(now.homes, now.state),
        assessment=lead,
        children=[
            ChildView(id=child.label, label=_child_label(child.label), role=child.role)
            for child in now.children
        ],
        assessments={
            one.child: assessment_view(now.homes.of(one.child).pack, one, now.peak)
            for one in now.assessments
            if one.child
        },
        duties=duty_views(now.homes, now.assessments, now.duties_done),
        parents=parents_view(now.assessments, now.route),
        clock=_clock(now, at),
        draft=draft,
        done=now.step is None,
        route=now.route,
        headline=headline(now.route, due),
        always=list(always(due | maybe_about_dsl(now.state.answers))),
        emergency=now.emergency,
        parser="up" if parser_up else "down",
        pack=pack_view(now.pack),
        state=_state(session, concern, bool(sent)),
        reference=sent[0].reference if sent else None,
        homes=home_views(now.homes, [one.child for one in now.assessments]),
        referrals=[sent_to(session, one) for one in sent],
    )


def told_question(now: Standing, question: str, child: str) -> QuestionView:
    """A question that was answered, or that something was read for; any other is not there to be changed."""
    told: list[AnswerView | SuggestionView] = [
        *answer_views(now.homes, now.state),
        *suggestion_views(now.homes, now.state),
    ]
    found = now.homes.question(question, child)
    there = any(one.question == question and (one.child or "") == child for one in told)
    if found is None or not (there or (question == HOME and child in now.homes.by_child)):
        raise NotFound
    return QuestionView(
        id=found.id,
        ask=found.ask,
        why=found.why,
        kind="many" if found.kind == "many" else "one",
        child=child or None,
        options=[OptionView(value=value, label=text) for value, text in found.choices],
        help=dict(found.help),
        other=OTHER if question == HOME else "",
    )


def sent_to(session: Session, sent: Referral, *, brief: bool = False) -> SentTo:
    """One referral of a concern: for which authority, about whom, and whether staff sent it themselves.

    ``brief``: for a list, whose documents stay sealed.
    """
    children = [] if brief else sent.document.get("children") or []
    return SentTo(
        reference=sent.reference,
        authority=str((sent.authority or {}).get("name") or ""),
        children=[str(one["id"]) for one in children],
        band=sent.band,
        by_hand=bool(sent.by_hand),
        handed_over=bool(sent.by_hand and kept_by_hand.handed_over_of(session, sent.id)),
    )


def concern_row(session: Session, concern: Concern) -> ConcernRow:
    """One line of a list; it names no child."""
    sent = kept_referrals.referrals_of(session, concern.id)
    referrals = [sent_to(session, one, brief=True) for one in sent]
    left = not sent or any(one.by_hand and not one.handed_over for one in referrals)
    return ConcernRow(
        id=concern.id,
        label=f"Concern of {concern.opened_at:%d.%m.%Y}",
        opened_at=concern.opened_at,
        author=kept_people.person_of_record(session, concern.author_id).name,
        band=concern.advised_band,
        peak=concern.peak_band,
        state=_state(session, concern, bool(sent)),
        unsent_alert=left and kept_notices.was_alerted(session, concern.id),
        reference=sent[0].reference if sent else None,
        referrals=referrals,
        version=concern.version,
    )


def _state(session: Session, concern: Concern, sent: bool) -> str:
    if sent:
        return "sent"
    if concern.ended_at is None:
        return "open"
    return "decided" if kept_decisions.decisions_of(session, concern.id, kind="decision") else "open"


def _clock(now: Standing, at: datetime) -> ClockView | None:
    band = now.advised
    if band is None or band is Band.NONE or band not in now.lead_pack.clocks:
        return None
    aim = target(now.lead_pack, band, at)
    return ClockView(
        band=band.value,
        due_at=aim.due_at,
        says=aim.says,
        unit_stated=aim.unit_stated,
        out_of_hours=aim.out_of_hours,
    )


def _child_label(child: str) -> str:
    return f"Child {child.removeprefix('c')}"
