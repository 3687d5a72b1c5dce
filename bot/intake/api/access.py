"""Access tokens: OAuth 2.0 client credentials, by secret or by a signed assertion; opaque, with scopes."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Annotated

from fastapi import Depends, Request, Security
from fastapi.security import OAuth2, SecurityScopes
from sqlalchemy import delete, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from bot.contract import Scope
from bot.intake.api.problems import ApiProblem
from bot.intake.api.proof import Proof, Proven, prove
from bot.intake.attempts import Attempts
from bot.intake.secrecy import fingerprint
from bot.intake.services import Services, Wired
from bot.intake.tables import AccessToken, AssertionUsed, Client

LIFETIME = timedelta(minutes=15)

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


def give_token(
    services: Services, proof: Proof, address: str, wanted: Iterable[str], audiences: set[str]
) -> tuple[str, list[str]]:
    """A fresh token and its scopes; raises Refused, or TooManyFailures of this client at this address.

    The slow check of a secret is made before anything is locked, so that wrong ones hold nobody up.
    """
    now = services.now()
    _not_too_often(services.attempts, proof, address, now)
    with services.database.read() as session:
        client = session.scalar(
            select(Client).where(Client.client_id == proof.client_id, Client.disabled_at.is_(None))
        )
    proven = prove(client, proof, audiences, now) if client else None
    if client is None or proven is None:
        raise _not_proven(services.attempts, proof, address, now)
    scopes = list(dict.fromkeys(wanted)) or list(client.scopes)
    if not set(scopes) <= set(client.scopes):
        raise Refused("invalid_scope", "This client may not have one of the scopes asked for.")
    token = secrets.token_urlsafe(32)
    with services.database.write() as session:
        if not _first_use(session, client, proven):
            raise _not_proven(services.attempts, proof, address, now)
        session.execute(delete(AccessToken).where(AccessToken.expires_at < now))
        session.execute(delete(AssertionUsed).where(AssertionUsed.expires_at < now))
        session.add(
            AccessToken(
                client_id=client.id, hash=fingerprint(token), scopes=scopes, expires_at=now + LIFETIME
            )
        )
    if proof.secret is not None:
        services.attempts.was_right(client.client_id, proof.secret)
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


def _not_too_often(attempts: Attempts, proof: Proof, address: str, now: datetime) -> None:
    """Refuse to look at a secret after too many failures, unless it was the right one before. An assertion
    costs little to check and cannot be guessed, so it is always looked at.
    """
    if proof.assertion is None and not attempts.is_the_right_one(proof.client_id, proof.secret):
        attempts.check(proof.client_id, address, now)


def _not_proven(attempts: Attempts, proof: Proof, address: str, now: datetime) -> Refused:
    attempts.check(proof.client_id, address, now)
    attempts.failed(proof.client_id, address, now)
    return Refused("invalid_client", "The client is not known, or it did not prove itself.", 401)


def _first_use(session: Session, client: Client, proven: Proven) -> bool:
    """Keep the `jti` of an assertion; False when it bought a token before."""
    if proven.jti is None:
        return True
    try:
        with session.begin_nested():
            session.add(
                AssertionUsed(client_id=client.id, jti_hash=fingerprint(proven.jti), expires_at=proven.ends)
            )
    except IntegrityError:
        return False
    return True


def _unauthorised(kind: str, challenge: str = "Bearer") -> ApiProblem:
    return ApiProblem(401, kind, "", headers={"www-authenticate": challenge})
