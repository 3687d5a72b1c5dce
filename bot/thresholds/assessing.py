"""From answers to advice: the assessment of one child, and the peak over the children of a concern."""

from __future__ import annotations

from collections.abc import Iterable

from bot.thresholds.answers import Answers
from bot.thresholds.band import Band, max_band
from bot.thresholds.conditions import TRUE, UNKNOWN
from bot.thresholds.outcome import Assessment, DutyDue, Met, Open, Parents
from bot.thresholds.overlooked import overlooked
from bot.thresholds.pack import Pack
from bot.thresholds.program import BANDS
from bot.thresholds.view import View
from bot.thresholds.weighing import AMBER, NOTHING_YET, RED, Weighing, weigh

_NAMES = {Band.RED: "Red", Band.AMBER: "Amber", Band.GREEN: "Green", Band.NONE: "none"}


def assess(pack: Pack, answers: Answers, child: str = "") -> Assessment:
    """Assess one child of a concern. Pure: the same pack and answers always give the same advice."""
    program = pack.program
    now = weigh(program, View(program, answers, child))
    suggested = (
        weigh(program, View(program, answers, child, with_suggestions=True)) if answers.suggested else now
    )
    denied = overlooked(pack, answers, child, with_suggestions=True) if answers.suggested else ()
    certain = None if now.certain == NOTHING_YET else BANDS[now.certain]
    route, consult = route_of(now)
    return Assessment(
        child=child,
        certain=certain,
        possible=BANDS[max(now.possible, now.certain)],
        likely=_likely(now, suggested, denied),
        route=route,
        consult=consult,
        met=tuple(now.met),
        open=tuple(now.all_open),
        not_met=tuple(now.not_met),
        duties=_duties(now, suggested),
        open_duties=tuple(
            Open(
                ready.duty.id,
                Band.NONE,
                ready.duty.title,
                tuple(sorted(needs)) if len(needs) > 1 else tuple(needs),
            )
            for ready, truth, needs in now.duties
            if truth == UNKNOWN
        ),
        parents=_careful(now, _parents(now), _parents(suggested), pending=bool(answers.unconfirmed())),
        would_change=_would_change(now),
        level=now.level,
    )


def concern_band(assessments: Iterable[Assessment]) -> Band | None:
    """Return the most urgent certain band over the children of a concern (None: nothing holds yet)."""
    return max_band(assessment.certain for assessment in assessments)


def route_of(weighing: Weighing) -> tuple[str | None, bool]:
    """Return the route, and whether a consultation applies because something above it stays open.

    Red is final at once. Amber, Green and none are final when nothing above them can still hold. When
    nothing more can be asked, what stays open leads to a consultation; an Amber that is certain stays an
    Amber.
    """
    if weighing.certain == RED:
        return Band.RED.value, False
    if weighing.band_needs():
        return None, False
    if not weighing.band_open:
        return BANDS[weighing.certain].value, False
    if weighing.certain == AMBER:
        return Band.AMBER.value, True
    return "consult", True


def _likely(now: Weighing, suggested: Weighing, denied: tuple[Met, ...]) -> Band | None:
    """What was read may raise the band, also by a category that was denied beside it (``denied``)."""
    certain = None if now.certain == NOTHING_YET else BANDS[now.certain]
    read = BANDS[suggested.certain] if suggested.certain > max(now.certain, 0) else None
    return max_band([certain, read, *(met.band for met in denied)])


def _duties(now: Weighing, suggested: Weighing) -> tuple[DutyDue, ...]:
    due = [ready.due for ready, truth, _ in now.duties if truth == TRUE]
    if suggested is not now:
        known = {one.duty for one in due}
        due += [
            DutyDue.of(ready.duty, certain=False)
            for ready, truth, _ in suggested.duties
            if truth == TRUE and ready.duty.id not in known
        ]
    return tuple(sorted(due, key=lambda one: not one.emergency))


_CARE = ("tell", "ask_first", "do_not_tell")


def _careful(now: Weighing, certain: Parents, suggested: Parents, *, pending: bool) -> Parents:
    """What parents are told may only become more careful by what was read from words.

    Before a Red is told to anyone MASH is rung, and MASH says who tells the parents and when. While
    something that was read is neither confirmed nor denied (``pending``), “tell them” is not earned.
    """
    if _CARE.index(suggested.advice) > _CARE.index(certain.advice):
        return suggested
    if certain.advice == "tell" and now.certain == RED:
        return Parents("ask_first", ("MASH is rung first for a Red: ask them who tells the parents.",), ())
    if certain.advice == "tell" and pending:
        return Parents("ask_first", ("Something in your own words is not confirmed yet.",), ())
    return certain


def _parents(now: Weighing) -> Parents:
    def those(advice: str, value: int) -> list[tuple[str, int]]:
        return [
            (ready.rule.because, number)
            for number, (ready, truth, _) in enumerate(now.parents)
            if ready.rule.advice == advice and truth == value
        ]

    for advice in ("do_not_tell", "ask_first"):
        if holding := those(advice, TRUE):
            sources = tuple(dict.fromkeys(now.parents[number][0].rule.source for _, number in holding))
            return Parents(advice, tuple(because for because, _ in holding), sources)
    if those("do_not_tell", UNKNOWN) or those("ask_first", UNKNOWN):
        return Parents(
            "ask_first", ("It is not yet known whether telling them could put someone at risk.",), ()
        )
    return Parents("tell", (), ())


def _would_change(now: Weighing) -> tuple[str, ...]:
    floor = max(now.certain, 0)
    above = [one for one in now.open if one.band.rank > floor]
    above.sort(key=lambda one: -one.band.rank)
    return tuple(
        dict.fromkeys(f"It would be {_NAMES[one.band]} if this is so: {one.because}" for one in above)
    )
