"""Lists of concerns: each person's own, and the school's."""

from __future__ import annotations

from bot.store import people as kept_people
from tests.web.conftest import Browser, Site
from tests.web.test_chat import choose, told


def _namesake(site: Site, role: str) -> Browser:
    """Another person of the school who has the same name as Sam Okafor."""
    sam = site.people["Sam Okafor"]
    with site.services.store.write() as session:
        person = kept_people.add_person(
            session, organisation_id=sam.organisation_id, role=role, name=sam.name, at=site.clock()
        )
    browser = site.browser()
    assert browser.post("/sign-in", data={"person": person.id}).status_code == 303
    return browser


def test_my_concerns_are_mine_and_not_those_of_somebody_with_my_name(site: Site, sam: Browser) -> None:
    brought = sam.post("/concerns").headers["location"]
    lead = _namesake(site, "dsl")
    assert lead.get(brought).status_code == 200
    assert brought not in lead.get("/concerns").text
    assert brought in lead.get("/school").text
    own = lead.post("/concerns").headers["location"]
    assert own in lead.get("/concerns").text
    page = sam.get("/concerns").text
    assert (brought in page, own in page) == (True, False)


def test_a_concern_outlasts_the_job_of_whoever_brought_it(site: Site, sam: Browser) -> None:
    decided, sent = (sam.post("/concerns").headers["location"] for _ in range(2))
    for address in (decided, sent):
        told(sam, address)
    sam.post(f"{decided}/decision", data={"decision": "school_support", "reason": "Talked with the DSL."})
    choose(sam, sent, "yes")
    status = sam.post(f"{sent}/send", data={"reached": "no"}).headers["location"]
    with site.services.store.write() as session:
        kept_people.get_person(session, site.people["Sam Okafor"].id).left_at = site.clock()
    lead = site.browser("Helen Marsh")
    for page in ("/school", f"{decided}/record", f"{decided}/draft", f"{sent}/advice", status):
        answer = lead.get(page)
        assert answer.status_code == 200, page
    assert "Sam Okafor" in lead.get("/school").text
    assert "Sam Okafor" in lead.get(f"{decided}/record").text
