"""The officers' pages: what they show, what they refuse, and what is wrong beside its field."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.store import Store, examples, models
from bot.store.concerns import add_concern
from bot.store.people import get_person
from tests.web.conftest import Site, make_site
from tests.web.strict_html import problems_of

STORY = "the wee lad was proper clemmed again, scoffing crusts off the floor by the bins"
COMPARED = {
    "old": {"top1": [1, 2], "top3": [2, 2], "acts": [1, 1], "danger": [1, 1], "false_alarms": [0, 1]},
    "new": {"top1": [2, 2], "top3": [2, 2], "acts": [0, 1], "danger": [1, 1], "false_alarms": [0, 1]},
    "intents": [
        {"intent": "greet", "of": 1, "old": 1, "new": 0},
        {"intent": "concern/neglect", "of": 2, "old": 1, "new": 2},
    ],
    "mended": 1,
    "lost": 1,
    "danger_lost": 0,
}


@pytest.fixture
def site(sqlite_store: Store, tmp_path: Path) -> Site:
    return make_site(sqlite_store, tmp_path)


@pytest.fixture
def kept(site: Site) -> str:
    """The address of a misread message."""
    with site.services.store.write() as session:
        concern = add_concern(
            session,
            author=get_person(session, site.people["Sam Okafor"].id),
            pack_name="wolverhampton",
            pack_version="2026.1",
            pack_digest="d" * 64,
            at=site.clock(),
        )
        one = examples.note_misread(
            session,
            concern,
            "message",
            STORY,
            at=site.clock(),
            signals={"not_offered": 5.0, "unsure": 1.2},
            understood={"categories": [{"name": "bullying", "confidence": 0.21}], "acts": [], "danger": []},
            ticked=["neglect"],
        )
        return f"/officers/examples/{one.id}"


def test_label_then_check_by_another(site: Site, kept: str) -> None:
    jo, lewis = site.browser("Jo Bennett"), site.browser("Lewis Grant")
    page = jo.get(kept).text
    assert problems_of(page) == []
    assert STORY in page
    assert "21 % sure" in page
    assert "Northgate" not in page
    assert "Okafor" not in page
    labelled = jo.post(
        f"{kept}/label", data={"version": "1", "label": "concern/neglect", "use": "training", "do": "save"}
    )
    assert labelled.headers["location"] == "/officers?state=to_label&done=labelled"
    assert "Another officer must check it" in jo.get(kept).text
    page = lewis.get(kept).text
    assert problems_of(page) == []
    struck = lewis.post(f"{kept}/check", data={"version": "2", "do": "strike", "struck": "wee lad"})
    assert struck.headers["location"] == kept
    approved = lewis.post(f"{kept}/check", data={"version": "3", "do": "approve", "names_nobody": "yes"})
    assert approved.headers["location"] == "/officers?state=to_check&done=checked"
    checked = lewis.get("/officers?state=checked").text
    assert "the [NAME] was proper clemmed" in checked
    assert problems_of(checked) == []


@pytest.mark.parametrize(
    ("part", "form", "says"),
    [
        ("label", {}, "Choose what the message is."),
        ("label", {"label": "greet"}, "Choose training or evaluation."),
        ("label", {"label": "concern/neglect", "use": "training", "version": "9"}, "Somebody else changed"),
        ("check", {"do": "approve"}, "Tick this once you have read every word."),
        ("check", {"do": "approve", "names_nobody": "yes"}, "does not wait for a check"),
        ("check", {"do": "strike", "struck": "Nobody"}, "Copy the words exactly"),
        ("check", {"do": "strike"}, "one name on each line"),
    ],
)
def test_what_is_wrong_is_said(site: Site, kept: str, part: str, form: dict[str, str], says: str) -> None:
    answer = site.browser("Jo Bennett").post(f"{kept}/{part}", data={"version": "1"} | form)
    assert answer.status_code == 422
    assert says in answer.text
    assert problems_of(answer.text) == []


@pytest.mark.parametrize(
    "path", ["/officers?state=unheard", "/officers/examples/unknown", "/officers/models/unknown"]
)
def test_what_is_not_there_is_a_404(site: Site, path: str) -> None:
    assert site.browser("Jo Bennett").get(path).status_code == 404


@pytest.mark.parametrize("path", ["/officers?page=0", "/officers?page=99999999999999999999"])
def test_a_page_number_that_cannot_be_is_refused(site: Site, path: str) -> None:
    assert site.browser("Jo Bennett").get(path).status_code == 422


def test_there_is_nothing_to_train_before_a_message_was_checked(site: Site, kept: str) -> None:
    answer = site.browser("Jo Bennett").post("/officers/models")
    assert answer.status_code == 422
    assert "No checked message" in answer.text
    assert problems_of(answer.text) == []


def test_progress_without_and_with_scripts(site: Site) -> None:
    jo = site.browser("Jo Bennett")
    with site.services.store.write() as session:
        model = models.begin_training(session, "officers-1.tar.gz", by="x", at=site.clock(), examples=1)
        models.progress(session, model.id, "learning", 37, site.clock())
        address = f"/officers/models/{model.id}"
    page = jo.get(address).text
    assert "Learning: 37 %" in page
    assert problems_of(page) == []
    part = jo.get(address, headers={"hx-request": "true"}).text
    assert part.lstrip().startswith('<div id="model"')
    assert "every 2s" in part
    assert jo.get("/officers/models").status_code == 200


def test_the_comparison_shows_each_intent_with_its_change(site: Site) -> None:
    jo = site.browser("Jo Bennett")
    with site.services.store.write() as session:
        model = models.begin_training(session, "officers-1.tar.gz", by="x", at=site.clock(), examples=1)
        models.complete(
            session, model, digest="d", compared_with="base.tar.gz", figures=COMPARED, at=site.clock()
        )
        address = f"/officers/models/{model.id}"
    page = jo.get(address).text
    assert problems_of(page) == []
    assert "1 of 2 (50.0 %)" in page
    assert "2 of 2 (100.0 %)" in page
    assert "−1" in page
    unsure = jo.post(address, data={"do": "promote"})
    assert (unsure.status_code, "Tick this once you have looked" in unsure.text) == (422, True)
    no_file = jo.post(address, data={"do": "promote", "sure": "yes"})
    assert (no_file.status_code, "Its file is missing" in no_file.text) == (422, True)
    assert problems_of(no_file.text) == []
    assert jo.post(address, data={"do": "keep_old"}).headers["location"] == "/officers/models?done=kept"
