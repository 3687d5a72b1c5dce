"""A worry about a colleague called by name: whom it is about is read and asked back, never taken as said."""

from __future__ import annotations

import pytest

from bot.concerns import Concerns
from bot.concerns.colleagues import is_named
from bot.store import Store
from bot.store import people as kept_people
from tests.concerns.conftest import School
from tests.databases import NOW


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("Mrs Okafor grabbed him by the arm", True),
        ("okafor's been texting one of the girls", True),
        ("I told Mrs Okafor, she wrote it down", False),
        ("told Mrs Okafor on Monday. Mrs Okafor then shouted at him", True),
        ("she lives in Okaforth Road", False),
        ("the head shouted", False),
        ("supply teacher shouted at him, grace okafor knows already", False),
        ("Mrs Okafor told me off, and his dad hits him", False),
        ("I told Jo Bell that Grace Okafor has been messaging a girl", True),
    ],
)
def test_a_person_is_named_who_is_spoken_of_and_not_only_told(text: str, named: bool) -> None:
    assert is_named("Grace Okafor", text) is named


@pytest.mark.parametrize(("role", "option"), [("dsl", "dsl"), ("head", "head"), ("staff", "staff_member")])
def test_who_is_named_is_suggested_and_closes_nothing_before_it_is_confirmed(
    concerns: Concerns, school: School, store: Store, role: str, option: str
) -> None:
    with store.write() as session:
        place = school.staff.organisation_id
        kept_people.add_person(session, organisation_id=place, role=role, name="Grace Okafor", at=NOW)
    reply = concerns.open(school.staff)
    concerns.message(school.staff, reply.id, "I saw something at lunch that worries me.")
    concerns.answer(school.staff, reply.id, "categories", ["staff_allegation"])
    reply = concerns.message(school.staff, reply.id, "Mrs Okafor shoved a boy into the wall")
    assert [(one.question, one.value) for one in reply.suggestions] == [("allegation_about", option)]
    assert not reply.answers or "allegation_about" not in {one.question for one in reply.answers}


def test_a_name_in_another_worry_says_nothing_of_a_colleague(
    concerns: Concerns, school: School, store: Store
) -> None:
    with store.write() as session:
        place = school.staff.organisation_id
        kept_people.add_person(session, organisation_id=place, role="dsl", name="Grace Okafor", at=NOW)
    reply = concerns.open(school.staff)
    reply = concerns.message(school.staff, reply.id, "Year 4 boy is hungry, Mrs Okafor saw it as well.")
    assert "allegation_about" not in {one.question for one in reply.suggestions}
