"""Documents that go along: attach, look at, take away again."""

from __future__ import annotations

import re
from typing import Annotated

from fastapi import APIRouter, Depends, Request
from starlette.datastructures import FormData, UploadFile
from starlette.exceptions import HTTPException
from starlette.formparsers import MultiPartException, MultiPartParser
from starlette.requests import ClientDisconnect
from starlette.responses import Response

from bot.concerns.errors import BadInput, NotNow
from bot.contract import DOCX, FILE_KINDS, LARGEST_FILE
from bot.web.access import SignedIn, Wired
from bot.web.conversation import Showing, words
from bot.web.people import Person
from bot.web.services import Services
from bot.web.show import Errors, Show, see_other
from bot.web.times import wall

router = APIRouter(include_in_schema=False)

_UPLOAD = re.compile(r"(/api/v1)?/concerns/[^/]+/attachments")
ROOM_FOR_THE_REST = 50_000
"""Bytes of an upload besides the document itself."""


def largest_body(path: str) -> int | None:
    """The limit of a request to this path, where it is another than everywhere else."""
    return LARGEST_FILE + ROOM_FOR_THE_REST if _UPLOAD.fullmatch(path) else None


async def uploaded_form(request: Request) -> FormData:
    """The form with its file, held in memory: nothing about a child is put into a temporary file."""
    if not request.headers.get("content-type", "").startswith("multipart/form-data"):
        return FormData()
    parser = MultiPartParser(request.headers, request.stream(), max_files=1, max_fields=5)
    parser.spool_max_size = LARGEST_FILE + ROOM_FOR_THE_REST
    try:
        return await parser.parse()
    except MultiPartException:
        return FormData()
    except ClientDisconnect:  # gone, or cut off at the limit of a body that did not tell its length
        raise HTTPException(413) from None


Uploaded = Annotated[FormData, Depends(uploaded_form)]


@router.get("/concerns/{concern_id}/attachments")
def show_attachments(
    request: Request, concern_id: str, person: SignedIn, services: Wired, show: Showing
) -> Response:
    """What goes along, and a way to add to it."""
    return _page(request, person, show, services, concern_id)


@router.post("/concerns/{concern_id}/attachments")
def attach(
    request: Request, concern_id: str, person: SignedIn, services: Wired, show: Showing, form: Uploaded
) -> Response:
    """Keep one document, if it is of a kind that may go along."""
    services.concerns.documents(person, concern_id)  # not theirs: a 404 before anything is read
    errors, file = Errors(), form.get("file")
    content = file.file.read() if isinstance(file, UploadFile) else b""
    if not content:
        errors.add("file", f"Choose a file. {FILE_KINDS}")
    else:
        try:
            services.concerns.attach(person, concern_id, words(form, "name"), content)
            return see_other(request, f"/concerns/{concern_id}/attachments")
        except (BadInput, NotNow) as wrong:
            errors.add("name" if "Say in a few words" in str(wrong) else "file", str(wrong))
    return _page(
        request, person, show, services, concern_id, typed=words(form, "name"), errors=errors, status=422
    )


@router.get("/concerns/{concern_id}/attachments/{attachment_id}")
def open_attachment(concern_id: str, attachment_id: str, person: SignedIn, services: Wired) -> Response:
    """One document, to be saved; its file name says nothing about a child."""
    media_type, content = services.concerns.document(person, concern_id, attachment_id)
    ending = "docx" if media_type == DOCX else "pdf"
    disposition = f'attachment; filename="document.{ending}"'
    return Response(content, media_type=media_type, headers={"content-disposition": disposition})


@router.post("/concerns/{concern_id}/attachments/{attachment_id}/remove")
def remove_attachment(
    request: Request, concern_id: str, attachment_id: str, person: SignedIn, services: Wired
) -> Response:
    """Take it away again, before the referral is sent."""
    services.concerns.remove_document(person, concern_id, attachment_id)
    return see_other(request, f"/concerns/{concern_id}/attachments")


def _page(
    request: Request,
    person: Person,
    show: Show,
    services: Services,
    concern_id: str,
    *,
    typed: str = "",
    errors: Errors | None = None,
    status: int = 200,
) -> Response:
    documents, now = services.concerns.documents(person, concern_id), services.clock()
    reply = services.concerns.read(person, concern_id)
    sent = reply.state == "sent"
    return show.page(
        request,
        "web/attachments.html",
        person=person,
        status=status,
        errors=errors,
        heading="Documents that go along",
        back=f"/referrals/{reply.reference}" if sent else f"/concerns/{concern_id}/draft",
        illustrative=reply.pack.status == "illustrative",
        concern_id=concern_id,
        documents=[
            {
                "id": one.id,
                "name": one.name,
                "kind": one.kind,
                "size": _size(one.size),
                "at": wall(one.at, now),
            }
            for one in documents
        ],
        sent=sent,
        typed=typed,
    )


def _size(octets: int) -> str:
    return f"{octets / 1_000_000:.1f} MB" if octets >= 1_000_000 else f"{max(octets // 1_000, 1)} kB"
