"""Browsers that are signed in (the table `sessions`)."""

from __future__ import annotations

import secrets
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from bot.store.tables import SignIn
from bot.store.tokens import hash_secret


def start_sign_in(session: Session, *, person_id: str, at: datetime, expires_at: datetime) -> str:
    """Sign a person in; returns the cookie's secret, which is kept as a hash only."""
    secret = secrets.token_urlsafe(32)
    session.add(
        SignIn(
            person_id=person_id,
            secret_hash=hash_secret(secret),
            created_at=at,
            seen_at=at,
            expires_at=expires_at,
        )
    )
    session.flush()
    return secret


def sign_in_for(session: Session, secret: str, now: datetime) -> SignIn | None:
    """The live sign-in of that cookie (with `.person`), or None."""
    found = session.scalar(
        select(SignIn).where(
            SignIn.secret_hash == hash_secret(secret), SignIn.ended_at.is_(None), SignIn.expires_at > now
        )
    )
    return found if found is not None and found.person.left_at is None else None


def seen(session: Session, sign_in_id: str, now: datetime, expires_at: datetime) -> None:
    """Push the end of an active sign-in onwards."""
    session.execute(update(SignIn).where(SignIn.id == sign_in_id).values(seen_at=now, expires_at=expires_at))


def end_sign_in(session: Session, secret: str, now: datetime) -> None:
    """Sign out."""
    session.execute(
        update(SignIn)
        .where(SignIn.secret_hash == hash_secret(secret), SignIn.ended_at.is_(None))
        .values(ended_at=now)
    )
