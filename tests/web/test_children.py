"""Several children in one concern, on the pages: each is asked about and shown apart."""

from __future__ import annotations

from collections.abc import Callable

from tests.web.conftest import Browser, Site
from tests.web.strict_html import problems_of
from tests.web.test_chat import choose, told


def test_another_child_is_added_and_each_has_a_band(sam: Browser, opened: Callable[[], str]) -> None:
    address = opened()
    told(sam, address)
    assert "Add another child" in sam.get(address).text
    assert not problems_of(sam.get(f"{address}/children").text)
    refused = sam.post(f"{address}/children", data={"name": "Ben"})
    assert (refused.status_code, "Choose this child’s part" in refused.text) == (422, True)
    added = sam.post(f"{address}/children", data={"role": "sibling", "name": "Ben Unsaid"})
    assert added.headers["location"] == f"{address}#question"
    page = sam.get(address).text
    assert "Each child" in page
    assert "Child 1" in page
    assert "Child 2" in page
    assert "brother or sister" in page
    assert "Ben Unsaid" not in page
    assert not problems_of(page)
    assert not problems_of(sam.get(f"{address}/children").text)


def test_a_question_says_which_child_it_is_about(sam: Browser, opened: Callable[[], str]) -> None:
    address = opened()
    told(sam, address)
    sam.post(f"{address}/children", data={"role": "harmed"})
    page = choose(sam, address, "no")
    for _ in range(6):
        if "<strong>About Child" in page:
            break
        page = choose(sam, address, "not_sure")
    assert "<strong>About Child 1</strong>" in page


def test_no_child_is_added_after_sending(site: Site, sam: Browser, opened: Callable[[], str]) -> None:
    address = opened()
    told(sam, address)
    choose(sam, address, "yes")
    sam.post(f"{address}/send", data={"reached": "no"})
    assert "Add this child" not in sam.get(f"{address}/children").text
    assert sam.post(f"{address}/children", data={"role": "harmed"}).status_code == 422
    assert site.browser("Amina Yusuf").post(f"{address}/children", data={"role": "harmed"}).status_code == 404
