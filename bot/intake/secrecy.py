"""How secrets are kept: only as fingerprints, never as they are."""

from __future__ import annotations

import hashlib
import hmac
import secrets


def fingerprint(secret: str) -> str:
    """A long random secret (token, link, session) as it is kept."""
    return hashlib.sha256(secret.encode("utf-8", "replace")).hexdigest()


def hash_secret(secret: str) -> str:
    """A secret that may be short or chosen by people, as it is kept: scrypt with its own salt."""
    salt = secrets.token_bytes(16)
    return f"{salt.hex()}${_scrypt(secret, salt).hex()}"


def is_secret(given: str, kept: str) -> bool:
    """Whether `given` is what `hash_secret` kept."""
    salt, _, expected = kept.partition("$")
    return hmac.compare_digest(_scrypt(given, bytes.fromhex(salt)).hex(), expected)


def _scrypt(secret: str, salt: bytes) -> bytes:
    return hashlib.scrypt(secret.encode("utf-8", "replace"), salt=salt, n=2**14, r=8, p=1)
