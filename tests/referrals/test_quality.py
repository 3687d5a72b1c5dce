"""The 100-point checklist: specific, gentle advice; quotations are left alone."""

from typing import Any

from hypothesis import given

from bot.referrals import merge, quality
from tests.referrals.drafts import UNHURRIED, patches

WHOLE: dict[str, Any] = {
    "children": [
        {
            "first_name": "Tia",
            "last_name": "Example",
            "date_of_birth": "2022-03-02",
            "address": "1 Sample Street",
            "interpreter": "No",
        }
    ],
    "household": [{"name": "Ann Example", "parental_responsibility": "yes", "phone": "01632 960002"}],
    "referrer": {"phone": "01632 960001", "email": "s@school.example", "availability": "Until five"},
    "concern": {
        "why_now": "Tia is collected at three by the adult she named.",
        "asked_for": "I am asking for a strategy discussion before three.",
        "occurred_on": "2026-11-20",
        "known_by": "saw",
        "what_happened": "At 9:10 on 20 November 2026 I saw a bruise behind Tia's left ear, about 2 cm.",
        "child_words": [{"words": "Daddy threw me", "question": "What happened?"}],
        "impact": "Tia flinches when a door bangs and sleeps on the carpet.",
        "pattern": "No",
        "working_well": "Her grandmother collects her on Fridays.",
        "done_so_far": "We sat with her in the quiet room.",
    },
    "parents": {"informed": "not_safe", "reason_not_informed": "raises_risk"},
    "consent": {"support": "not_needed"},
    "safety": {"none_known": "yes", "safe_contact": "Grandmother, by telephone"},
}


def _draft(**concern: Any) -> dict[str, Any]:
    return merge({}, {"concern": concern})


def _says(draft: dict[str, Any], kind: str) -> list[str]:
    return [flag.says for flag in quality(draft).flags if flag.kind == kind]


def test_a_whole_referral_has_all_points() -> None:
    result = quality(merge({}, WHOLE))
    assert result.score == 100, [check for check in result.checks if check.got < check.points]
    assert result.flags == ()


def test_the_checks_make_a_hundred() -> None:
    assert sum(check.points for check in quality({}).checks) == 100
    assert quality({}).score == 0


@UNHURRIED
@given(patches)
def test_a_score_lies_between_nothing_and_a_hundred(patch: dict[str, Any]) -> None:
    result = quality(merge({}, patch))
    assert 0 <= result.score <= 100
    assert all(0 <= check.got <= check.points for check in result.checks)
    assert all(check.advice for check in result.checks if check.got < check.points)


def test_an_opinion_among_facts_is_asked_about() -> None:
    draft = _draft(what_happened="Dad was aggressive at the gate.")
    assert _says(draft, "opinion") == ["“aggressive” is an opinion: what did you see or hear?"]


def test_a_flag_points_at_its_word() -> None:
    text = "Dad was aggressive at the gate."
    (flag,) = quality(_draft(what_happened=text)).flags
    assert text[flag.start : flag.end] == "aggressive"


def test_an_opinion_has_a_place_of_its_own() -> None:
    assert _says(_draft(analysis="I think he is aggressive."), "opinion") == []


def test_quotations_are_never_touched() -> None:
    draft = _draft(
        what_happened="He said “Dad was aggressive yesterday, obviously”.",
        child_words=[{"words": "he is aggressive and inappropriate"}],
    )
    assert quality(draft).flags == ()


def test_vague_blaming_and_relative_words_are_asked_about() -> None:
    draft = _draft(what_happened="Yesterday his behaviour was inappropriate. Mum failed to collect him.")
    assert _says(draft, "vague") == ["“inappropriate” can mean many things: say what it was."]
    assert _says(draft, "blame") == ["“failed to” blames: say what was not done, and when."]
    assert _says(draft, "relative_time")[0].startswith("“Yesterday”: which date")


def test_jargon_is_written_out_and_ordinary_words_are_not_jargon() -> None:
    assert _says(_draft(impact="Known for DV at home, now NFA."), "jargon")
    assert _says(_draft(impact="He has a cp, da and pr at home"), "jargon") == []


def test_a_promise_of_secrecy_is_named() -> None:
    assert _says(_draft(done_so_far="I promised not to tell anyone."), "secrecy")


def test_a_leading_question_is_left_as_it_was_asked() -> None:
    draft = _draft(child_words=[{"words": "yes", "question": "Did your dad hit you?"}])
    assert "ask no more" in _says(draft, "leading_question")[0]


def test_a_summary_is_no_quotation_of_the_child_either() -> None:
    assert _says(_draft(child_words=[{"words": "He disclosed abuse"}]), "summary")
    assert not _says(_draft(child_words=[{"words": "Daddy threw me"}]), "summary")


def test_a_summary_is_no_quotation() -> None:
    draft = _draft(what_happened="She disclosed abuse.")
    assert _says(draft, "summary") == ["“disclosed” sums up: write the child’s own words instead."]


def test_a_claimed_pattern_needs_its_events() -> None:
    (check,) = [one for one in quality(_draft(pattern="Every week")).checks if one.id == "pattern"]
    assert (check.got, check.advice) == (0, "Add the earlier events, one line each.")
