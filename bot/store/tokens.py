"""Bearer tokens of the JSON API and of Rasa's own door. The token itself is shown once; only its hash is
kept.
"""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime

from sqlalchemy import bindparam, or_, select
from sqlalchemy.orm import Session

from bot.store.tables import ApiToken

# Asked at every request of a program, so it is built once.
_LIVE = select(ApiToken).where(
    ApiToken.secret_hash == bindparam("secret_hash"),
    ApiToken.purpose == bindparam("purpose"),
    ApiToken.revoked_at.is_(None),
    or_(ApiToken.expires_at.is_(None), ApiToken.expires_at > bindparam("now")),
)


def mint_token(
    session: Session,
    *,
    person_id: str,
    at: datetime,
    purpose: str = "api",
    concern_id: str | None = None,
    expires_at: datetime | None = None,
    secret: str | None = None,
) -> str:
    """A new token, returned this once. `purpose`: api, or rasa (with the concern that it opens)."""
    token = secret or secrets.token_urlsafe(32)
    session.add(
        ApiToken(
            person_id=person_id,
            purpose=purpose,
            concern_id=concern_id,
            secret_hash=hash_secret(token),
            created_at=at,
            expires_at=expires_at,
        )
    )
    session.flush()
    return token


def token_for(session: Session, token: str, now: datetime, *, purpose: str = "api") -> ApiToken | None:
    """The live token row (with `.person` and `.concern_id`), or None: unknown, expired, revoked, its owner
    left.
    """
    found = session.scalar(_LIVE, {"secret_hash": hash_secret(token), "purpose": purpose, "now": now})
    return found if found is not None and found.person.left_at is None else None


def tie_token(session: Session, token: ApiToken, concern_id: str) -> None:
    """From now on this token opens that concern (Rasa's door: one sender, one concern)."""
    session.merge(token, load=True).concern_id = concern_id


def revoke_token(session: Session, token_id: str, now: datetime) -> None:
    """End a token; its row stays as a record."""
    token = session.get(ApiToken, token_id)
    if token is not None and token.revoked_at is None:
        token.revoked_at = now


def hash_secret(secret: str) -> str:
    """How long random secrets are kept: they need no slow hash, being long and random."""
    return hashlib.sha256(secret.encode()).hexdigest()
