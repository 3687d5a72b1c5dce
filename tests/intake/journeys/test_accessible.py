"""The pages of MASH that no other journey looks at: axe finds nothing, and nothing is off the page."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page
from sqlalchemy import select

from bot.intake.tables import Person, Referral
from tests.intake.journeys.conftest import Journey
from tests.intake.mash import Mash

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def opens(journey: Journey, page: Page, path: str, what: str, status: int = 200) -> None:
    answer = page.goto(journey.mash.base + path)
    assert answer is not None and answer.status == status, (what, answer)
    journey.look(page, what)


def test_pages_without_a_referral(journey: Journey) -> None:
    anybody = journey.visitor()
    opens(journey, anybody, "/sign-in", "sign-in")
    opens(journey, anybody, "/about", "about")
    opens(journey, anybody, "/answer/nothing", "link-closed", 410)
    opens(journey, anybody, "/nothing", "not-found", 404)
    manager = journey.sign_in("Helen Marsh")
    opens(journey, manager, "/queue", "nothing-waits")
    opens(journey, manager, "/notices", "no-notices")
    opens(journey, manager, "/audit?check=yes", "audit")
    opens(journey, manager, "/account", "account")


def test_every_step(journey: Journey) -> None:
    mash = journey.mash
    school = mash.sender()
    amber, green = mash.rated(school.send(), "amber"), mash.rated(school.send(), "green")
    school.post(f"/v1/referrals/{_reference(mash, amber)}/information", {"words": "She was away today."})
    file = {"file": ("a.txt", b"Notes of the meeting")}
    school.post(f"/v1/referrals/{_reference(mash, amber)}/attachments", files=file)
    manager, lead = journey.sign_in("Helen Marsh"), journey.sign_in("Grace Okafor")
    for step in ("band", "discussion", "decide"):
        opens(journey, manager, f"/referrals/{amber}/{step}", step)
    opens(journey, manager, f"/referrals/{amber}", "with-news-and-a-file")
    opens(journey, lead, f"/referrals/{green}/hub", "hub")
    opens(journey, lead, f"/referrals/{green}/rate", "too-late-to-rate", 409)
    manager.goto(f"{mash.base}/referrals/{amber}/ask")
    manager.get_by_role("button", name="Make the links").click()
    journey.look(manager, "nobody-asked")
    opens(journey, manager, f"/referrals/{_with_worker(mash, amber)}", "decided")
    opens(journey, journey.sign_in("Dan Whitlock"), f"/referrals/{amber}/close", "ending-the-work")


def test_an_agencys_pages(journey: Journey) -> None:
    mash = journey.mash
    referral_id = mash.rated(mash.sender().send(), "red")
    manager = mash.sign_in("manager")
    asked = {
        "agency": "police",
        "shows-police": ["identity", "what_happened"],
        "asks-police": "Known?",
    }
    page = manager.step(referral_id, "ask", **asked).text  # type: ignore[arg-type]
    link, code = re.search(r"(/answer/[\w-]+)<", page), re.search(r"mash-code\">([\d ]+)<", page)
    assert link and code
    agency = journey.visitor()
    opens(journey, agency, link[1], "code")
    agency.get_by_label("Code").fill("1")
    agency.get_by_role("button", name="Go on").click()
    journey.look(agency, "wrong-code")
    agency.get_by_label("Code").fill(code[1])
    agency.get_by_role("button", name="Go on").click()
    agency.get_by_role("button", name="Send the answer").click()
    journey.look(agency, "nothing-said")
    agency.get_by_label("We know nothing of these people").check()
    agency.get_by_label("Your name and role").fill("A. Colleague, records officer")
    agency.get_by_role("button", name="Send the answer").click()
    journey.look(agency, "answered")


def _reference(mash: Mash, referral_id: str) -> str:
    with mash.services.database.read() as session:
        return session.get_one(Referral, referral_id).reference


def _with_worker(mash: Mash, referral_id: str) -> str:
    with mash.services.database.read() as session:
        worker = session.scalars(select(Person.id).where(Person.name == "Dan Whitlock")).one()
    said = {"decision": "section_17", "reason": "Needs help.", "words": "A worker visits.", "worker": worker}
    assert mash.sign_in("lead").step(referral_id, "decide", **said).status_code == 200  # type: ignore[arg-type]
    return referral_id
