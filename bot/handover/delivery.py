"""Delivering what waits in the outbox: lease a row, send it, settle it.

The three steps are three moments: no transaction is open while the intake is asked. Whatever is cut off in
between is sent again after its lease with the same idempotency key, so that the intake keeps one.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from random import Random
from typing import Any

from bot.handover.alarms import raise_dead_letter, raise_no_access
from bot.handover.backoff import Patience
from bot.handover.client import IntakeClient, Receipt
from bot.handover.failures import (
    AlreadyReceived,
    DeliveryFailed,
    NeverRetry,
    Throttled,
    Unauthorised,
)
from bot.store import Outbox, SealBroken, Session, Store
from bot.store.attachments import get_attachment
from bot.store.audit import record
from bot.store.events import state_times
from bot.store.outbox import claim, note_delivery, settle_dead, settle_later, settle_sent
from bot.store.referrals import get_addition, get_referral

type Now = Callable[[], datetime]

LEASE = timedelta(seconds=45)
"""Longer than a delivery usually takes, short enough for a Red whose worker died. Two workers at one row do
no harm: the idempotency key is the same."""


PATIENT = Patience()


class Round(StrEnum):
    """How one look at the outbox ended. Nothing due is false, all else is true."""

    NOTHING_DUE = ""
    ARRIVED = "arrived"
    FAILED = "failed"


@dataclass(frozen=True)
class Letter:
    """One row of the outbox with what it stands for."""

    row: Outbox
    reference: str
    document: dict[str, Any]
    content: bytes | None = None
    """The document itself, where the row stands for an attachment."""


@dataclass(frozen=True)
class Attempt:
    """How one attempt ended: the receipt, or the failure."""

    at: datetime
    ended_at: datetime
    receipt: Receipt | None
    failure: DeliveryFailed | None

    @property
    def arrived(self) -> bool:
        """Whether the intake has it."""
        return self.failure is None or isinstance(self.failure, AlreadyReceived)


@dataclass(frozen=True)
class Courier:
    """What one worker delivers with."""

    store: Store
    client: IntakeClient
    now: Now
    random: Random
    name: str
    patience: Patience = PATIENT

    def deliver_next(self) -> Round:
        """Deliver one due row. Failures are settled, not raised."""
        with self.store.write() as session:
            rows = claim(session, worker=self.name, now=self.now(), lease=LEASE, limit=1)
        if not rows:
            return Round.NOTHING_DUE
        try:
            with self.store.read() as session:
                letter = _letter(session, rows[0])
        except SealBroken:
            with self.store.write() as session:  # it cannot be read, so it cannot be sent: a person must look
                self._died(session, rows[0])
            return Round.FAILED
        attempt = self._attempt(letter)
        self._settle(letter, attempt)
        return Round.ARRIVED if attempt.arrived else Round.FAILED

    def _attempt(self, letter: Letter) -> Attempt:
        at = self.now()
        try:
            receipt = self._deliver(letter)
        except DeliveryFailed as failure:
            return Attempt(at, self.now(), None, failure)
        return Attempt(at, self.now(), receipt, None)

    def _deliver(self, letter: Letter) -> Receipt:
        if letter.content is not None:
            return self.client.attach(
                letter.reference, letter.document["name"], letter.document["kind"], letter.content
            )
        return self.client.deliver(letter.row.kind, letter.reference, letter.row.id, letter.document)

    def _settle(self, letter: Letter, attempt: Attempt) -> None:
        with self.store.write() as session:
            failure = attempt.failure
            note_delivery(
                session,
                letter.row.id,
                at=attempt.at,
                ended_at=attempt.ended_at,
                outcome="delivered" if failure is None else failure.outcome,
                status=None if failure is None else failure.status,
                problem=None if failure is None else failure.problem,
            )
            if attempt.arrived:
                self._arrived(session, letter.row, attempt)
            elif isinstance(failure, NeverRetry) or self._too_old(letter.row):
                self._died(session, letter.row)
            else:
                self._postponed(session, letter.row, failure)

    def _arrived(self, session: Session, row: Outbox, attempt: Attempt) -> None:
        if not settle_sent(session, row.id, attempt.ended_at):
            return
        referral = get_referral(session, row.referral_id)
        if attempt.receipt is not None:
            received_at = attempt.receipt.received_at if row.kind == "referral" else None
            state_times(referral, received_at=received_at, due_at=attempt.receipt.due_at)
        self._record(session, referral.organisation_id, f"{row.kind}_delivered", referral.reference)

    def _died(self, session: Session, row: Outbox) -> None:
        if not settle_dead(session, row.id, at=self.now()):
            return
        referral = get_referral(session, row.referral_id)
        raise_dead_letter(session, referral, row.id, self.now())
        self._record(session, referral.organisation_id, f"{row.kind}_undeliverable", referral.reference)

    def _postponed(self, session: Session, row: Outbox, failure: DeliveryFailed | None) -> None:
        pause = self.patience.pause(row.attempts, self.random)
        if isinstance(failure, Throttled):
            pause += failure.after
        settle_later(session, row.id, worker=self.name, due_at=self.now() + pause)
        if isinstance(failure, Unauthorised):
            raise_no_access(session, get_referral(session, row.referral_id), self.now())

    def _too_old(self, row: Outbox) -> bool:
        return self.now() - row.created_at > self.patience.give_up

    def _record(self, session: Session, organisation_id: str, action: str, reference: str) -> None:
        record(
            session,
            organisation_id=organisation_id,
            actor="worker",
            action=action,
            subject=f"referral:{reference}",
            at=self.now(),
        )


def _letter(session: Session, row: Outbox) -> Letter:
    referral = get_referral(session, row.referral_id)
    document = (
        referral.document if row.addition_id is None else get_addition(session, row.addition_id).document
    )
    content = None
    if row.kind == "attachment":
        content = get_attachment(session, referral.concern_id, document["attachment"]).content
    return Letter(row, referral.reference, document, content)
