"""POST /oauth/token (RFC 6749, section 4.4)."""

from __future__ import annotations

import base64
import binascii
import json
from typing import Annotated, Any
from urllib.parse import unquote

from fastapi import APIRouter, Form, Request
from joserfc import jws
from joserfc.errors import JoseError
from starlette.responses import JSONResponse

from bot.contract import Token, TokenRefused
from bot.intake.api.access import LIFETIME, Refused, give_token
from bot.intake.api.described import described, too_many
from bot.intake.api.problems import ApiProblem
from bot.intake.api.proof import ASSERTION_TYPE, Proof
from bot.intake.attempts import TooManyFailures
from bot.intake.services import Services, Wired

router = APIRouter(tags=["tokens"])

_REFUSED: dict[int | str, dict[str, Any]] = {
    400: {"model": TokenRefused, "description": "The request cannot be granted"},
    401: {"model": TokenRefused, "description": "The client did not prove itself"},
    **described(413, 422, 503),
    429: too_many(),
}
_NO_STORE = {"cache-control": "no-store", "pragma": "no-cache"}


@router.post("/oauth/token", response_model=Token, responses=_REFUSED, summary="Get an access token")
def token(
    request: Request,
    services: Wired,
    grant_type: Annotated[str, Form(description="client_credentials")] = "",
    scope: Annotated[str, Form(description="space-separated; all of the client's if left out")] = "",
    client_id: Annotated[str, Form()] = "",
    client_secret: Annotated[str | None, Form()] = None,
    client_assertion_type: Annotated[str, Form(description=ASSERTION_TYPE)] = "",
    client_assertion: Annotated[
        str | None, Form(description="JWT signed with the client's private key (RFC 7523)")
    ] = None,
) -> JSONResponse:
    """The client proves itself by HTTP Basic, by `client_secret`, or by `private_key_jwt`.

    Tokens last 15 minutes. Ask for a new one when a call is answered with 401. After too many failures of a
    client from one address (or of one address) within a minute comes a 429: wait as `Retry-After` says.
    """
    try:
        if grant_type != "client_credentials":
            kind = "unsupported_grant_type" if grant_type else "invalid_request"
            raise Refused(kind, "grant_type must be client_credentials.")
        if client_assertion is not None:
            if client_assertion_type != ASSERTION_TYPE:
                raise Refused("invalid_request", "client_assertion_type is not the one of RFC 7523.")
            proof = Proof(client_id or _subject(client_assertion), assertion=client_assertion)
        else:
            proof = _basic(request) or Proof(client_id, secret=client_secret)
        address = request.client.host if request.client else ""
        return _granted(services, proof, address, scope)
    except Refused as refused:
        challenge = {"www-authenticate": "Basic"} if refused.status == 401 else {}
        said = {"error": refused.error, "error_description": refused.description}
        return JSONResponse(said, refused.status, _NO_STORE | challenge)


def _granted(services: Services, proof: Proof, address: str, scope: str) -> JSONResponse:
    base = services.settings.public_url
    try:
        value, scopes = give_token(services, proof, address, scope.split(), {base, f"{base}/oauth/token"})
    except TooManyFailures as many:
        raise ApiProblem(429, "too-many-failures", "", headers={"retry-after": str(many.seconds)}) from None
    given = Token(access_token=value, expires_in=int(LIFETIME.total_seconds()), scope=" ".join(scopes))
    return JSONResponse(given.model_dump(), headers=_NO_STORE)


def _basic(request: Request) -> Proof | None:
    kind, _, value = request.headers.get("authorization", "").partition(" ")
    if kind.lower() != "basic":
        return None
    try:
        name, _, secret = base64.b64decode(value, validate=True).decode().partition(":")
    except (binascii.Error, UnicodeDecodeError):
        raise Refused("invalid_client", "The Authorization header cannot be read.", 401) from None
    return Proof(unquote(name), secret=unquote(secret))


def _subject(assertion: str) -> str:
    """Which client an assertion speaks of; nothing is believed before its signature was checked."""
    try:
        claims = jws.extract_compact(assertion.encode()).payload
        return str(json.loads(claims).get("sub", ""))
    except (JoseError, ValueError, AttributeError):
        return ""
