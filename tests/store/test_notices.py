"""Notices come once for each matter, and an unsent concern always reaches somebody."""

from collections.abc import Iterable

import pytest

from bot.store import Store
from bot.store.concerns import close_to, show_to
from bot.store.notices import (
    UNSENT,
    add_notice,
    mark_seen,
    mark_told,
    notices_for,
    safeguarding_leads_for,
    unseen_count,
    untold_notices,
)
from tests.databases import NOW
from tests.store.schools import School, add_case, add_school


def test_a_matter_comes_once(store: Store) -> None:
    school = add_school(store)
    with store.write() as session:
        assert add_notice(
            session, person_id=school.dsl.id, kind=UNSENT, subject="c:red", at=NOW, detail="Year 3"
        )
        assert add_notice(session, person_id=school.dsl.id, kind=UNSENT, subject="c:red", at=NOW) is None
        assert add_notice(session, person_id=school.head.id, kind=UNSENT, subject="c:red", at=NOW)
    with store.write() as session:
        untold = {person.id: notice for notice, person in untold_notices(session)}
        assert set(untold) == {school.dsl.id, school.head.id}
        notice = untold[school.dsl.id]
        assert notice.detail == "Year 3"
        mark_told(session, notice.id, NOW)
        assert [other.id for _, other in untold_notices(session)] == [school.head.id]
        assert unseen_count(session, school.dsl.id) == 1
        mark_seen(session, school.dsl.id, NOW)
        assert unseen_count(session, school.dsl.id) == 0
        assert [seen.kind for seen in notices_for(session, school.dsl.id)] == [UNSENT]


@pytest.mark.parametrize(
    ("author", "closed", "shown", "told"),
    [
        ("teacher", [], [], ["dsl"]),
        ("dsl", [], [], ["dsl", "head"]),
        ("teacher", ["dsl"], [], ["head"]),
        ("teacher", ["dsl", "head"], [], ["chair"]),
        ("teacher", ["head"], ["chair"], ["dsl", "chair"]),
    ],
)
def test_who_hears_of_an_unsent_concern(
    store: Store, author: str, closed: Iterable[str], shown: Iterable[str], told: list[str]
) -> None:
    school = add_school(store)
    with store.write() as session:
        concern = add_case(session, getattr(school, author))
        for who in closed:
            close_to(session, concern.id, getattr(school, who).id, NOW)
        for who in shown:
            show_to(session, concern.id, getattr(school, who).id, NOW)
    with store.read() as session:
        heard = {person.id for person in safeguarding_leads_for(session, concern)}
    assert heard == ids(school, told)


def ids(school: School, who: Iterable[str]) -> set[str]:
    return {getattr(school, name).id for name in who}
