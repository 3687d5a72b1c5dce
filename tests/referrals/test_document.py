"""What is sent: always complete enough to be received, with its gaps named and nothing lost."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from bot.contract import Referral
from bot.referrals import Suggested, merge
from bot.thresholds import Band
from tests.referrals.drafts import SENT_AT, UNHURRIED, patches, sent, suggested


@UNHURRIED
@given(patches, st.sampled_from([None, *Band]))
def test_whatever_is_missing_it_can_be_received(patch: dict[str, Any], band: Band | None) -> None:
    Referral.model_validate(sent(merge({}, patch), band))


def test_an_empty_red_goes_with_its_gaps_named() -> None:
    body = sent({})
    assert body["suggested"]["band"] == "red"
    assert {"children.0.where_now", "children.0.address", "concern.what_happened", "urgent_call.made"} <= set(
        body["gaps"]
    )


def test_a_school_is_source_2a_and_proposes_census_codes() -> None:
    body = sent({})
    assert body["source"] == "2A"
    assert body["categories"] == [
        {"code": "physical_harm", "label": "Physical harm", "need": "N1", "factors": ["18C"]}
    ]


def test_not_known_is_told_apart_from_not_said() -> None:
    draft = merge(
        {},
        {
            "children": [
                {"date_of_birth": "not_known", "ehcp": "not_known", "disabilities": ["LD", "not_known"]}
            ],
            "concern": {"place": "not_known"},
            "parents": {"informed": "not_known"},
        },
    )
    body = sent(draft)
    child = body["children"][0]
    assert child["ehcp"] == "not_known"
    assert child["disabilities"] == ["LD"]
    assert "date_of_birth" not in child
    assert "place" not in body.get("concern", {})
    assert {
        "children.0.date_of_birth",
        "children.0.ehcp",
        "children.0.disabilities",
        "concern.place",
        "parents.informed",
    } <= set(body["gaps"])


def test_items_are_numbered_in_the_gaps_as_mash_reads_them() -> None:
    draft = merge({}, {"children": {"c1": {"first_name": "Tia"}, "c7": {"first_name": "Max", "upn": "x"}}})
    assert "children.1.address" in sent(draft)["gaps"]


def test_what_is_known_of_services_says_now_or_before() -> None:
    draft = merge(
        {},
        {
            "children": [
                {"legal_status": ["child_in_need"], "legal_status_before": ["early_help", "not_known"]}
            ]
        },
    )
    body = sent(draft)
    assert body["children"][0]["legal_status"] == [
        {"kind": "child_in_need", "when": "current"},
        {"kind": "early_help", "when": "previous"},
    ]
    assert "children.0.legal_status_before" in body["gaps"]


def test_no_risk_known_is_said_as_such() -> None:
    assert sent(merge({}, {"safety": {"none_known": "yes"}}))["safety"]["none_known"] is True


def test_a_quotation_without_words_is_never_made_up() -> None:
    draft = merge({}, {"concern": {"child_words": [{"question": "Are you all right?"}]}})
    assert sent(draft)["concern"]["child_words"][0]["words"] == "Not known"


def test_the_last_call_goes_along() -> None:
    call = [
        {"at": SENT_AT, "answered_by": "Kim", "reference": "M1", "outcome": "Send it at once"},
        {"at": SENT_AT, "answered_by": "Lee", "reference": "M2", "outcome": None},
    ]
    made = sent({}, call=call)["urgent_call"]
    assert (made["made"], made["to"], made["spoke_to"], made["call_reference"]) == (
        "yes",
        "MASH",
        "Lee",
        "M2",
    )


def test_peak_reason_for_lowering_and_another_opinion_go_along() -> None:
    held = suggested(Band.AMBER)
    body = sent({}, suggested=Suggested(**{**vars(held), "peak": Band.RED, "lowered_for": "The account fits.",
                                           "disagreement": ("red", "I have seen it before.")}))  # fmt: skip
    assert body["suggested"]["peak"] == "red"
    assert body["suggested"]["lowered_because"] == "The account fits."
    assert body["suggested"]["disagreement"] == {"band": "red", "reason": "I have seen it before."}


def test_a_consultation_is_suggested_as_such() -> None:
    held = Suggested(**{**vars(suggested(None)), "route": "consult"})
    assert sent({}, suggested=held)["suggested"]["band"] == "consult"


def test_words_arrive_as_they_were_written() -> None:
    words = "She said “leave me alone”,\nthen “I hate him”."
    body = sent(merge({}, {"concern": {"what_happened": words}}))
    assert body["concern"]["what_happened"] == words


def test_what_does_not_fit_is_named_and_never_holds_a_red_up() -> None:
    draft: dict[str, Any] = {
        "concern": {
            "what_happened": "x" * 60_000,
            "child_words": [{"id": f"told-1-{number}", "words": "no"} for number in range(120)],
            "occurred_on": "the other day",
        }
    }
    body = sent(draft, call=[{"at": "noon", "answered_by": "x" * 2_000}])
    assert body["concern"]["what_happened"].endswith("(shortened; the whole is in the school’s record)")
    assert len(body["concern"]["child_words"]) == 100
    assert "occurred_on" not in body["concern"]
    assert body["urgent_call"]["made"] == "yes"
    assert sum("did not fit" in gap for gap in body["gaps"]) == 5
