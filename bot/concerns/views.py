"""From pack and state to what people see: pure conversion, no decisions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import lru_cache

from bot.concerns.reply import (
    AnswerView,
    AssessmentView,
    ContactView,
    DutyView,
    HomeView,
    MetView,
    OpenView,
    OptionView,
    PackView,
    ParentsView,
    QuestionView,
    SourceView,
    SuggestionView,
)
from bot.dialogue.advice import parents_say, shown_duties
from bot.dialogue.history import HOME, State
from bot.dialogue.homes import Homes, Kept, home_label
from bot.dialogue.steps import Step
from bot.dialogue.wording import label, reach
from bot.thresholds import NOT_SAID, Assessment, Band, Met, Open, Pack, Question, Source, Value


def json_value(value: Value) -> str | list[str]:
    """An answer as JSON: a word, or a sorted list of ticks."""
    return sorted(value - {NOT_SAID}) if isinstance(value, frozenset) else value


def question_view(step: Step | None) -> QuestionView | None:
    """The open question."""
    if step is None:
        return None
    return QuestionView(
        id=step.id,
        ask=step.ask,
        why=step.why,
        kind=step.kind,
        child=step.child or None,
        options=[OptionView(value=o.value, label=o.label, hint=o.hint) for o in step.options],
        help=dict(step.help),
        suggested=None if step.suggested is None else json_value(step.suggested),
        words=step.words,
        other=step.other,
    )


def suggestion_views(homes: Homes, state: State) -> list[SuggestionView]:
    """What was read from words and waits for somebody to confirm it."""
    return [
        SuggestionView(
            question=question,
            ask=asked(homes, question, child).ask,
            value=json_value(value),
            label=label(asked(homes, question, child), value),
            words=state.words.get((child, question), ""),
            child=child or None,
        )
        for (child, question), value in state.answers.suggested.items()
    ]


def answer_views(homes: Homes, state: State) -> list[AnswerView]:
    """Every answer that stands, in the order in which they were given."""
    return [
        AnswerView(
            question=question,
            ask=asked(homes, question, child).ask,
            value=json_value(value),
            label=label(asked(homes, question, child), value),
            child=child or None,
        )
        for (child, question), value in state.answers.given.items()
    ] + _home_answers(homes, state)


def asked(homes: Homes, question: str, child: str) -> Question:
    """A question that was answered of a child, in the words of the pack that asks it."""
    return homes.asking(question, child).question(question)


def _home_answers(homes: Homes, state: State) -> list[AnswerView]:
    """Under which authority each child lives that does not live here."""
    kept = {child: Kept.of(value) for child, value in state.homes.items() if child in homes.by_child}
    return [
        AnswerView(
            question=HOME,
            ask=homes.which.ask,
            value=one.unknown or (one.pack[0] if one.pack is not None else one.name),
            label=home_label(one, homes.which),
            child=child or None,
        )
        for child, one in kept.items()
    ]


def home_views(homes: Homes, children: Sequence[str]) -> list[HomeView]:
    """Where each child lives, by whose thresholds, and whom to ring."""
    return [
        HomeView(
            child=child or None,
            elsewhere=home.elsewhere,
            authority=home.name,
            published=home.published,
            says=home.says,
            pack=pack_view(home.pack),
            contacts=contact_views(home.pack),
        )
        for child, home in ((child, homes.of(child)) for child in children)
    ]


def contact_views(pack: Pack) -> list[ContactView]:
    """The MASH and the emergency duty team of a pack; never a number that it does not publish."""
    found = [pack.contacts[name] for name in ("mash", "edt") if name in pack.contacts]
    return [
        ContactView(
            label=one.label,
            phone=one.phone if pack.status == "approved" else "",
            hours=one.hours,
            note=one.note,
            says=reach(pack, one),
        )
        for one in found
    ]


def source_view(pack: Pack, source: Source) -> SourceView:
    """Where a rule stands, with the address of the document where it has one."""
    document = pack.sources.get(source.cite)
    return SourceView(
        title=source.title,
        cite=source.cite,
        mark=source.mark,
        where=source.where,
        url=document.url if document is not None else "",
    )


def met_view(pack: Pack, met: Met) -> MetView:
    """One criterion that is met."""
    return MetView(
        criterion=met.criterion,
        category=met.category or "",
        band=met.band.value,
        level=met.level,
        because=met.because,
        source=source_view(pack, met.source),
    )


def assessment_view(pack: Pack, assessment: Assessment, peak: Band | None) -> AssessmentView:
    """One child's assessment; ``peak`` is the highest band that the concern has had."""
    return AssessmentView(
        certain=assessment.certain.value if assessment.certain else None,
        possible=assessment.possible.value,
        likely=assessment.likely.value if assessment.likely else None,
        peak=peak.value if peak else None,
        route=assessment.route,
        level=assessment.level,
        met=[met_view(pack, met) for met in assessment.met],
        open=[_open_view(one) for one in assessment.open],
        not_met=list(assessment.not_met),
        would_change=list(assessment.would_change),
    )


@lru_cache(maxsize=5_000)  # hundreds stand in every reply, and nearly all as in the reply before
def _open_view(one: Open) -> OpenView:
    return OpenView(criterion=one.criterion, band=one.band.value, because=one.because, needs=list(one.needs))


def duty_views(
    homes: Homes, assessments: Sequence[Assessment], done: Mapping[str, datetime]
) -> list[DutyView]:
    """Every duty of every child, emergencies first; each once, and again where another council's differs."""
    views: dict[tuple[str, tuple[str, ...]], DutyView] = {}
    for assessment in assessments:
        pack = homes.of(assessment.child).pack
        for duty in shown_duties(assessment.duties):
            views.setdefault(
                (duty.duty, duty.how),
                DutyView(
                    duty=duty.duty,
                    title=duty.title,
                    who=duty.who,
                    by_when=duty.by_when,
                    how=list(duty.how),
                    do_not=list(duty.do_not),
                    route=duty.route,
                    emergency=duty.emergency,
                    personal=duty.personal,
                    certain=duty.certain,
                    child=assessment.child or None,
                    done_at=done.get(duty.duty),
                    source=source_view(pack, duty.source),
                ),
            )
    return sorted(views.values(), key=lambda view: not view.emergency)


def parents_view(assessments: Sequence[Assessment], route: str | None) -> ParentsView:
    """The most careful advice of all children of the concern."""
    order = ("tell", "ask_first", "do_not_tell")
    worst = max((a.parents for a in assessments), key=lambda parents: order.index(parents.advice))
    return ParentsView(advice=worst.advice, because=list(worst.because), say=parents_say(worst.advice, route))


def pack_view(pack: Pack) -> PackView:
    """The pack that the concern is pinned to."""
    return PackView(
        name=pack.name, version=pack.version, digest=pack.digest, status=pack.status, title=pack.title
    )
