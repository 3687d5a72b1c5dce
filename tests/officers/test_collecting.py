"""What staff correct reaches the officers, redacted, on a real database."""

from __future__ import annotations

from functools import cache

import pytest

from bot import demo
from bot.concerns import Concerns, PackShelf
from bot.officers import Collector
from bot.reading import Reader
from bot.store import Example, Person, Store, examples
from tests.concerns.conftest import CLOSED_PORT, PACKS, Clock

STORY = "Zebedee has a bruise behind his ear and would not say how it happened."
shelf = cache(lambda: PackShelf(PACKS))


@pytest.fixture
def concerns(sqlite_store: Store, clock: Clock) -> Concerns:
    demo.seed(sqlite_store, "wolverhampton", clock())
    reader = Reader(CLOSED_PORT, timeout=0.2)
    return Concerns(sqlite_store, shelf(), reader, clock, "wolverhampton", on_turn=Collector(clock))


@pytest.fixture
def sam(concerns: Concerns, sqlite_store: Store) -> Person:
    with sqlite_store.read() as session:
        return demo.first_person(session)


def collected(store: Store) -> list[Example]:
    with store.read() as session:
        return examples.examples_in(session, "336", "to_label")


def test_a_story_while_the_parser_is_off_is_kept_redacted(
    concerns: Concerns, sam: Person, sqlite_store: Store
) -> None:
    concerns.message(sam, concerns.open(sam).id, STORY)
    (kept,) = collected(sqlite_store)
    assert kept.signals == {"parser_off": 1.0}
    assert kept.text == "[NAME] has a bruise behind his ear and would not say how it happened."


def test_danger_that_was_not_read_is_the_most_useful(
    concerns: Concerns, sam: Person, sqlite_store: Store
) -> None:
    reply = concerns.message(sam, concerns.open(sam).id, STORY)
    concerns.answer(sam, reply.id, "danger_now", "yes")
    (kept,) = collected(sqlite_store)
    assert kept.signals == {"parser_off": 1.0, "danger_missed": 8.0}
    assert kept.score == 9.0


def test_a_ticked_category_that_was_not_offered_is_kept_with_the_story(
    concerns: Concerns, sam: Person, sqlite_store: Store
) -> None:
    reply = concerns.message(sam, concerns.open(sam).id, STORY)
    concerns.answer(sam, reply.id, "categories", ["physical_harm"])
    (kept,) = collected(sqlite_store)
    assert kept.signals["not_offered"] == 5.0
    assert kept.ticked == ["physical_harm"]


def test_an_answer_by_button_without_a_story_is_no_example(
    concerns: Concerns, sam: Person, sqlite_store: Store
) -> None:
    reply = concerns.open(sam)
    concerns.answer(sam, reply.id, "danger_now", "yes")
    assert collected(sqlite_store) == []


def test_an_answer_in_words_that_is_asked_again_is_kept(
    concerns: Concerns, sam: Person, sqlite_store: Store
) -> None:
    reply = concerns.message(sam, concerns.open(sam).id, STORY)
    concerns.answer(sam, reply.id, "danger_now", "no")
    asked = concerns.reopen(sam, reply.id, "danger_now")
    assert asked.question is not None
    concerns.message(sam, reply.id, "no not now")
    concerns.reopen(sam, reply.id, "danger_now")
    kept = {one.text: one.signals for one in collected(sqlite_store)}
    assert kept["no not now"]["reopened"] == 3.0


def test_nothing_stands_in_clear(concerns: Concerns, sam: Person, sqlite_store: Store) -> None:
    concerns.message(sam, concerns.open(sam).id, STORY)
    (kept,) = collected(sqlite_store)
    assert b"bruise" not in kept.text_sealed
