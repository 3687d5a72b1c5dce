"""How a client proves who it is: by its secret, or by an assertion signed with its private key (RFC 7523)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, cast

from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet, KeySetSerialization

from bot.intake.secrecy import is_secret
from bot.intake.tables import Client

ASSERTION_TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
ALGORITHMS = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512"]
LONGEST_ASSERTION = timedelta(minutes=5)
SKEW = timedelta(seconds=60)


@dataclass(frozen=True)
class Proof:
    """What came along: a secret, or an assertion."""

    client_id: str
    secret: str | None = None
    assertion: str | None = None


@dataclass(frozen=True)
class Proven:
    """The proof holds. One by assertion buys one token, so its `jti` is kept until it has ended."""

    jti: str | None = None
    ends: datetime | None = None


def prove(client: Client, proof: Proof, audiences: set[str], now: datetime) -> Proven | None:
    """Whether the proof is this client's; None when it is not. Reads no database: a secret takes a while."""
    if proof.assertion is not None:
        return _assertion_holds(client, proof.assertion, audiences, now)
    if proof.secret is None or client.secret_hash is None:
        return None
    return Proven() if is_secret(proof.secret, client.secret_hash) else None


def _assertion_holds(client: Client, assertion: str, audiences: set[str], now: datetime) -> Proven | None:
    """Signed by a key of this client, for this intake, not ended."""
    if client.public_keys is None:
        return None
    try:
        keys = KeySet.import_key_set(cast(KeySetSerialization, client.public_keys))
        claims = jwt.decode(assertion, keys, algorithms=ALGORITHMS).claims
    except (JoseError, ValueError, KeyError, TypeError):
        return None
    jti, ends = claims.get("jti"), _moment(claims.get("exp"))
    if not isinstance(jti, str) or ends is None or not _audience(claims) & audiences:
        return None
    if claims.get("iss") != client.client_id or claims.get("sub") != client.client_id:
        return None
    if not now - SKEW < ends <= now + LONGEST_ASSERTION + SKEW:
        return None
    return Proven(jti, ends + SKEW)


def _audience(claims: Mapping[str, Any]) -> set[str]:
    told = claims.get("aud")
    return {one for one in (told if isinstance(told, list) else [told]) if isinstance(one, str)}


def _moment(seconds: object) -> datetime | None:
    if not isinstance(seconds, int | float):
        return None
    try:
        return datetime.fromtimestamp(seconds, UTC)
    except (ValueError, OverflowError, OSError):
        return None
