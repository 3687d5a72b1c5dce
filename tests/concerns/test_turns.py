"""One turn in words: what its reply shows of the draft, and how often it asks the database."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from pytest_httpserver import HTTPServer
from sqlalchemy import event, update
from werkzeug import Request, Response

from bot.concerns import Concerns, PackShelf
from bot.concerns.turns import SHORT
from bot.reading import Reader
from bot.safekeeping import SealBroken
from bot.store import Message, Store
from bot.store import messages as kept_messages
from tests.concerns.conftest import PACKS, Clock, School

STORY = "Year 2 girl has a bruise behind her ear and would not say how it happened."
MORE = "At lunch she told the staff that her dad gets angry when he drinks, and that she is scared of him."
WHY = "why do you ask that"


def ranked(act: str) -> dict[str, Any]:
    """What the parser says of a message that is surely this act."""
    sure = act == "tell"
    return {
        "acts": [{"name": act, "confidence": 0.99}],
        "categories": [{"name": "physical_harm", "confidence": 0.9}] if sure else [],
        "danger": 0.0,
    }


@pytest.fixture
def talked_to(httpserver: HTTPServer, store: Store, clock: Clock) -> Concerns:
    """The service beside a parser that takes every message as telling, unless it asks why."""

    def parse(request: Request) -> Response:
        act = "ask_why" if request.get_json()["text"] == WHY else "tell"
        return Response(json.dumps(ranked(act)), content_type="application/json")

    httpserver.expect_request("/model/parse").respond_with_handler(parse)
    return Concerns(store, PackShelf(PACKS), Reader(httpserver.url_for("/")), clock, "wolverhampton")


@contextmanager
def statements(store: Store) -> Iterator[list[str]]:
    """What the database is asked meanwhile, as “SELECT people”."""
    given: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        found = re.match(r"(SELECT).*?\sFROM (\w+)|(INSERT) INTO (\w+)|(UPDATE) (\w+)", statement, re.DOTALL)
        if found is not None:
            given.append(" ".join(word for word in found.groups() if word))

    event.listen(store.engine, "before_cursor_execute", note)
    try:
        yield given
    finally:
        event.remove(store.engine, "before_cursor_execute", note)


def accounts(draft: dict[str, Any] | None) -> str:
    """Everything that a draft says, as one text."""
    assert draft is not None
    return str(draft)


def test_what_a_turn_tells_stands_in_the_draft_of_its_own_reply(talked_to: Concerns, school: School) -> None:
    concern = talked_to.open(school.staff).id
    first = talked_to.message(school.staff, concern, STORY)
    assert STORY in accounts(first.draft) and "Sam Example" in accounts(first.draft)
    assert "Dee Example" in accounts(first.draft)
    second = talked_to.message(school.dsl, concern, MORE)
    assert STORY in accounts(second.draft) and MORE in accounts(second.draft)
    assert second.draft == talked_to.read(school.staff, concern).draft


def test_a_long_message_is_kept_before_its_names_are_looked_for(
    httpserver: HTTPServer, talked_to: Concerns, school: School
) -> None:
    concern = talked_to.open(school.staff).id
    long = " ".join([MORE] * (1 + SHORT // len(MORE)))
    kept_when_asked: list[bool] = []

    def look(_request: Request) -> Response:
        said = [text for _, text, _ in talked_to.transcript(school.staff, concern)]
        kept_when_asked.append(long in said)
        return Response(json.dumps(ranked("tell")), content_type="application/json")

    httpserver.clear()
    httpserver.expect_request("/model/parse").respond_with_handler(look)
    talked_to.message(school.staff, concern, long)
    assert kept_when_asked
    assert all(kept_when_asked)


def test_what_a_colleague_types_while_the_parser_reads_is_in_the_reply(
    httpserver: HTTPServer, talked_to: Concerns, school: School
) -> None:
    concern = talked_to.open(school.staff).id
    talked_to.message(school.staff, concern, STORY)

    def slow(_request: Request) -> Response:
        talked_to.patch_draft(school.dsl, concern, {"concern": {"why_now": "The bruise is new."}})
        return Response(status=500)

    httpserver.clear()
    httpserver.expect_request("/model/parse").respond_with_handler(slow)
    reply = talked_to.message(school.staff, concern, WHY)
    assert reply.draft is not None
    assert reply.draft["concern"]["why_now"] == "The bruise is new."


def test_a_turn_asks_the_database_no_more_often_however_much_was_told(
    talked_to: Concerns, school: School, store: Store
) -> None:
    concern = talked_to.open(school.staff).id
    talked_to.message(school.staff, concern, STORY)
    with statements(store) as after_one:
        talked_to.message(school.dsl, concern, WHY)
    for words in (MORE, STORY + " " + MORE):
        talked_to.message(school.staff, concern, words)
    with statements(store) as after_three:
        talked_to.message(school.dsl, concern, WHY)
    assert after_one == after_three


def test_the_words_of_the_draft_are_read_while_the_parser_reads(
    talked_to: Concerns, school: School, store: Store
) -> None:
    concern = talked_to.open(school.staff).id
    talked_to.message(school.staff, concern, STORY)
    with statements(store) as given:
        talked_to.message(school.staff, concern, WHY)
    finishing = given[given.index("UPDATE messages") :]
    assert {"SELECT people", "SELECT children", "SELECT answers"}.isdisjoint(finishing)
    assert given.count("SELECT children") == 1
    assert len(given) <= 21


def test_a_message_is_kept_also_where_the_draft_can_no_longer_be_read(
    talked_to: Concerns, school: School, store: Store
) -> None:
    concern = talked_to.open(school.staff).id
    talked_to.message(school.staff, concern, STORY)
    with store.write() as session:
        session.execute(update(Message).where(Message.concern_id == concern).values(text_sealed=b"altered"))
    with pytest.raises(SealBroken):
        talked_to.message(school.staff, concern, MORE)
    with store.read() as session:
        assert [left.text for left in kept_messages.unfinished_messages(session, concern)] == [MORE]
