"""Sealing: AES-GCM bound to the place where a field is kept, and blind indexes to find it by.

A sealed field only opens at the table, column and row that it was sealed for. Ciphertext that is copied to
another child's row does not open there, so a swap is found out instead of being shown as that child's
record.
"""

from __future__ import annotations

import hashlib
import hmac
import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from bot.safekeeping.keys import KeyRing

_FORMAT = 1
_NONCE_BYTES = 12


class SealBroken(Exception):
    """A sealed field was altered, or was moved from the row that it belongs to."""

    def __init__(self, table: str, column: str, row: str) -> None:
        super().__init__(
            f"The field {table}.{column} of row {row} was altered or moved: it does not open. "
            "Restore it from a backup (docs/operators.md, “A broken seal”)."
        )


class Vault:
    """Seals and opens fields with the keys of one ring."""

    def __init__(self, ring: KeyRing) -> None:
        self._ring = ring
        self._ciphers: dict[str, AESGCM] = {}

    @property
    def ring(self) -> KeyRing:
        """The key ring in use."""
        return self._ring

    def seal(self, table: str, column: str, row: str, content: bytes) -> bytes:
        """Encrypt for that place only. The name of the key goes along in clear."""
        key = self._ring.primary
        nonce = os.urandom(_NONCE_BYTES)
        return (
            seal_prefix(key.id)
            + nonce
            + self._cipher(key.id).encrypt(nonce, content, _place(table, column, row))
        )

    def open(self, table: str, column: str, row: str, sealed: bytes) -> bytes:
        """Decrypt. Raises KeyMissing (the key is not in the ring) or SealBroken (altered or moved)."""
        name = key_of(sealed)
        if name is None:
            raise SealBroken(table, column, row)
        start = len(seal_prefix(name))
        nonce, content = sealed[start : start + _NONCE_BYTES], sealed[start + _NONCE_BYTES :]
        try:
            return self._cipher(name).decrypt(nonce, content, _place(table, column, row))
        except (InvalidTag, ValueError):
            raise SealBroken(table, column, row) from None

    def blind_index(self, purpose: str, value: str) -> str:
        """A keyed fingerprint to look a value up by; says nothing about it without the ring.

        Values are compared without regard to case and surrounding or doubled spaces. The purpose keeps the
        same value in two columns from being linked.
        """
        plain = " ".join(value.casefold().split())
        return hmac.digest(self._ring.look_up, f"{purpose}\0{plain}".encode(), hashlib.sha256).hex()

    def _cipher(self, key_id: str) -> AESGCM:
        if key_id not in self._ciphers:
            self._ciphers[key_id] = AESGCM(self._ring.key(key_id).secret)
        return self._ciphers[key_id]


def seal_prefix(key_id: str) -> bytes:
    """How every field that this key sealed begins; rotation finds the others by it."""
    name = key_id.encode("ascii")
    return bytes([_FORMAT, len(name)]) + name


def key_of(sealed: bytes) -> str | None:
    """The name of the key that a field was sealed with; None when it is no sealed field at all."""
    if len(sealed) < 2 or sealed[0] != _FORMAT or len(sealed) < 2 + sealed[1] + _NONCE_BYTES:
        return None
    try:
        return sealed[2 : 2 + sealed[1]].decode("ascii")
    except UnicodeDecodeError:
        return None


def _place(table: str, column: str, row: str) -> bytes:
    return "\0".join((table, column, row)).encode()
