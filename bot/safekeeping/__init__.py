"""Keeping personal data safe: sealing bound to row and column, the key ring, blind indexes, the audit chain.

A leaf: it imports no other room. The school's store and the reference intake both build on it.
"""

from bot.safekeeping.audit import FIRST, BrokenLink, Entry, digest, first_broken
from bot.safekeeping.columns import (
    Sealed,
    SealedRow,
    UtcTime,
    new_id,
    sealed_bytes,
    sealed_columns,
    sealed_json,
    sealed_text,
    sealed_text_or_none,
)
from bot.safekeeping.keys import Key, KeyMissing, KeyRing, KeyRingDamaged, KeyRingError, KeyRingMissing
from bot.safekeeping.sealing import SealBroken, Vault, key_of, seal_prefix

__all__ = [
    "FIRST",
    "BrokenLink",
    "Entry",
    "Key",
    "KeyMissing",
    "KeyRing",
    "KeyRingDamaged",
    "KeyRingError",
    "KeyRingMissing",
    "SealBroken",
    "Sealed",
    "SealedRow",
    "UtcTime",
    "Vault",
    "digest",
    "first_broken",
    "key_of",
    "new_id",
    "seal_prefix",
    "sealed_bytes",
    "sealed_columns",
    "sealed_json",
    "sealed_text",
    "sealed_text_or_none",
]
