"""The composition root: the one place where the rooms of the school's side are wired together."""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from random import SystemRandom

from bot.concerns import Concerns, PackShelf, hidden_on
from bot.handover import Courier, IntakeClient, LogNotifier, Rhythm, SmtpNotifier, Worker
from bot.officers import Collector
from bot.reading import Reader, redact
from bot.settings import Settings
from bot.store import KeyRing, Store


@dataclass(frozen=True)
class App:
    """The parts that every door of this process shares."""

    settings: Settings
    store: Store
    shelf: PackShelf
    reader: Reader
    concerns: Concerns


def now() -> datetime:
    """The clock of the running application; tests pass their own."""
    return datetime.now(UTC)


def open_store(settings: Settings) -> Store:
    """The database with its key ring; raises KeyRingMissing, KeyMissing, StoreNotReady."""
    store = Store(settings.database, KeyRing.load(settings.key_ring))
    store.check(now())
    return store


def build(settings: Settings) -> App:
    """Wire the rooms together."""
    store = open_store(settings)
    shelf = PackShelf(settings.packs_dir)
    reader = Reader(settings.parser, timeout=settings.parser_timeout)
    concerns = Concerns(store, shelf, reader, now, settings.pack, on_turn=Collector(now))
    return App(settings, store, shelf, reader, concerns)


def warm(app: App) -> None:
    """Load what the first message would otherwise wait for: the pack in force and the language model."""
    app.shelf.in_force(app.settings.pack, now().date())
    redact("A child seems sad.", ())


def worker_of(settings: Settings, store: Store) -> Worker:
    """The worker of this process: it delivers, reads what MASH says, and watches what is left unsent."""
    courier = None
    if settings.intake is not None:
        secret = settings.intake_client_secret.get_secret_value()
        client = IntakeClient(settings.intake, settings.intake_client_id, secret)
        courier = Courier(store, client, now, SystemRandom(), name=f"worker-{os.getpid()}")
    notifier = SmtpNotifier(settings.smtp_url, settings.notice_from) if settings.smtp_url else LogNotifier()
    rhythm = Rhythm(
        pause=timedelta(seconds=settings.worker_pause_seconds),
        unsent_after=timedelta(minutes=settings.unsent_alert_minutes),
    )
    return Worker(courier, notifier, store, now, rhythm, hidden_on(PackShelf(settings.packs_dir)))
