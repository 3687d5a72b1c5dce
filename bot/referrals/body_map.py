"""The body map: simple outlines drawn by us, with each mark numbered where it was seen.

A picture has no colours that matter: marks are numbered and described in the table beside it. Places are
parts of a view's width and height, from its top left, as in the contract.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from xml.sax.saxutils import quoteattr

from bot.referrals.form.story import VIEWS

TALL = (100, 200)
SQUARE = (100, 100)
SIZES: dict[str, tuple[int, int]] = {
    **dict.fromkeys(("front", "back", "left", "right"), TALL),
    **dict.fromkeys(("face", "hands", "feet"), SQUARE),
}
"""Width and height of each view's picture."""

_HALF = (
    "M50 4 C40 4 38 11 39 18 C40 24 43 28 45 30 L45 36 C38 39 29 39 27 47 C24 60 22 72 19 86 C18 92 15 98 "
    "15 104 C15 109 20 109 21 104 C24 96 28 80 31 64 C33 76 33 88 32 102 C31 122 34 142 36 160 C37 172 36 "
    "180 32 188 C31 192 43 193 44 188 C45 168 47 140 50 112"
)
_SPINE = "M50 44 L50 100"
_NAVEL = "M49 88 a1 1.6 0 1 0 2 0 a1 1.6 0 1 0 -2 0"
_SIDE = (
    "M51 4 C41 4 38 12 40 19 L37 24 L40 26 C40 30 43 31 46 31 L46 36 C41 41 39 50 40 60 C41 70 40 84 40 98 "
    "C40 122 43 142 43 160 C43 172 42 182 42 187 L33 191 C31 195 38 195 52 194 C55 190 54 182 54 172 C55 "
    "150 60 124 60 102 C62 84 58 72 60 58 C61 48 58 40 55 36 L55 30 C63 26 64 8 51 4 Z"
)
_ARM = "M47 44 C43 60 46 78 46 92 C46 100 44 106 47 108 C51 108 51 100 51 94 C53 78 55 60 53 46"
_FACE = "M50 6 C26 6 20 30 24 54 C27 76 40 94 50 94 C60 94 73 76 76 54 C80 30 74 6 50 6 Z"
_FEATURES = (
    "M33 44 C36 40 42 40 45 44 C42 47 36 47 33 44 Z M55 44 C58 40 64 40 67 44 C64 47 58 47 55 44 Z M50 48 "
    "L46 62 C48 65 52 65 54 62 M41 76 C46 73 54 73 59 76 C54 81 46 81 41 76 Z M23 44 C17 42 17 60 25 62 "
    "M77 44 C83 42 83 60 75 62"
)
_HAND = (
    "M16 92 C15 80 10 70 9 58 C7 50 4 42 6 40 C9 39 12 46 14 54 L13 26 C13 20 17 20 18 26 L20 48 L21 18 "
    "C21 12 26 12 26 18 L26 48 L30 22 C31 16 35 17 35 23 L33 52 L39 34 C41 29 45 31 43 37 C40 50 40 62 37 "
    "72 C35 80 34 86 34 92 Z"
)
_FOOT = (
    "M18 90 C12 84 16 70 14 58 C12 46 8 40 9 28 C10 20 16 18 24 18 C34 18 40 24 39 36 C38 52 36 60 36 72 "
    "C36 86 28 96 18 90 Z M11 16 a4 5 0 1 0 8 0 a4 5 0 1 0 -8 0 M21 12 a3 4 0 1 0 6 0 a3 4 0 1 0 -6 0 M28 "
    "13 a3 4 0 1 0 6 0 a3 4 0 1 0 -6 0 M34 17 a3 4 0 1 0 6 0 a3 4 0 1 0 -6 0"
)
_MIRROR = 'transform="translate(100 0) scale(-1 1)"'


def svg(entries: Sequence[Mapping[str, Any]]) -> str:
    """One drawing of all views with the marks of these injuries, numbered from 1 in their order."""
    cells, width, height = [], 4 * 112, 2 * 16 + TALL[1] + SQUARE[1] + 16
    for place, (view, label) in enumerate(VIEWS):
        x = (place % 4) * 112 + 6
        y = 0 if place < 4 else TALL[1] + 24
        title = f'<text x="50" y="12" text-anchor="middle" font-size="9">{label}</text>'
        cells.append(
            f'<g transform="translate({x} {y})">{title}<g transform="translate(0 16)">'
            f"{outline(view)}{_marks(view, entries)}</g></g>"
        )
    return _picture(width, height, says(entries), "".join(cells))


def view_svg(view: str, entries: Sequence[Mapping[str, Any]]) -> str:
    """The drawing of one view with its marks."""
    width, height = SIZES[view]
    return _picture(width, height, says(entries), outline(view) + _marks(view, entries))


def says(entries: Sequence[Mapping[str, Any]]) -> str:
    """What the drawing shows, in words, for people who do not see it."""
    if not entries:
        return "Body map without marks"
    labels = dict(VIEWS)
    shown = [
        f"{number}: {entry.get('type') or 'mark'}, {labels.get(str(entry.get('view')), 'place not known')}"
        for number, entry in enumerate(entries, start=1)
    ]
    return "Body map. " + "; ".join(shown)


def outline(view: str) -> str:
    """The bare outline of one view, as parts of an SVG picture."""
    if view in ("front", "back"):
        middle = _SPINE if view == "back" else _NAVEL
        return _drawn(_path(_HALF) + _path(_HALF, _MIRROR) + _path(middle))
    if view in ("left", "right"):
        return _drawn(_path(_SIDE + _ARM, "" if view == "left" else _MIRROR))
    if view == "face":
        return _drawn(_path(_FACE) + _path(_FEATURES))
    pair = _HAND if view == "hands" else _FOOT
    return _drawn(_path(pair) + _path(pair, _MIRROR))


def _path(steps: str, more: str = "") -> str:
    return f'<path d="{steps}" {more}/>'


def _drawn(paths: str) -> str:
    return (
        '<g fill="none" stroke="#0b0c0c" stroke-width="1.2" stroke-linecap="round" '
        f'stroke-linejoin="round">{paths}</g>'
    )


def _marks(view: str, entries: Sequence[Mapping[str, Any]]) -> str:
    width, height = SIZES[view]
    return "".join(
        _mark(number, float(entry["x"]) * width, float(entry["y"]) * height)
        for number, entry in enumerate(entries, start=1)
        if entry.get("view") == view and _placed(entry)
    )


def _placed(entry: Mapping[str, Any]) -> bool:
    return all(isinstance(entry.get(axis), int | float) and 0 <= entry[axis] <= 1 for axis in ("x", "y"))


def _mark(number: int, x: float, y: float) -> str:
    return (
        f'<circle cx="{x:.1f}" cy="{y:.1f}" r="5" fill="#ffffff" stroke="#d4351c" stroke-width="1.6"/>'
        f'<text x="{x:.1f}" y="{y + 2.6:.1f}" text-anchor="middle" font-size="7.5">{number}</text>'
    )


def _picture(width: int, height: int, label: str, inner: str) -> str:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" role="img" '
        f'aria-label={quoteattr(label)} font-family="DejaVu Sans, Arial, sans-serif" '
        f'fill="#0b0c0c">{inner}</svg>'
    )
