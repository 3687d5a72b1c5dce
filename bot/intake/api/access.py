"""Access tokens: OAuth 2.0 client credentials, by secret or by a signed assertion; opaque, with scopes."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Annotated, cast

from fastapi import Depends, Request, Security
from fastapi.security import OAuth2, SecurityScopes
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet, KeySetSerialization
from sqlalchemy import delete, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from bot.contract import Scope
from bot.intake.api.problems import ApiProblem
from bot.intake.secrecy import fingerprint, is_secret
from bot.intake.services import Wired
from bot.intake.tables import AccessToken, AssertionUsed, Client

LIFETIME = timedelta(minutes=15)
LONGEST_ASSERTION = timedelta(minutes=5)
SKEW = timedelta(seconds=60)
ASSERTION_TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
ALGORITHMS = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512"]

SCOPES = {
    Scope.WRITE_REFERRALS.value: "send referrals, information, attachments and withdrawals",
    Scope.READ_REFERRALS.value: "read the organisation's own referrals",
    Scope.READ_EVENTS.value: "read events, and say where they are pushed to",
}
_scheme = OAuth2(
    flows={"clientCredentials": {"tokenUrl": "/oauth/token", "scopes": SCOPES}}, auto_error=False
)


class Refused(Exception):
    """No token: `error` is a code of RFC 6749, section 5.2."""

    def __init__(self, error: str, description: str, status: int = 400) -> None:
        super().__init__(error)
        self.error = error
        self.description = description
        self.status = status


@dataclass(frozen=True)
class Proof:
    """How a client says who it is: a secret, or an assertion signed with its private key."""

    client_id: str
    secret: str | None = None
    assertion: str | None = None


def give_token(
    session: Session, proof: Proof, wanted: Iterable[str], audiences: set[str], now: datetime
) -> tuple[str, list[str]]:
    """A fresh token and its scopes; raises Refused."""
    client = session.scalar(
        select(Client).where(Client.client_id == proof.client_id, Client.disabled_at.is_(None))
    )
    if client is None or not _proven(session, client, proof, audiences, now):
        raise Refused("invalid_client", "The client is not known, or it did not prove itself.", 401)
    scopes = list(dict.fromkeys(wanted)) or list(client.scopes)
    if not set(scopes) <= set(client.scopes):
        raise Refused("invalid_scope", "This client may not have one of the scopes asked for.")
    session.execute(delete(AccessToken).where(AccessToken.expires_at < now))
    session.execute(delete(AssertionUsed).where(AssertionUsed.expires_at < now))
    token = secrets.token_urlsafe(32)
    session.add(
        AccessToken(client_id=client.id, hash=fingerprint(token), scopes=scopes, expires_at=now + LIFETIME)
    )
    return token, scopes


def caller(
    request: Request, services: Wired, needed: SecurityScopes, header: Annotated[str | None, Depends(_scheme)]
) -> Client:
    """The client whose token came along; raises a 401 or 403 problem."""
    kind, _, token = (header or "").partition(" ")
    if kind.lower() != "bearer" or not token:
        raise _unauthorised("token-missing")
    now = services.now()
    with services.database.read() as session:
        row = session.execute(
            select(AccessToken, Client)
            .join(Client, Client.id == AccessToken.client_id)
            .where(AccessToken.hash == fingerprint(token.strip()), Client.disabled_at.is_(None))
        ).one_or_none()
    if row is None or row[0].expires_at <= now:
        raise _unauthorised("token-invalid", 'Bearer error="invalid_token"')
    if not set(needed.scopes) <= set(row[0].scopes):
        raise ApiProblem(
            403,
            "scope-missing",
            f"This needs the scope {' '.join(needed.scopes)}. Ask the authority for it.",
            headers={"www-authenticate": 'Bearer error="insufficient_scope"'},
        )
    client: Client = row[1]
    return client


Writer = Annotated[Client, Security(caller, scopes=[Scope.WRITE_REFERRALS.value])]
Reader = Annotated[Client, Security(caller, scopes=[Scope.READ_REFERRALS.value])]
Listener = Annotated[Client, Security(caller, scopes=[Scope.READ_EVENTS.value])]


def _proven(session: Session, client: Client, proof: Proof, audiences: set[str], now: datetime) -> bool:
    if proof.assertion is not None:
        return _assertion_holds(session, client, proof.assertion, audiences, now)
    if proof.secret is None or client.secret_hash is None:
        return False
    return is_secret(proof.secret, client.secret_hash)


def _assertion_holds(
    session: Session, client: Client, assertion: str, audiences: set[str], now: datetime
) -> bool:
    """RFC 7523: signed by a key of this client, for this intake, not expired, not used before."""
    if client.public_keys is None:
        return False
    try:
        keys = KeySet.import_key_set(cast(KeySetSerialization, client.public_keys))
        claims = jwt.decode(assertion, keys, algorithms=ALGORITHMS).claims
    except (JoseError, ValueError, KeyError, TypeError):
        return False
    audience = claims.get("aud")
    told = set(audience) if isinstance(audience, list) else {audience}
    expires, jti = claims.get("exp"), claims.get("jti")
    if not isinstance(expires, int | float) or not isinstance(jti, str) or not told & audiences:
        return False
    if claims.get("iss") != client.client_id or claims.get("sub") != client.client_id:
        return False
    try:
        ends = datetime.fromtimestamp(expires, UTC)
    except (ValueError, OverflowError, OSError):
        return False
    if not now - SKEW < ends <= now + LONGEST_ASSERTION + SKEW:
        return False
    return _first_use(session, client, jti, ends + SKEW)


def _first_use(session: Session, client: Client, jti: str, expires: datetime) -> bool:
    try:
        with session.begin_nested():
            session.add(AssertionUsed(client_id=client.id, jti_hash=fingerprint(jti), expires_at=expires))
    except IntegrityError:
        return False
    return True


def _unauthorised(kind: str, challenge: str = "Bearer") -> ApiProblem:
    return ApiProblem(401, kind, "", headers={"www-authenticate": challenge})
