"""Migrations and tables agree on both databases; every personal field is sealed from the first on."""

import sqlite3
import threading
from pathlib import Path

import pytest
from sqlalchemy import LargeBinary

from bot.safekeeping import KeyRing, sealed_columns
from bot.store import Store, StoreNotReady, is_current, migrate
from bot.store.concerns import concerns_visible_to
from bot.store.schema import check
from bot.store.tables import Base
from tests.databases import NOW
from tests.store.schools import add_case, add_school, add_sent


def test_migrations_make_exactly_the_tables(database_url: str) -> None:
    assert not is_current(database_url)
    migrate(database_url)
    migrate(database_url)
    check(database_url)
    assert is_current(database_url)


def test_a_database_that_was_never_migrated_says_so(database_url: str, tmp_path: Path) -> None:
    store = Store(database_url, KeyRing.create(tmp_path / "ring.json", NOW))
    with pytest.raises(StoreNotReady, match="bot migrate"):
        store.check(NOW)


def test_every_binary_column_is_a_sealed_field() -> None:
    for mapper in Base.registry.mappers:
        binary = {
            column.name for column in mapper.local_table.columns if isinstance(column.type, LargeBinary)
        }
        assert binary == set(sealed_columns(mapper.class_))


def test_a_copy_of_the_database_shows_no_personal_data(sqlite_store: Store, tmp_path: Path) -> None:
    from bot.store.answers import NewAnswer, append_answers
    from bot.store.concerns import add_child
    from bot.store.drafts import save_draft
    from bot.store.messages import add_message

    school = add_school(sqlite_store)
    with sqlite_store.write() as session:
        concern = add_case(session, school.teacher)
        add_child(session, concern.id, "c1", details={"name": "Zebedee Quill", "born": "2016-02-29"})
        add_message(session, concern.id, "Zebedee came in with a burn", author="staff", at=NOW)
        save_draft(session, concern.id, {"children": [{"address": "12 Larkspur Close"}]}, at=NOW)
        said = NewAnswer("reason", reason="Zebedee said otherwise", words="Zebedee")
        append_answers(session, concern.id, [said], at=NOW)
        add_sent(session, school.teacher, child="Zebedee Quill")
    sqlite_store.close()
    kept = b"".join(file.read_bytes() for file in tmp_path.glob("school.db*"))
    for secret in ("Zebedee", "Quill", "2016-02-29", "Larkspur", "burn", "hit me", "Tess", "tessteacher@"):
        assert secret.encode() not in kept
    assert sqlite3.connect(tmp_path / "school.db").execute("SELECT count(*) FROM referrals").fetchone() == (
        1,
    )


def test_the_outbox_holds_ids_and_times_only(sqlite_store: Store) -> None:
    columns = {column.name for column in Base.metadata.tables["outbox"].columns}
    assert not sealed_columns(Base.registry._class_registry["Outbox"])  # type: ignore[arg-type]
    assert columns == {
        "id", "kind", "referral_id", "addition_id", "number", "created_at", "due_at",
        "lease_until", "leased_by", "attempts", "sent_at", "dead_at",
    }  # fmt: skip


def test_a_busy_writer_does_not_keep_the_others_out(sqlite_store: Store) -> None:
    """Three writers never pause; a fourth, which stands for the worker, gets its turns all the same."""
    school = add_school(sqlite_store)
    done = threading.Event()

    def write_without_pause() -> None:
        while not done.is_set():
            with sqlite_store.write() as session:
                add_case(session, school.teacher)

    busy = [threading.Thread(target=write_without_pause) for _ in range(3)]
    for writer in busy:
        writer.start()
    for _ in range(10):
        with sqlite_store.write() as session:
            add_case(session, school.dsl)
    done.set()
    for writer in busy:
        writer.join()
    with sqlite_store.read() as session:
        assert (
            len(
                [seen for seen in concerns_visible_to(session, school.dsl) if seen.author_id == school.dsl.id]
            )
            == 10
        )
