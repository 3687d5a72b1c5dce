"""Rating before the suggestion, changing it with a reason, Green to its hub, stepping up (1.4 and 1.5)."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from bot.intake.tables import Referral, Step
from tests.intake.mash import MONDAY, Mash, plain


def kept(mash: Mash, referral_id: str) -> Referral:
    with mash.services.database.read() as session:
        return session.get_one(Referral, referral_id)


def test_the_suggestion_is_not_on_any_page_of_the_rater_before_the_rating(both: Mash) -> None:
    reference = both.sender().send()
    referral_id = both.screened(reference)
    lead = both.sign_in("lead")
    for path in (f"/referrals/{referral_id}", f"/referrals/{referral_id}/rate", "/queue?lane=rating"):
        words = lead.page(path)
        assert "Suggested Red" not in words and "account does not explain" not in words, path
        assert "2:00pm" not in words, "the time left would tell the band"
    answer = lead.step(referral_id, "rate", band="amber", reason="No clear account.")
    assert "account does not explain" in plain(answer.text)


def test_a_suggestion_cannot_be_seen_before_the_rating(mash: Mash) -> None:
    referral_id = mash.screened(mash.sender().send())
    assert mash.sign_in("lead").open(f"/referrals/{referral_id}/suggestion").status_code == 409


@pytest.mark.parametrize(("band", "outcome", "ratings"), [("amber", "kept", 1), ("red", "changed", 2)])
def test_keeping_or_changing_is_recorded_with_its_reason(
    mash: Mash, band: str, outcome: str, ratings: int
) -> None:
    school = mash.sender()
    referral_id = mash.rated(school.send(), "amber")
    mash.sign_in("lead").step(referral_id, "suggestion", band=band, reason="Having read the criteria.")
    with mash.services.database.read() as session:
        (step,) = session.scalars(select(Step).where(Step.kind == "reveal"))
        assert (step.outcome, step.band_before, step.band) == (outcome, "amber", band)
        assert step.said == {"reason": "Having read the criteria."}
    assert [event["type"] for event in school.heard()].count("rated") == ratings


@pytest.mark.parametrize(
    "said", [{"band": "amber"}, {"reason": "Because."}, {"band": "mauve", "reason": "x"}]
)
def test_a_rating_without_band_or_reason_is_not_taken(mash: Mash, said: dict[str, str]) -> None:
    referral_id = mash.screened(mash.sender().send())
    given: dict[str, Any] = {"band": "", "reason": ""} | said
    answer = mash.sign_in("lead").step(referral_id, "rate", **given)
    assert answer.status_code == 422
    assert "There is a problem" in answer.text
    assert kept(mash, referral_id).rated_at is None


@pytest.mark.parametrize(("band", "hours"), [("red", 4), ("amber", 24), ("green", 72)])
def test_the_clock_of_a_rating_starts_at_receipt(mash: Mash, band: str, hours: int) -> None:
    school = mash.sender()
    reference = school.send()
    mash.clock.move(hours=2)
    mash.rated(reference, band)
    assert school.heard()[-1]["due_at"] == (MONDAY + timedelta(hours=hours)).isoformat().replace(
        "+00:00", "Z"
    )


def test_a_band_raised_later_starts_its_own_clock(mash: Mash) -> None:
    referral_id = mash.rated(mash.sender().send(), "amber")
    mash.clock.move(hours=20)
    mash.sign_in("manager").step(referral_id, "band", band="red", reason="Police know the partner.")
    assert kept(mash, referral_id).due_at == mash.clock() + timedelta(hours=4)


def test_a_band_raised_late_does_not_buy_time(mash: Mash) -> None:
    referral_id = mash.rated(mash.sender().send(), "amber")
    mash.clock.move(hours=23)
    mash.sign_in("manager").step(referral_id, "band", band="red", reason="Police know the partner.")
    assert kept(mash, referral_id).due_at == MONDAY + timedelta(hours=24)


@pytest.mark.parametrize("rated_before", [False, True])
def test_news_of_a_higher_risk_never_puts_off_the_target_of_a_red(mash: Mash, rated_before: bool) -> None:
    school = mash.sender()
    reference = school.send(suggested={"band": "red"})
    referral_id = mash.rated(reference, "red") if rated_before else mash.screened(reference)
    mash.clock.move(minutes=50)
    school.post(f"/v1/referrals/{reference}/information", {"words": "She is worse.", "risk_is_higher": True})
    mash.sign_in("lead").step(referral_id, "rate", band="red", reason="As the facts stand.")
    assert kept(mash, referral_id).due_at == MONDAY + timedelta(hours=4)


def test_two_raters_at_once_leave_one_rating(both: Mash) -> None:
    school = both.sender()
    reference = school.send()
    referral_id = both.screened(reference)
    raters = [both.sign_in("lead"), both.sign_in("lead")]
    version = kept(both, referral_id).version
    with ThreadPoolExecutor(2) as pool:
        answers = list(
            pool.map(
                lambda pair: pair[0].step(
                    referral_id, "rate", version=version, band=pair[1], reason="I saw <it>."
                ),
                zip(raters, ("red", "green"), strict=True),
            )
        )
    assert sorted(answer.status_code for answer in answers) == [200, 409]
    refused = next(answer for answer in answers if answer.status_code == 409)
    assert "Somebody acted on this referral after you opened the page" in plain(refused.text)
    assert "I saw &lt;it&gt;." in refused.text, "what the slower one wrote can be copied"
    assert [event["type"] for event in school.heard()].count("rated") == 1


def test_a_green_goes_to_the_hub_of_its_postcode_and_only_there(mash: Mash) -> None:
    child = {"first_name": "Ivy", "last_name": "Green", "postcode": "WV10 9ZZ"}
    referral_id = mash.rated(mash.sender().send(children=[child]), "green")
    assert mash.sign_in("hub", "north").open(f"/referrals/{referral_id}").status_code == 200
    assert mash.sign_in("hub", "central").open(f"/referrals/{referral_id}").status_code == 404


def test_a_green_of_an_unknown_postcode_waits_for_a_person_to_choose(mash: Mash) -> None:
    child = {"first_name": "Ivy", "last_name": "Green", "postcode": "ZZ99 9ZZ"}
    referral_id = mash.rated(mash.sender().send(children=[child]), "green")
    assert kept(mash, referral_id).hub is None
    mash.sign_in("lead").step(referral_id, "hub", hub="north")
    assert "A Green referral came to your hub" in mash.sign_in("hub", "north").page("/notices")


def test_early_intervention_steps_up_and_mash_rates_again(both: Mash) -> None:
    school = both.sender()
    referral_id = both.rated(school.send(), "green")
    both.clock.move(hours=30)
    hub = both.sign_in("hub", "central")
    answer = hub.step(referral_id, "step-up", reason="The mother's partner is back.")
    assert answer.status_code == 404, "it has left the hub"
    assert [event["type"] for event in school.heard()][-1] == "stepped_up"
    assert kept(both, referral_id).due_at <= both.clock() + timedelta(hours=24)
    lead = both.sign_in("lead")
    assert "Stepped up: to be rated again" in lead.page("/notices")
    lead.step(referral_id, "rate", band="red", reason="The risk is now.")
    assert kept(both, referral_id).band == "red"
