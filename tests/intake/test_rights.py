"""Every page × every role, own and another's: nobody sees or does what is not theirs."""

from __future__ import annotations

import pytest
import requests
from fastapi.routing import APIRoute

from bot.intake.site.actions import ACTIONS
from bot.intake.site.pages import ROOMS
from tests.intake.mash import Mash

ROLES = ("screening", "lead", "manager", "hub", "worker", "nobody")
OPEN = {"/", "/sign-in", "/sign-out", "/about", "/answer/{link}", "/answer/{link}/code"}
EVERYBODY = {"/queue", "/notices", "/account"}
MAY: dict[str, set[str]] = {
    "/audit": {"manager"},
    "/referrals/{referral_id}": {"screening", "lead", "manager"},
    "/referrals/{referral_id}/attachments/{attachment_id}": {"screening", "lead", "manager"},
    "/referrals/{referral_id}/ask": {"manager"},
    "/referrals/{referral_id}/search": {"screening"},
    "/referrals/{referral_id}/ask/{request_id}/again": {"manager"},
}
STEPS: dict[str, set[str]] = {
    "screen": {"screening"},
    "rate": {"lead"},
    "suggestion": {"lead"},
    "hub": {"lead"},
    "band": {"manager"},
    "discussion": {"lead", "manager"},
    "decide": {"lead", "manager"},
    "step-up": {"lead", "manager"},
    "close": set(),
}
"""Of MASH's own people, for a referral that is not with a hub or a worker."""


def test_every_page_is_in_the_table() -> None:
    pages = {route.path for room in ROOMS for route in room.router.routes if isinstance(route, APIRoute)}
    assert pages == OPEN | EVERYBODY | set(MAY) | {"/referrals/{referral_id}/{step}"}
    assert set(STEPS) == set(ACTIONS)


@pytest.mark.parametrize("role", ROLES)
def test_a_role_opens_its_pages_and_no_other(mash: Mash, role: str) -> None:
    referral_id = mash.rated(mash.sender().send(), "amber")
    browser = requests.Session() if role == "nobody" else mash.sign_in(role).browser

    def opened(path: str, method: str = "GET") -> int:
        address = mash.base + path.format(referral_id=referral_id, attachment_id="x", request_id="x")
        answer = browser.request(method, address, data={"version": "1"}, allow_redirects=False, timeout=30)
        return answer.status_code

    for path in EVERYBODY:
        assert opened(path) == (303 if role == "nobody" else 200), path
    for path, allowed in MAY.items():
        status = opened(path, "POST" if path.endswith(("again", "search")) else "GET")
        if role == "nobody":
            assert status == 303, path
        elif role in allowed:
            assert status == 200 or "_id}/a" in path or status == 409, (path, status)
        else:
            assert status in (403, 404), (path, status)
    for step, allowed in STEPS.items():
        for method in ("GET", "POST"):
            status = opened(f"/referrals/{{referral_id}}/{step}", method)
            if role == "nobody":
                assert status == 303, step
            elif role in allowed:
                assert status not in (403, 404, 500), (step, method, status)
            else:
                assert status in (403, 404), (step, method, status)


def test_a_hub_and_a_worker_see_theirs_and_nobody_elses(mash: Mash) -> None:
    school = mash.sender()
    green = mash.rated(school.send(), "green")
    other = mash.rated(
        school.send(children=[{"first_name": "A", "last_name": "B", "postcode": "WV10 9ZZ"}]), "green"
    )
    hub = mash.sign_in("hub", "central")
    assert hub.open(f"/referrals/{green}").status_code == 200
    assert hub.open(f"/referrals/{other}").status_code == 404
    assert mash.sign_in("worker").open(f"/referrals/{green}").status_code == 404


def test_a_hub_decides_early_help_and_nothing_more(mash: Mash) -> None:
    referral_id = mash.rated(mash.sender().send(), "green")
    hub = mash.sign_in("hub", "central")
    assert hub.step(referral_id, "decide", decision="section_47", reason="x", words="y").status_code == 422
    assert hub.step(referral_id, "decide", decision="early_help", reason="x", words="y").status_code == 200


def test_a_form_from_another_site_is_refused(mash: Mash) -> None:
    referral_id = mash.screened(mash.sender().send())
    lead = mash.sign_in("lead")
    answer = lead.browser.post(
        f"{mash.base}/referrals/{referral_id}/rate",
        data={"version": "2", "band": "green", "reason": "x"},
        headers={"sec-fetch-site": "cross-site"},
        timeout=30,
    )
    assert answer.status_code == 403


def test_a_session_ends_when_nobody_uses_it(mash: Mash) -> None:
    lead = mash.sign_in("lead")
    mash.clock.move(minutes=50)
    assert "To rate" in lead.page("/queue")
    mash.clock.move(minutes=61)
    assert lead.open("/queue").url.endswith("/sign-in")


def test_nobody_signs_in_without_the_demonstration(mash: Mash) -> None:
    mash.services.settings.demo = False
    assert "nobody can sign in" in requests.get(f"{mash.base}/sign-in", timeout=30).text
    answer = requests.post(f"{mash.base}/sign-in", data={"person": "x"}, timeout=30)
    assert answer.status_code == 403


def test_the_demonstration_is_refused_under_another_name(mash: Mash) -> None:
    answer = requests.get(f"{mash.base}/sign-in", headers={"host": "mash.example"}, timeout=30)
    assert "nobody can sign in" in answer.text
