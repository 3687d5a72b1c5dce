"""The intake's database: migrations on both kinds, the queue's plan, the audit chain."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import select, text, update

from bot.intake.schema import check, migrate
from bot.intake.settings import IntakeSettings
from bot.intake.starting import make_ready
from bot.intake.tables import AuditEntry, Person, Referral
from bot.intake.work import queue, trail
from bot.safekeeping import KeyRingError
from tests.bench.stored import fill
from tests.intake.mash import Mash, plain


def test_migrations_and_tables_are_the_same(database_url: str) -> None:
    migrate(database_url)
    migrate(database_url)
    check(database_url)


@pytest.mark.slow
def test_each_lane_is_read_and_counted_from_its_own_index(both: Mash) -> None:
    """However many are stored, or wait elsewhere, a lane reads its own lines, in order, and sorts nothing."""
    fill(both.services.database, "demo-school", 6_000, both.clock(), dealt_with=False)
    engine = both.services.database.engine
    explain = "EXPLAIN " if engine.dialect.name == "postgresql" else "EXPLAIN QUERY PLAN "
    manager, hub, worker = Person(role="manager"), Person(role="hub", hub="central"), Person(role="worker")
    lanes = [
        (manager, "screening", "ix_referrals_to_screen"),
        (manager, "rating", "ix_referrals_to_rate"),
        (manager, "mash", "ix_referrals_rated"),
        (manager, "early_help", "ix_referrals_rated"),
        (hub, "early_help", "ix_referrals_of_hub"),
        (worker, "worker", "ix_referrals_of_worker"),
    ]
    with engine.connect() as connection:
        for person, name, index in lanes:
            wanted = queue.lane(person, name).limit(queue.PAGE)
            said = str(wanted.compile(dialect=engine.dialect, compile_kwargs={"literal_binds": True}))
            plan = "\n".join(str(row) for row in connection.execute(text(explain + said)))
            assert index in plan, (name, plan)
            assert "TEMP B-TREE" not in plan and "Sort" not in plan, (name, plan)


@pytest.mark.parametrize("dealt_with", [True, False])
def test_the_lanes_count_what_waits_in_them(mash: Mash, dealt_with: bool) -> None:
    fill(mash.services.database, "demo-school", 300, mash.clock(), dealt_with=dealt_with)
    manager = Person(role="manager")
    with mash.services.database.read() as session:
        stored = list(session.scalars(select(Referral)))
        counted = queue.counts(session, manager, mash.clock())
        for name, (total, overdue) in counted.items():
            shown = queue.waiting(session, manager, name)
            assert len(shown) == total
            assert sum(line.referral.due_at <= mash.clock() for line in shown) == overdue
    assert sum(total for total, _ in counted.values()) == sum(one.left_at is None for one in stored)


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
