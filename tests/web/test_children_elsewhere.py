"""A child who lives under another council, on the pages without scripts and through the JSON API."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from bot.handover.watch import watch_unsent
from tests.web.conftest import Browser, Site
from tests.web.strict_html import problems_of
from tests.web.test_chat import choose, hidden, told
from tests.web.test_filing import _text

HOME = "home_authority"
GLOUCESTERSHIRE = "Gloucestershire County Council"


@pytest.fixture
def address(site: Site, sam: Browser, opened: Callable[[], str]) -> str:
    """A Red about one child who lives elsewhere, with where the child lives asked."""
    address = opened()
    told(sam, address)
    choose(sam, address, "yes")
    concern = address.rpartition("/")[2]
    person = site.people["Sam Okafor"]
    site.services.concerns.answer(person, concern, "about_child", ["lives_elsewhere"])
    for _ in range(20):
        page = sam.get(address).text
        if hidden(page, "question") == HOME:
            return address
        form = {name: hidden(page, name) for name in ("version", "key", "question", "kind", "child")}
        sam.post(address, data={**form, "do": "not_sure"})
    raise AssertionError("where the child lives was never asked")


def form_of(page: str) -> dict[str, str]:
    """The hidden fields of the chat's form."""
    return {name: hidden(page, name) for name in ("version", "key", "question", "kind", "child")}


def test_which_council_is_a_plain_list_and_a_name(sam: Browser, address: str) -> None:
    page = sam.get(address).text
    assert not problems_of(page)
    assert re.search(r"<select[^>]*name=\"value\"", page)
    assert 'value="herefordshire"' in page
    assert 'name="other"' in page
    assert "find-local-council" in page
    nothing = sam.post(address, data={**form_of(page), "do": "answer", "value": "", "other": ""})
    assert (nothing.status_code, "Choose an answer" in nothing.text) == (422, True)
    unnamed = sam.post(address, data={**form_of(page), "do": "answer", "value": "other", "other": ""})
    assert (unnamed.status_code, "Write the other council" in unnamed.text) == (422, True)
    assert not problems_of(unnamed.text)
    after = choose(sam, address, "herefordshire")
    assert "Herefordshire Council" in after
    assert "Herefordshire MASH: number not published" in after
    assert not problems_of(after)
    changed = sam.get(f"{address}/change/{HOME}")
    assert (changed.status_code, problems_of(changed.text)) == (200, [])
    sam.post(
        f"{address}/change/{HOME}", data={"kind": "one", "child": "", "value": "other", "other": "Gloucester"}
    )
    assert "Gloucester" in sam.get(f"{address}/advice").text
    assert 'value="Gloucester"' in sam.get(f"{address}/change/{HOME}").text


def test_a_council_without_a_pack_is_rung_and_gets_a_pdf_that_is_written_down(
    site: Site, sam: Browser, address: str
) -> None:
    page = sam.get(address).text
    sam.post(address, data={**form_of(page), "do": "answer", "value": "", "other": GLOUCESTERSHIRE})
    advice = sam.get(f"{address}/advice").text
    assert GLOUCESTERSHIRE in advice
    assert "National base for England" in advice
    assert not problems_of(advice)
    send = sam.get(f"{address}/send").text
    assert f"There is no link to {GLOUCESTERSHIRE}" in send
    assert not problems_of(send)
    status = sam.post(f"{address}/send", data={"reached": "no"}).headers["location"]
    shown = sam.get(status).text
    assert not problems_of(shown)
    assert "Not sent yet" in shown
    assert "Until then it counts as not sent" in shown
    assert f"{status}/information" not in shown
    assert GLOUCESTERSHIRE in _text(sam.get(f"{status}/referral.docx").content)
    assert sam.get(f"{status}/referral.pdf").content.startswith(b"%PDF-")
    assert "Not sent" in sam.get("/concerns").text
    assert "Sent to MASH" not in sam.get("/concerns").text
    assert not problems_of(sam.get(f"{status}/call").text)
    assert sam.post(f"{status}/call", data={}).status_code == 422
    day = {"day": "2026-11-20", "time": "09:20"}
    assert sam.post(f"{status}/call", data={"reached": "yes", "answered_by": "Ola", **day}).status_code == 303
    assert "Not sent yet" in sam.get(status).text
    assert not problems_of(sam.get(f"{status}/handed-over").text)
    for wrong in ({}, {"how": "portal", "to": ""}, {"how": "portal", "to": "x", "day": "2026-11-21"}):
        assert sam.post(f"{status}/handed-over", data={"time": "10:00", **wrong}).status_code == 422
    said = {"how": "secure_email", "to": "Front door team", **day}
    assert sam.post(f"{status}/handed-over", data=said).status_code == 303
    done = sam.get(status).text
    assert "Sent by you" in done
    assert "Front door team" in done
    assert "Not sent yet" not in done
    assert not problems_of(done)
    assert "Not sent" not in sam.get("/concerns").text
    assert site.browser("Amina Yusuf").post(f"{status}/handed-over", data=said).status_code == 404


def test_the_pages_of_what_goes_by_itself_offer_no_sending_by_hand(
    sam: Browser, opened: Callable[[], str]
) -> None:
    address = opened()
    told(sam, address)
    choose(sam, address, "yes")
    status = sam.post(f"{address}/send", data={"reached": "no"}).headers["location"]
    assert "handed-over" not in sam.get(status).text
    assert sam.get(f"{status}/handed-over").headers["location"] == status


def test_two_siblings_through_the_api(site: Site) -> None:
    program = site.program()
    concern = program.post("/api/v1/concerns").json()["id"]
    base = f"/api/v1/concerns/{concern}"

    def say(question: str, value: Any, child: str | None = None) -> dict[str, Any]:
        body = {"question": question, "value": value, "child": child}
        answer = program.post(f"{base}/messages", json=body)
        assert answer.status_code == 200, answer.text
        reply: dict[str, Any] = answer.json()
        return reply

    program.post(f"{base}/messages", json={"text": "Two brothers come to school dirty and hungry."})
    say("danger_now", "yes")
    program.post(f"{base}/children", json={"role": "sibling"})
    say("about_child", ["lives_elsewhere"], "c2")
    reply = say(HOME, "herefordshire", "c2")
    assert [home["pack"]["name"] for home in reply["homes"]] == ["wolverhampton", "herefordshire"]
    refused = program.put(f"{base}/answers/{HOME}", json={"value": "Wolverhampton", "child": "c2"})
    assert refused.status_code == 422
    sent = program.post(f"{base}/referral", json={}).json()
    own, away = sent["referrals"]
    assert (sent["reference"], own["by_hand"], away["by_hand"]) == (own["reference"], False, True)
    path = f"/api/v1/referrals/{away['reference']}"
    assert program.get(path).json()["status"] == "to_hand_over"
    assert program.post(f"{path}/call", json={"answered_by": "Ola"}).status_code == 201
    assert program.post(f"{path}/handed-over", json={"how": "pigeon", "to": "x"}).status_code == 422
    done = program.post(f"{path}/handed-over", json={"how": "portal", "to": "Their portal"})
    assert (done.status_code, done.json()["status"]) == (201, "handed_over")
    assert program.post(f"/api/v1/referrals/{own['reference']}/call", json={}).status_code == 201
    assert program.post(f"{path}/information", json={"words": "More."}).status_code == 409
    assert program.get(base).json()["referrals"][1]["handed_over"] is True


def test_openapi_shows_homes_and_referrals_and_keeps_what_was_there(site: Site) -> None:
    described = site.browser().get("/api/openapi.json").json()
    fields = {
        name: set(part.get("properties", {})) for name, part in described["components"]["schemas"].items()
    }
    assert {"homes", "referrals", "reference", "duties"} <= fields["Reply"]
    assert {"referrals", "reference", "status"} <= fields["Sent"]
    assert {"by_hand", "authority", "contacts", "status"} <= fields["Timeline"]
    assert "other" in fields["QuestionView"]
    assert "/api/v1/referrals/{reference}/handed-over" in described["paths"]


def test_the_dsl_is_led_to_the_referral_that_nobody_sent(site: Site, sam: Browser, address: str) -> None:
    status = sam.post(f"{address}/send", data={"reached": "no"}).headers["location"]
    site.clock.pass_by(minutes=6)
    watch_unsent(site.services.store, site.clock(), timedelta(minutes=5))
    school = site.browser("Helen Marsh").get("/school").text
    assert "nobody has written down that it was sent" in school
    assert f'href="{status}"' in school
    [row] = site.services.concerns.mine(site.people["Helen Marsh"])
    assert row.unsent_alert
    day = {"day": "2026-11-20", "time": "09:30"}
    sam.post(f"{status}/handed-over", data={"how": "portal", "to": "Their portal", **day})
    [row] = site.services.concerns.mine(site.people["Helen Marsh"])
    assert not row.unsent_alert
