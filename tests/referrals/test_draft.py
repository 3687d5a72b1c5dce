"""A draft is changed field by field; nobody's change is lost, and nothing wrong is kept."""

from typing import Any

import pytest
from hypothesis import given

from bot.referrals import FieldError, changes, merge, next_mark, value_at
from tests.referrals.drafts import UNHURRIED, patches


def test_a_patch_changes_only_its_own_fields() -> None:
    draft = merge({}, {"concern": {"place": "Playground", "why_now": "She is collected at three."}})
    assert merge(draft, {"concern": {"place": "Hall"}}) == {
        "concern": {"place": "Hall", "why_now": "She is collected at three."}
    }


def test_null_removes_a_field() -> None:
    draft = merge({}, {"concern": {"place": "Playground", "impact": "Tired"}})
    assert merge(draft, {"concern": {"place": None}}) == {"concern": {"impact": "Tired"}}


def test_words_are_kept_as_they_were_written() -> None:
    words = "  She said:\n\n'I dont wanna go home'  "
    assert merge({}, {"concern": {"what_happened": words}})["concern"]["what_happened"] == words


def test_two_people_who_add_to_different_items_lose_nothing() -> None:
    start = merge({}, {"household": [{"id": "h1", "name": "Ann"}, {"id": "h2", "name": "Bo"}]})
    one = merge(start, {"household": [{"id": "h1", "phone": "01632 960001"}]})
    both = merge(one, {"household": [{"id": "h2", "relation": "Uncle"}]})
    assert both["household"] == [
        {"id": "h1", "name": "Ann", "phone": "01632 960001"},
        {"id": "h2", "name": "Bo", "relation": "Uncle"},
    ]


def test_a_child_without_a_mark_is_the_child_at_its_place() -> None:
    draft = merge(
        {"children": [{"id": "c1", "age_estimate": "2 to 4"}]}, {"children": [{"first_name": "Tia"}]}
    )
    assert draft["children"] == [{"id": "c1", "age_estimate": "2 to 4", "first_name": "Tia"}]


def test_a_row_without_a_mark_is_added_once() -> None:
    row = {"chronology": [{"date": "2026-10-01", "event": "Bruise on the arm"}]}
    draft = merge(merge({}, row), row)
    assert [one["event"] for one in draft["chronology"]] == ["Bruise on the arm"]
    assert len(merge(draft, {"chronology": [{"date": "2026-10-02", "event": "Cut lip"}]})["chronology"]) == 2


def test_an_item_is_removed_by_its_mark() -> None:
    draft = merge({}, {"household": [{"id": "h1", "name": "Ann"}, {"id": "h2", "name": "Bo"}]})
    assert merge(draft, {"household": {"h1": None}})["household"] == [{"id": "h2", "name": "Bo"}]


def test_a_new_item_gets_a_mark_of_its_own() -> None:
    assert next_mark(["c1", "c2"], "children") == "c3"
    assert next_mark([], "concern.child_words") == "childwords-1"


@pytest.mark.parametrize(
    ("patch", "path"),
    [
        ({"secret": "x"}, "secret"),
        ({"concern": {"colour": "x"}}, "concern.colour"),
        ({"concern": "x"}, "concern"),
        ({"children": "x"}, "children"),
        ({"children": ["x"]}, "children"),
        ({"children": [{"shoe": 3}]}, "children.c1.shoe"),
        ({"children": [{"id": "../../etc"}]}, "children"),
        ({"concern": {"place": 7}}, "concern.place"),
        ({"concern": {"occurred_on": "31.02.2026"}}, "concern.occurred_on"),
        ({"concern": {"safety_scale": "eleven"}}, "concern.safety_scale"),
        ({"concern": {"safety_scale": "11"}}, "concern.safety_scale"),
        ({"parents": {"informed": "maybe"}}, "parents.informed"),
        ({"parents": {"reason_not_informed": "not_known"}}, "parents.reason_not_informed"),
        ({"children": [{"disabilities": ["BAD"]}]}, "children.c1.disabilities"),
        ({"children": [{"first_name": "x" * 1001}]}, "children.c1.first_name"),
        ({"children": [{"first_name": "not_known", "last_name": {"x": 1}}]}, "children.c1.last_name"),
        ({"urgent_call": {"at": "noon"}}, "urgent_call.at"),
        ({"chronology": [{"event": str(number)} for number in range(501)]}, "chronology"),
    ],
)
def test_what_the_form_cannot_hold_is_refused_with_its_place(patch: dict[str, Any], path: str) -> None:
    with pytest.raises(FieldError) as refused:
        merge({}, patch)
    assert refused.value.path == path
    assert refused.value.mend


def test_a_refusal_never_repeats_what_was_typed() -> None:
    with pytest.raises(FieldError) as refused:
        merge({}, {"parents": {"informed": "Wilhelmina"}})
    assert "Wilhelmina" not in str(refused.value)


def test_a_time_without_a_zone_is_london_time() -> None:
    draft = merge({}, {"urgent_call": {"at": "2026-07-01T14:10"}})
    assert draft["urgent_call"]["at"] == "2026-07-01T14:10:00+01:00"


def test_only_what_changed_stands_over_what_the_conversation_filled_in() -> None:
    shown = {"concern": {"place": "Hall"}, "children": [{"id": "c1", "where_now": "In school"}]}
    typed = {
        "concern": {"place": "Hall", "impact": ""},
        "children": {"c1": {"where_now": "At home", "address": ""}},
    }
    assert changes(shown, typed) == {"children": {"c1": {"where_now": "At home"}}}


@UNHURRIED
@given(patches, patches)
def test_merging_twice_is_merging_once(first: dict[str, Any], second: dict[str, Any]) -> None:
    draft = merge(merge({}, first), second)
    assert merge(draft, second) == draft


@UNHURRIED
@given(patches)
def test_a_draft_merged_over_itself_stays_the_same(patch: dict[str, Any]) -> None:
    draft = merge({}, patch)
    assert merge(draft, draft) == draft


def test_a_path_finds_its_value() -> None:
    draft = {"children": [{"id": "c2", "gp": {"name": "Dr Ash"}}]}
    assert value_at(draft, "children.c2.gp.name") == "Dr Ash"
    assert value_at(draft, "children.c1.gp.name") is None
    assert value_at(draft, "concern.place.deeper") is None
