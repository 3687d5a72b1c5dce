"""Who sees which concern, what counts as changed meanwhile, and which concerns were left unsent."""

from datetime import timedelta

import pytest

from bot.store import Concern, NotThere, Person, Stale, Store
from bot.store.concerns import (
    add_child,
    advise,
    children_of,
    close_to,
    concern_seen_by,
    concerns_visible_to,
    get_concern,
    show_to,
    touch,
    unsent_concerns,
)
from bot.store.decisions import add_decision, decisions_of
from bot.store.drafts import draft_of, save_draft
from bot.store.people import person_by_email
from bot.thresholds import Band
from tests.databases import NOW
from tests.store.schools import add_case, add_school, add_sent

LEFT = NOW - timedelta(minutes=5)


def seen_by(store: Store, person: Person) -> set[str]:
    with store.read() as session:
        return {concern.id for concern in concerns_visible_to(session, person)}


def test_staff_see_their_own_and_leads_the_schools(store: Store) -> None:
    school, other = add_school(store), add_school(store, "Oak Lane")
    with store.write() as session:
        concern = add_case(session, school.teacher)
    for person in (school.teacher, school.dsl, school.head):
        assert seen_by(store, person) == {concern.id}
    for person in (school.colleague, school.chair, school.officer, other.dsl, other.head):
        assert seen_by(store, person) == set()
        with store.read() as session, pytest.raises(NotThere):
            concern_seen_by(session, person, concern.id)


def test_a_concern_about_the_head_is_closed_to_the_head_and_shown_to_the_chair(store: Store) -> None:
    school = add_school(store)
    with store.write() as session:
        concern = add_case(session, school.teacher)
        show_to(session, concern.id, school.head.id, NOW)
        close_to(session, concern.id, school.head.id, NOW)
        show_to(session, concern.id, school.head.id, NOW)  # closing outlasts showing
        show_to(session, concern.id, school.chair.id, NOW)
    assert seen_by(store, school.head) == set()
    assert seen_by(store, school.chair) == {concern.id}
    assert seen_by(store, school.dsl) == {concern.id}


def test_a_stale_version_is_refused_and_names_the_current_one(store: Store) -> None:
    school = add_school(store)
    with store.write() as session:
        concern = add_case(session, school.teacher)
        assert touch(session, concern, NOW, expected_version=1) == 2
    with store.write() as session, pytest.raises(Stale) as stale:
        touch(session, get_concern(session, concern.id, lock=True), NOW, expected_version=1)
    assert stale.value.version == 2


def test_the_peak_never_falls(store: Store) -> None:
    school = add_school(store)
    with store.write() as session:
        concern = add_case(session, school.teacher)
        for band in (Band.GREEN, Band.RED, Band.NONE, None):
            advise(session, concern, band, NOW)
    with store.read() as session:
        kept = get_concern(session, concern.id)
        assert (kept.advised_band, kept.peak_band) == (None, "red")


def test_two_editors_of_one_draft_lose_nothing(store: Store) -> None:
    school = add_school(store)
    with store.write() as session:
        concern = add_case(session, school.teacher)
        first = save_draft(session, concern.id, {"a": "1"}, at=NOW, by=school.teacher.id, expected_version=0)
        assert first.version == 1
    with store.write() as session:
        save_draft(session, concern.id, {"a": "2"}, at=NOW, by=school.dsl.id, expected_version=1)
    with store.write() as session, pytest.raises(Stale) as stale:
        save_draft(session, concern.id, {"a": "3"}, at=NOW, by=school.teacher.id, expected_version=1)
    assert stale.value.version == 2
    with store.read() as session:
        draft = draft_of(session, concern.id)
        assert draft is not None
        assert (draft.fields, draft.version, draft.changed_by) == ({"a": "2"}, 2, school.dsl.id)


def test_children_come_in_the_order_of_their_labels(store: Store) -> None:
    school = add_school(store)
    with store.write() as session:
        concern = add_case(session, school.teacher)
        for label in ("c10", "c2", "c1"):
            add_child(session, concern.id, label, details={"called": label})
    with store.read() as session:
        children = children_of(session, concern.id)
    assert [(child.label, child.details) for child in children] == [
        ("c1", {"called": "c1"}), ("c2", {"called": "c2"}), ("c10", {"called": "c10"}),
    ]  # fmt: skip


def unsent(store: Store) -> list[Concern]:
    with store.read() as session:
        return unsent_concerns(session, left_since=LEFT)


@pytest.mark.parametrize(
    ("band", "counts"), [(Band.RED, True), (Band.AMBER, True), (Band.GREEN, False), (Band.NONE, False)]
)
def test_only_a_red_or_amber_left_alone_counts_as_unsent(store: Store, band: Band, counts: bool) -> None:
    school = add_school(store)
    with store.write() as session:
        left = add_case(session, school.teacher, LEFT)
        busy = add_case(session, school.teacher, NOW)
        for concern in (left, busy):
            advise(session, concern, band, LEFT)
    assert [concern.id for concern in unsent(store)] == ([left.id] if counts else [])


def test_a_sent_or_decided_concern_is_not_unsent_until_the_advice_rises_again(store: Store) -> None:
    school = add_school(store)
    with store.write() as session:
        add_sent(session, school.teacher, at=LEFT)
        decided = add_case(session, school.teacher, LEFT)
        advise(session, decided, Band.AMBER, LEFT)
        add_decision(
            session,
            decided,
            kind="decision",
            decision="none",
            by=school.dsl.id,
            at=LEFT,
            reason="spoken with MASH",
        )
    assert unsent(store) == []
    with store.write() as session:
        advise(session, get_concern(session, decided.id, lock=True), Band.RED, LEFT + timedelta(seconds=1))
        assert [decision.reason for decision in decisions_of(session, decided.id)] == ["spoken with MASH"]
    assert [concern.id for concern in unsent(store)] == [decided.id]


def test_people_are_found_by_their_address_whatever_its_case(store: Store) -> None:
    school = add_school(store)
    with store.read() as session:
        found = person_by_email(session, "TessTeacher@FirTreePrimary.example")
        assert found is not None
        assert (found.id, found.name) == (school.teacher.id, "Tess Teacher")
        assert person_by_email(session, "nobody@firtreeprimary.example") is None
