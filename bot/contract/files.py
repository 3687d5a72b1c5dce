"""Which documents may go along with a referral: PDF and DOCX, told by what is in them, without anything that
runs. Both sides of the wire refuse the same.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib

LARGEST_FILE = 10_000_000
"""Bytes of one document."""
PDF = "application/pdf"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
MOST_UNPACKED = 100_000_000
MOST_FILES = 2_000

_PHOTOGRAPHS = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"GIF8", b"BM", b"II*\x00", b"MM\x00*")
_PDF_ACTIONS = frozenset(
    (
        *(b"JavaScript", b"Launch", b"SubmitForm", b"ImportData", b"Rendition"),
        *(b"EmbeddedFile", b"EmbeddedFiles", b"RichMedia", b"XFA"),
    )
)
_NAME = re.compile(rb"/((?:[^\x00-\x20()<>\[\]{}/%#]|#[0-9A-Fa-f]{2})+)")
_STREAM = re.compile(rb"(?<!end)stream\r?\n")
_EXTERNAL = re.compile(rb'TargetMode\s*=\s*["\']External["\']', re.I)
_LINK = re.compile(rb"relationships/hyperlink[\"']")
_RELATION = re.compile(rb"<(?:\w+:)?Relationship\b[^>]*>", re.I)

NO_PHOTOGRAPHS = (
    "Photographs are not taken. Draw injuries on the body map: a picture can shame a child, and an indecent "
    "image must never be copied."
)
FILE_KINDS = "Attach a PDF or a Word document (DOCX)."
RUNS = "This document holds something that runs or opens other things. Save a plain copy and attach that."
LOCKED = "This document is locked or damaged and cannot be checked. Save an open copy and attach that."


class FileRefused(ValueError):
    """The file may not go along; the message says why, and what may."""


class FileTooLarge(FileRefused):
    """The file is larger than may go along."""


def media_type_of(content: bytes) -> str:
    """PDF or DOCX, told by the content; raises FileRefused for anything else, and for what runs."""
    if not content:
        raise FileRefused(f"The file is empty. {FILE_KINDS}")
    if len(content) > LARGEST_FILE:
        raise FileTooLarge("The file is larger than 10 MB. Attach a smaller copy, or send it in parts.")
    if content.startswith(_PHOTOGRAPHS) or content[4:12] in (b"ftypheic", b"ftypmif1", b"ftypavif"):
        raise FileRefused(NO_PHOTOGRAPHS)
    if content.startswith(b"RIFF") and content[8:12] == b"WEBP":
        raise FileRefused(NO_PHOTOGRAPHS)
    if content.startswith(b"%PDF-"):
        _plain_pdf(content)
        return PDF
    if content.startswith(b"PK\x03\x04"):
        _plain_docx(content)
        return DOCX
    raise FileRefused(f"This kind of file is not taken. {FILE_KINDS}")


def _plain_pdf(content: bytes) -> None:
    """Refuse a PDF with scripts, launches or files inside; looks into packed parts too."""
    for part in [content, *_unpacked(content)]:
        names = _names(part)
        if b"Encrypt" in names:
            raise FileRefused(LOCKED)
        if names & _PDF_ACTIONS:
            raise FileRefused(RUNS)


def _unpacked(content: bytes) -> list[bytes]:
    """The parts that hold packed objects, unpacked, up to a bound; pictures and fonts are not looked into."""
    parts: list[bytes] = []
    left = MOST_UNPACKED
    for start in _STREAM.finditer(content):
        head = content[max(0, start.start() - 400) : start.start()]
        if b"ObjStm" not in _names(head[head.rfind(b"obj") :]):
            continue
        try:
            part = zlib.decompressobj().decompress(content[start.end() :], left)
        except zlib.error:
            raise FileRefused(LOCKED) from None
        left -= len(part)
        if left <= 0:
            raise FileRefused(LOCKED)
        parts.append(part)
    return parts


def _names(part: bytes) -> set[bytes]:
    """The names in a part of a PDF; one may be written with hexadecimal signs to hide it."""
    return {re.sub(rb"#([0-9A-Fa-f]{2})", _unhexed, name) for name in _NAME.findall(part)}


def _unhexed(found: re.Match[bytes]) -> bytes:
    return bytes.fromhex(found[1].decode())


def _plain_docx(content: bytes) -> None:
    """Refuse a DOCX with macros, embedded objects or things it would fetch from elsewhere."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            files = packed.infolist()
            if len(files) > MOST_FILES or sum(one.file_size for one in files) > MOST_UNPACKED:
                raise FileRefused(LOCKED)
            names = [one.filename.lower() for one in files]
            if "word/document.xml" not in names or "[content_types].xml" not in names:
                raise FileRefused(f"This kind of file is not taken. {FILE_KINDS}")
            if any(_runs(name) for name in names) or any(one.flag_bits & 1 for one in files):
                raise FileRefused(RUNS)
            types = packed.read("[Content_Types].xml").lower()
            if b"macroenabled" in types or b"vbaproject" in types:
                raise FileRefused(RUNS)
            for name in packed.namelist():
                if name.lower().endswith(".rels"):
                    _fetches_nothing(packed.read(name))
    except (zipfile.BadZipFile, KeyError, OSError, NotImplementedError, zlib.error):
        raise FileRefused(LOCKED) from None


def _runs(name: str) -> bool:
    return "vbaproject" in name or "vbadata" in name or "/activex/" in name or "/embeddings/" in name


def _fetches_nothing(relations: bytes) -> None:
    """A link that a reader may click is harmless; a template or picture from elsewhere is not."""
    for relation in _RELATION.findall(relations):
        if _EXTERNAL.search(relation) and not _LINK.search(relation):
            raise FileRefused(RUNS)
