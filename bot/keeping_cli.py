"""Commands for whoever runs the service: keys, audit, backup, restore, purge. See docs/operators.md."""

from __future__ import annotations

import argparse
import json
import os
from datetime import timedelta
from pathlib import Path

from bot.app import now, open_store
from bot.settings import Settings
from bot.store import KeyRing, NotThere, outbox
from bot.store.audit import verify
from bot.store.backup import back_up, restore
from bot.store.bundles import bundle, concerns_about
from bot.store.keeping import hold, purge_due
from bot.store.organisations import organisation_named
from bot.store.referrals import get_referral, referral_by_reference
from bot.store.rotation import Progress, rotate_keys

REFERENCE = "R-"
"""What the reference of a referral begins with, and no id of a concern does."""


def add_commands(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the commands of this file to the command line."""
    keys = commands.add_parser("keys", help="keys rotate: seal every field with a new key; may be stopped")
    keys.add_argument("action", choices=["rotate"])
    keys.set_defaults(command=rotate)
    audit = commands.add_parser("audit", help="audit verify: name the first broken link of each trail")
    audit.add_argument("action", choices=["verify"])
    audit.set_defaults(command=verify_audit)
    backup = commands.add_parser("backup", help="write a consistent copy while the application serves")
    backup.add_argument("file", type=Path)
    backup.set_defaults(command=make_backup)
    back = commands.add_parser("restore", help="bring a backup into an empty database")
    back.add_argument("file", type=Path)
    back.set_defaults(command=bring_back)
    purge = commands.add_parser("purge", help="show what may be purged by date; --really removes it")
    purge.add_argument("--older-than-days", type=int, required=True)
    purge.add_argument("--really", action="store_true")
    purge.set_defaults(command=purge_old)
    held = commands.add_parser("hold", help="legal hold: a held concern is never purged; --lift ends it")
    held.add_argument("concern", help="the concern's id, or the reference of its referral")
    held.add_argument("--lift", action="store_true")
    held.set_defaults(command=hold_command)
    given = commands.add_parser(
        "bundle", help="everything kept about a child, for the data protection officer"
    )
    given.add_argument("school", help="the school's name")
    given.add_argument("child", help="the child's name")
    given.add_argument("file", type=Path)
    given.set_defaults(command=make_bundle)
    posted = commands.add_parser(
        "outbox", help="list what has not reached MASH; revive what could not be delivered"
    )
    posted.add_argument("action", choices=["list", "revive"])
    posted.set_defaults(command=outbox_command)


def rotate(settings: Settings, _: argparse.Namespace) -> int:
    """Seal every field with a new key, with progress. Stopped, it goes on where it was."""
    store = open_store(settings)

    def report(progress: Progress) -> None:
        print(f"\r{progress.done} of {progress.total} fields", end="", flush=True)

    print(
        f"\n{rotate_keys(store, now(), report)} fields sealed with the new key. Older keys stay in the ring."
    )
    return 0


def verify_audit(settings: Settings, _: argparse.Namespace) -> int:
    """Say whether every audit trail holds; 1 when one does not."""
    with open_store(settings).read() as session:
        broken = verify(session)
    for link in broken:
        print(link)
    if not broken:
        print("Every audit trail holds.")
    return 1 if broken else 0


def make_backup(settings: Settings, given: argparse.Namespace) -> int:
    """Write a backup. Personal fields stay sealed in it; keep the key ring elsewhere."""
    rows = back_up(open_store(settings), given.file, now())
    print(f"{sum(rows.values())} rows of {len(rows)} tables are in {given.file}. The key ring is not in it.")
    return 0


def bring_back(settings: Settings, given: argparse.Namespace) -> int:
    """Restore a backup into the empty database of these settings."""
    restored = restore(given.file, settings.database, KeyRing.load(settings.key_ring), now())
    for link in restored.broken:
        print(link)
    print(f"{sum(restored.rows.values())} rows are back.")
    return 1 if restored.broken else 0


def purge_old(settings: Settings, given: argparse.Namespace) -> int:
    """Purge concerns whose copy the school confirmed and that nothing holds; only --really removes."""
    keep_for = timedelta(days=given.older_than_days)
    ids = purge_due(open_store(settings), now(), keep_for, by="operator", dry_run=not given.really)
    print(f"{len(ids)} concerns {'were purged' if given.really else 'would be purged'}.")
    for concern_id in ids:
        print(f"  {concern_id}")
    return 0


def hold_command(settings: Settings, given: argparse.Namespace) -> int:
    """Put a legal hold on a concern, for an inquiry or a court; or lift it. Either is audited."""
    with open_store(settings).write() as session:
        concern_id = given.concern
        if concern_id.startswith(REFERENCE):
            concern_id = referral_by_reference(session, concern_id).concern_id
        hold(session, concern_id, by="operator", at=now(), held=not given.lift)
    print(f"{concern_id} {'may be purged again, by date' if given.lift else 'is held: never purged'}.")
    return 0


def make_bundle(settings: Settings, given: argparse.Namespace) -> int:
    """Write everything kept about a child for the data protection officer to redact; it is audited."""
    with open_store(settings).write() as session:
        school = organisation_named(session, given.school)
        if school is None:
            raise NotThere("There is no organisation of exactly that name.")
        ids = concerns_about(session, school.id, given.child)
        if not ids:
            raise NotThere("No concern of that school names this child. Nothing was written.")
        made = [bundle(session, concern_id, by="operator", at=now()) for concern_id in ids]
        handle = os.open(given.file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            json.dump(made, file, ensure_ascii=False, indent=2)
    print(f"{len(made)} concerns are in {given.file}, in clear: for the data protection officer only.")
    return 0


def outbox_command(settings: Settings, given: argparse.Namespace) -> int:
    """List what has not reached MASH; or try again whatever could not be delivered, once that is mended."""
    with open_store(settings).write() as session:
        for row in outbox.undelivered(session):
            if given.action == "revive" and not outbox.revive(session, row.id, now()):
                continue
            state = "cannot be delivered" if row.dead_at else f"next attempt {row.due_at:%Y-%m-%d %H:%M} UTC"
            print(f"{get_referral(session, row.referral_id).reference}  {row.kind}  {state}")
    return 0
