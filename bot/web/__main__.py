"""Run the web process: ``python -m bot.web``."""

from __future__ import annotations

import gc
import sys
import threading
from datetime import timedelta

import requests
import uvicorn

from bot.app import App, build, now, warm
from bot.settings import Settings
from bot.store import KeyRingError, StoreError
from bot.web.people import People
from bot.web.services import Services
from bot.web.site import create_web

#: Seconds that readiness may wait for the parser; it is only told, so it must never hold anybody up.
PARSER_PATIENCE = 0.3
#: Seconds that an idle connection stays open: people think longer than the usual five between two answers.
KEEP_ALIVE = 75


def services(app: App) -> Services:
    """What the web door needs of the wired application."""
    settings = app.settings
    return Services(
        concerns=app.concerns,
        packs=app.shelf,
        people=People(app.store, timedelta(minutes=settings.idle_minutes)),
        store=app.store,
        settings=settings,
        clock=now,
        readiness=lambda: {"parser": parser_state(settings.parser)},
    )


def parser_state(address: str) -> str:
    """`up` when a model is loaded, `starting` while Rasa warms up, `down` when nobody answers."""
    try:
        answer = requests.get(f"{address}/status", timeout=PARSER_PATIENCE)
    except requests.RequestException:
        return "down"
    return "up" if answer.ok else "starting"


def _warm(app: App) -> None:
    """Load what the first message needs; the collector of garbage need not look through it ever after."""
    warm(app)
    gc.collect()
    gc.freeze()


def main() -> int:
    """Serve until stopped."""
    settings = Settings()
    try:
        app = build(settings)
    except (StoreError, KeyRingError) as error:
        print(error, file=sys.stderr)
        return 1
    threading.Thread(target=_warm, args=(app,), daemon=True).start()
    # No access log: who looked at what and when is told by the audit trail.
    uvicorn.run(
        create_web(services(app)),
        host=settings.host,
        port=settings.web_port,
        access_log=False,
        timeout_keep_alive=KEEP_ALIVE,
        server_header=False,
        log_level="warning",
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
