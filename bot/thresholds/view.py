"""What is known about one child: the answers of a concern as conditions read them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.thresholds.answers import NONE_OF_THESE, NOT_SAID, UNKNOWNS, Answers, Value, in_part
from bot.thresholds.conditions import FALSE, TRUE, UNKNOWN, Truth
from bot.thresholds.pack import CATEGORIES, SCREEN, WHICH

if TYPE_CHECKING:
    from bot.thresholds.program import Program


class View:
    """The answers about one child (and about the whole concern), ready for compiled conditions."""

    __slots__ = (
        "answered",
        "any_of",
        "applies",
        "categories",
        "facts",
        "program",
        "screening",
        "unsure",
        "values",
    )

    def __init__(
        self, program: Program, answers: Answers, child: str, *, with_suggestions: bool = False
    ) -> None:
        self.program = program
        self.values: dict[str, Value] = {}  # known values only: "not sure" is no value
        self.answered: set[str] = set()
        self.unsure: set[str] = set()
        self.facts: dict[str, Truth] = {}  # worked out once per view, like the next two
        self.applies: dict[str, Truth] = {}
        self.any_of: dict[tuple[str, ...], Truth] = {}
        for scope in ("", child) if child else ("",):
            for (about, question), value in answers.given.items():
                if about == scope:
                    self._take(question, value)
        if with_suggestions:
            for (about, question), value in answers.suggested.items():
                if about in ("", child):
                    self._take_suggestion(question, value)
        self.categories = self._status_of_categories()
        self.screening = self._next_screening()

    @classmethod
    def holding(
        cls, program: Program, values: dict[str, Value], unsure: set[str], categories: dict[str, Truth]
    ) -> View:
        """Return a view of exactly these values and categories, for a proof."""
        view = cls.__new__(cls)
        view.program, view.values, view.unsure, view.categories = program, values, unsure, categories
        view.answered, view.facts, view.applies, view.any_of = set(values), {}, {}, {}
        view.screening = view._next_screening()
        return view

    def _take(self, question: str, value: Value) -> None:
        if not in_part(value):
            self.answered.add(question)
        self.values.pop(question, None)
        self.unsure.discard(question)
        if question not in self.program.many:
            if value not in UNKNOWNS and isinstance(value, str):
                self.values[question] = value
            return
        ticks = frozenset({value}) if isinstance(value, str) else value
        known = (ticks - UNKNOWNS - {NOT_SAID}) or (frozenset({NONE_OF_THESE}) if not ticks else frozenset())
        if known:
            self.values[question] = known
            if len(known) < len(ticks):
                self.unsure.add(question)

    def _take_suggestion(self, question: str, value: Value) -> None:
        """A suggestion fills what is unknown; it adds ticks where ticks are open, and takes nothing away."""
        known = self.values.get(question)
        if known is None:
            answered = question in self.answered
            self._take(question, value)
            if question in self.program.many and question in self.values:
                self.unsure.add(question)
            if not answered:
                self.answered.discard(question)
        elif isinstance(known, frozenset) and (question in self.unsure or question == CATEGORIES):
            ticks = frozenset({value}) if isinstance(value, str) else value
            added = ticks - UNKNOWNS - {NONE_OF_THESE, NOT_SAID}
            if added:
                self.values[question] = (known | added) - {NONE_OF_THESE}

    def _status_of_categories(self) -> dict[str, Truth]:
        """True when ticked; false when the universal screen that covers it was answered without it; else
        unknown."""
        status = dict(self.program.all_unknown)
        screen = self.values.get(SCREEN)
        if isinstance(screen, frozenset):
            for code, options in self.program.screened_by.items():
                status[code] = max(
                    (self._by_screen(screen, option, code) for option in options), default=UNKNOWN
                )
        ticked = self.values.get(CATEGORIES)
        if isinstance(ticked, frozenset):
            for code in ticked:
                if code in status:
                    status[code] = TRUE
        return status

    def _by_screen(self, screen: frozenset[str], option: str, code: str) -> Truth:
        if option not in screen:
            return UNKNOWN if SCREEN in self.unsure else FALSE
        which = WHICH + option
        if which not in self.program.many:  # the option stands for this category alone
            return TRUE
        ticks = self.values.get(which)
        if not isinstance(ticks, frozenset):
            return UNKNOWN
        if code in ticks:
            return TRUE
        return UNKNOWN if which in self.unsure else FALSE

    def _next_screening(self) -> str | None:
        """The question that would settle every category still unknown; None when both were asked."""
        return next((id for id in (CATEGORIES, SCREEN) if id not in self.answered), None)

    def category_needs(self, code: str) -> tuple[str, ...]:
        """Which reserved question could still tell whether the concern belongs to this category."""
        if self.screening is not None:
            return (self.screening,)
        screen = self.values.get(SCREEN, frozenset())
        return tuple(
            WHICH + option
            for option in self.program.screened_by.get(code, ())
            if option in screen
            and WHICH + option in self.program.many
            and WHICH + option not in self.answered
        )
