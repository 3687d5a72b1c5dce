"""What both sides hold in the end, compared: nothing lost, nothing doubled, nothing altered."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import select

from bot.contract import Referral
from bot.intake.database import Database
from bot.intake.tables import Referral as ReceivedReferral
from bot.safekeeping import KeyRing
from bot.store import Referral as SentReferral
from bot.store import Store
from bot.store.audit import verify
from bot.store.outbox import undelivered
from bot.store.referrals import document_digest


@dataclass(frozen=True)
class Outcome:
    """The counts of one run. `wrong`: altered, not known as delivered, or an audit trail that breaks."""

    sent: int
    received: int
    lost: int
    duplicated: int
    wrong: int

    @property
    def is_clean(self) -> bool:
        """Nothing lost, doubled or wrong."""
        return self.lost == self.duplicated == self.wrong == 0

    def line(self, database: str, seed: int) -> str:
        """The line that the fault run ends with."""
        return (
            f"{database} sent={self.sent} received={self.received} lost={self.lost} "
            f"duplicated={self.duplicated} wrong={self.wrong} seed={seed}"
        )


def compare(
    acknowledged: dict[str, str], school: tuple[str, Path], intake: tuple[str, Path], about: dict[str, str]
) -> Outcome:
    """Compare what senders were told was sent with what the school keeps and what the intake received.

    `acknowledged`: words by reference; `about`: words by concern; the databases as (address, key ring).
    """
    kept, per_concern, broken, waiting = _school(*school)
    received = _received(*intake)
    counts = Counter(document["reference"] for document in received)
    documents = {document["reference"]: document for document in received}
    of_concern = Counter(per_concern[reference] for reference in documents if reference in per_concern)
    doubled = sum(count - 1 for count in counts.values()) + sum(count - 1 for count in of_concern.values())
    lost = [reference for reference in {*acknowledged, *kept} if reference not in documents]
    wrong = [
        reference
        for reference, document in documents.items()
        if not _is_same(document, kept.get(reference), about.get(per_concern.get(reference, ""), ""))
    ]
    wrong += [reference for reference in acknowledged if reference not in kept]
    return Outcome(len(acknowledged), len(documents), len(lost), doubled, len(wrong) + waiting + broken)


def _school(url: str, ring: Path) -> tuple[dict[str, dict[str, Any]], dict[str, str], int, int]:
    store = Store(url, KeyRing.load(ring))
    try:
        with store.read() as session:
            rows = list(session.scalars(select(SentReferral)))
            kept = {
                row.reference: row.document
                for row in rows
                if document_digest(row.document) == row.body_digest
            }
            unknown = sum(row.received_at is None for row in rows)
            per_concern = {row.reference: row.concern_id for row in rows}
            return kept, per_concern, len(verify(session)), max(len(undelivered(session)), unknown)
    finally:
        store.close()


def _received(url: str, ring: Path) -> list[dict[str, Any]]:
    database = Database(url, KeyRing.load(ring))
    try:
        with database.read() as session:
            return [row.document for row in session.scalars(select(ReceivedReferral))]
    finally:
        database.close()


def _is_same(received: dict[str, Any], kept: dict[str, Any] | None, words: str) -> bool:
    if kept is None or Referral.model_validate(received) != Referral.model_validate(kept):
        return False
    said: str = (received.get("concern") or {}).get("what_happened") or ""
    return words != "" and words in said
