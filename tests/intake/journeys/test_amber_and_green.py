"""1.5: an Amber whose band changes as three agencies answer; a Green that is stepped up again."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.bench.stored import fill
from tests.intake.journeys.conftest import Journey

pytestmark = [pytest.mark.browser, pytest.mark.slow]

ANSWERS = {
    "West Midlands Police": ("We know something that worries us", "Three call-outs since May."),
    "Royal Wolverhampton Trust": ("We know something serious", "Two attendances, a broken wrist."),
    "Wolverhampton Homes": ("We know them; nothing that worries us", ""),
}


def test_amber_with_three_answers(journey: Journey) -> None:
    school = journey.mash.sender()
    journey.mash.rated(school.send(), "amber")
    manager = journey.sign_in("Helen Marsh")
    manager.locator("#queue a").first.click()
    manager.get_by_role("link", name="Ask agencies for information").click()
    for agency in ANSWERS:
        manager.get_by_label(agency, exact=True).check()
    manager.get_by_text("What Wolverhampton Homes is asked and shown").click()
    journey.look(manager, "choosing-agencies")
    manager.get_by_role("button", name="Make the links").click()
    journey.look(manager, "links-and-codes")
    links = manager.locator(".mash-link").all_inner_texts()
    codes = manager.locator(".mash-code").all_inner_texts()
    for number, (agency, (worry, words)) in enumerate(sorted(ANSWERS.items())):
        _answer(journey, links, codes, agency, worry, words, first=number == 0)
    manager.get_by_role("link", name="Back to the referral").click()
    expect(manager.get_by_text("Two attendances, a broken wrist.")).to_be_visible()
    manager.get_by_role("link", name="Change the rating").click()
    manager.get_by_label("Red", exact=True).check()
    manager.get_by_label("What came to light").fill("A pattern of injuries and call-outs.")
    manager.get_by_role("button", name="Save and go on").click()
    expect(manager.get_by_text("Rating changed")).to_be_visible()
    journey.look(manager, "band-changed")
    rated = [event["band"] for event in school.heard() if event["type"] == "rated"]
    assert rated == ["amber", "red"]


def _answer(
    journey: Journey, links: list[str], codes: list[str], agency: str, worry: str, words: str, *, first: bool
) -> None:
    for link, code in zip(links, codes, strict=True):
        page = journey.visitor()
        page.goto(link.replace(journey.mash.services.settings.public_url, journey.mash.base))
        if page.get_by_label("Code").count() == 0:
            continue
        page.get_by_label("Code").fill(code)
        page.get_by_role("button", name="Go on").click()
        if page.get_by_role("heading", name=f"MASH asks {agency}").count() == 0:
            continue
        page.get_by_label(worry).check()
        page.get_by_label("In your words").fill(words)
        page.get_by_label("Your name and role").fill("A. Colleague, records officer")
        if first:
            journey.look(page, "agency-answers")
        page.get_by_role("button", name="Send the answer").click()
        expect(page.get_by_role("heading", name="Answer sent")).to_be_visible()
        return
    raise AssertionError(f"no link was for {agency}")


def test_green_stepped_up(journey: Journey) -> None:
    school = journey.mash.sender()
    reference = school.send(suggested={"band": "green"})
    journey.mash.rated(reference, "green")
    hub = journey.sign_in("Amir Hussain")
    journey.look(hub, "queue-of-the-hub")
    hub.locator("#queue a").first.click()
    hub.get_by_role("link", name="Step up: the risk may be higher").click()
    hub.get_by_label("What shows that the risk may be higher").fill("The mother's partner moved back in.")
    journey.look(hub, "stepping-up")
    hub.get_by_role("button", name="Step up to MASH").click()
    lead = journey.sign_in("Grace Okafor")
    expect(lead.get_by_text("Stepped up")).to_be_visible()
    journey.look(lead, "queue-of-the-lead")
    lead.locator("#queue a").first.click()
    lead.get_by_role("link", name="Rate this referral").click()
    lead.get_by_label("Amber", exact=True).check()
    lead.get_by_label("Why", exact=True).fill("The partner is a known risk.")
    lead.get_by_role("button", name="Save the rating").click()
    told = school.get(f"/v1/referrals/{reference}").json()
    assert [event["type"] for event in told["events"]] == [
        "received",
        "screened",
        "rated",
        "stepped_up",
        "rated",
    ]
    assert told["band"] == "amber"


def test_queue_by_keyboard(journey: Journey) -> None:
    """Two hundred wait: found, opened and left again without a mouse."""
    fill(journey.mash.services.database, "demo-school", 900, journey.mash.clock(), dealt_with=False)
    officer = journey.sign_in("Priya Shah")
    journey.look(officer, "queue")
    rows = officer.locator("#queue a")
    expect(rows).to_have_count(200)
    officer.keyboard.press("Tab")
    expect(officer.get_by_role("link", name="Skip to main content")).to_be_focused()
    for _ in range(20):
        officer.keyboard.press("Tab")
        if rows.first.evaluate("link => link === document.activeElement"):
            break
    expect(rows.first).to_be_focused()
    officer.keyboard.press("End")
    expect(rows.nth(199)).to_be_focused()
    expect(rows.nth(199)).to_be_in_viewport()
    officer.keyboard.press("Home")
    officer.keyboard.press("ArrowDown")
    officer.keyboard.press("ArrowDown")
    expect(rows.nth(2)).to_be_focused()
    officer.keyboard.press("ArrowUp")
    officer.keyboard.press("Enter")
    expect(officer.get_by_role("heading", name="Referral M-")).to_be_visible()
