"""Start the reference intake: ``python -m bot.intake``; ``… senders --help`` says who may send."""

from __future__ import annotations

import argparse
import logging
import sys

import uvicorn

from bot.intake import senders
from bot.intake.app import create_intake
from bot.intake.services import Services
from bot.intake.settings import LOOPBACK, IntakeSettings
from bot.intake.starting import make_ready
from bot.safekeeping import KeyRingError


def main() -> int:
    """Serve until stopped, or do what was asked; what prevents it is said in one sentence."""
    asked = senders.parser().parse_args()
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    logging.getLogger("alembic").setLevel(logging.WARNING)
    settings = IntakeSettings()
    if settings.demo and settings.intake_host not in LOOPBACK:
        print(
            "BOT_DEMO=1 allows sign-in without a password, so the intake then listens on loopback only. "
            "Unset BOT_INTAKE_HOST or BOT_DEMO.",
            file=sys.stderr,
        )
        return 1
    try:
        services = make_ready(settings)
    except KeyRingError as error:
        print(error, file=sys.stderr)
        return 1
    if asked.room == "senders":
        return _senders(services, asked)
    uvicorn.run(
        create_intake(services),
        host=settings.intake_host,
        port=settings.intake_port,
        log_level="warning",
        server_header=False,
    )
    return 0


def _senders(services: Services, asked: argparse.Namespace) -> int:
    try:
        print("\n".join(senders.run(services, asked)))
    except senders.SenderRefused as refused:
        print(refused, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
