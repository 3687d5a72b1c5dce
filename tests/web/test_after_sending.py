"""The pages after sending, without scripts: add, step up, withdraw."""

from __future__ import annotations

import re

from bot.concerns.following import SAYS, STATE_SAYS
from bot.contract import EventType
from bot.web.sending import STEPS, STEPS_BY_HAND
from tests.web.conftest import Browser, Site
from tests.web.strict_html import problems_of
from tests.web.test_chat import hidden
from tests.web.test_filing import status as status  # the address of a Red that was sent


def test_information_is_added_and_shown_in_the_timeline(sam: Browser, status: str) -> None:
    page = sam.get(f"{status}/information").text
    assert not problems_of(page)
    form = {"words": "Her aunt rang at nine.", "key": hidden(page, "key")}
    refused = sam.post(f"{status}/information", data=form)
    assert refused.status_code == 422
    assert "Her aunt rang at nine." in refused.text
    answer = sam.post(f"{status}/information", data={**form, "risk": "no"})
    assert answer.headers["location"] == f"{status}?added=yes"
    shown = sam.get(answer.headers["location"]).text
    assert "Her aunt rang at nine." in shown
    assert "on its way to MASH" in shown
    assert not problems_of(shown)


def test_a_withdrawal_needs_a_reason_and_stays_in_sight(sam: Browser, status: str) -> None:
    assert not problems_of(sam.get(f"{status}/withdraw").text)
    assert sam.post(f"{status}/withdraw", data={"reason": " "}).status_code == 422
    assert sam.post(f"{status}/withdraw", data={"reason": "Sent twice."}).headers["location"] == status
    page = sam.get(status).text
    assert "You asked to withdraw it" in page
    assert "Sent twice." in page
    assert "withdraw it</a>" not in page


def test_a_step_up_that_nobody_needs_is_refused(sam: Browser, status: str) -> None:
    assert sam.post(f"{status}/step-up").status_code == 409


def test_somebody_elses_referral_looks_as_if_it_were_not_there(site: Site, status: str) -> None:
    stranger = site.browser("Amina Yusuf")
    for page in ("information", "withdraw"):
        assert stranger.get(f"{status}/{page}").status_code == 404
        assert (
            stranger.post(f"{status}/{page}", data={"words": "x", "risk": "no", "reason": "x"}).status_code
            == 404
        )
    assert stranger.post(f"{status}/step-up").status_code == 404


def test_programs_add_and_withdraw(site: Site, status: str) -> None:
    reference, program = status.rpartition("/")[2], site.program()
    added = program.post(
        f"/api/v1/referrals/{reference}/information",
        json={"words": "Her aunt rang.", "risk_is_higher": True},
        headers={"idempotency-key": "one"},
    )
    assert added.status_code == 201
    assert (added.json()["before"], added.json()["now"], added.json()["step_up"]) == ("red", "red", True)
    gone = program.post(f"/api/v1/referrals/{reference}/withdraw", json={"reason": "Sent twice."})
    assert gone.status_code == 201
    assert "withdrawal" in {entry["kind"] for entry in gone.json()["entries"]}
    assert program.post(f"/api/v1/referrals/{reference}/withdraw", json={"reason": "x"}).status_code == 409
    assert (
        program.post("/api/v1/referrals/R-0000-0000-0000/withdraw", json={"reason": "x"}).status_code == 404
    )


def test_every_kind_of_entry_has_a_title_and_every_kind_of_news_its_words() -> None:
    news = set(EventType)
    added = {"sent", "information", "stepped_up_asked", "withdrawal", "attachment"}
    titled = STEPS | STEPS_BY_HAND
    assert news | added | set(STATE_SAYS) <= set(titled)
    assert news - set(SAYS) == set()
    assert {"written", "call", "handed_over", "to_hand_over"} <= set(titled)


def test_a_sent_concern_has_no_box_but_says_where_to_add_what_is_new(sam: Browser, status: str) -> None:
    concern = next(row for row in re.findall(r'href="(/concerns/[^"/]+)"', sam.get("/concerns").text))
    page = sam.get(concern).text
    assert 'name="text"' not in page
    assert "If anyone is in danger now, ring 999 first." in page
    assert f'href="{status}">Add it to the referral' in page
    assert not problems_of(page)
