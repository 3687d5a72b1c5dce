"""Who may send: operators add organisations and their machines, give new secrets, and end machines.

python -m bot.intake senders list
python -m bot.intake senders add "West Midlands Police" police-1 --source 6 --scope referrals:write
python -m bot.intake senders add "Example school" school-1 --public-keys keys.json
python -m bot.intake senders new-secret police-1
python -m bot.intake senders end police-1
"""

from __future__ import annotations

import argparse
import json
import re
import secrets
from collections.abc import Callable
from pathlib import Path
from typing import Any, cast

from joserfc.errors import JoseError
from joserfc.jwk import KeySet, KeySetSerialization
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from bot.contract import SOURCE_LABELS, Scope
from bot.intake.secrecy import hash_secret
from bot.intake.seeding import add_client
from bot.intake.services import Services
from bot.intake.tables import AccessToken, Client, Organisation
from bot.intake.work import trail

_CLIENT_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{2,99}")


class SenderRefused(Exception):
    """It cannot be done; the message says why."""


def parser() -> argparse.ArgumentParser:
    """The commands and what they need."""
    asked = argparse.ArgumentParser(prog="python -m bot.intake", description="The reference MASH intake.")
    rooms = asked.add_subparsers(dest="room")
    commands = rooms.add_parser("senders", help="who may send referrals").add_subparsers(
        dest="command", required=True
    )
    commands.add_parser("list", help="every organisation with its machines")
    adding = commands.add_parser("add", help="a machine of a new or a known organisation")
    adding.add_argument("organisation", help="its name, as MASH sees it")
    adding.add_argument("client_id")
    adding.add_argument("--source", default="2A", help="census code of referrals that name none (2A: school)")
    adding.add_argument("--scope", action="append", choices=[scope.value for scope in Scope])
    adding.add_argument("--public-keys", type=Path, help="JWK set; then there is no secret (private_key_jwt)")
    for name, says in (("new-secret", "the old secret ends"), ("end", "the machine gets no token any more")):
        commands.add_parser(name, help=says).add_argument("client_id")
    return asked


def run(services: Services, asked: argparse.Namespace) -> list[str]:
    """Do it; returns what to print. A secret is in it once and never again. Raises SenderRefused."""
    act: dict[str, Callable[[Session, Services, argparse.Namespace], list[str]]] = {
        "list": _list,
        "add": _add,
        "new-secret": _new_secret,
        "end": _end,
    }
    with services.database.write() as session:
        return act[asked.command](session, services, asked)


def _list(session: Session, _: Services, __: argparse.Namespace) -> list[str]:
    rows = session.execute(
        select(Organisation, Client)
        .join(Client, Client.organisation_id == Organisation.id)
        .order_by(Organisation.name, Client.client_id)
    )
    return [
        f"{organisation.name} ({SOURCE_LABELS.get(organisation.source, organisation.source)})  "
        f"{client.client_id}  {' '.join(client.scopes)}"
        + ("  by key" if client.public_keys else "")
        + (f"  ended {client.disabled_at:%Y-%m-%d}" if client.disabled_at else "")
        for organisation, client in rows
    ] or ["Nobody may send yet."]


def _add(session: Session, services: Services, asked: argparse.Namespace) -> list[str]:
    if not _CLIENT_ID.fullmatch(asked.client_id):
        raise SenderRefused("A client id has 3 to 100 letters, digits, dots, dashes or underscores.")
    if session.scalar(select(Client.id).where(Client.client_id == asked.client_id)) is not None:
        raise SenderRefused(f"There is a machine {asked.client_id} already.")
    keys = _public_keys(asked.public_keys) if asked.public_keys else None
    secret = None if keys else secrets.token_urlsafe(32)
    client = add_client(
        session,
        _organisation(session, services, asked.organisation.strip(), asked.source),
        asked.client_id,
        services.now(),
        secret=secret,
        public_keys=keys,
        scopes=tuple(Scope(scope) for scope in asked.scope or Scope),
    )
    session.flush()
    _note(session, services, client, "sender_added")
    return _told(client, secret)


def _new_secret(session: Session, services: Services, asked: argparse.Namespace) -> list[str]:
    client = _client(session, asked.client_id)
    if client.secret_hash is None:
        raise SenderRefused(f"{client.client_id} proves itself by its key, not by a secret.")
    secret = secrets.token_urlsafe(32)
    client.secret_hash = hash_secret(secret)
    _end_tokens(session, client)
    _note(session, services, client, "sender_new_secret")
    return _told(client, secret)


def _end(session: Session, services: Services, asked: argparse.Namespace) -> list[str]:
    client = _client(session, asked.client_id)
    client.disabled_at = client.disabled_at or services.now()
    _end_tokens(session, client)
    _note(session, services, client, "sender_ended")
    return [f"{client.client_id} gets no token any more. What it sent stays."]


def _organisation(session: Session, services: Services, name: str, source: str) -> Organisation:
    if source not in SOURCE_LABELS:
        raise SenderRefused("The source is no code of the Children in Need census.")
    known = session.scalar(select(Organisation).where(Organisation.name == name))
    if known is not None:
        if known.source != source:
            raise SenderRefused(f"{name} is known with the source {known.source}.")
        return known
    if not name or len(name) > 200:
        raise SenderRefused("Say the organisation's name, in at most 200 letters.")
    new = Organisation(name=name, source=source, created_at=services.now())
    session.add(new)
    session.flush()
    return new


def _public_keys(path: Path) -> dict[str, Any]:
    try:
        found: dict[str, Any] = json.loads(path.read_text("utf-8"))
        keys = KeySet.import_key_set(cast(KeySetSerialization, found)).keys
    except (OSError, ValueError, KeyError, TypeError, AttributeError, JoseError) as error:
        raise SenderRefused(f"{path} cannot be read as a JWK set.") from error
    if not keys or any(key.is_private or key.key_type not in ("RSA", "EC") for key in keys):
        raise SenderRefused(
            "Give the public half of RSA or EC keys only; the private half stays with the sender."
        )
    return found


def _client(session: Session, client_id: str) -> Client:
    client = session.scalar(select(Client).where(Client.client_id == client_id))
    if client is None:
        raise SenderRefused(f"There is no machine {client_id}.")
    return client


def _end_tokens(session: Session, client: Client) -> None:
    session.execute(delete(AccessToken).where(AccessToken.client_id == client.id))


def _note(session: Session, services: Services, client: Client, action: str) -> None:
    trail.record(session, actor="operator", action=action, subject=f"client:{client.id}", at=services.now())


def _told(client: Client, secret: str | None) -> list[str]:
    said = [f"Client id: {client.client_id}", f"Scopes: {' '.join(client.scopes)}"]
    if secret:
        said.append(f"Secret, shown now and never again: {secret}")
    return said
