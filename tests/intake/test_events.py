"""How senders learn what happened: by cursor, or pushed, signed, again until acknowledged."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest
import requests
import time_machine
from pytest_httpserver import HTTPServer
from sqlalchemy import select
from standardwebhooks.webhooks import Webhook, WebhookVerificationError
from werkzeug import Request, Response

from bot.contract import Event
from bot.intake.push import AddressRefused, check_address, push_once
from bot.intake.tables import Push
from tests.intake.mash import Mash


def test_a_cursor_goes_on_where_it_stopped(both: Mash) -> None:
    school = both.sender()
    for _ in range(5):
        school.send()
    seen, after, more = [], "0", True
    while more:
        page = school.get("/v1/events", params={"after": after, "limit": 2}).json()
        seen += [event["cursor"] for event in page["events"]]
        after, more = page["next"], page["more"]
    assert [int(cursor) for cursor in seen] == [1, 2, 3, 4, 5]
    assert school.get("/v1/events", params={"after": after}).json() == {
        "events": [],
        "next": after,
        "more": False,
    }


@pytest.mark.parametrize("after", ["x", "-1", "1 OR 1=1", "9" * 13, ""])
def test_what_is_no_cursor_is_refused(mash: Mash, after: str) -> None:
    assert mash.sender().get("/v1/events", params={"after": after}).status_code == 422


class Inbox:
    """The webhook of a school: keeps what came, answers as told."""

    def __init__(self, server: HTTPServer) -> None:
        self.status = 204
        self.came: list[tuple[dict[str, str], bytes]] = []
        server.expect_request("/events", method="POST").respond_with_handler(self._take)
        self.url = server.url_for("/events")

    def _take(self, request: Request) -> Response:
        self.came.append((dict(request.headers.items()), request.get_data()))
        return Response(status=self.status)


@pytest.fixture
def inbox(httpserver: HTTPServer) -> Inbox:
    return Inbox(httpserver)


def test_an_event_is_pushed_signed(both: Mash, inbox: Inbox) -> None:
    school = both.sender()
    secret = school.put("/v1/webhook", {"url": inbox.url}).json()["secret"]
    reference = school.send()
    assert push_once(both.services) == 1
    ((headers, body),) = inbox.came
    with time_machine.travel(both.clock(), tick=False):
        said = Webhook(secret).verify(body, headers)
    event = Event.model_validate(said)
    assert (event.reference, event.type) == (reference, "received")
    assert push_once(both.services) == 0


def test_a_push_that_was_changed_or_kept_back_is_found_out(mash: Mash, inbox: Inbox) -> None:
    school = mash.sender()
    secret = school.put("/v1/webhook", {"url": inbox.url}).json()["secret"]
    school.send()
    push_once(mash.services)
    ((headers, body),) = inbox.came
    with time_machine.travel(mash.clock(), tick=False), pytest.raises(WebhookVerificationError):
        Webhook(secret).verify(body.replace(b"received", b"decided."), headers)
    with (
        time_machine.travel(datetime(2026, 9, 14, 9, 6, tzinfo=UTC), tick=False),
        pytest.raises(WebhookVerificationError),
    ):
        Webhook(secret).verify(body, headers)


def test_what_is_not_acknowledged_comes_again_ever_more_slowly(both: Mash, inbox: Inbox) -> None:
    school = both.sender()
    school.put("/v1/webhook", {"url": inbox.url})
    school.send()
    inbox.status = 500
    for _ in range(3):
        assert push_once(both.services) == 0
        assert push_once(both.services) == 0, "not before its time"
        both.clock.move(seconds=10)
    inbox.status = 200
    both.clock.move(hours=1)
    assert push_once(both.services) == 1
    assert len({json.loads(body)["id"] for _, body in inbox.came}) == 1
    assert len({headers["Webhook-Id"] for headers, _ in inbox.came}) == 1
    assert len(inbox.came) == 4


def test_a_webhook_that_is_away_loses_nothing(mash: Mash) -> None:
    school = mash.sender()
    school.put("/v1/webhook", {"url": "http://127.0.0.1:9/events"})
    reference = school.send()
    assert push_once(mash.services) == 0
    assert [event["reference"] for event in school.heard()] == [reference]


def test_a_webhook_that_is_away_holds_up_nobody_elses_events(both: Mash, inbox: Inbox) -> None:
    away = both.organisation("away")
    away.put("/v1/webhook", {"url": "http://127.0.0.1:9/events"})
    for _ in range(60):
        away.send()
    school = both.sender()
    school.put("/v1/webhook", {"url": inbox.url})
    school.send()
    push_once(both.services)
    assert push_once(both.services) == 1, "the others stood before it in the line"
    with both.services.database.read() as session:
        tried = session.scalars(select(Push).where(Push.acknowledged_at.is_(None))).all()
    assert len(tried) == 60
    assert {one.due_at > both.clock() for one in tried} == {True}


def test_what_waited_comes_whole_when_the_webhook_is_back(both: Mash, inbox: Inbox) -> None:
    school = both.sender()
    school.put("/v1/webhook", {"url": inbox.url})
    for _ in range(5):
        school.send()
    inbox.status = 503
    assert push_once(both.services) == 0
    assert len(inbox.came) == 1
    inbox.status = 204
    both.clock.move(seconds=2)
    assert push_once(both.services) == 5


def test_pushes_can_be_stopped(mash: Mash, inbox: Inbox) -> None:
    school = mash.sender()
    school.put("/v1/webhook", {"url": inbox.url})
    school.send()
    stopped = requests.delete(f"{mash.base}/v1/webhook", headers=school.headers, timeout=30)
    assert stopped.status_code == 204
    assert push_once(mash.services) == 0


@pytest.mark.parametrize(
    "url",
    [
        "http://school.example/events",
        "https://127.0.0.1/events",
        "https://localhost/events",
        "https://10.1.2.3/events",
        "https://169.254.169.254/latest",
        "https://user:pass@school.example/events",
        "ftp://school.example/events",
    ],
)
def test_events_are_not_sent_into_private_networks_or_in_clear(url: str) -> None:
    with pytest.raises(AddressRefused):
        check_address(url, loopback=False)
