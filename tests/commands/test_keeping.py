"""What operators type: the outbox, subject access, legal hold, rotation, the audit trail, backups."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from base64 import b64decode
from datetime import timedelta
from pathlib import Path

import pytest

from bot.store import Store, rotation
from bot.store.attachments import add_attachment
from bot.store.audit import audit_of
from bot.store.concerns import add_child, get_concern
from bot.store.keeping import confirm_copy
from bot.store.messages import add_message
from bot.store.outbox import outbox_of, settle_dead, settle_sent
from bot.store.referrals import referral_by_reference
from tests.commands.conftest import Bot
from tests.databases import NOW
from tests.store.schools import School, add_case, add_school, add_sent

SCHOOL = "Fir Tree Primary"


def dead_referral(store: Store, school: School) -> str:
    """A referral that could not be delivered, beside one that waits and one that arrived."""
    with store.write() as session:
        add_sent(session, school.teacher)
        arrived, dead = add_sent(session, school.teacher), add_sent(session, school.teacher)
        for reference, settle in ((arrived, settle_sent), (dead, settle_dead)):
            [row] = outbox_of(session, referral_by_reference(session, reference).id)
            settle(session, row.id, at=NOW)
    return dead


def about_robin(store: Store, school: School) -> str:
    """A concern about a child, told, with a document."""
    with store.write() as session:
        concern = add_case(session, school.teacher)
        add_child(session, concern.id, "c1", details={"first_name": "Robin", "last_name": "Example"})
        add_message(session, concern.id, "Robin flinched.", author="staff", at=NOW)
        add_attachment(
            session,
            concern.id,
            name="Chronology",
            content=b"%PDF-1.7 chronology",
            media_type="application/pdf",
            by=school.teacher.id,
            at=NOW,
        )
        add_case(session, school.teacher)
        return concern.id


def test_the_outbox_lists_what_has_not_arrived_and_revives_only_what_is_dead(store: Store, bot: Bot) -> None:
    dead = dead_referral(store, add_school(store))
    status, listed, _ = bot("outbox", "list")
    lines = listed.splitlines()
    assert (status, len(lines)) == (0, 2)
    assert [line for line in lines if "cannot be delivered" in line] == [
        f"{dead}  referral  cannot be delivered"
    ]
    assert sum("next attempt 2026-11-20 09:30 UTC" in line for line in lines) == 1
    status, revived, _ = bot("outbox", "revive")
    assert (status, revived.count("\n")) == (0, 1)
    assert revived.startswith(f"{dead}  referral  next attempt")
    assert bot("outbox", "revive")[1] == ""
    assert "cannot be delivered" not in bot("outbox", "list")[1]


def test_a_bundle_holds_the_childs_concern_and_only_the_officer_can_read_the_file(
    store: Store, bot: Bot, tmp_path: Path
) -> None:
    school, file = add_school(store), tmp_path / "bundle.json"
    concern = about_robin(store, school)
    status, said, _ = bot("bundle", SCHOOL, "robin EXAMPLE", file)
    assert (status, "for the data protection officer only" in said) == (0, True)
    assert file.stat().st_mode & 0o777 == 0o600
    [made] = json.loads(file.read_text(encoding="utf-8"))
    assert made["concern"] == concern
    assert [message["text"] for message in made["messages"]] == ["Robin flinched."]
    [document] = made["documents"]
    assert document["name"] == "Chronology"
    assert b64decode(document["content_base64"]) == b"%PDF-1.7 chronology"
    with store.read() as session:
        trail = [(one.actor, one.action) for one in audit_of(session, school.organisation.id)]
    assert trail == [("operator", "bundle_made")]


def test_a_bundle_is_never_written_over_something_nor_for_nobody(
    store: Store, bot: Bot, tmp_path: Path
) -> None:
    school, file = add_school(store), tmp_path / "bundle.json"
    about_robin(store, school)
    file.write_text("mine", encoding="utf-8")
    for arguments, complaint in (
        (("bundle", SCHOOL, "Robin Example", file), "exists"),
        (("bundle", SCHOOL, "Robin Example", tmp_path / "nowhere" / "b.json"), "No such file"),
        (("bundle", SCHOOL, "Nobody Known", tmp_path / "b.json"), "No concern of that school"),
        (("bundle", "Another School", "Robin Example", tmp_path / "b.json"), "no organisation"),
    ):
        status, said, complained = bot(*arguments)
        assert (status, said, complained.count("\n")) == (1, "", 1)
        assert complaint in complained
    assert file.read_text(encoding="utf-8") == "mine"
    assert not (tmp_path / "b.json").exists()
    with store.read() as session:
        assert audit_of(session, school.organisation.id) == []


def test_a_held_concern_is_not_purged_until_the_hold_is_lifted(store: Store, bot: Bot) -> None:
    school = add_school(store)
    with store.write() as session:
        reference = add_sent(session, school.teacher, at=NOW - timedelta(days=9000))
        sent = referral_by_reference(session, reference)
        concern = sent.concern_id
        settle_sent(session, outbox_of(session, sent.id)[0].id, NOW - timedelta(days=8999))
        confirm_copy(session, concern, by=school.dsl.id, at=NOW - timedelta(days=8998))
    assert "1 concerns would be purged" in bot("purge", "--older-than-days", "2555")[1]
    assert bot("hold", reference)[:2] == (0, f"{concern} is held: never purged.\n")
    assert bot("purge", "--older-than-days", "2555", "--really")[1] == "0 concerns were purged.\n"
    assert bot("hold", concern, "--lift")[0] == 0
    assert bot("purge", "--older-than-days", "2555", "--really")[1].startswith("1 concerns were purged")
    with store.read() as session:
        assert get_concern(session, concern).purged_at is not None
        actions = [one.action for one in audit_of(session, school.organisation.id)]
    assert actions == ["copy_confirmed", "held", "hold_lifted", "purged"]
    assert bot("hold", "R-0000-0000-0000")[0] == 1


def test_a_rotation_shows_progress_and_goes_on_after_it_was_stopped(store: Store, bot: Bot) -> None:
    school = add_school(store)
    with store.write() as session:
        concern = add_case(session, school.teacher).id
        for number in range(2000):
            add_message(session, concern, f"message {number}", author="staff", at=NOW)
    first = store.vault.ring.primary.id
    running = start("keys", "rotate")
    assert running.stdout is not None
    while b"of" not in running.stdout.read1(80):  # type: ignore[attr-defined]
        continue
    running.send_signal(signal.SIGINT)
    _, complained = running.communicate(timeout=60)
    assert (running.returncode, complained) == (130, b"\nStopped.\n")
    second, left = store.vault.ring.primary.id, rotation.fields_under_older_keys(store)
    assert second != first
    assert left > 0
    status, said, _ = bot("keys", "rotate")
    assert status == 0
    assert f"{left} of {left} fields" in said
    assert (store.vault.ring.primary.id, rotation.fields_under_older_keys(store)) == (second, 0)


def test_the_audit_trail_names_its_first_broken_link(store: Store, bot: Bot) -> None:
    school = add_school(store)
    with store.write() as session:
        concern = add_case(session, school.teacher).id
        for _ in range(3):
            confirm_copy(session, concern, by=school.dsl.id, at=NOW)
    assert bot("audit", "verify")[:2] == (0, "Every audit trail holds.\n")
    with store.write() as session:
        trail = audit_of(session, school.organisation.id)
        trail[1].action = "never_happened"
        trail[2].action = "nor_this"
    status, said, _ = bot("audit", "verify")
    assert (status, said.count("\n")) == (1, 1)
    assert "2" in said


def test_a_backup_comes_back_and_a_ring_without_its_key_says_what_to_do(
    store: Store, bot: Bot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    about_robin(store, add_school(store))
    file = tmp_path / "school.backup"
    assert bot("backup", file)[0] == 0
    assert bot("backup", file)[0] == 1
    assert bot("restore", file)[0] == 1  # its own database is not empty
    monkeypatch.setenv("BOT_DATABASE_URL", f"sqlite:///{tmp_path / 'back.db'}")
    assert bot("restore", file)[0] == 0
    assert bot("bundle", SCHOOL, "Robin Example", tmp_path / "again.json")[0] == 0
    ring = store.vault.ring.path
    ring.rename(ring.with_suffix(".lost"))
    for command in (("outbox", "list"), ("keys", "rotate"), ("audit", "verify")):
        status, said, complained = bot(*command)
        assert (status, said) == (1, "")
        assert "Traceback" not in complained
        assert "copy" in complained


def test_output_that_is_read_no_further_ends_quietly() -> None:
    program = start("packs", "paths", "wolverhampton")
    assert program.stdout is not None
    assert program.stderr is not None
    program.stdout.read(10)
    program.stdout.close()
    complained = program.stderr.read()
    assert (program.wait(timeout=60), complained) == (141, b"")


def start(*arguments: str) -> subprocess.Popen[bytes]:
    """The command as a process of its own, which Ctrl-C reaches as on a terminal."""
    return subprocess.Popen(
        [sys.executable, "-m", "bot.cli", *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL) and None,
    )
