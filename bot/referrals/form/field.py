"""What a field of the referral is: its words for people, its kind, and for which band it is needed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, NamedTuple

from bot.thresholds import Band

NOT_KNOWN = "not_known"
"""The value of a field that was asked and that the school does not know. It is an answer, not a gap in the
asking.
"""

Kind = Literal["text", "textarea", "date", "datetime", "number", "radios", "checkboxes", "list"]
Demand = Literal["M", "S", "o", "-"]
Options = tuple[tuple[str, str], ...]


class Need(NamedTuple):
    """How much a field is needed for each band: M must, S should (asked once), o optional, - not used."""

    red: Demand = "o"
    amber: Demand = "o"
    green: Demand = "o"

    def at(self, band: Band | None) -> Demand:
        """How much it is needed for a band. Before a band is known, and for "none", as for a Green."""
        return {Band.RED: self.red, Band.AMBER: self.amber}.get(band or Band.NONE, self.green)


OPTIONAL = Need()


@dataclass(frozen=True)
class Only:
    """A need that holds only while another field (of the same item, in a list) has one of these values.

    No values: while it is filled at all. ``apart_from``: while it is filled with anything but these.
    """

    path: str
    values: frozenset[str] = frozenset()
    apart_from: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Field:
    """One field. ``path`` is its place in the draft; within a list, its place in one item.

    ``instead``: fields any of which settles this one (a child without a name may be described).
    ``may_be_unknown``: whether "not known" is an answer (everywhere but child, address, referrer's contact
    and reason).
    """

    path: str
    label: str
    hint: str = ""
    kind: Kind = "text"
    options: Options = ()
    need: Need = OPTIONAL
    only: Only | None = None
    instead: tuple[str, ...] = ()
    may_be_unknown: bool = True
    fields: tuple[Field, ...] = ()
    item: str = ""  # a list: what one of its items is called


@dataclass(frozen=True)
class Section:
    """One part of the form, named the way staff speak."""

    name: str
    title: str
    intro: str
    fields: tuple[Field, ...]


_NEEDS: dict[str, Demand] = {"M": "M", "S": "S", "o": "o", "-": "-"}


def need(letters: str) -> Need:
    """Read a table row such as "MSo": needed for Red, Amber, Green."""
    red, amber, green = (_NEEDS[letter] for letter in letters)
    return Need(red, amber, green)


def choice(*options: tuple[str, str], known: bool = False) -> Options:
    """Options of a field, with "Not known" at the end unless it is always ``known``."""
    return options if known else (*options, (NOT_KNOWN, "Not known"))


YES_NO = choice(("yes", "Yes"), ("no", "No"))
