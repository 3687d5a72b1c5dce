"""Referrals that staff send themselves: sealed, never in the outbox, kept until somebody has sent them."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import text

from bot.store import Referral, Session, Store, migrate
from bot.store.bundles import bundle
from bot.store.by_hand import add_handed_over, add_referral_by_hand, handed_over_of
from bot.store.database import open_engine
from bot.store.keeping import confirm_copy, purge_due
from bot.store.outbox import undelivered
from bot.store.referrals import get_referral, new_reference
from bot.store.schema import is_current
from bot.thresholds import Band
from tests.databases import NOW
from tests.store.schools import School, add_case, add_school

DAY = timedelta(days=1)


def written(session: Session, school: School) -> Referral:
    """A Red for another council that was written and not sent."""
    reference = new_reference()
    return add_referral_by_hand(
        session,
        add_case(session, school.teacher),
        {"reference": reference},
        reference=reference,
        authority={"name": "Larkspur County Council", "pack": ["england", "2026.1", "d"]},
        sent_by=school.teacher.id,
        band=Band.RED,
        at=NOW,
    )


def test_it_is_in_no_outbox_and_its_council_and_addressee_are_sealed(store: Store) -> None:
    school = add_school(store)
    with store.write() as session:
        sent = written(session, school)
        add_handed_over(
            session, sent, by=school.dsl.id, at=NOW, noted_at=NOW, details={"how": "portal", "to": "Zebedee"}
        )
        sent_id = sent.id
    with store.read() as session:
        assert undelivered(session) == []
        assert get_referral(session, sent_id).authority["name"] == "Larkspur County Council"
        assert handed_over_of(session, sent_id)[0].details["to"] == "Zebedee"
        rows = [
            *session.execute(text("SELECT authority_sealed FROM referrals")).scalars(),
            *session.execute(text("SELECT details_sealed FROM handed_over")).scalars(),
        ]
    assert all(b"Larkspur" not in bytes(row) and b"Zebedee" not in bytes(row) for row in rows)


def test_it_is_not_purged_before_somebody_has_sent_it(store: Store) -> None:
    school = add_school(store)
    with store.write() as session:
        sent = written(session, school)
        sent_id, concern_id = sent.id, sent.concern_id
        confirm_copy(session, concern_id, by=school.dsl.id, at=NOW + DAY)
    much_later = NOW + 400 * DAY
    assert purge_due(store, much_later, DAY, by="x", dry_run=False) == []
    with store.write() as session:
        add_handed_over(
            session,
            get_referral(session, sent_id),
            by=school.dsl.id,
            at=NOW,
            noted_at=NOW,
            details={"how": "portal", "to": "Team"},
        )
        said = bundle(session, concern_id, by=school.dsl.id, at=NOW)["referrals"][0]
        assert (said["authority"]["name"], said["sent_by_hand"][0]["details"]["to"]) == (
            "Larkspur County Council",
            "Team",
        )
    assert purge_due(store, much_later, DAY, by="x", dry_run=False) == [concern_id]
    with store.read() as session:
        assert handed_over_of(session, sent_id) == []


def test_the_previous_release_writes_its_rows_beside_this_ones_tables(database_url: str) -> None:
    migrate(database_url, "0002_officers")
    assert not is_current(database_url)
    migrate(database_url)
    engine = open_engine(database_url)
    with engine.connect() as connection:
        added = {"referrals": ("by_hand", "authority_sealed"), "calls": ("referral_id",)}
        for table, columns in added.items():
            found = connection.dialect.get_columns(connection, table)
            assert all(one["nullable"] for one in found if one["name"] in columns)
            assert set(columns) <= {one["name"] for one in found}
    engine.dispose()
    assert is_current(database_url)
