"""Who may open what. A route that is not listed here fails, so that every new page decides this."""

from __future__ import annotations

import pytest
from fastapi.routing import APIRoute
from starlette.routing import Mount, Route

from bot.web.site import ROOMS
from tests.web.conftest import Site

OPEN, SIGNED_IN, SCHOOL, OFFICER, TOKEN = "open", "signed in", "school", "officer", "token"
SIGNED = "signed by the intake"  # tests/web/test_pushed_events.py

RULES = {
    "GET /": OPEN,
    "GET /sign-in": OPEN,
    "POST /sign-in": OPEN,
    "POST /sign-out": OPEN,
    "GET /accessibility": OPEN,
    "GET /cookies": OPEN,
    "GET /privacy": OPEN,
    "GET /contact": OPEN,
    "GET /api/docs": OPEN,
    "GET /api/openapi.json": OPEN,
    "GET /healthz": OPEN,
    "GET /readyz": OPEN,
    "GET /account": SIGNED_IN,
    "GET /concerns": SIGNED_IN,
    "POST /concerns": SIGNED_IN,
    "GET /concerns/{concern_id}": SIGNED_IN,
    "POST /concerns/{concern_id}": SIGNED_IN,
    "GET /concerns/{concern_id}/advice": SIGNED_IN,
    "GET /concerns/{concern_id}/change/{question_id}": SIGNED_IN,
    "POST /concerns/{concern_id}/change/{question_id}": SIGNED_IN,
    "POST /concerns/{concern_id}/duties/{duty}": SIGNED_IN,
    "GET /concerns/{concern_id}/disagree": SIGNED_IN,
    "POST /concerns/{concern_id}/disagree": SIGNED_IN,
    "GET /concerns/{concern_id}/children": SIGNED_IN,
    "GET /referrals/{reference}/call": SIGNED_IN,
    "POST /referrals/{reference}/call": SIGNED_IN,
    "GET /referrals/{reference}/handed-over": SIGNED_IN,
    "POST /referrals/{reference}/handed-over": SIGNED_IN,
    "POST /api/v1/referrals/{reference}/call": TOKEN,
    "POST /api/v1/referrals/{reference}/handed-over": TOKEN,
    "POST /concerns/{concern_id}/children": SIGNED_IN,
    "GET /concerns/{concern_id}/draft": SIGNED_IN,
    "GET /concerns/{concern_id}/draft/{name}": SIGNED_IN,
    "POST /concerns/{concern_id}/draft/{name}": SIGNED_IN,
    "GET /concerns/{concern_id}/check": SIGNED_IN,
    "GET /concerns/{concern_id}/missing": SIGNED_IN,
    "POST /concerns/{concern_id}/missing": SIGNED_IN,
    "GET /concerns/{concern_id}/attachments": SIGNED_IN,
    "POST /concerns/{concern_id}/attachments": SIGNED_IN,
    "GET /concerns/{concern_id}/attachments/{attachment_id}": SIGNED_IN,
    "POST /concerns/{concern_id}/attachments/{attachment_id}/remove": SIGNED_IN,
    "GET /concerns/{concern_id}/send": SIGNED_IN,
    "POST /concerns/{concern_id}/send": SIGNED_IN,
    "GET /concerns/{concern_id}/decision": SIGNED_IN,
    "POST /concerns/{concern_id}/decision": SIGNED_IN,
    "GET /concerns/{concern_id}/record": SIGNED_IN,
    "GET /concerns/{concern_id}/record.{kind}": SIGNED_IN,
    "POST /concerns/{concern_id}/copy": SIGNED_IN,
    "GET /referrals/{reference}": SIGNED_IN,
    "GET /referrals/{reference}/referral.{kind}": SIGNED_IN,
    "GET /referrals/{reference}/information": SIGNED_IN,
    "POST /referrals/{reference}/information": SIGNED_IN,
    "POST /referrals/{reference}/step-up": SIGNED_IN,
    "GET /referrals/{reference}/withdraw": SIGNED_IN,
    "POST /referrals/{reference}/withdraw": SIGNED_IN,
    "POST /notices/{notice_id}": SIGNED_IN,
    "GET /school": SCHOOL,
    "GET /officers": OFFICER,
    "GET /officers/examples/{example_id}": OFFICER,
    "POST /officers/examples/{example_id}/label": OFFICER,
    "POST /officers/examples/{example_id}/check": OFFICER,
    "GET /officers/models": OFFICER,
    "POST /officers/models": OFFICER,
    "GET /officers/models/{model_id}": OFFICER,
    "POST /officers/models/{model_id}": OFFICER,
    "POST /api/v1/concerns": TOKEN,
    "GET /api/v1/concerns": TOKEN,
    "GET /api/v1/concerns/{concern_id}": TOKEN,
    "POST /api/v1/concerns/{concern_id}/messages": TOKEN,
    "PUT /api/v1/concerns/{concern_id}/answers/{question}": TOKEN,
    "POST /api/v1/concerns/{concern_id}/children": TOKEN,
    "PATCH /api/v1/concerns/{concern_id}/draft": TOKEN,
    "POST /api/v1/concerns/{concern_id}/attachments": TOKEN,
    "GET /api/v1/concerns/{concern_id}/attachments": TOKEN,
    "GET /api/v1/concerns/{concern_id}/attachments/{attachment_id}": TOKEN,
    "DELETE /api/v1/concerns/{concern_id}/attachments/{attachment_id}": TOKEN,
    "POST /api/v1/concerns/{concern_id}/disagreement": TOKEN,
    "POST /api/v1/concerns/{concern_id}/referral": TOKEN,
    "POST /api/v1/concerns/{concern_id}/decision": TOKEN,
    "GET /api/v1/referrals/{reference}": TOKEN,
    "POST /api/v1/referrals/{reference}/information": TOKEN,
    "POST /api/v1/referrals/{reference}/withdraw": TOKEN,
    "POST /api/v1/events": SIGNED,
}
FILES = {"/static", "/assets"}


def test_every_route_has_a_rule_and_every_rule_a_route(site: Site) -> None:
    routes = {f"{method} {path}" for method, path in _routes(site)}
    assert routes == set(RULES)
    assert {route.path for route in site.app.routes if isinstance(route, Mount)} == FILES


@pytest.mark.parametrize(
    "route", [route for route, rule in RULES.items() if rule not in (OPEN, TOKEN, SIGNED)]
)
def test_nobody_who_is_not_signed_in_gets_further_than_the_sign_in_page(site: Site, route: str) -> None:
    method, path = route.split(" ")
    answer = site.browser().request(method, _filled(path))
    assert (answer.status_code, answer.headers["location"]) == (303, "/sign-in")


@pytest.mark.parametrize("route", [route for route, rule in RULES.items() if rule == TOKEN])
@pytest.mark.parametrize("header", [None, "Bearer", "Bearer unknown", "Basic c2FtOnNhbQ=="])
def test_no_program_gets_in_without_a_known_token(site: Site, route: str, header: str | None) -> None:
    method, path = route.split(" ")
    headers = {"authorization": header} if header else {}
    answer = site.browser().request(method, _filled(path), headers=headers, json={})
    assert answer.status_code == 401
    assert answer.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize("route", [route for route, rule in RULES.items() if rule == SIGNED_IN])
def test_a_cookie_does_not_open_the_api_nor_a_token_the_pages(site: Site, route: str) -> None:
    method, path = route.split(" ")
    answer = site.program().request(method, _filled(path))
    assert (answer.status_code, answer.headers["location"]) == (303, "/sign-in")
    assert site.browser("Sam Okafor").get("/api/v1/concerns").status_code == 401


def test_the_schools_list_is_for_those_who_answer_for_the_school(site: Site) -> None:
    assert site.browser("Sam Okafor").get("/school").status_code == 403
    for name in ("Helen Marsh", "David Price", "Ruth Lane"):
        assert site.browser(name).get("/school").status_code == 200


@pytest.mark.parametrize("route", [route for route, rule in RULES.items() if rule == OFFICER])
@pytest.mark.parametrize("who", ["Sam Okafor", "Helen Marsh", "David Price", "Ruth Lane"])
def test_nobody_of_a_school_sees_the_officers_pages(site: Site, route: str, who: str) -> None:
    method, path = route.split(" ")
    assert site.browser(who).request(method, _filled(path)).status_code == 403


@pytest.mark.parametrize(
    "route", [route for route, rule in RULES.items() if rule == SIGNED_IN and "concern_id" in route]
)
@pytest.mark.parametrize("who", ["Priya Shah", "Amina Yusuf", "Jo Bennett"])
def test_someone_elses_concern_and_an_unknown_one_look_the_same(site: Site, route: str, who: str) -> None:
    theirs = site.browser("Sam Okafor").post("/concerns").headers["location"].rpartition("/")[2]
    method, path = route.split(" ")
    browser = site.browser(who)
    answers = [
        browser.request(method, _filled(path, concern_id), data={"do": "answer", "text": "x"})
        if method == "POST"
        else browser.get(_filled(path, concern_id))
        for concern_id in (theirs, "0" * len(theirs))
    ]
    assert [answer.status_code for answer in answers] == [404, 404]
    assert answers[0].text == answers[1].text


def test_the_dsl_sees_the_concerns_of_the_school_and_no_other(site: Site) -> None:
    address = site.browser("Sam Okafor").post("/concerns").headers["location"]
    assert site.browser("Helen Marsh").get(address).status_code == 200
    assert site.browser("Amina Yusuf").get(address).status_code == 404


def _routes(site: Site) -> list[tuple[str, str]]:
    own = [route for route in site.app.routes if isinstance(route, Route)]
    included = [
        route for room in ROOMS for route in room.router.routes if isinstance(route, Route | APIRoute)
    ]
    return [
        (method, route.path)
        for route in [*own, *included]
        for method in route.methods or set()
        if method != "HEAD"
    ]


def _filled(path: str, concern_id: str = "unknown") -> str:
    return (
        path.replace("{concern_id}", concern_id)
        .replace("{question_id}", "danger_now")
        .replace("{question}", "danger_now")
        .replace("{duty}", "tell_dsl")
        .replace("{name}", "concern")
        .replace("{reference}", "R-0000-0000-0000")
        .replace("{kind}", "pdf")
        .replace("{attachment_id}", "unknown")
        .replace("{notice_id}", "unknown")
        .replace("{example_id}", "unknown")
        .replace("{model_id}", "unknown")
    )
