"""The body map beside the list of injuries: seven views, and the empty row that a new mark is made from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from bot.referrals.body_map import SIZES, outline
from bot.referrals.draft import value_at
from bot.referrals.form import Section
from bot.referrals.form.story import VIEWS
from bot.thresholds import Band
from bot.web.forms import ShownItem, ShownList, shown

SECTION = "injuries"
NEW = "NEW-MARK"
"""Stands in the empty row where the script puts a mark of its own."""


@dataclass(frozen=True)
class Dot:
    """One numbered mark, in the units of its picture."""

    number: int
    x: float
    y: float


@dataclass(frozen=True)
class View:
    """One view of the body with the marks that were placed on it."""

    code: str
    label: str
    width: int
    height: int
    outline: Markup
    dots: tuple[Dot, ...]

    @property
    def says(self) -> str:
        """What the picture shows, for people who do not see it."""
        marks = ", ".join(str(dot.number) for dot in self.dots)
        return f"{self.label}: {'marks ' + marks if marks else 'no marks'}"


def body_map(section: Section, draft: Mapping[str, Any], band: Band | None) -> dict[str, Any]:
    """What the page of injuries needs beside the section itself; empty for any other section."""
    if section.name != SECTION:
        return {}
    found = value_at(draft, SECTION)
    injuries: list[Mapping[str, Any]] = found if isinstance(found, list) else []
    [empty] = [one for one in shown(section, {SECTION: [{"id": NEW}]}, band) if isinstance(one, ShownList)]
    new: ShownItem = empty.items[0]
    children = value_at(draft, "children")
    return {
        "views": [_view(code, label, injuries) for code, label in VIEWS],
        "new_row": new,
        "new_mark": NEW,
        "unasked": ("x", "y") if isinstance(children, list) and len(children) > 1 else ("x", "y", "child"),
    }


def _view(code: str, label: str, injuries: Sequence[Mapping[str, Any]]) -> View:
    width, height = SIZES[code]
    dots = tuple(
        Dot(number, round(float(one["x"]) * width, 1), round(float(one["y"]) * height, 1))
        for number, one in enumerate(injuries, start=1)
        if one.get("view") == code and all(isinstance(one.get(axis), int | float) for axis in ("x", "y"))
    )
    return View(code, label, width, height, Markup(outline(code)), dots)  # noqa: S704 - our own drawing
