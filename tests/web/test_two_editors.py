"""A teacher and the DSL have the same draft open: nothing is lost, and each sees what the other changed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.web.conftest import Browser, Site
from tests.web.strict_html import problems_of
from tests.web.test_chat import hidden, told


@pytest.fixture
def address(sam: Browser, opened: Callable[[], str]) -> str:
    """The draft of a concern of Sam's."""
    concern = opened()
    told(sam, concern)
    return f"{concern}/draft"


@pytest.fixture
def dsl(site: Site) -> Browser:
    return site.browser("Helen Marsh")


def opened_by(browser: Browser, address: str, section: str = "concern") -> dict[str, str]:
    """What the page of a section shows to somebody, as its form would send it back."""
    draft = drafted(browser, address)
    form = {"seen": hidden(browser.get(f"{address}/{section}").text, "seen"), "do": "next"}
    if section == "concern":
        form |= {f"concern.{name}": value for name, value in draft.get("concern", {}).items() if value}
    return form


def drafted(browser: Browser, address: str) -> dict[str, Any]:
    """The draft as the services hold it."""
    services = browser.app.state.services  # type: ignore[attr-defined]
    concern = address.split("/")[2]
    helen = next(one for one in services.people.all() if one.name == "Helen Marsh")
    found: dict[str, Any] = services.concerns.draft(helen, concern).draft
    return found


def test_different_fields_of_one_page_are_both_kept(sam: Browser, dsl: Browser, address: str) -> None:
    his, hers = opened_by(sam, address), opened_by(dsl, address)
    answer = dsl.post(f"{address}/concern", data={**hers, "concern.place": "In the hall"})
    assert answer.status_code == 303
    answer = sam.post(f"{address}/concern", data={**his, "concern.why_now": "It is new and unexplained."})
    assert answer.status_code == 303
    kept = drafted(sam, address)["concern"]
    assert (kept["place"], kept["why_now"]) == ("In the hall", "It is new and unexplained.")
    assert "In the hall" in sam.get(f"{address}/concern").text


def test_the_same_field_shows_both_and_saves_neither_unseen(sam: Browser, dsl: Browser, address: str) -> None:
    his, hers = opened_by(sam, address), opened_by(dsl, address)
    dsl.post(f"{address}/concern", data={**hers, "concern.place": "In the hall"})
    mine = {**his, "concern.place": "At the gate", "concern.why_now": "It is new and unexplained."}
    answer = sam.post(f"{address}/concern", data=mine)
    assert answer.status_code == 409
    assert not problems_of(answer.text)
    for words in ("In the hall", "At the gate", "It is new and unexplained.", "saving again keeps yours"):
        assert words in answer.text
    assert drafted(sam, address)["concern"]["place"] == "In the hall"
    again = sam.post(f"{address}/concern", data={**mine, "seen": hidden(answer.text, "seen")})
    assert again.status_code == 303
    assert drafted(sam, address)["concern"]["place"] == "At the gate"


def test_new_items_of_two_people_are_two_items(sam: Browser, dsl: Browser, address: str) -> None:
    his, hers = (opened_by(one, address, "household") for one in (sam, dsl))
    for browser, form, name in ((dsl, hers, "Ann Example"), (sam, his, "Bo Example")):
        item = {"household--mark": "household-1", "household.household-1.name": name}
        assert browser.post(f"{address}/household", data={**form, **item}).status_code == 303
    assert [one["name"] for one in drafted(sam, address)["household"]] == ["Ann Example", "Bo Example"]


def test_an_item_that_somebody_else_changed_is_not_taken_out_unseen(
    sam: Browser, dsl: Browser, address: str
) -> None:
    item = {"household--mark": "household-1", "household.household-1.name": "Ann Example"}
    sam.post(f"{address}/household", data={**opened_by(sam, address, "household"), **item})
    his, hers = (opened_by(one, address, "household") for one in (sam, dsl))
    dsl.post(f"{address}/household", data={**hers, **item, "household.household-1.phone": "01632 960003"})
    answer = sam.post(f"{address}/household", data={**his, **item, "household.household-1--remove": "yes"})
    assert answer.status_code == 409
    assert drafted(sam, address)["household"][0]["phone"] == "01632 960003"


@pytest.mark.parametrize("seen", ["", "[1]", "{"])
def test_a_page_that_does_not_say_what_it_showed_is_looked_at_again(
    sam: Browser, address: str, seen: str
) -> None:
    form = {**opened_by(sam, address), "seen": seen, "concern.place": "In the hall"}
    answer = sam.post(f"{address}/concern", data=form)
    assert (answer.status_code, "In the hall" in answer.text) == (409, True)
    form["seen"] = hidden(answer.text, "seen")
    assert sam.post(f"{address}/concern", data=form).status_code == 303
    assert drafted(sam, address)["concern"]["place"] == "In the hall"
