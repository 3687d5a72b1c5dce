"""A page as DOCX, with real headings, table headers that repeat, a language and a title."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import docx
from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement
from docx.shared import Cm, Pt

from bot.referrals.rendering.page import (
    Block,
    Bullets,
    Drawing,
    Facts,
    Heading,
    Page,
    Paragraph,
    Table,
    printable,
)

_STYLES = {"quote": "Quote", "note": "Intense Quote", "opinion": "Intense Quote"}


def to_docx(page: Page) -> bytes:
    """Set a page. A drawing is given in words here; the PDF shows it."""
    document = docx.Document()
    _language(document)
    document.core_properties.title = printable(page.title)
    document.core_properties.author = ""
    if page.banner:
        document.add_paragraph(printable(page.banner), style="Intense Quote")
    document.add_heading(printable(page.title), level=0)
    for block in page.blocks:
        _set(document, block)
    document.sections[0].footer.paragraphs[0].text = printable(page.foot)
    kept = io.BytesIO()
    document.save(kept)
    return kept.getvalue()


def _set(document: Any, block: Block) -> None:
    setters: dict[type, Callable[[Any, Any], None]] = {
        Heading: lambda to, it: to.add_heading(printable(it.text), level=it.level),
        Paragraph: _paragraph,
        Facts: lambda to, it: _table(to, it.caption, ("What", "Answer"), it.rows),
        Table: lambda to, it: _table(to, it.caption, it.header, it.rows),
        Drawing: lambda to, it: to.add_paragraph(printable(it.says)),
        Bullets: _bullets,
    }
    setters[type(block)](document, block)


def _paragraph(document: Any, block: Paragraph) -> None:
    document.add_paragraph(printable(block.text), style=_STYLES.get(block.kind))


def _bullets(document: Any, block: Bullets) -> None:
    for item in block.items:
        document.add_paragraph(printable(item), style="List Bullet")


def _table(document: Any, caption: str, header: tuple[str, ...], rows: tuple[tuple[str, ...], ...]) -> None:
    if caption:
        document.add_paragraph(printable(caption), style="Caption")
    table = document.add_table(rows=1, cols=len(header), style="Table Grid")
    for cell, name in zip(table.rows[0].cells, header, strict=True):
        cell.paragraphs[0].add_run(printable(name)).bold = True
    _repeats(table.rows[0])
    for row in rows:
        for cell, words in zip(table.add_row().cells, row, strict=True):
            cell.text = printable(words)
    if len(header) == 2:
        for row in table.rows:
            row.cells[0].width, row.cells[1].width = Cm(5.5), Cm(10.5)


def _repeats(row: Any) -> None:
    """Mark a row as the header: read with each cell, and repeated on every page."""
    mark = OxmlElement("w:tblHeader")
    mark.set(qn("w:val"), "true")
    row._tr.get_or_add_trPr().append(mark)


def _language(document: Any) -> None:
    style = document.styles["Normal"]
    style.font.name, style.font.size = "Arial", Pt(11)
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), "en-GB")
    style.element.get_or_add_rPr().append(language)
