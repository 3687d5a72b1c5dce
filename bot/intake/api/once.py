"""The same Idempotency-Key: the same answer for the same body, a 422 for another."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import datetime
from typing import Annotated

from fastapi import Header
from pydantic import BaseModel
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session
from starlette.responses import JSONResponse

from bot.intake.api.problems import ApiProblem
from bot.intake.database import Database
from bot.intake.tables import Answered, Client

Key = Annotated[
    str,
    Header(
        alias="Idempotency-Key",
        description="chosen by the sender, new for each new request, the same when a request is tried again",
        min_length=8,
        max_length=200,
        pattern=r"^[\x21-\x7e]+$",
        examples=["5f0c2f4e-6d0b-4b0a-9a3e-0d3f3e2b7c11"],
    ),
]


def once(
    database: Database,
    client: Client,
    operation: str,
    key: str,
    digest: str,
    now: datetime,
    act: Callable[[Session], tuple[int, BaseModel]],
) -> JSONResponse:
    """Do it once. Of two requests with one key at the same moment the later gets the earlier one's answer."""
    key_hash = hashlib.sha256(f"{operation}\0{key}".encode()).hexdigest()
    try:
        with database.write() as session:
            earlier = _earlier(session, client, key_hash, digest)
            if earlier is not None:
                return earlier
            status, answer = act(session)
            body = answer.model_dump(mode="json")
            session.add(
                Answered(
                    organisation_id=client.organisation_id,
                    key_hash=key_hash,
                    digest=digest,
                    at=now,
                    status=status,
                    body=body,
                )
            )
        return JSONResponse(body, status)
    except IntegrityError:  # somebody was quicker with the same key or reference, and is saved by now
        with database.write() as session:
            earlier = _earlier(session, client, key_hash, digest)
            if earlier is not None:
                return earlier
        raise ApiProblem(
            409, "at-the-same-time", "Another request of yours was saved meanwhile. Try again."
        ) from None


def _earlier(session: Session, client: Client, key_hash: str, digest: str) -> JSONResponse | None:
    kept = session.scalar(
        select(Answered).where(
            Answered.organisation_id == client.organisation_id, Answered.key_hash == key_hash
        )
    )
    if kept is None:
        return None
    if kept.digest != digest:
        raise ApiProblem(
            422,
            "key-reused",
            "Use a new Idempotency-Key for a new request; the first one is kept unchanged.",
            title="This idempotency key was used for another body",
        )
    return JSONResponse(kept.body, kept.status, {"idempotent-replay": "true"})
