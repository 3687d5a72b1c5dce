"""What the referral still lacks is asked one thing at a time, for those who prefer it to the form."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from tests.web.conftest import Browser, Site
from tests.web.strict_html import problems_of
from tests.web.test_chat import choose, hidden, told
from tests.web.test_two_editors import drafted


@pytest.fixture
def address(sam: Browser, opened: Callable[[], str]) -> str:
    """A Red of Sam's, with nothing filled in."""
    concern = opened()
    told(sam, concern)
    choose(sam, concern, "yes")
    return concern


def answered(sam: Browser, page: str, address: str, **said: str) -> str:
    """Answer the question of a page; gives the page that follows."""
    mark = re.search(r'name="([a-z_.]+--mark)" value="([^"]+)"', page)
    form = {"path": hidden(page, "path"), "seen": hidden(page, "seen"), "do": "save", **said}
    form |= {mark[1]: mark[2]} if mark else {}
    sent = {**form, "skip": re.findall(r'name="skip" value="([^"]+)"', page)}
    answer = sam.post(f"{address}/missing", data=sent)
    assert answer.status_code == 303, answer.text
    return sam.get(answer.headers["location"], follow_redirects=True).text


def test_what_matters_most_is_asked_first_and_kept(sam: Browser, address: str) -> None:
    assert f"{address}/missing" in sam.get(f"{address}/draft").text
    page = sam.get(f"{address}/missing").text
    assert not problems_of(page)
    asked = [hidden(page, "path")]
    page = answered(sam, page, address, **{"urgent_call.made": "yes"})
    while (path := hidden(page, "path")) != "children.c1.where_now":
        asked.append(path)
        page = answered(sam, page, address, do="skip")
    page = answered(sam, page, address, **{"children.c1.where_now": "In the office with Helen"})
    assert asked[0] == "urgent_call.made"
    draft = drafted(sam, address + "/draft")
    assert draft["children"][0]["where_now"] == "In the office with Helen"
    assert draft["urgent_call"]["made"] == "yes"
    assert not problems_of(page)


def test_everything_may_be_left_and_the_last_page_is_the_check(sam: Browser, address: str) -> None:
    page, asked = sam.get(f"{address}/missing").text, []
    while "<h1" in page and 'name="path"' in page:
        asked.append(hidden(page, "path"))
        page = answered(sam, page, address, do="skip")
    assert len(asked) == len(set(asked)) > 15
    assert "Check your answers" in page
    assert sam.post(f"{address}/send", data={"reached": "no"}).status_code == 303  # gaps never hold a Red


def test_not_known_is_an_answer_and_nothing_is_not(sam: Browser, address: str) -> None:
    page = sam.get(f"{address}/missing?skip=urgent_call.made").text
    path = hidden(page, "path")
    page = answered(sam, page, address, **{f"{path}--unknown": "yes"})
    assert hidden(page, "path") != path
    assert path not in re.findall(r'name="skip" value="([^"]+)"', page)
    empty = hidden(page, "path")
    page = answered(sam, page, address)
    assert empty in re.findall(r'name="skip" value="([^"]+)"', page)


def test_what_is_wrong_is_said_beside_the_field(sam: Browser, address: str) -> None:
    page = sam.get(f"{address}/missing").text
    form = {"path": "children.c1.date_of_birth", "seen": hidden(page, "seen"), "children--mark": "c1"}
    form |= {f"children.c1.date_of_birth--{part}": "99" for part in ("day", "month", "year")}
    answer = sam.post(f"{address}/missing", data=form)
    assert (answer.status_code, answer.text.count("Enter a real date")) == (422, 2)
    assert not problems_of(answer.text)
    assert sam.post(f"{address}/missing", data={**form, "path": "no.such.field"}).status_code == 404


def test_a_change_of_somebody_else_is_not_put_back(site: Site, sam: Browser, address: str) -> None:
    page = sam.get(f"{address}/missing?skip=urgent_call.made").text
    path = hidden(page, "path")
    assert path == "children.c1.where_now"
    program = site.program("Helen Marsh")
    program.patch(f"/api/v1{address}/draft", json={"children": [{"where_now": "At the hospital"}]})
    form = {"path": path, "seen": hidden(page, "seen"), "children--mark": "c1", path: "In the office"}
    answer = sam.post(f"{address}/missing", data=form)
    assert (answer.status_code, "At the hospital" in answer.text) == (409, True)
    assert drafted(sam, address + "/draft")["children"][0]["where_now"] == "At the hospital"
