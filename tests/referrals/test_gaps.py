"""What is missing for a band, and when consent stands in the way: never for a Red."""

from typing import Any

import pytest
from hypothesis import given

from bot.referrals import SECTIONS, consent_blocks, merge, missing
from bot.thresholds import Band
from tests.referrals.drafts import UNHURRIED, patches


def _musts(draft: dict[str, Any], band: Band) -> set[str]:
    return {one.path for one in missing(draft, band) if one.need == "M"}


def test_a_red_asks_first_where_the_child_is() -> None:
    paths = [one.path for one in missing({}, Band.RED)]
    assert paths[:3] == ["urgent_call.made", "children.c1.where_now", "children.c1.collected_by"]


def test_what_must_be_there_comes_before_what_should() -> None:
    needs = [one.need for one in missing({}, Band.AMBER)]
    assert needs == sorted(needs, key=lambda need: need != "M")


@pytest.mark.parametrize(
    ("path", "red", "amber", "green"),
    [
        ("urgent_call.made", True, False, False),
        ("children.c1.where_now", True, False, False),
        ("children.c1.date_of_birth", False, True, True),
        ("children.c1.address", True, True, True),
        ("concern.impact", False, True, True),
        ("consent.support", False, False, True),
        ("parents.informed", True, True, True),
        ("household", False, False, True),
        ("safety.none_known", True, True, False),
    ],
)
def test_each_band_has_its_own_needs(path: str, red: bool, amber: bool, green: bool) -> None:
    assert [path in _musts({}, band) for band in (Band.RED, Band.AMBER, Band.GREEN)] == [red, amber, green]


def test_a_description_stands_for_a_name_and_an_age_for_a_birthday() -> None:
    draft = merge({}, {"children": [{"description": "Boy of about six in a red coat", "age_estimate": "6"}]})
    assert not {"children.c1.first_name", "children.c1.date_of_birth"} & _musts(draft, Band.AMBER)


def test_not_known_is_an_answer() -> None:
    draft = merge({}, {"concern": {"place": "not_known"}})
    assert "concern.place" not in _musts(draft, Band.RED)


def test_who_and_where_the_child_is_stays_a_gap_until_it_is_said() -> None:
    draft = merge({}, {"children": [{"first_name": "not_known", "address": "not_known"}]})
    assert {"children.c1.first_name", "children.c1.address"} <= _musts(draft, Band.RED)


@pytest.mark.parametrize("informed", ["no", "not_safe", "advice_awaited", "not_known"])
def test_parents_who_were_not_told_need_a_reason(informed: str) -> None:
    draft = merge({}, {"parents": {"informed": informed}})
    assert "parents.reason_not_informed" in _musts(draft, Band.RED)


def test_parents_who_were_told_need_no_reason() -> None:
    draft = merge({}, {"parents": {"informed": "yes"}})
    assert "parents.reason_not_informed" not in _musts(draft, Band.RED)


def test_another_reason_is_put_into_words() -> None:
    draft = merge({}, {"parents": {"informed": "no", "reason_not_informed": "other"}})
    assert "parents.reason_words" in _musts(draft, Band.GREEN)


def test_an_injury_once_named_is_described() -> None:
    assert not any(path.startswith("injuries") for path in _musts({}, Band.RED))
    draft = merge({}, {"injuries": [{"id": "i1", "type": "bruise"}]})
    assert {"injuries.i1.where", "injuries.i1.seen_by", "injuries.i1.explanation"} <= _musts(draft, Band.RED)


def test_a_pattern_that_is_claimed_needs_its_events() -> None:
    claimed = merge({}, {"concern": {"pattern": "Three times since May"}})
    assert "chronology" in _musts(claimed, Band.AMBER)
    assert "chronology" not in _musts(merge({}, {"concern": {"pattern": "No"}}), Band.AMBER)


def test_every_gap_names_a_section_of_the_form() -> None:
    titles = {section.title for section in SECTIONS}
    assert {one.section for one in missing({}, Band.RED)} <= titles


@UNHURRIED
@given(patches)
def test_a_red_is_never_blocked(patch: dict[str, Any]) -> None:
    draft = merge({}, patch)
    assert consent_blocks(draft, Band.RED) is None
    assert consent_blocks(draft, Band.AMBER) is None
    assert consent_blocks(draft, None) is None


@pytest.mark.parametrize("answer", ["refused", "not_sought", "not_needed", "not_known", ""])
def test_a_green_goes_only_with_consent(answer: str) -> None:
    assert consent_blocks(merge({}, {"consent": {"support": answer}}), Band.GREEN)


def test_a_green_with_consent_goes() -> None:
    assert consent_blocks(merge({}, {"consent": {"support": "given"}}), Band.GREEN) is None
