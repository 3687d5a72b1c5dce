"""What every page and answer carries, whatever its route forgot; and how much one request may bring."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from starlette.applications import Starlette
from starlette.requests import ClientDisconnect, Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from starlette.testclient import TestClient

from bot.pages import CONTENT_SECURITY_POLICY, BodyLimit, SecurityHeaders

MOST = 100


async def _echo(request: Request) -> PlainTextResponse:
    return PlainTextResponse(str(len(await request.body())))


@pytest.fixture
def browser() -> TestClient:
    app = Starlette(routes=[Route("/", _echo, methods=["GET", "POST"])])
    app.add_middleware(BodyLimit, most=MOST, too_large=PlainTextResponse("too large", 413))
    app.add_middleware(SecurityHeaders)
    return TestClient(app)


def test_a_page_carries_the_strict_policy_and_stays_out_of_caches(browser: TestClient) -> None:
    headers = browser.get("/").headers
    assert headers["content-security-policy"] == CONTENT_SECURITY_POLICY
    assert "unsafe" not in CONTENT_SECURITY_POLICY
    assert headers["cache-control"] == "no-store"
    assert headers["x-frame-options"] == "DENY"


def test_a_body_up_to_the_limit_is_read_and_a_larger_one_refused(browser: TestClient) -> None:
    assert browser.post("/", content=b"x" * MOST).text == str(MOST)
    assert browser.post("/", content=b"x" * (MOST + 1)).status_code == 413


def test_a_body_that_hides_its_length_is_cut_off_at_the_limit(browser: TestClient) -> None:
    def pieces() -> Iterator[bytes]:
        yield from (b"x" * 60, b"x" * 60)

    with pytest.raises(ClientDisconnect):
        browser.post("/", content=pieces())
