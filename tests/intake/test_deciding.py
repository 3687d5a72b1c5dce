"""Decisions: none is lighter than the practice allows, goes nowhere or is told twice (1.4 and 1.5)."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import select

from bot.intake.tables import Person, Referral
from tests.intake.mash import Mash, plain

SAID: dict[str, Any] = {"reason": "Having heard everybody.", "words": "This is what we decided."}


def decided(mash: Mash, referral_id: str) -> str | None:
    with mash.services.database.read() as session:
        return session.get_one(Referral, referral_id).decision


def discussed(mash: Mash, referral_id: str, kind: str) -> None:
    said: dict[str, Any] = {"kind": kind, "attended": "Police, health", "record": "What we agreed."}
    assert mash.sign_in("manager").step(referral_id, "discussion", **said).status_code == 200


def worker(mash: Mash) -> str:
    with mash.services.database.read() as session:
        return session.scalars(select(Person.id).where(Person.name == "Dan Whitlock")).one()


@pytest.mark.parametrize("decision", ["no_action", "advice", "early_help"])
def test_a_red_does_not_end_lightly_without_its_strategy_discussion(mash: Mash, decision: str) -> None:
    referral_id = mash.rated(mash.sender().send(), "red")
    lead = mash.sign_in("lead")
    refused = lead.step(referral_id, "decide", decision=decision, **SAID)
    assert refused.status_code == 422
    assert "Record the strategy discussion of this Red first" in plain(refused.text)
    assert "Having heard everybody." in refused.text, "nothing typed is lost"
    discussed(mash, referral_id, "strategy")
    assert lead.step(referral_id, "decide", decision=decision, **SAID).status_code == 200
    assert decided(mash, referral_id) == decision


def test_the_discussion_of_an_amber_is_not_that_of_the_red_it_became(mash: Mash) -> None:
    referral_id = mash.rated(mash.sender().send(), "amber")
    discussed(mash, referral_id, "mash")
    manager = mash.sign_in("manager")
    manager.step(referral_id, "band", band="red", reason="The hospital saw two breaks.")
    assert "No strategy discussion is recorded" in manager.page(f"/referrals/{referral_id}/decide")
    assert manager.step(referral_id, "decide", decision="no_action", **SAID).status_code == 422


def test_a_discussion_from_before_the_step_up_does_not_count(mash: Mash) -> None:
    school = mash.sender()
    reference = school.send()
    referral_id = mash.rated(reference, "red")
    discussed(mash, referral_id, "strategy")
    mash.clock.move(minutes=5)
    school.post(f"/v1/referrals/{reference}/information", {"words": "A new mark.", "risk_is_higher": True})
    lead = mash.sign_in("lead")
    lead.step(referral_id, "rate", band="red", reason="A second injury.")
    assert lead.step(referral_id, "decide", decision="no_action", **SAID).status_code == 422


def test_protecting_a_child_waits_for_no_discussion(mash: Mash) -> None:
    referral_id = mash.rated(mash.sender().send(), "red")
    said: dict[str, Any] = {**SAID, "decision": "immediate_protection", "worker": worker(mash)}
    assert mash.sign_in("lead").step(referral_id, "decide", **said).status_code == 200


def test_early_help_that_mash_decides_reaches_the_hub(both: Mash) -> None:
    child = {"first_name": "Ivy", "last_name": "Green", "postcode": "WV10 9ZZ"}
    referral_id = both.rated(both.sender().send(children=[child]), "amber")
    both.sign_in("manager").step(referral_id, "decide", decision="early_help", **SAID)
    hub = both.sign_in("hub", "north")
    assert "MASH decided on early help: the referral came to your hub" in hub.page("/notices")
    assert hub.step(referral_id, "step-up", reason="The partner is back.").status_code == 404, "left the hub"
    assert decided(both, referral_id) is None


def test_a_hub_hears_of_news_about_its_green(mash: Mash) -> None:
    school = mash.sender()
    reference = school.send()
    mash.rated(reference, "green")
    school.post(f"/v1/referrals/{reference}/information", {"words": "She was away today."})
    assert "The school added information" in mash.sign_in("hub", "central").page("/notices")
    assert "The school added information" not in mash.sign_in("hub", "north").page("/notices")


def test_the_end_of_the_work_is_told_once(both: Mash) -> None:
    school = both.sender()
    referral_id = both.rated(school.send(), "red")
    said: dict[str, Any] = {**SAID, "decision": "section_17", "worker": worker(both)}
    both.sign_in("lead").step(referral_id, "decide", **said)
    allocated = both.sign_in("worker")
    assert allocated.step(referral_id, "close", words="The plan is done.").status_code == 200
    again = allocated.step(referral_id, "close", words="Done, as I said.")
    assert again.status_code == 409
    assert "Done, as I said." in again.text
    assert [event["type"] for event in school.heard()].count("closed") == 1
