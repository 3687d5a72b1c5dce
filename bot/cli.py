"""The command line: ``python -m bot.cli COMMAND``. Doors are started with ``python -m bot.web`` and so on."""

from __future__ import annotations

import argparse
import logging
import os
import signal
import sys
import threading
from collections.abc import Callable, Sequence
from types import FrameType

from bot import demo, keeping_cli, packs_cli
from bot.app import build, now, open_store, worker_of
from bot.settings import Settings
from bot.store import KeyRing, KeyRingError, StoreError, migrate, tokens
from bot.store.backup import BackupError
from bot.supervision import run_everything

BROKEN_PIPE = 128 + signal.SIGPIPE
STOPPED = 128 + signal.SIGINT


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; an error is one plain sentence, never a stack trace."""
    try:
        status = _run(list(sys.argv[1:] if arguments is None else arguments))
        sys.stdout.flush()
        return status
    except BrokenPipeError:
        _read_no_further()
        return BROKEN_PIPE
    except KeyboardInterrupt:
        print("\nStopped.", file=sys.stderr)
        return STOPPED
    except OSError as error:
        where = f"{error.filename}: " if error.filename else ""
        print(f"{where}{error.strerror or error}.", file=sys.stderr)
        return 1
    except (StoreError, KeyRingError, BackupError) as error:
        print(error, file=sys.stderr)
        return 1


def _read_no_further() -> None:
    """Whoever read our output has what they wanted (`… | head`). The rest goes nowhere: Python flushes it
    once more when it ends, and would complain again.
    """
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _run(given: list[str]) -> int:
    if given[:1] == ["packs"]:
        return packs_cli.main(given[1:])
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    chosen = _parser().parse_args(given)
    command: Callable[[Settings, argparse.Namespace], int] = chosen.command
    return command(Settings(), chosen)


def run(settings: Settings, _: argparse.Namespace) -> int:
    """Migrate, seed, and start everything as one foreground process."""
    if settings.demo and settings.host not in ("127.0.0.1", "::1", "localhost"):
        print(
            f"BOT_DEMO=1 allows sign-in without a password, so it listens on loopback only; "
            f"BOT_HOST is {settings.host}. Unset BOT_HOST or BOT_DEMO.",
            file=sys.stderr,
        )
        return 1
    prepare(settings)
    announcement: list[str] = []
    if settings.demo:
        secret = demo.shared_secret(settings.state_dir / "keys" / "intake-client-secret")
        os.environ.setdefault("BOT_INTAKE_CLIENT_SECRET", secret)
        store = open_store(settings)
        demo.seed(store, settings.pack, now())
        announcement = _announce(settings, demo.token(store, now()))
        store.close()
    return run_everything(settings, announcement)


def prepare(settings: Settings) -> None:
    """Make the key ring on the very first start, and bring the tables up to this release."""
    settings.state_dir.mkdir(parents=True, exist_ok=True, mode=0o700)
    if not settings.key_ring.exists() and not _has_database(settings):
        settings.key_ring.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        KeyRing.create(settings.key_ring, now())
    migrate(settings.database)


def migrate_command(settings: Settings, _: argparse.Namespace) -> int:
    """Bring the tables up to this release; makes the key ring where there is neither ring nor database."""
    prepare(settings)
    print("The database is up to this release.")
    return 0


def seed_command(settings: Settings, _: argparse.Namespace) -> int:
    """Seed the demonstration school."""
    prepare(settings)
    store = open_store(settings)
    demo.seed(store, settings.pack, now())
    print(f"Token: {demo.token(store, now())}")
    return 0


def door_command(settings: Settings, _: argparse.Namespace) -> int:
    """Open a concern of the demonstration's first person for Rasa's own door; prints its sender id."""
    app = build(settings)
    with app.store.write() as session:
        person = demo.first_person(session)
    concern = app.concerns.open(person)
    with app.store.write() as session:
        print(
            tokens.mint_token(session, person_id=person.id, at=now(), purpose="rasa", concern_id=concern.id)
        )
    return 0


def worker(settings: Settings, _: argparse.Namespace) -> int:
    """Deliver referrals, fetch what MASH says, and watch for what is left unsent, until stopped."""
    stop = threading.Event()

    def end(_signal: int, _frame: FrameType | None) -> None:
        stop.set()

    signal.signal(signal.SIGTERM, end)
    signal.signal(signal.SIGINT, end)
    worker_of(settings, open_store(settings)).run(stop)
    return 0


def _has_database(settings: Settings) -> bool:
    """Whether a database may hold fields sealed with a ring that is missing: then none is made unasked."""
    if settings.database_url:
        return False
    return (settings.state_dir / "school.db").exists()


def _announce(settings: Settings, token: str) -> list[str]:
    web = f"http://{settings.host}:{settings.web_port}"
    intake = settings.intake or "none: telephone and PDF"
    people = [f"    {name} ({job})" for _, name, job in demo.PEOPLE[demo.SCHOOL]]
    return [
        f"School side      {web}   (JSON API {web}/api/v1, documentation {web}/api/docs)",
        f"MASH (reference) {intake}",
        "Demonstration sign-in: choose a person on the first page; no password. School people:",
        *people,
        f"API token of {demo.PEOPLE[demo.SCHOOL][0][1]} (7 days): {token}",
    ]


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="bot", description="Safeguarding assistant for schools")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    for name, command in {
        "run": run,
        "migrate": migrate_command,
        "seed": seed_command,
        "worker": worker,
        "door": door_command,
    }.items():
        commands.add_parser(name, help=(command.__doc__ or "").strip()).set_defaults(command=command)
    keeping_cli.add_commands(commands)
    commands.add_parser("packs", help="lint, prove, paths, diff, print, assess threshold packs")
    return parser


if __name__ == "__main__":
    sys.exit(main())
