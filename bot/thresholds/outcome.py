"""What an assessment says: bands, criteria met and open, duties, and whether parents are told."""

from __future__ import annotations

from dataclasses import dataclass

from bot.thresholds.band import Band
from bot.thresholds.pack import Criterion, Duty, Move, Source


@dataclass(frozen=True, slots=True)
class Met:
    """A criterion that holds, or a move that changed what follows from one."""

    criterion: str
    category: str | None
    band: Band
    level: int | None
    because: str
    source: Source

    @classmethod
    def of(cls, criterion: Criterion) -> Met:
        """A criterion that holds."""
        return cls(
            criterion.id,
            criterion.category,
            criterion.band,
            criterion.level,
            criterion.because,
            criterion.source,
        )

    @classmethod
    def moved(cls, move: Move, category: str | None) -> Met:
        """A move that took effect on a criterion of this category."""
        return cls(move.id, category, move.to, None, move.because, move.source)


@dataclass(frozen=True, slots=True)
class Open:
    """A criterion, move or duty that may still hold; ``needs`` are the questions that could tell.

    Empty ``needs``: everything was asked, and the answer was "not sure" or "the school does not know".
    """

    criterion: str
    band: Band
    because: str
    needs: tuple[str, ...]
    category: str | None = None
    unscreened: bool = False  # open only because its category was neither ticked nor ruled out


@dataclass(frozen=True, slots=True)
class DutyDue:
    """A duty that applies. ``certain`` is false when only unconfirmed suggestions say so."""

    duty: str
    title: str
    who: str
    by_when: str
    how: tuple[str, ...]
    do_not: tuple[str, ...]
    route: str
    emergency: bool
    personal: bool
    source: Source
    certain: bool

    @classmethod
    def of(cls, duty: Duty, *, certain: bool) -> DutyDue:
        """A duty of the pack that applies."""
        return cls(
            duty.id,
            duty.title,
            duty.who,
            duty.by_when,
            duty.how,
            duty.do_not,
            duty.route,
            duty.emergency,
            duty.personal,
            duty.source,
            certain,
        )


@dataclass(frozen=True, slots=True)
class Parents:
    """Whether parents may be told before anyone is spoken to: ``tell``, ``ask_first`` or ``do_not_tell``."""

    advice: str
    because: tuple[str, ...]
    sources: tuple[Source, ...]


@dataclass(frozen=True)
class Assessment:
    """The result of one pack and one set of answers about one child.

    ``certain``: the band that holds whatever else is answered (None: nothing holds yet); ``possible``: the
    highest that may still come out; ``likely``: ``certain`` raised by what was only suggested. ``route``:
    red, amber, green, none or consult, once nothing can change it or nothing more can be asked; None while
    it is open. ``consult``: a Red or Amber criterion stays open that nobody at school can answer, so the
    pack's consultation applies.
    """

    child: str
    certain: Band | None
    possible: Band
    likely: Band | None
    route: str | None
    consult: bool
    met: tuple[Met, ...]
    open: tuple[Open, ...]
    not_met: tuple[str, ...]
    duties: tuple[DutyDue, ...]
    open_duties: tuple[Open, ...]
    parents: Parents
    would_change: tuple[str, ...]
    level: int | None


@dataclass(frozen=True, slots=True)
class Ask:
    """The next question, about which child ("": the whole concern), and what it could decide."""

    question: str
    child: str
    because: tuple[str, ...]
