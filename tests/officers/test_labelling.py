"""One officer labels, another checks; no message stands in training and evaluation both."""

from __future__ import annotations

from collections.abc import Callable

import pytest
import yaml

from bot.officers import Labelling, Wrong
from bot.officers.labelling import without
from bot.officers.labels import ACTS
from bot.reading.evaluate import ACTS as RANKED_ACTS
from bot.settings import ROOT
from bot.store import NotThere, Store, audit, examples
from tests.officers.conftest import CATEGORIES, STORY, Authority

Keep = Callable[..., str]


def label(labelling: Labelling, officer: object, example_id: str, **changes: object) -> None:
    given = {
        "label": "concern/neglect",
        "also": [],
        "use": "training",
        "categories": CATEGORIES,
        "version": 1,
    }
    labelling.label(officer, example_id, **(given | changes))  # type: ignore[arg-type]


def approve(labelling: Labelling, officer: object, example_id: str, version: int = 2) -> None:
    labelling.approve(officer, example_id, version, names_nobody=True, categories=CATEGORIES)  # type: ignore[arg-type]


def test_every_act_has_plain_words() -> None:
    assert set(ACTS) == RANKED_ACTS


def test_the_most_useful_message_stands_first(
    labelling: Labelling, authority: Authority, misread: Keep
) -> None:
    misread("first words here", unsure=0.4)
    misread("second words here", not_offered=5.0)
    misread("third words here", missed=3.0, unsure=1.0)
    rows, counts = labelling.listed(authority.officer, "to_label")
    assert [row.score for row in rows] == [5.0, 4.0, 0.4]
    assert counts == {"to_label": 3, "to_check": 0, "checked": 0, "set_aside": 0}


def test_four_eyes(labelling: Labelling, authority: Authority, misread: Keep, store: Store) -> None:
    kept = misread()
    label(labelling, authority.officer, kept)
    with pytest.raises(Wrong, match="Another officer must check"):
        approve(labelling, authority.officer, kept)
    with store.read() as session:
        assert not examples.chosen_for(session, "training")
    approve(labelling, authority.second, kept)
    with store.read() as session:
        assert [one.id for one in examples.chosen_for(session, "training")] == [kept]
        trail = [one.action for one in audit.audit_of(session, authority.officer.organisation_id)]
    assert trail == ["example.labelled", "example.checked"]


def test_a_new_label_is_checked_anew(labelling: Labelling, authority: Authority, misread: Keep) -> None:
    kept = misread()
    label(labelling, authority.officer, kept)
    approve(labelling, authority.second, kept)
    label(labelling, authority.second, kept, version=3, use="evaluation")
    assert labelling.one(authority.officer, kept).state == "to_check"


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"label": ""}, "label"),
        ({"label": "concern/unheard_of"}, "label"),
        ({"use": "both"}, "use"),
        ({"also": ["unheard_of"]}, "also"),
        ({"label": "greet", "also": ["neglect"]}, "also"),
        ({"version": 7}, "label"),
    ],
)
def test_what_is_wrong_is_said_beside_its_field(
    labelling: Labelling, authority: Authority, misread: Keep, change: dict[str, object], field: str
) -> None:
    with pytest.raises(Wrong) as wrong:
        label(labelling, authority.officer, misread(), **change)
    assert set(wrong.value.fields) == {field}


def test_a_message_is_never_used_for_both(labelling: Labelling, authority: Authority, misread: Keep) -> None:
    first, copy = misread(), misread(STORY.upper() + "!")
    label(labelling, authority.officer, first, use="evaluation")
    with pytest.raises(Wrong, match="never used for both"):
        label(labelling, authority.officer, copy, use="training")
    with pytest.raises(Wrong, match="already"):
        label(labelling, authority.officer, copy, use="evaluation")


def held_out_message(category: str) -> str:
    """One of the held-out messages, which are quoted nowhere else."""
    rows = yaml.safe_load((ROOT / "data" / "evaluation" / "utterances.yml").read_text(encoding="utf-8"))
    return next(str(row["text"]) for row in rows["utterances"] if row.get("category") == category)


def test_a_copy_of_an_authored_message_is_refused(
    labelling: Labelling, authority: Authority, misread: Keep
) -> None:
    learned = misread("Same filthy shirt since Monday, and he smells of wee")
    held_out = misread(held_out_message("physical_harm"))
    with pytest.raises(Wrong, match=r"training, as “Neglect”\. A message is never used for both"):
        label(labelling, authority.officer, learned, use="evaluation")
    with pytest.raises(Wrong, match=r"evaluation, as “Physical harm”\. A message is never used for both"):
        label(labelling, authority.officer, held_out, use="training")


def test_struck_words_are_gone(labelling: Labelling, authority: Authority, misread: Keep) -> None:
    kept = misread("Zebby Quill's mum was at the gate, zebby would not go")
    label(labelling, authority.officer, kept)
    labelling.strike(authority.second, kept, 2, ["zebby quill", "zebby"])
    assert labelling.one(authority.second, kept).text == "[NAME]'s mum was at the gate, [NAME] would not go"


@pytest.mark.parametrize("struck", [[], ["  "], ["Nobody Here"], ["eb"]])
def test_only_words_that_stand_there_can_be_struck(struck: list[str]) -> None:
    with pytest.raises(Wrong) as wrong:
        without("Zebby would not go", struck)
    assert not any(line.strip() and line in wrong.value.fields["struck"] for line in struck)


def test_set_aside_and_taken_up_again(labelling: Labelling, authority: Authority, misread: Keep) -> None:
    kept = misread()
    labelling.set_aside(authority.officer, kept, 1)
    assert labelling.one(authority.officer, kept).state == "set_aside"
    label(labelling, authority.officer, kept, version=2)
    assert labelling.one(authority.officer, kept).state == "to_check"
    labelling.send_back(authority.second, kept, 3)
    assert labelling.one(authority.officer, kept).state == "to_label"


def test_another_authority_and_a_school_see_nothing(
    labelling: Labelling, authority: Authority, misread: Keep
) -> None:
    kept = misread()
    assert labelling.listed(authority.stranger, "to_label")[0] == []
    with pytest.raises(NotThere):
        labelling.one(authority.stranger, kept)
    with pytest.raises(NotThere):
        labelling.listed(authority.teacher, "to_label")
