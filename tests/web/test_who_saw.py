"""Whoever looks at a concern is noted in the audit trail, through whichever door and on whichever page."""

from __future__ import annotations

import pytest

from bot.store import audit as kept_audit
from tests.web.conftest import Browser, Site
from tests.web.test_filing import decided as decided
from tests.web.test_filing import status as status


def viewed(site: Site, who: str) -> int:
    """How often it was noted that this person looked."""
    person = site.people[who]
    with site.services.store.read() as session:
        trail = kept_audit.audit_of(session, person.organisation_id)
        assert kept_audit.verify(session) == []
    return sum(entry.actor == person.id and entry.action == "concern.viewed" for entry in trail)


@pytest.mark.parametrize(
    "page",
    [
        "",
        "/advice",
        "/draft",
        "/draft/concern",
        "/check",
        "/attachments",
        "/record",
        "/decision",
        "/children",
    ],
)
def test_every_page_of_a_concern_leaves_a_trace(site: Site, decided: str, page: str) -> None:
    assert site.browser("Helen Marsh").get(f"{decided}{page}").status_code == 200
    assert viewed(site, "Helen Marsh") == 1


def test_the_status_of_a_referral_leaves_a_trace(site: Site, status: str) -> None:
    assert site.browser("Helen Marsh").get(status).status_code == 200
    assert viewed(site, "Helen Marsh") == 1


def test_a_program_leaves_a_trace_too(site: Site, status: str) -> None:
    program, reference = site.program("Helen Marsh"), status.rpartition("/")[2]
    assert program.get(f"/api/v1/referrals/{reference}").status_code == 200
    assert viewed(site, "Helen Marsh") == 1


def test_looking_again_and_again_is_one_look_until_later(site: Site, decided: str) -> None:
    dsl = site.browser("Helen Marsh")
    for _ in range(3):
        dsl.get(decided)
    assert viewed(site, "Helen Marsh") == 1
    site.clock.pass_by(minutes=6)
    dsl.get(decided)
    assert viewed(site, "Helen Marsh") == 2


def test_who_may_not_see_it_leaves_none(site: Site, decided: str, sam: Browser) -> None:
    assert site.browser("Amina Yusuf").get(decided).status_code == 404
    assert viewed(site, "Amina Yusuf") == 0
