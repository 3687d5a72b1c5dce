"""A subject access bundle holds all of a child's concern, finds it by name, and leaves a trace."""

from bot.store import Store
from bot.store.audit import audit_of
from bot.store.bundles import bundle, concerns_about
from bot.store.concerns import add_child
from bot.store.messages import add_message
from tests.databases import NOW
from tests.store.schools import add_case, add_school


def test_a_child_is_found_by_name_in_its_own_school_only(store: Store) -> None:
    school, other = add_school(store), add_school(store, "Oak Lane")
    with store.write() as session:
        about = add_case(session, school.teacher)
        add_child(session, about.id, "c1", details={"first_name": "Zoë", "last_name": "Quill"})
        said = add_case(session, school.teacher)
        add_message(session, said.id, "ZOË came in crying; Mrs Quill was called.", author="staff", at=NOW)
        add_case(session, school.teacher)
        elsewhere = add_case(session, other.teacher)
        add_child(session, elsewhere.id, "c1", details={"first_name": "Zoë", "last_name": "Quill"})
    with store.read() as session:
        assert set(concerns_about(session, school.organisation.id, "zoë quill")) == {about.id, said.id}
        assert concerns_about(session, school.organisation.id, "  ") == []


def test_a_bundle_is_whole_and_leaves_a_trace(store: Store) -> None:
    school = add_school(store)
    with store.write() as session:
        concern = add_case(session, school.teacher)
        add_child(session, concern.id, "c1", details={"first_name": "Zoë"})
        add_message(session, concern.id, "Zoë flinched.", author="staff", at=NOW)
        made = bundle(session, concern.id, by=school.dsl.id, at=NOW)
    assert made["children"] == [{"label": "c1", "role": "subject", "details": {"first_name": "Zoë"}}]
    assert [message["text"] for message in made["messages"]] == ["Zoë flinched."]
    with store.read() as session:
        assert [entry.action for entry in audit_of(session, school.organisation.id)] == ["bundle_made"]
