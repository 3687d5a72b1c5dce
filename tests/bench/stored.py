"""Many referrals in an intake's database, sealed and traced as the intake itself keeps them, made quickly."""

from __future__ import annotations

import itertools
import json
from copy import deepcopy
from datetime import date, datetime, timedelta
from random import Random
from typing import Any

from sqlalchemy import insert, select, text, update
from sqlalchemy.orm import Session

from bot.contract import EXAMPLE
from bot.intake.database import Database
from bot.intake.tables import Child, Client, Event, Organisation, Referral, Trace
from bot.intake.work import known
from bot.intake.work.office import URGENCY
from bot.safekeeping import Vault, new_id

_BATCH = 2_000
_SYLLABLES = ("ba", "de", "ri", "lo", "ma", "ne", "ki", "to", "sa", "vi", "la", "ro", "ha", "je", "pe", "shu")
_BANDS = ("red", "amber", "green", None)
_STAGES = ("to screen", "to rate", "rated", "dealt with")

type Row = dict[str, Any]


def fill(database: Database, client_id: str, count: int, now: datetime, *, dealt_with: bool) -> None:
    """Store `count` referrals of one sender over the last weeks. They wait in every lane, or (`dealt_with`)
    nearly all of them were decided.
    """
    chance = Random(7)
    with database.write() as session:
        organisation_id = session.scalars(
            select(Client.organisation_id).where(Client.client_id == client_id)
        ).one()
        for numbers in itertools.batched(range(1, count + 1), _BATCH):
            _keep(session, chance, organisation_id, numbers, now, dealt_with)
        session.execute(
            update(Organisation).where(Organisation.id == organisation_id).values(last_event=count)
        )
    tidy = "ANALYZE" if database.engine.dialect.name == "sqlite" else "VACUUM ANALYZE"  # as autovacuum does
    with database.engine.connect() as connection:
        connection.execution_options(isolation_level="AUTOCOMMIT").execute(text(tidy))


def document(chance: Random, reference: str) -> dict[str, Any]:
    """A referral as a school sends it, about a child of its own."""
    said = deepcopy(EXAMPLE)
    said["reference"] = reference
    said["suggested"]["band"] = chance.choice(_BANDS[:3])
    child = said["children"][0]
    child["first_name"], child["last_name"] = _name(chance, 2), _name(chance, 3)
    child["date_of_birth"] = (date(2010, 1, 1) + timedelta(days=chance.randrange(5_000))).isoformat()
    child["address"] = f"{chance.randrange(1, 200)} {_name(chance, 3)} Street"
    child["postcode"] = f"WV{chance.randrange(1, 15)} {chance.randrange(1, 9)}AA"
    return said


def _keep(
    session: Session,
    chance: Random,
    organisation_id: str,
    numbers: tuple[int, ...],
    now: datetime,
    dealt_with: bool,
) -> None:
    vault: Vault = session.info["vault"]
    referrals, children, traces, events = [], [], [], []
    for number in numbers:
        said = document(chance, f"R-STORED-{number}")
        received = now - timedelta(minutes=chance.randrange(60 * 24 * 7))
        often = chance.random() < 0.96 if dealt_with else False
        stage = "dealt with" if often else chance.choice(_STAGES[:3])
        referral = _referral(vault, organisation_id, number, said, received, stage)
        child, found = _child(vault, referral["id"], said["children"][0], received)
        referrals.append(referral)
        children.append(child)
        traces.extend(found)
        events.append(_event(vault, referral, number, received))
    for table, rows in ((Referral, referrals), (Child, children), (Trace, traces), (Event, events)):
        session.execute(insert(table), rows)


def _referral(
    vault: Vault, organisation_id: str, number: int, said: Row, received: datetime, stage: str
) -> Row:
    row_id, band = new_id(), said["suggested"]["band"]
    later = received + timedelta(hours=1)
    return {
        "id": row_id,
        "mash_reference": f"M-STORED-{number}",
        "organisation_id": organisation_id,
        "reference": said["reference"],
        "source": "2A",
        "digest": f"{number:064d}",
        "version": 1,
        "received_at": received,
        "clock_from": received,
        "due_at": received + timedelta(hours={"red": 4, "amber": 24, "green": 72}[band]),
        "urgency": URGENCY[band],
        "band": None if stage in ("to screen", "to rate") else band,
        "screened_at": None if stage == "to screen" else later,
        "rated_at": None if stage in ("to screen", "to rate") else later,
        "hub": "central" if stage == "rated" and band == "green" else None,
        "decided_at": later if stage == "dealt with" else None,
        "left_at": later if stage == "dealt with" else None,
        "decision": "advice" if stage == "dealt with" else None,
        "document_sealed": vault.seal("referrals", "document_sealed", row_id, json.dumps(said).encode()),
    }


def _child(vault: Vault, referral_id: str, details: Row, now: datetime) -> tuple[Row, list[Row]]:
    row_id = new_id()
    sealed = vault.seal("children", "details_sealed", row_id, json.dumps(details).encode())
    child = {"id": row_id, "referral_id": referral_id, "added_at": now, "details_sealed": sealed}
    return child, [
        {"id": new_id(), "child_id": row_id, "kind": kind, "value": value}
        for kind, value in known.traces(vault, details)
    ]


def _event(vault: Vault, referral: Row, number: int, now: datetime) -> Row:
    row_id = new_id()
    words = json.dumps({"words": "MASH has received this referral.", "reasons": []}).encode()
    return {
        "id": row_id,
        "organisation_id": referral["organisation_id"],
        "referral_id": referral["id"],
        "number": number,
        "type": "received",
        "at": now,
        "due_at": referral["due_at"],
        "said_sealed": vault.seal("events", "said_sealed", row_id, words),
    }


def _name(chance: Random, syllables: int) -> str:
    return "".join(chance.choice(_SYLLABLES) for _ in range(syllables)).title()
