"""The JSON API for documents that go along: attach, list, read, take away."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Depends
from pydantic import AwareDatetime, BaseModel
from starlette.datastructures import FormData, UploadFile
from starlette.responses import Response

from bot.concerns.attaching import Document
from bot.concerns.errors import BadInput
from bot.contract import DOCX, FILE_KINDS, PDF
from bot.web.access import Token, Wired, token
from bot.web.api import PROBLEMS
from bot.web.attaching import uploaded_form

router = APIRouter(
    prefix="/api/v1/concerns/{concern_id}/attachments",
    dependencies=[Depends(token)],
    responses=PROBLEMS,
    tags=["referral"],
)

# Read by `uploaded_form`, which keeps the file out of temporary files; so it is described here by hand.
UPLOAD: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "content": {
            "multipart/form-data": {
                "schema": {
                    "type": "object",
                    "required": ["file", "name"],
                    "properties": {
                        "file": {
                            "type": "string",
                            "format": "binary",
                            "description": "PDF or DOCX with nothing in it that runs, at most 10 MB",
                        },
                        "name": {"type": "string", "maxLength": 200, "description": "what it is, for people"},
                    },
                }
            }
        },
    }
}


class AttachmentView(BaseModel):
    """One document that goes along, without its content."""

    id: str
    name: str
    kind: str
    size: int
    at: AwareDatetime


def _view(one: Document) -> AttachmentView:
    return AttachmentView(id=one.id, name=one.name, kind=one.kind, size=one.size, at=one.at)


@router.post("", status_code=201, openapi_extra=UPLOAD)
def attach(
    concern_id: str, person: Token, services: Wired, form: Annotated[FormData, Depends(uploaded_form)]
) -> AttachmentView:
    """Attach a PDF or DOCX; the kind is told by the content. No photographs: injuries are drawn on the body
    map, and an indecent image must never be copied. The same document again is the one that is there.
    """
    services.concerns.documents(person, concern_id)  # not theirs: a 404 before anything is read
    file, name = form.get("file"), form.get("name")
    if not isinstance(file, UploadFile) or not isinstance(name, str):
        raise BadInput(f"Send multipart/form-data with `file` and `name`. {FILE_KINDS}")
    return _view(services.concerns.attach(person, concern_id, name, file.file.read()))


@router.get("")
def list_attachments(concern_id: str, person: Token, services: Wired) -> list[AttachmentView]:
    """The documents that go along, in the order they came."""
    return [_view(one) for one in services.concerns.documents(person, concern_id)]


@router.get(
    "/{attachment_id}",
    response_class=Response,
    responses={200: {"description": "The document", "content": {PDF: {}, DOCX: {}}}},
)
def read_attachment(concern_id: str, attachment_id: str, person: Token, services: Wired) -> Response:
    """One document as it was attached."""
    media_type, content = services.concerns.document(person, concern_id, attachment_id)
    return Response(content, media_type=media_type, headers={"content-disposition": "attachment"})


@router.delete("/{attachment_id}", status_code=204)
def remove_attachment(concern_id: str, attachment_id: str, person: Token, services: Wired) -> Response:
    """Take a document away again, before anything was sent."""
    services.concerns.remove_document(person, concern_id, attachment_id)
    return Response(status_code=204)
