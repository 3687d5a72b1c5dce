"""A page as tagged PDF (PDF/UA-1): title, language, headings, table headers and the drawing's words are in
its tags.

Set by typst, which its own wheel brings along: no system library, no network.
"""

from __future__ import annotations

import json
from dataclasses import asdict
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import typst

from bot.referrals.rendering.page import Page, printable

_TEMPLATE = Path(__file__).with_name("page.typ")


def to_pdf(page: Page) -> bytes:
    """Set a page. The same page always gives the same words in the same order.

    Where a letter is in none of the fonts, the PDF is tagged all the same but cannot claim PDF/UA-1.
    """
    blocks = [{"block": type(block).__name__.lower(), **asdict(block)} for block in page.blocks]
    whole = {"title": page.title, "foot": page.foot, "banner": page.banner, "blocks": blocks}
    data = json.dumps(_printable(whole))
    try:
        return _compiled(data, accessible=True)
    except typst.TypstError as error:
        if "could not be displayed" not in str(error):
            raise
        return _compiled(data, accessible=False)


def _compiled(data: str, *, accessible: bool) -> bytes:
    pdf = typst.compile(
        _TEMPLATE,
        format="pdf",
        pdf_standards=["ua-1"] if accessible else None,
        sys_inputs={"page": data},
        font_paths=[_fonts()],
        ignore_system_fonts=True,
    )
    return bytes(pdf)


def _printable(value: Any) -> Any:
    if isinstance(value, str):
        return printable(value)
    if isinstance(value, list | tuple):
        return [_printable(one) for one in value]
    if isinstance(value, dict):
        return {name: _printable(one) for name, one in value.items()}
    return value


def _fonts() -> Path:
    """The folder of DejaVu Sans, which comes with matplotlib: a plain face that knows most letters."""
    spec = find_spec("matplotlib")
    if spec is None or spec.origin is None:
        raise RuntimeError("matplotlib, whose fonts the PDF is set in, is not installed. Run `make setup`.")
    return Path(spec.origin).parent / "mpl-data" / "fonts" / "ttf"
