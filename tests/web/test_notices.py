"""What somebody must see stands on the first page that they open, in words for what they can do about it."""

from __future__ import annotations

import re

import pytest

from bot.handover.alarms import raise_dead_letter
from bot.store.outbox import outbox_of, settle_dead
from bot.store.referrals import referral_by_reference
from tests.web.conftest import Browser, Site
from tests.web.strict_html import problems_of
from tests.web.test_filing import status as status  # the address of a Red that was sent


@pytest.fixture
def dead(site: Site, status: str) -> str:
    """A referral that cannot be delivered as it is."""
    with site.services.store.write() as session:
        referral = referral_by_reference(session, status.rpartition("/")[2])
        [row] = outbox_of(session, referral.id)
        settle_dead(session, row.id, at=site.clock())
        raise_dead_letter(session, referral, row.id, site.clock())
    return status


def test_a_dead_letter_is_before_the_sender_and_the_dsl_who_ring(site: Site, sam: Browser, dead: str) -> None:
    for browser, page in ((sam, "/concerns"), (site.browser("Helen Marsh"), "/school")):
        shown = browser.get(page).text
        assert "cannot be delivered as it is. Ring MASH now." in shown
        assert not problems_of(shown)
    assert "It cannot be delivered" in sam.get(dead).text


def test_a_dead_letter_is_before_the_officer_who_mends_the_link_and_sees_no_child(
    site: Site, dead: str
) -> None:
    officer = site.browser("Jo Bennett")
    shown = officer.get("/officers").text
    assert "cannot be delivered to MASH" in shown
    assert "Have the link to MASH looked at now" in shown
    assert dead.rpartition("/")[2] not in shown
    assert not problems_of(shown)
    notice = re.search(r'action="(/notices/[^"]+)"', shown)
    assert notice is not None
    assert officer.post(notice[1]).headers["location"] == "/officers"
    assert "cannot be delivered" not in officer.get("/officers").text
