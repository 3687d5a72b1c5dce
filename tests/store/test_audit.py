"""The audit trail in the database: appended under load without a gap, and broken links are named."""

import threading

import pytest
from sqlalchemy import text

from bot.store import Store
from bot.store.audit import audit_of, record, verify
from tests.databases import NOW
from tests.store.schools import School, add_school


def note(store: Store, school: School, count: int) -> None:
    for number in range(count):
        with store.write() as session:
            record(
                session,
                organisation_id=school.organisation.id,
                actor=school.dsl.id,
                action="read",
                subject=f"concern:{number}",
                at=NOW,
                details={"number": number},
            )


def test_entries_written_at_once_form_one_chain(store: Store) -> None:
    school, other = add_school(store), add_school(store, "Oak Lane")
    threads = [
        threading.Thread(target=note, args=(store, which, 6)) for which in (school, school, school, other)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with store.read() as session:
        assert [entry.number for entry in audit_of(session, school.organisation.id)] == list(range(1, 19))
        assert len(audit_of(session, other.organisation.id, subject="concern:3")) == 1
        assert verify(session) == []


@pytest.mark.parametrize(
    ("harm", "number"),
    [
        ("UPDATE audit SET actor = 'nobody' WHERE number = 3", 3),
        ("DELETE FROM audit WHERE number = 2", 2),
        ("DELETE FROM audit WHERE number = 5", 5),
        ("UPDATE audit_heads SET number = 4", 6),
    ],
)
def test_the_first_broken_link_is_named(store: Store, harm: str, number: int) -> None:
    school = add_school(store)
    note(store, school, 5)
    with store.write() as session:
        session.execute(text(harm))
    with store.read() as session:
        [broken] = verify(session)
    assert (broken.chain, broken.number) == (school.organisation.id, number)
