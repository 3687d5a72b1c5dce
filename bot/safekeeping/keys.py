"""The key ring: the secrets that personal fields are sealed with, kept outside the database.

The ring is one JSON file, readable by its owner only. It must never lie beside a backup of the database: who
holds both can read everything. Losing it means losing every sealed field, so operators keep a second copy
apart (docs/operators.md, "Keys").

    KeyRingError
    ├── KeyRingMissing    there is no key ring file where one is expected
    ├── KeyRingDamaged    the file cannot be read as a key ring
    └── KeyMissing        a field was sealed with a key that this ring does not hold
"""

from __future__ import annotations

import base64
import json
import os
import secrets
import threading
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

_KEY_BYTES = 32
_RECOVERY = "Put back the copy of the key ring that was kept apart (docs/operators.md, “A lost key”)."


class KeyRingError(Exception):
    """The key ring cannot serve. The message says what is wrong and how to mend it."""


class KeyRingMissing(KeyRingError):
    """There is no key ring file where one is expected."""


class KeyRingDamaged(KeyRingError):
    """The key ring file cannot be read as a key ring."""


class KeyMissing(KeyRingError):
    """A field was sealed with a key that this ring does not hold."""

    def __init__(self, key_id: str, path: Path) -> None:
        super().__init__(f"Key “{key_id}” is not in the key ring {path}. {_RECOVERY}")
        self.key_id = key_id


@dataclass(frozen=True)
class Key:
    """One sealing key: its name (which is stored with every sealed field), when it was made, and the
    secret.
    """

    id: str
    created: datetime
    secret: bytes


@dataclass(frozen=True)
class _Contents:
    primary: str
    keys: dict[str, Key]
    look_up: bytes
    audit: bytes


class KeyRing:
    """The keys of one installation, read from a file and read again when another process changes it."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lock = threading.Lock()
        self._stamp = _stamp(path)
        self._contents = _read(path)

    @classmethod
    def load(cls, path: Path) -> KeyRing:
        """Open an existing ring; raises KeyRingMissing or KeyRingDamaged."""
        return cls(path)

    @classmethod
    def create(cls, path: Path, now: datetime) -> KeyRing:
        """Make a ring with its first key. Never overwrites one that exists."""
        if path.exists():
            raise KeyRingError(f"{path} exists already and is not overwritten.")
        key = _new_key(now)
        contents = _Contents(
            key.id, {key.id: key}, secrets.token_bytes(_KEY_BYTES), secrets.token_bytes(_KEY_BYTES)
        )
        _write(path, contents)
        return cls(path)

    @property
    def path(self) -> Path:
        """Where the ring is kept."""
        return self._path

    @property
    def primary(self) -> Key:
        """The key that new fields are sealed with."""
        self._refresh()
        return self._contents.keys[self._contents.primary]

    @property
    def key_ids(self) -> tuple[str, ...]:
        """The names of all keys, oldest first."""
        self._refresh()
        return tuple(key.id for key in sorted(self._contents.keys.values(), key=lambda key: key.created))

    @property
    def look_up(self) -> bytes:
        """The secret of the blind indexes. It does not rotate with the sealing keys."""
        return self._contents.look_up

    @property
    def audit(self) -> bytes:
        """The secret that chains the audit trail, so that a database editor cannot forge a new chain."""
        return self._contents.audit

    def key(self, key_id: str) -> Key:
        """The key of that name; raises KeyMissing, which says how to recover."""
        if key_id not in self._contents.keys:
            self._refresh(force=True)
        try:
            return self._contents.keys[key_id]
        except KeyError:
            raise KeyMissing(key_id, self._path) from None

    def add_primary(self, now: datetime) -> Key:
        """Make a new key and seal with it from now on. Older keys stay: they open what they sealed."""
        with self._lock:
            contents = _read(self._path)
            key = _new_key(now)
            changed = _Contents(key.id, {**contents.keys, key.id: key}, contents.look_up, contents.audit)
            _write(self._path, changed)
            self._contents = changed
            self._stamp = _stamp(self._path)
        return key

    def _refresh(self, force: bool = False) -> None:
        try:
            stamp = _stamp(self._path)
        except KeyRingMissing:
            return  # what is held in memory still opens and seals; the next start says that the file is gone
        if force or stamp != self._stamp:
            with self._lock:
                self._contents = _read(self._path)
                self._stamp = stamp


def _new_key(now: datetime) -> Key:
    created = now.astimezone(UTC)
    return Key(f"{created:%Y%m%d}-{secrets.token_hex(4)}", created, secrets.token_bytes(_KEY_BYTES))


def _stamp(path: Path) -> tuple[int, int]:
    try:
        status = path.stat()
    except FileNotFoundError:
        raise KeyRingMissing(f"There is no key ring at {path}. {_RECOVERY}") from None
    return status.st_mtime_ns, status.st_ino


def _read(path: Path) -> _Contents:
    try:
        found = json.loads(path.read_text("utf-8"))
        keys = {
            entry["id"]: Key(entry["id"], datetime.fromisoformat(entry["created"]), _secret(entry["secret"]))
            for entry in found["keys"]
        }
        contents = _Contents(found["primary"], keys, _secret(found["look_up"]), _secret(found["audit"]))
    except FileNotFoundError:
        raise KeyRingMissing(f"There is no key ring at {path}. {_RECOVERY}") from None
    except (ValueError, KeyError, TypeError):
        raise KeyRingDamaged(f"{path} cannot be read as a key ring. {_RECOVERY}") from None
    if contents.primary not in contents.keys:
        raise KeyRingDamaged(f"{path} names a primary key that it does not hold. {_RECOVERY}")
    return contents


def _secret(text: str) -> bytes:
    secret = base64.b64decode(text, validate=True)
    if len(secret) != _KEY_BYTES:
        raise ValueError("a key has the wrong length")
    return secret


def _write(path: Path, contents: _Contents) -> None:
    """Replace the file at once and durably: a half-written ring would lock everything away."""
    text = json.dumps(
        {
            "primary": contents.primary,
            "keys": [
                {"id": key.id, "created": key.created.isoformat(), "secret": _text(key.secret)}
                for key in contents.keys.values()
            ],
            "look_up": _text(contents.look_up),
            "audit": _text(contents.audit),
        },
        indent=2,
    )
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    beside = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(text + "\n")
        file.flush()
        os.fsync(file.fileno())
    beside.replace(path)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def _text(secret: bytes) -> str:
    return base64.b64encode(secret).decode("ascii")
