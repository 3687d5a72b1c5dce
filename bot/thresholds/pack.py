"""A threshold pack: one authority's threshold document as data, dated, versioned and immutable."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

from bot.thresholds.answers import NONE_OF_THESE, NOT_KNOWN, NOT_SURE, Value
from bot.thresholds.band import Band
from bot.thresholds.compiling import Guards
from bot.thresholds.conditions import Condition, questions_of

if TYPE_CHECKING:
    from bot.thresholds.program import Program

CATEGORIES, SCREEN, WHICH = "categories", "screen", "which_"

MARKS = {
    "r": "read in the cited text",
    "k": "well-known content of the cited document, to be checked again",
    "proposed": "proposed for this pack, not a quotation",
}


@dataclass(frozen=True)
class SourceDocument:
    """A document that criteria cite."""

    title: str
    publisher: str = ""
    url: str = ""
    edition: str = ""


@dataclass(frozen=True)
class Source:
    """Where a rule comes from; ``mark`` says whether that text was read (see MARKS)."""

    title: str
    cite: str
    mark: str
    where: str = ""


@dataclass(frozen=True)
class Category:
    """A kind of harm or need. ``need`` and ``factors`` are the Children in Need census codes."""

    code: str
    label: str
    describe: str
    need: str = ""
    factors: tuple[str, ...] = ()


@dataclass(frozen=True)
class Question:
    """One question of the interview. ``one``: a single option; ``many``: tick all that apply."""

    id: str
    ask: str
    why: str
    kind: str
    per: str
    options: Mapping[str, str]
    help: Mapping[str, str]
    severity: tuple[str, ...] = ()
    protective: frozenset[str] = frozenset()
    asked_when: Condition | None = None
    first: int | None = None

    @property
    def choices(self) -> tuple[tuple[str, str], ...]:
        """Everything that may be answered, with its label, in the order shown."""
        own = tuple(self.options.items())
        none = ((NONE_OF_THESE, "None of these"),) if self.kind == "many" else ()
        return (*own, *none, (NOT_SURE, "I am not sure"), (NOT_KNOWN, "The school does not know"))

    def label(self, option: str) -> str:
        """Return the words shown for one option."""
        return dict(self.choices)[option]


@dataclass(frozen=True)
class Criterion:
    """One indicator: when it holds, a level of need and a band, because, from that source.

    ``category`` is a code, or None when the criterion applies to every concern. ``origin`` is the pack
    stating it.
    """

    id: str
    category: str | None
    level: int
    band: Band
    when: Condition
    because: str
    source: Source
    origin: str


@dataclass(frozen=True)
class Move:
    """What moves the level: criteria of these bands are dealt with as ``to`` while ``when`` holds."""

    id: str
    when: Condition
    categories: frozenset[str] | None  # None with no criteria: every criterion
    criteria: frozenset[str] | None
    from_bands: frozenset[Band]
    to: Band
    because: str
    source: Source
    origin: str

    @property
    def raises(self) -> bool:
        """Whether it raises; a move that lowers only takes an Amber to Green."""
        return all(self.to.rank > band.rank for band in self.from_bands)

    def applies_to(self, criterion: Criterion) -> bool:
        """Whether it looks at this criterion at all (by the band that the criterion itself states)."""
        if criterion.band not in self.from_bands:
            return False
        if self.criteria is not None:
            return criterion.id in self.criteria
        return self.categories is None or criterion.category in self.categories


@dataclass(frozen=True)
class Duty:
    """Something that must be done besides or instead of a band. ``from_band``: only for a concern at least
    that."""

    id: str
    when: Condition
    title: str
    who: str
    by_when: str
    how: tuple[str, ...]
    do_not: tuple[str, ...]
    route: str
    source: Source
    origin: str
    personal: bool = False
    emergency: bool = False
    from_band: Band | None = None


@dataclass(frozen=True)
class ParentsRule:
    """When parents must not be told, or MASH is asked first."""

    advice: str  # do_not_tell | ask_first
    when: Condition
    because: str
    source: Source


@dataclass(frozen=True)
class ScreenOption:
    """One line of the universal screen; ticking it brings its categories in."""

    label: str
    categories: tuple[str, ...]


@dataclass(frozen=True)
class Screen:
    """The short universal screen that stands before "none"."""

    ask: str
    why: str
    options: Mapping[str, ScreenOption]


@dataclass(frozen=True)
class Contact:
    """Whom to ring. What an authority has not published stays empty: "not published"."""

    label: str
    phone: str = ""
    hours: str = ""
    note: str = ""


@dataclass(frozen=True)
class Clock:
    """MASH's target for one band: amount and unit, whether the authority states the unit, when it starts."""

    within: int
    unit: str  # hours | working_hours | working_days
    unit_stated: bool
    starts: str
    overrun: bool


@dataclass(frozen=True)
class Calendar:
    """When MASH works. ``stated`` is false where the authority has not published it."""

    weekdays: tuple[str, ...]
    opens: str
    closes: str
    stated: bool
    bank_holidays: str


@dataclass(frozen=True)
class Consultation:
    """Whom to consult when a Red or Amber criterion stays open after "not sure" or "not known"."""

    contacts: tuple[str, ...]
    say: str
    source: Source


@dataclass(frozen=True)
class Case:
    """A test case written in the pack."""

    name: str
    answers: Mapping[tuple[str, str], Value]
    children: tuple[str, ...]
    suggestions: Mapping[tuple[str, str], Value]
    others: str  # "" | least_worrying | not_known: how questions that are still asked are answered
    expect: Mapping[str, tuple[str, ...]]
    origin: str
    file: str
    line: int


@dataclass(frozen=True)
class Pack:
    """One version of one authority's threshold document, complete with what it takes over from the national
    base."""

    name: str
    version: str
    title: str
    status: str
    in_force: date
    until: date | None
    extends: str | None
    approved_by: str
    approved_on: str
    authority: Mapping[str, str]
    levels: Mapping[int, str]
    section_17_level: int | None
    words: Mapping[str, str]
    contacts: Mapping[str, Contact]
    calendar: Calendar | None
    clocks: Mapping[Band, Clock]
    sources: Mapping[str, SourceDocument]
    categories: Mapping[str, Category]
    questions: Mapping[str, Question]  # including the reserved ones
    facts: Mapping[str, Condition]
    criteria: Mapping[str, Criterion]
    moves: Mapping[str, Move]
    duties: Mapping[str, Duty]
    parents: tuple[ParentsRule, ...]
    screen: Screen
    consultation: Consultation | None
    cases: tuple[Case, ...]
    digest: str
    places: Mapping[tuple[str, str], tuple[str, int]]  # (block, id): file and line

    def question(self, id: str) -> Question:
        """Return a question by its id, the reserved ``categories``, ``screen`` and ``which_…`` included."""
        return self.questions[id]

    def find_question(self, id: str) -> Question | None:
        """Return a question by its id, or None."""
        return self.questions.get(id)

    @cached_property
    def guards(self) -> Guards:
        """What compiling a condition of this pack needs to know."""
        return Guards(
            facts=self.facts,
            asked_when={q.id: q.asked_when for q in self.questions.values() if q.asked_when is not None},
            many=frozenset(q.id for q in self.questions.values() if q.kind == "many"),
        )

    @cached_property
    def asked_by(self) -> Mapping[str, frozenset[str]]:
        """The categories whose criteria read a question; an empty name where every concern may ask it."""
        found: dict[str, set[str]] = {}
        for one in self.criteria.values():
            for question in questions_of(one.when, self.facts):
                found.setdefault(question, set()).add(one.category or "")
        return {question: frozenset(codes) for question, codes in found.items()}

    @cached_property
    def program(self) -> Program:
        """The compiled pack; made once."""
        from bot.thresholds.program import Program

        return Program.of(self)
