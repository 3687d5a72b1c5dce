"""Several children in one concern, on the pages: each is asked about and shown apart."""

from __future__ import annotations

from collections.abc import Callable

from bot.referrals.rendering.decision import decision_page
from bot.referrals.rendering.page import Bullets, Facts
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


def test_the_record_of_a_decision_tells_the_children_apart(site: Site, opened: Callable[[], str]) -> None:
    program, address = site.program(), opened()
    base = f"/api/v1{address}"
    program.post(f"{base}/messages", json={"text": "Two brothers are often late and dirty."})
    program.post(f"{base}/children", json={"role": "harmed"})
    program.post(f"{base}/messages", json={"question": "danger_now", "value": "no"})
    asked: list[tuple[str, str | None]] = []
    while (question := program.get(base).json()["question"]) is not None and len(asked) < 20:
        asked.append((question["id"], question["child"]))
        signs = ["poor_cared_for"] if question["child"] == "c1" else ["none"]
        usual = {"categories": ["neglect"], "screen": ["none"], "neglect_signs": signs}
        value = usual.get(question["id"], ["none"] if question["kind"] == "many" else "not_known")
        said = {"question": question["id"], "value": value, "child": question["child"]}
        answer = program.post(f"{base}/messages", json={key: one for key, one in said.items() if one})
        assert answer.status_code == 200, (question["id"], answer.text)
    assert {child for _, child in asked} >= {"c1", "c2"}
    decided = {"decision": "school_support", "reason": "Talked with the DSL."}
    assert program.post(f"{base}/decision", json=decided).status_code == 201
    page = decision_page(site.services.concerns.record_of(site.people["Sam Okafor"], address.split("/")[2]))
    bullets = [line for block in page.blocks if isinstance(block, Bullets) for line in block.items]
    assert [line.partition(" (")[0] for line in bullets if "Having little money" in line] == [
        "Child 1: Having little money is not neglect; the child is cared for.",
        "Child 2: Having little money is not neglect; the child is cared for.",
    ]
    answers = [name for block in page.blocks if isinstance(block, Facts) for name, _ in block.rows]
    assert any(name.startswith("Child 1: ") for name in answers)
    assert any(name.startswith("Child 2: ") for name in answers)
