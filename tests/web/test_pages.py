"""Every page: well-formed, with strict headers, kept out of caches, and read without changing anything."""

from __future__ import annotations

import re
from datetime import timedelta
from html import escape
from pathlib import Path

import pytest
from sqlalchemy import func, select

from bot.referrals.form import SECTIONS
from bot.store import Store
from bot.store.tables import Base
from tests.web.conftest import ADDRESS, Browser, Site, make_site
from tests.web.strict_html import problems_of
from tests.web.test_chat import choose, hidden, told

STANDING = ["/", "/sign-in", "/accessibility", "/cookies", "/privacy", "/contact", "/api/docs", "/nothing"]


@pytest.fixture
def pages(site: Site) -> list[tuple[Browser, str]]:
    """Every page of the service, each with somebody who may open it."""
    nobody, sam, dsl = site.browser(), site.browser("Sam Okafor"), site.browser("Helen Marsh")
    fresh = sam.post("/concerns").headers["location"]
    asked = sam.post("/concerns").headers["location"]
    told(sam, asked)
    red = sam.post("/concerns").headers["location"]
    told(sam, red)
    choose(sam, red, "yes")
    sent = sam.post("/concerns").headers["location"]
    told(sam, sent)
    choose(sam, sent, "yes")
    status = sam.post(f"{sent}/send", data={"reached": "no"}).headers["location"]
    decided = sam.post("/concerns").headers["location"]
    told(sam, decided)
    record = sam.post(
        f"{decided}/decision", data={"decision": "school_support", "reason": "Agreed with the DSL."}
    )
    addresses = [fresh, asked, red, sent, decided, status, record.headers["location"]]
    addresses += [
        f"{red}{page}" for page in ("/advice", "/disagree", "/draft", "/check", "/send", "/decision")
    ]
    addresses += [f"{red}/draft/{section.name}" for section in SECTIONS]
    addresses += [f"{red}/change/danger_now", f"{red}/draft/household?add=household", "/concerns", "/account"]
    return [(nobody, page) for page in STANDING] + [(sam, page) for page in addresses] + [(dsl, "/school")]


def test_every_page_is_well_formed(pages: list[tuple[Browser, str]]) -> None:
    wrong = {}
    for browser, address in pages:
        answer = browser.get(address)
        assert answer.status_code == (404 if address == "/nothing" else 200), address
        if found := problems_of(answer.text):
            wrong[address] = found
    assert not wrong


def test_every_page_says_where_to_ring_and_who_it_is_not(pages: list[tuple[Browser, str]]) -> None:
    for browser, address in pages:
        page = browser.get(address).text
        assert "If anyone is in danger now, call 999" in page
        assert "not a service of the UK government" in page
        assert "GDS Transport" not in page


def test_every_page_has_strict_headers(pages: list[tuple[Browser, str]]) -> None:
    for browser, address in pages:
        headers = browser.get(address).headers
        assert headers["cache-control"] == "no-store"
        assert "unsafe" not in headers["content-security-policy"]
        assert "default-src 'self'" in headers["content-security-policy"]
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "no-referrer"
        assert "strict-transport-security" not in headers


def test_reading_changes_nothing_but_who_looked(site: Site, pages: list[tuple[Browser, str]]) -> None:
    before = _rows(site.services.store)
    for browser, address in pages:
        browser.get(address)
    after = _rows(site.services.store)
    looked = {"audit", "audit_heads", "sessions"}
    assert {name: count for name, count in after.items() if name not in looked} == {
        name: count for name, count in before.items() if name not in looked
    }


def test_illustrative_thresholds_are_called_that_wherever_they_are_used(site: Site) -> None:
    sam = site.browser("Sam Okafor")
    address = sam.post("/concerns").headers["location"]
    for page in ("", "/advice", "/draft", "/check", "/send", "/decision", "/disagree"):
        assert "not yet approved by an authority" in sam.get(address + page).text


def test_a_form_sent_from_another_site_is_refused(site: Site) -> None:
    sam = site.browser("Sam Okafor")
    for headers in ({"origin": "https://elsewhere.example"}, {"sec-fetch-site": "cross-site"}):
        assert sam.post("/concerns", headers=headers).status_code == 403
    assert sam.post("/concerns", headers={"origin": ADDRESS}).status_code == 303


def test_the_cookie_is_kept_from_scripts_and_other_sites(site: Site) -> None:
    answer = site.browser().post("/sign-in", data={"person": site.people["Sam Okafor"].id})
    cookie = answer.headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=lax" in cookie
    assert "sam" not in cookie.replace("samesite", "")


def test_a_session_ends_when_it_is_not_used_and_when_signed_out(site: Site) -> None:
    sam = site.browser("Sam Okafor")
    for _ in range(3):
        site.clock.pass_by(minutes=50)
        assert sam.get("/concerns").status_code == 200
    site.clock.pass_by(minutes=61)
    assert sam.get("/concerns").status_code == 303
    sam = site.browser("Sam Okafor")
    cookie = sam.cookies["session"]
    sam.post("/sign-out")
    sam.cookies.set("session", cookie)
    assert sam.get("/concerns").status_code == 303


def test_signing_in_as_nobody_says_so(site: Site) -> None:
    answer = site.browser().post("/sign-in", data={"person": "invented"})
    assert answer.status_code == 422
    assert "Choose one of the people" in answer.text


@pytest.mark.parametrize("address", ["http://school.example:8000", "http://192.168.1.20:8000"])
def test_the_demonstration_opens_on_loopback_only(site: Site, address: str) -> None:
    browser = Browser(site.app, base_url=address, follow_redirects=False)
    assert "not configured" in browser.get("/sign-in").text
    assert browser.post("/sign-in", data={"person": site.people["Sam Okafor"].id}).status_code == 403


def test_without_the_demonstration_nobody_signs_in(sqlite_store: Store, tmp_path: Path) -> None:
    site = make_site(sqlite_store, tmp_path, demonstration=False, idle=timedelta(minutes=5))
    browser = site.browser()
    assert "not configured" in browser.get("/sign-in").text
    assert browser.post("/sign-in", data={"person": site.people["Sam Okafor"].id}).status_code == 403


def test_ready_tells_the_parser_and_is_decided_by_the_database(site: Site) -> None:
    browser = site.browser()
    assert browser.get("/healthz").json() == {"status": "ok"}
    ready = browser.get("/readyz")
    assert ready.status_code == 200
    assert ready.json() == {"status": "degraded", "web": "up", "database": "up", "parser": "down"}


def test_the_draft_is_filled_page_by_page(site: Site) -> None:
    sam = site.browser("Sam Okafor")
    address = sam.post("/concerns").headers["location"]
    told(sam, address)
    choose(sam, address, "yes")
    page = sam.get(f"{address}/draft/children").text
    form = {
        "seen": hidden(page, "seen"),
        "children--mark": "c1",
        "children.c1.first_name": "Testy",
        "children.c1.last_name": "Example",
        "children.c1.date_of_birth--day": "27",
        "children.c1.date_of_birth--month": "3",
        "children.c1.date_of_birth--year": "2019",
        "children.c1.postcode--unknown": "yes",
        "do": "check",
    }
    answer = sam.post(f"{address}/draft/children", data=form)
    assert (answer.status_code, answer.headers["location"]) == (303, f"{address}/check")
    checked = sam.get(f"{address}/check").text
    assert "Testy" in checked
    assert re.search(r"Postcode\s*</dt>\s*<dd[^>]*>Not known", checked)
    page = sam.get(f"{address}/draft/children").text
    assert 'value="2019"' in page


def test_the_draft_shows_its_score_before_and_after(site: Site) -> None:
    sam, program = site.browser("Sam Okafor"), site.program()
    address = sam.post("/concerns").headers["location"]
    told(sam, address)
    assert "before you added" not in sam.get(f"{address}/draft").text
    fields = {"concern": {"why_now": "I am asking for a strategy discussion: the bruise is new."}}
    found = program.patch(f"/api/v1{address}/draft", json=fields).json()["quality"]
    assert found["before"] < found["score"]
    shown = sam.get(f"{address}/draft").text
    assert f"<strong>{found['score']} of 100</strong>; it was {found['before']} before you added" in shown


def test_numbers_that_do_not_add_up_are_kept_with_a_remark_beside_them(site: Site) -> None:
    sam = site.browser("Sam Okafor")
    address = sam.post("/concerns").headers["location"]
    page = sam.get(f"{address}/draft/children").text
    form = {
        "seen": hidden(page, "seen"),
        "children--mark": "c1",
        "children.c1.upn": "A801200005001",
        "children.c1.nhs_number": "9434765918",
        "children.c1.postcode": "WV1 1",
    }
    assert sam.post(f"{address}/draft/children", data=form).status_code == 303
    shown = sam.get(f"{address}/draft/children").text
    warnings = site.program().patch(f"/api/v1{address}/draft", json={}).json()["warnings"]
    assert {one["path"] for one in warnings} == {
        "children.c1.upn",
        "children.c1.nhs_number",
        "children.c1.postcode",
    }
    for one in warnings:
        assert escape(one["says"], quote=False) in shown
    assert 'value="A801200005001"' in shown


def test_a_wrong_date_is_said_beside_the_field_and_the_rest_is_kept(site: Site) -> None:
    sam = site.browser("Sam Okafor")
    address = sam.post("/concerns").headers["location"]
    page = sam.get(f"{address}/draft/children").text
    form = {
        "seen": hidden(page, "seen"),
        "children--mark": "c1",
        "children.c1.first_name": "Testy",
        "children.c1.date_of_birth--day": "31",
        "children.c1.date_of_birth--month": "2",
        "children.c1.date_of_birth--year": "2019",
    }
    answer = sam.post(f"{address}/draft/children", data=form)
    assert answer.status_code == 422
    assert answer.text.count("Enter a real date") == 2
    assert "Testy" in answer.text


def test_a_red_is_sent_with_gaps_once_the_call_is_told(site: Site) -> None:
    sam = site.browser("Sam Okafor")
    address = sam.post("/concerns").headers["location"]
    told(sam, address)
    choose(sam, address, "yes")
    page = sam.get(f"{address}/send").text
    assert "Ring MASH now" in page
    assert sam.post(f"{address}/send", data={}).status_code == 422
    call = {
        "reached": "yes",
        "day": "2026-11-20",
        "time": "09:25",
        "answered_by": "Duty worker",
        "reference": "D-1",
    }
    answer = sam.post(f"{address}/send", data=call)
    assert answer.status_code == 303
    status = sam.get(answer.headers["location"]).text
    assert "On its way" in status


def test_an_unsent_red_stands_first_in_the_schools_list(site: Site) -> None:
    sam, dsl = site.browser("Sam Okafor"), site.browser("Helen Marsh")
    red = sam.post("/concerns").headers["location"]
    told(sam, red)
    choose(sam, red, "yes")
    site.clock.pass_by(minutes=1)
    newer = sam.post("/concerns").headers["location"]
    page = dsl.get("/school").text
    assert page.index(red) < page.index(newer)


def _rows(store: Store) -> dict[str, int]:
    with store.read() as session:
        return {
            table.name: session.scalar(select(func.count()).select_from(table)) or 0
            for table in Base.metadata.sorted_tables
        }
