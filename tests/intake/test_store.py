"""The intake's database: migrations on both kinds, the queue's plan, the audit chain."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import text, update

from bot.intake.schema import check, migrate
from bot.intake.settings import IntakeSettings
from bot.intake.starting import make_ready
from bot.intake.tables import AuditEntry, Person
from bot.intake.work import queue, trail
from bot.safekeeping import KeyRingError
from tests.intake.mash import Mash, plain


def test_migrations_and_tables_are_the_same(database_url: str) -> None:
    migrate(database_url)
    migrate(database_url)
    check(database_url)


def test_the_queue_is_read_from_its_index(both: Mash) -> None:
    """With many referrals stored, most of them dealt with, the queue must not read them all."""
    school = both.sender()
    school.send()
    engine = both.services.database.engine
    with engine.begin() as connection:
        columns = (
            "organisation_id, source, digest, version, received_at, clock_from, due_at, urgency, "
            "document_sealed"
        )
        numbers = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 3000)"
        unguessed = "'x' || i, 'M-' || i, 'R-old-' || i"
        connection.execute(
            text(
                f"INSERT INTO referrals (id, mash_reference, reference, left_at, {columns}) {numbers} "
                f"SELECT {unguessed}, received_at, {columns} FROM referrals, n"
            )
        )
    with engine.connect() as connection:
        connection.execute(text("ANALYZE"))
        connection.commit()
        explain = "EXPLAIN " if engine.dialect.name == "postgresql" else "EXPLAIN QUERY PLAN "
        for name in ("screening", "rating", "mash", "early_help"):
            wanted = queue.lane(Person(role="manager"), name).limit(queue.PAGE)
            said = str(wanted.compile(dialect=engine.dialect, compile_kwargs={"literal_binds": True}))
            plan = "\n".join(str(row) for row in connection.execute(text(explain + said)))
            assert "ix_referrals_queue" in plan, plan
            assert "TEMP B-TREE" not in plan


def test_the_trail_shows_who_saw_what_and_when_it_was_changed(both: Mash) -> None:
    referral_id = both.screened(both.sender().send())
    both.sign_in("lead").page(f"/referrals/{referral_id}")
    manager = both.sign_in("manager")
    words = manager.page(f"/audit?check=yes&subject=referral:{referral_id}")
    assert "The chain holds" in words and "viewed" in words and "Grace Okafor" in words
    with both.services.database.write() as session:
        session.execute(update(AuditEntry).where(AuditEntry.number == 2).values(action="nothing"))
    with both.services.database.read() as session:
        broken = trail.broken(session)
        assert broken is not None and broken.number == 2
    assert "broken at entry 2" in manager.page("/audit?check=yes")


def test_the_trail_holds_ids_and_never_a_name(mash: Mash) -> None:
    mash.rated(mash.sender().send(), "red")
    with mash.services.database.read() as session:
        entries = [
            (one.actor, one.action, one.subject, str(one.details)) for one in session.query(AuditEntry)
        ]
    assert entries
    assert not any("Robin" in field or "Grace" in field for entry in entries for field in entry)


def test_a_start_without_the_key_ring_of_its_data_is_refused(tmp_path: Path) -> None:
    settings = IntakeSettings(demo=True, state_dir=tmp_path)
    make_ready(settings).database.close()
    settings.key_ring.unlink()
    with pytest.raises(KeyRingError):
        make_ready(settings)


def test_a_second_start_changes_nothing_and_keeps_the_people(tmp_path: Path) -> None:
    settings = IntakeSettings(demo=True, state_dir=tmp_path)
    make_ready(settings).database.close()
    services = make_ready(settings)
    with services.database.read() as session:
        assert session.query(Person).count() == 8
    services.database.close()


def test_a_queue_of_two_hundred_is_one_page(mash: Mash) -> None:
    school = mash.sender()
    for number in range(205):
        school.send(suggested={"band": ("red", "amber", "green")[number % 3]})
    page = mash.sign_in("screening").open("/queue").text
    assert page.count('scope="row"') == 200
    assert "These are the 200 most urgent" in page
    first, last = plain(page).index("Suggested Red"), plain(page).index("Suggested Green")
    assert first < last
