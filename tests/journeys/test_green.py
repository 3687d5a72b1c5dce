"""A Green: early help needs consent; without it nothing is sent, with it it is."""

from __future__ import annotations

import pytest

from tests.journeys.school import School

pytestmark = pytest.mark.slow

STORY = "Her uniform is often too small and she sometimes has no lunch. Mum lost her job and does her best."
NEGLECT = {
    "screen": ["not_cared_for"],
    "which_not_cared_for": ["neglect"],
    "categories": ["neglect"],
    "neglect_signs": ["at_times"],
}


def test_a_green_goes_with_the_consent_of_the_family(school: School) -> None:
    sam = school.somebody("Sam Okafor")
    concern = sam.worries(STORY)
    sam.answers(NEGLECT)
    sam.sees("This looks Green", "Early help needs their consent")
    sam.picture("advice")

    sam.open(f"{concern}/send")
    sam.follows("Send to MASH")
    sam.sees("There is a problem", "consent")
    sam.picture("without-consent")

    sam.open(f"{concern}/draft/consent")
    sam.page.get_by_role("group", name="Consent to be helped and supported").get_by_label("Given").check()
    sam.follows("Save and check everything")
    sam.follows("Continue to send")
    sam.follows("Send to MASH")
    sam.waits_for("MASH received it")
    sam.picture("received")
