"""Sending a referral, reading it back, adding to it, withdrawing it."""

from __future__ import annotations

import hashlib
from typing import Annotated

from fastapi import APIRouter, File, Form, Path, Query, UploadFile
from pydantic import BaseModel
from sqlalchemy import select, tuple_
from sqlalchemy.orm import Session
from starlette.responses import JSONResponse

from bot.contract import (
    LARGEST_FILE,
    AttachmentView,
    FileRefused,
    FileTooLarge,
    Information,
    ReferralPage,
    ReferralView,
    Withdrawal,
    media_type_of,
)
from bot.contract import Referral as Document
from bot.intake.api.access import Reader, Writer
from bot.intake.api.described import LINKS, described
from bot.intake.api.once import Key, once
from bot.intake.api.problems import ApiProblem
from bot.intake.services import Wired
from bot.intake.tables import Client, Referral
from bot.intake.work import receiving, trail
from bot.intake.work.standing import attachment_of, row_of, view_of

router = APIRouter(prefix="/v1", tags=["referrals"])

Ref = Annotated[
    str, Path(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]{3,63}$", description="the sender's own reference")
]


@router.post(
    "/referrals",
    status_code=201,
    response_model=ReferralView,
    responses=described(400, 401, 403, 409, 413, 422, 503, links=LINKS, created=True),
    summary="Send a referral",
)
def create(document: Document, key: Key, client: Writer, services: Wired) -> JSONResponse:
    """Kept and acknowledged in one step: after a 201 the referral is MASH's. No personal field is required.

    The same key with the same body gets the same answer again; with another body it is a 422. The same
    reference with another body is a 409, whatever the key.
    """

    def act(session: Session) -> tuple[int, BaseModel]:
        try:
            referral = receiving.receive(session, services.office, client, document, services.now())
        except receiving.ReferenceTaken:
            raise ApiProblem(
                409,
                "reference-taken",
                "Your organisation sent another referral under this reference. Add information to that one, "
                "or choose a new reference.",
            ) from None
        return 201, view_of(session, referral)

    return once(services.database, client, "create", key, _digest(document), services.now(), act)


@router.get(
    "/referrals",
    response_model=ReferralPage,
    responses=described(401, 403, 422, 503),
    summary="List the organisation's own referrals",
)
def list_own(
    client: Reader,
    services: Wired,
    after: Annotated[str | None, Query(max_length=64, description="`next` of the page before")] = None,
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
) -> ReferralPage:
    """Newest first."""
    wanted = select(Referral).where(Referral.organisation_id == client.organisation_id)
    with services.database.read() as session:
        if after is not None:
            last = receiving.find(session, client.organisation_id, after)
            if last is None:
                raise ApiProblem(422, "cursor-unknown", "`after` is not the `next` of an earlier page.")
            wanted = wanted.where(tuple_(Referral.received_at, Referral.id) < (last.received_at, last.id))
        rows = list(
            session.scalars(wanted.order_by(Referral.received_at.desc(), Referral.id.desc()).limit(limit + 1))
        )
    shown = rows[:limit]
    return ReferralPage(
        referrals=[row_of(row) for row in shown], next=shown[-1].reference if len(rows) > limit else None
    )


@router.get(
    "/referrals/{reference}",
    response_model=ReferralView,
    responses=described(401, 403, 404, 422, 503),
    summary="Read one referral and its events",
)
def read(reference: Ref, client: Reader, services: Wired) -> ReferralView:
    """How it stands at MASH."""
    with services.database.write() as session:
        referral = _own(session, client, reference)
        trail.record(
            session,
            actor=f"client:{client.id}",
            action="read",
            subject=f"referral:{referral.id}",
            at=services.now(),
        )
        return view_of(session, referral)


@router.post(
    "/referrals/{reference}/information",
    status_code=201,
    response_model=ReferralView,
    responses=described(400, 401, 403, 404, 409, 413, 422, 503),
    summary="Add information",
)
def information(reference: Ref, said: Information, key: Key, client: Writer, services: Wired) -> JSONResponse:
    """What was sent stays as it was. With `risk_is_higher` MASH looks at the referral again."""

    def act(session: Session) -> tuple[int, BaseModel]:
        referral = _own(session, client, reference, lock=True)
        receiving.add_information(session, services.office, client, referral, said, services.now())
        return 201, view_of(session, referral)

    operation = f"information {reference}"
    return once(services.database, client, operation, key, _digest(said), services.now(), act)


@router.post(
    "/referrals/{reference}/withdraw",
    status_code=201,
    response_model=ReferralView,
    responses=described(400, 401, 403, 404, 409, 413, 422, 503),
    summary="Ask to withdraw",
)
def withdraw(reference: Ref, said: Withdrawal, key: Key, client: Writer, services: Wired) -> JSONResponse:
    """The wish is kept; MASH decides whether it stops, since a child may be at risk all the same."""

    def act(session: Session) -> tuple[int, BaseModel]:
        referral = _own(session, client, reference, lock=True)
        if referral.withdrawn_at is not None:
            raise ApiProblem(409, "withdrawn-already", "MASH knows already that you wish to withdraw this.")
        receiving.withdraw(session, client, referral, said, services.now())
        return 201, view_of(session, referral)

    operation = f"withdraw {reference}"
    return once(services.database, client, operation, key, _digest(said), services.now(), act)


@router.post(
    "/referrals/{reference}/attachments",
    status_code=201,
    response_model=AttachmentView,
    responses=described(400, 401, 403, 404, 409, 413, 415, 422, 503),
    summary="Attach a file",
)
def attach(
    reference: Ref,
    client: Writer,
    services: Wired,
    file: Annotated[UploadFile, File(description="PDF or DOCX, nothing in it that runs; at most 10 MB")],
    name: Annotated[
        str, Form(min_length=1, max_length=200, description="what the document is, for people")
    ] = "Attachment",
) -> AttachmentView:
    """The same content again is the attachment that is here already, so a file may be sent again safely.

    The kind is told by the content. No photographs: injuries are drawn on the body map, and an indecent image
    must never be copied.
    """
    content = file.file.read(LARGEST_FILE + 1)
    try:
        kind = media_type_of(content)
    except FileTooLarge as refused:
        raise ApiProblem(413, "file-too-large", str(refused)) from None
    except FileRefused as refused:
        raise ApiProblem(415, "file-kind", str(refused)) from None
    with services.database.write() as session:
        referral = _own(session, client, reference, lock=True)
        kept, _ = receiving.attach(session, client, referral, name, kind, content, services.now())
        return attachment_of(kept)


def _own(session: Session, client: Client, reference: str, *, lock: bool = False) -> Referral:
    referral = receiving.find(session, client.organisation_id, reference, lock=lock)
    if referral is None:
        raise ApiProblem(404, "no-such-referral", "Your organisation sent no referral under this reference.")
    return referral


def _digest(body: BaseModel) -> str:
    return hashlib.sha256(body.model_dump_json(exclude_none=True).encode()).hexdigest()
