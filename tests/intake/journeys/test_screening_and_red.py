"""1.3 and 1.4: a known child goes to its worker; a Red goes straight to a strategy discussion."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.intake.journeys.conftest import Journey

pytestmark = [pytest.mark.browser, pytest.mark.slow]

MAYA = {
    "first_name": "Maya",
    "last_name": "Kowalska",
    "date_of_birth": "2014-05-09",
    "address": "4 Demonstration Road",
    "postcode": "WV1 1AA",
}


def test_known_child(journey: Journey) -> None:
    school = journey.mash.sender()
    school.send(children=[MAYA])
    officer = journey.sign_in("Priya Shah")
    journey.look(officer, "queue")
    officer.locator("#queue a").first.focus()
    officer.keyboard.press("Enter")
    journey.look(officer, "referral")
    officer.get_by_role("link", name="Screen: is the child known?").click()
    expect(officer.get_by_text("Very likely")).to_be_visible()
    journey.look(officer, "matches")
    officer.get_by_label("This is the child: Maya Kowalska").check()
    officer.get_by_role("button", name="Save and go on").click()
    expect(officer.get_by_text("Known: passed to the allocated worker")).to_be_visible()
    journey.look(officer, "allocated")
    worker = journey.sign_in("Dan Whitlock")
    worker.get_by_role("link", name="Notices").click()
    expect(worker.get_by_text("A referral was allocated to you")).to_be_visible()
    journey.look(worker, "notice")
    assert school.heard()[-1]["type"] == "allocated"


def test_child_named_on_the_telephone(journey: Journey) -> None:
    school = journey.mash.sender()
    school.send(children=[{"where_now": "In school until 15:15"}])
    officer = journey.sign_in("Priya Shah")
    officer.locator("#queue a").first.click()
    officer.get_by_role("link", name="Screen: is the child known?").click()
    expect(officer.get_by_text("Not searched")).to_be_visible()
    officer.get_by_text("Search by something else that you learned").click()
    officer.get_by_label("First name").fill("Maia")
    officer.get_by_label("Last name").fill("Kowalska")
    officer.get_by_label("Day").fill("9")
    officer.get_by_label("Month").fill("5")
    officer.get_by_label("Year").fill("2014")
    officer.keyboard.press("Enter")
    expect(officer.get_by_text("Names sound alike: Maia and Maya")).to_be_visible()
    journey.look(officer, "searched")
    officer.get_by_label("This is the child: Maya Kowalska").check()
    officer.get_by_role("button", name="Save and go on").click()
    expect(officer.get_by_text("Known: passed to the allocated worker")).to_be_visible()
    assert school.heard()[-1]["type"] == "allocated"


def test_red(journey: Journey) -> None:
    school = journey.mash.sender()
    reference = school.send()
    journey.mash.screened(reference)
    lead = journey.sign_in("Tom Ellis")
    journey.look(lead, "queue-before-rating")
    lead.locator("#queue a").first.click()
    expect(lead.get_by_text("is shown after you have rated")).to_be_visible()
    lead.get_by_role("link", name="Rate this referral").click()
    lead.get_by_role("button", name="Save the rating").click()
    expect(lead.get_by_text("There is a problem")).to_be_visible()
    journey.look(lead, "rating-with-errors")
    lead.get_by_label("Red", exact=True).check()
    lead.get_by_label("Why", exact=True).fill("A mark on the ear and an account that changed.")
    lead.get_by_role("button", name="Save the rating").click()
    expect(lead.get_by_text("The child is hurt and the account does not explain it.")).to_be_visible()
    journey.look(lead, "suggestion-revealed")
    lead.get_by_label("Why you keep or change it").fill("The criteria say the same.")
    lead.get_by_role("button", name="Save and go on").click()
    lead.get_by_role("link", name="Record a discussion").click()
    lead.get_by_label("Who took part").fill("Police, hospital, school")
    lead.get_by_label("What was agreed").fill("Joint visit today; Robin stays in school until then.")
    lead.get_by_role("button", name="Save and go on").click()
    lead.get_by_role("link", name="Decide and tell the school").click()
    lead.get_by_label("Strategy discussion and enquiry (section 47)").check()
    lead.get_by_label("Allocated worker", exact=True).select_option(label="Sian Price")
    lead.get_by_label("Why (for the record)").fill("Likely significant harm.")
    lead.get_by_label("Words to the school").fill("We visit today with the police. Keep Robin in school.")
    journey.look(lead, "deciding")
    lead.get_by_role("button", name="Decide and tell the school").click()
    expect(lead.get_by_text("with Sian Price")).to_be_visible()
    journey.look(lead, "decided")
    told = school.get(f"/v1/referrals/{reference}").json()
    assert told["decision"] == "section_47"
    assert told["words"] == "We visit today with the police. Keep Robin in school."
