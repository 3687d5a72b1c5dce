"""Asking agencies (1.5): one link each, a code that goes another way, one answer, an end."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

import pytest
import requests
from sqlalchemy import select

from bot.intake.tables import InformationRequest
from tests.intake.mash import Mash, plain


@dataclass
class Request:
    """A link and its code, as an agency gets them."""

    link: str
    code: str


def ask(mash: Mash, referral_id: str, *agencies: str, shows: str = "identity") -> list[Request]:
    said: dict[str, Any] = {"agency": list(agencies)}
    for agency in agencies:
        said |= {f"shows-{agency}": shows, f"asks-{agency}": "What do you know?"}
    page = mash.sign_in("manager").step(referral_id, "ask", **said)
    assert page.status_code == 200, plain(page.text)
    links = re.findall(r"mash-link\">\S*(/answer/[\w-]+)<", page.text)
    codes = re.findall(r"mash-code\">([\d ]+)<", page.text)
    assert len(links) == len(codes) == len(agencies)
    return [Request(mash.base + link, code) for link, code in zip(links, codes, strict=True)]


def unlock(request: Request, code: str | None = None) -> tuple[requests.Session, requests.Response]:
    browser = requests.Session()
    return browser, browser.post(f"{request.link}/code", data={"code": code or request.code}, timeout=30)


def answer(browser: requests.Session, request: Request, **said: str) -> requests.Response:
    given = {"worry": "worry", "words": "Two call-outs in May.", "name": "Ann Hill, police"}
    return browser.post(request.link, data=given | said, timeout=30)


def test_an_answer_reaches_the_manager_with_what_was_said(both: Mash) -> None:
    school = both.sender()
    referral_id = both.rated(school.send(), "amber")
    (request,) = ask(both, referral_id, "police")
    browser, opened = unlock(request)
    assert "Robin" in opened.text
    assert answer(browser, request).status_code == 200
    manager = both.sign_in("manager")
    assert "Two call-outs in May." in manager.page(f"/referrals/{referral_id}")
    assert "An agency has answered" in manager.page("/notices")
    assert [event["type"] for event in school.heard()][-1] == "information_requested"
    assert "call-outs" not in str(school.heard()), "what agencies say is not told to the school"


def test_an_agency_sees_its_parts_and_the_rating_and_nothing_else(mash: Mash) -> None:
    referral_id = mash.rated(mash.sender().send(), "amber")
    (request,) = ask(mash, referral_id, "housing")
    _, opened = unlock(request)
    words = plain(opened.text)
    assert "Robin" in words and "Amber" in words
    for hidden in ("left ear", "I fell", "Sam Field", "B801", "account does not explain", "Suggested"):
        assert hidden not in words


def test_an_agency_reads_the_kind_of_concern_and_no_code_of_the_census(mash: Mash) -> None:
    referral_id = mash.rated(mash.sender().send(), "amber")
    (request,) = ask(mash, referral_id, "police", shows="categories")
    words = plain(unlock(request)[1].text)
    assert "Physical harm" in words
    for hidden in ("N1", "18C", "census", "Robin"):
        assert hidden not in words


def test_the_link_shows_nothing_before_the_code(mash: Mash) -> None:
    referral_id = mash.rated(mash.sender().send(), "red")
    (request,) = ask(mash, referral_id, "police")
    assert "Robin" not in requests.get(request.link, timeout=30).text
    assert answer(requests.Session(), request).status_code == 403


def test_five_wrong_codes_lock_the_link(both: Mash) -> None:
    referral_id = both.rated(both.sender().send(), "red")
    (request,) = ask(both, referral_id, "police")
    wrong = "00000000" if request.code != "0000 0000" else "11111111"
    for left in (4, 3, 2, 1, 0):
        _, page = unlock(request, wrong)
        assert f"{left} more time" in page.text
    _, page = unlock(request)
    assert (page.status_code, "locked" in page.text) == (410, True)
    assert "Locked after wrong codes" in both.sign_in("manager").page(f"/referrals/{referral_id}")


def test_a_link_answers_once(mash: Mash) -> None:
    referral_id = mash.rated(mash.sender().send(), "red")
    (request,) = ask(mash, referral_id, "police")
    browser, _ = unlock(request)
    answer(browser, request)
    assert answer(browser, request).status_code == 410
    assert unlock(request)[1].status_code == 410


def test_a_link_expires_and_a_new_one_takes_its_place(mash: Mash) -> None:
    referral_id = mash.rated(mash.sender().send(), "red")
    (request,) = ask(mash, referral_id, "police")
    mash.clock.move(days=5)
    assert requests.get(request.link, timeout=30).status_code == 410
    manager = mash.sign_in("manager")
    words = manager.open(f"/referrals/{referral_id}").text
    assert "Link expired" in words
    again = re.search(r'action="(/referrals/\w+/ask/\w+/again)"', words)
    assert again is not None
    page = manager.browser.post(mash.base + again.group(1), timeout=30).text
    link, code = re.search(r"(/answer/[\w-]+)<", page), re.search(r"mash-code\">([\d ]+)<", page)
    assert link is not None and code is not None
    assert unlock(Request(mash.base + link.group(1), code.group(1)))[1].status_code == 200
    assert requests.get(request.link, timeout=30).status_code == 410


def test_who_answers_after_the_link_ended_is_told_to_ring_and_loses_no_word(mash: Mash) -> None:
    referral_id = mash.rated(mash.sender().send(), "red")
    (request,) = ask(mash, referral_id, "police")
    browser, _ = unlock(request)
    mash.clock.move(days=5)
    ended = answer(browser, request)
    assert ended.status_code == 410
    assert "did not reach MASH" in ended.text and "Two call-outs in May." in ended.text


def test_a_late_answer_is_taken_and_said_to_be_late(mash: Mash) -> None:
    referral_id = mash.rated(mash.sender().send(), "red")
    (request,) = ask(mash, referral_id, "police")
    mash.clock.move(hours=20)
    manager = mash.sign_in("manager")
    assert "Overdue" in manager.page(f"/referrals/{referral_id}")
    browser, _ = unlock(request)
    answer(browser, request)
    assert "Answered late" in manager.page(f"/referrals/{referral_id}")


def test_what_an_agency_says_after_the_decision_is_still_taken(mash: Mash) -> None:
    referral_id = mash.rated(mash.sender().send(), "amber")
    (request,) = ask(mash, referral_id, "police")
    mash.sign_in("manager").step(referral_id, "decide", decision="advice", reason="x", words="Keep watching.")
    browser, _ = unlock(request)
    assert answer(browser, request, worry="serious").status_code == 200
    assert "An agency has answered" in mash.sign_in("lead").page("/notices")


def test_no_new_link_is_made_for_what_is_decided(mash: Mash) -> None:
    referral_id = mash.rated(mash.sender().send(), "amber")
    ask(mash, referral_id, "police")
    manager = mash.sign_in("manager")
    with mash.services.database.read() as session:
        (request_id,) = session.scalars(select(InformationRequest.id))
    manager.step(referral_id, "decide", decision="advice", reason="x", words="Keep watching.")
    assert "New link" not in manager.page(f"/referrals/{referral_id}")
    address = f"{mash.base}/referrals/{referral_id}/ask/{request_id}/again"
    assert manager.browser.post(address, timeout=30).status_code == 409


def test_an_agency_is_asked_once_at_a_time(mash: Mash) -> None:
    referral_id = mash.rated(mash.sender().send(), "amber")
    said: dict[str, Any] = {
        "agency": ["police", "police"],
        "shows-police": ["identity"],
        "asks-police": "Known?",
    }
    refused = mash.sign_in("manager").step(referral_id, "ask", **said)
    assert (refused.status_code, "Ask each agency once" in plain(refused.text)) == (422, True)


def test_a_decision_on_an_old_page_does_not_pass_by_a_new_answer(mash: Mash) -> None:
    referral_id = mash.rated(mash.sender().send(), "amber")
    (request,) = ask(mash, referral_id, "police")
    manager = mash.sign_in("manager")
    page = manager.open(f"/referrals/{referral_id}/decide").text
    version = re.search(r'name="version" value="(\d+)"', page)
    assert version is not None
    browser, _ = unlock(request)
    answer(browser, request, worry="serious")
    refused = manager.step(
        referral_id, "decide", version=int(version.group(1)), decision="advice", reason="x", words="y"
    )
    assert refused.status_code == 409


def test_three_agencies_answer_and_the_band_changes_with_its_history(both: Mash) -> None:
    school = both.sender()
    referral_id = both.rated(school.send(), "amber")
    for request in ask(both, referral_id, "police", "hospital", "housing"):
        browser, _ = unlock(request)
        assert answer(browser, request).status_code == 200
    manager = both.sign_in("manager")
    assert "3 of 3 answered" in manager.page("/queue?lane=mash")
    manager.step(referral_id, "band", band="red", reason="Three call-outs, two attendances.")
    assert "Rating changed Amber to Red" in manager.page(f"/referrals/{referral_id}")
    assert school.heard()[-1]["band"] == "red"


@pytest.mark.parametrize(
    "said",
    [
        {},
        {"agency": "nobody"},
        {"agency": "police", "shows-police": "identity", "asks-police": " "},
        {"agency": "police", "shows-police": "everything", "asks-police": "x"},
        {"agency": "police", "asks-police": "x"},
    ],
)
def test_a_request_that_asks_nobody_or_nothing_is_not_made(mash: Mash, said: dict[str, Any]) -> None:
    referral_id = mash.rated(mash.sender().send(), "amber")
    assert mash.sign_in("manager").step(referral_id, "ask", **said).status_code == 422


def test_agencies_are_not_asked_about_a_green(mash: Mash) -> None:
    referral_id = mash.rated(mash.sender().send(), "green")
    answered = mash.sign_in("manager").step(
        referral_id, "ask", version=3, agency="police", **{"shows-police": "identity", "asks-police": "x"}
    )
    assert answered.status_code == 409


@pytest.mark.parametrize(
    ("said", "status"),
    [
        ({"worry": ""}, 422),
        ({"worry": "anything"}, 422),
        ({"name": ""}, 422),
        ({"words": ""}, 422),
        ({"worry": "nothing", "words": ""}, 200),
    ],
)
def test_an_answer_says_who_and_what(mash: Mash, said: dict[str, str], status: int) -> None:
    referral_id = mash.rated(mash.sender().send(), "amber")
    (request,) = ask(mash, referral_id, "police")
    browser, _ = unlock(request)
    assert answer(browser, request, **said).status_code == status
