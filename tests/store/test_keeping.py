"""Rotation that can be stopped, backups for either database, purges that wait for the school's copy."""

import gzip
import threading
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot.safekeeping import KeyMissing, KeyRing, key_of
from bot.store import Concern, Store
from bot.store.audit import audit_of, record, verify
from bot.store.backup import BackupError, back_up, restore
from bot.store.concerns import get_concern, touch
from bot.store.keeping import confirm_copy, due_for_purge, hold, purge_due
from bot.store.messages import add_message, messages_of
from bot.store.outbox import outbox_of, settle_sent
from bot.store.people import person_by_email
from bot.store.referrals import referral_by_reference, referrals_of
from bot.store.rotation import Progress, fields_under_older_keys, keys_still_needed, rotate_keys
from tests.databases import NOW, create_database
from tests.store.schools import School, add_case, add_school, add_sent

LATER = NOW + timedelta(days=1)
YEARS = timedelta(days=365 * 7)


def filled(store: Store, messages: int = 3) -> tuple[School, str]:
    school = add_school(store)
    with store.write() as session:
        reference = add_sent(session, school.teacher)
        concern = referral_by_reference(session, reference).concern_id
        for number in range(messages):
            add_message(session, concern, f"message {number}", author="staff", at=NOW)
        organisation = school.organisation.id
        record(session, organisation_id=organisation, actor=school.dsl.id, action="read", subject="x", at=NOW)
    return school, reference


def words(store: Store, reference: str) -> list[str]:
    with store.read() as session:
        concern = referral_by_reference(session, reference).concern_id
        return [message.text for message in messages_of(session, concern)]


def test_rotation_seals_everything_anew_and_everything_still_opens(store: Store) -> None:
    _, reference = filled(store)
    old = store.vault.ring.primary.id
    said: list[Progress] = []
    done = rotate_keys(store, LATER, said.append)
    assert (said[0], said[-1]) == (Progress(0, done), Progress(done, done))
    assert fields_under_older_keys(store) == 0
    assert words(store, reference) == ["message 0", "message 1", "message 2"]
    with store.read() as session:
        concern = referral_by_reference(session, reference).concern_id
        assert {key_of(message.text_sealed) for message in messages_of(session, concern)} == {
            store.vault.ring.primary.id
        }
        assert person_by_email(session, "deelead@firtreeprimary.example") is not None
    assert keys_still_needed(store) == {old, store.vault.ring.primary.id}


def test_a_stopped_rotation_goes_on_with_the_same_key(store: Store) -> None:
    filled(store, messages=250)

    def stop(progress: Progress) -> None:
        if progress.done:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        rotate_keys(store, LATER, stop)
    left = fields_under_older_keys(store)
    assert left > 0
    new = store.vault.ring.primary.id
    assert rotate_keys(store, LATER) == left
    assert store.vault.ring.primary.id == new
    assert fields_under_older_keys(store) == 0


def test_writing_goes_on_while_keys_rotate(store: Store) -> None:
    _, reference = filled(store, messages=50)
    with store.read() as session:
        concern = referral_by_reference(session, reference).concern_id
    other = Store(store.engine.url.render_as_string(hide_password=False), KeyRing.load(store.vault.ring.path))

    def write() -> None:
        for number in range(20):
            with other.write() as session:
                add_message(session, concern, f"meanwhile {number}", author="staff", at=NOW)

    writing = threading.Thread(target=write)
    writing.start()
    rotate_keys(store, LATER)
    writing.join()
    rotated = len(words(store, reference))
    other.close()
    assert rotated == 70
    if fields_under_older_keys(store):
        rotate_keys(store, LATER)
    assert fields_under_older_keys(store) == 0


def test_a_lost_key_is_found_at_start_with_the_way_back(store: Store, tmp_path: Path) -> None:
    filled(store)
    address = store.engine.url.render_as_string(hide_password=False)
    stranger = Store(address, KeyRing.create(tmp_path / "another.json", NOW))
    with pytest.raises(KeyMissing, match="Put back the copy"):
        stranger.check(NOW)
    stranger.close()


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def empty(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'restored.db'}"
    else:
        yield create_database(request.getfixturevalue("postgresql"))


def test_a_backup_comes_back_whole_on_either_database(store: Store, empty: str, tmp_path: Path) -> None:
    school, reference = filled(store, messages=600)
    file = tmp_path / "school.backup"
    counts = back_up(store, file, NOW)
    assert file.stat().st_mode & 0o777 == 0o600
    assert counts["messages"] == 600
    with gzip.open(file) as packed:
        inside = packed.read()
    assert b"message 1" not in inside
    assert b"Tess" not in inside

    came = restore(file, empty, store.vault.ring, NOW)
    assert came.rows == counts
    assert came.broken == []
    again = Store(empty, store.vault.ring)
    assert words(again, reference) == words(store, reference)
    with again.read() as session:
        assert len(audit_of(session, school.organisation.id)) == 1
        assert session.get_one(Concern, referral_by_reference(session, reference).concern_id).opened_at == NOW
    with again.write() as session:
        session.delete(audit_of(session, school.organisation.id)[0])
        session.flush()
        assert len(verify(session)) == 1
    again.close()


def test_restore_refuses_what_would_lose_or_mix(sqlite_store: Store, tmp_path: Path) -> None:
    filled(sqlite_store)
    file = tmp_path / "school.backup"
    back_up(sqlite_store, file, NOW)
    ring = sqlite_store.vault.ring
    with pytest.raises(BackupError, match="exists already"):
        back_up(sqlite_store, file, NOW)
    with pytest.raises(BackupError, match="not empty"):
        restore(file, str(sqlite_store.engine.url), ring, NOW)
    with pytest.raises(BackupError, match="no backup at"):
        restore(tmp_path / "nothing", f"sqlite:///{tmp_path / 'a.db'}", ring, NOW)
    with pytest.raises(KeyMissing):
        restore(file, f"sqlite:///{tmp_path / 'b.db'}", KeyRing.create(tmp_path / "r2.json", NOW), NOW)
    whole = file.read_bytes()
    lines = gzip.decompress(whole).splitlines(keepends=True)
    for number, damaged in enumerate(
        (
            whole[: len(whole) // 2],
            gzip.compress(b"".join(lines[:-1])),
            gzip.compress(b"".join(lines[:3] + lines[4:])),
        )
    ):
        file.write_bytes(damaged)
        with pytest.raises(BackupError, match=r"damaged|not a backup"):
            restore(file, f"sqlite:///{tmp_path / f'd{number}.db'}", ring, NOW)
        file.write_bytes(whole)


def test_nothing_is_purged_before_the_school_has_its_copy(store: Store) -> None:
    school, reference = filled(store)
    old = NOW + YEARS + timedelta(days=2)
    assert purge_due(store, old, YEARS, by=school.dsl.id, dry_run=False) == []
    with store.write() as session:
        referral = referral_by_reference(session, reference)
        concern = referral.concern_id
        confirm_copy(session, concern, by=school.dsl.id, at=LATER)
    assert purge_due(store, old, YEARS, by=school.dsl.id) == []  # it has not reached MASH yet
    with store.write() as session:
        settle_sent(session, outbox_of(session, referral.id)[0].id, LATER)
    with store.write() as session:
        hold(session, concern, by=school.dsl.id, at=LATER)
    assert purge_due(store, old, YEARS, by=school.dsl.id) == []
    with store.write() as session:
        hold(session, concern, by=school.dsl.id, at=LATER, held=False)
    assert purge_due(store, NOW + YEARS / 2, YEARS, by=school.dsl.id) == []
    assert purge_due(store, old, YEARS, by=school.dsl.id) == [concern]
    assert words(store, reference) != []
    assert purge_due(store, old, YEARS, by=school.dsl.id, dry_run=False) == [concern]
    assert purge_due(store, old, YEARS, by=school.dsl.id, dry_run=False) == []
    with store.read() as session:
        assert get_concern(session, concern).purged_at == old
        assert messages_of(session, concern) == []
        assert referrals_of(session, concern) == []
        assert verify(session) == []


def test_what_was_added_after_the_copy_keeps_a_concern(store: Store) -> None:
    school = add_school(store)
    with store.write() as session:
        concern = add_case(session, school.teacher)
        confirm_copy(session, concern.id, by=school.dsl.id, at=NOW)
        touch(session, concern, LATER)
    with store.read() as session:
        assert due_for_purge(session, LATER + 2 * YEARS, YEARS) == []
