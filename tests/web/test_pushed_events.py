"""What the intake pushes: believed for its signature only, kept once, shown like what is read by cursor."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr

from bot.store import Store
from tests.handover.test_feed import SECRET, pushed
from tests.web.conftest import Browser, Site, make_site
from tests.web.test_api import begun

PATH = "/api/v1/events"


@pytest.fixture
def listening(sqlite_store: Store, tmp_path: Path) -> Site:
    """The school's site, with the secret of a webhook."""
    site = make_site(sqlite_store, tmp_path)
    site.services.settings.intake_events_secret = SecretStr(SECRET)
    return site


def sent(program: Browser) -> str:
    concern = begun(program)["id"]
    program.post(f"/api/v1/concerns/{concern}/messages", json={"question": "danger_now", "value": "yes"})
    return str(program.post(f"/api/v1/concerns/{concern}/referral").json()["reference"])


def event(reference: str, **more: Any) -> dict[str, Any]:
    return {
        "id": "e1",
        "cursor": "1",
        "type": "rated",
        "reference": reference,
        "at": "2026-11-20T10:00:00Z",
        "words": "Rated Amber.",
        **more,
    }


def push(site: Site, said: dict[str, Any], *, late: timedelta = timedelta(), secret: str = SECRET) -> int:
    headers, body = pushed(said, datetime.now(UTC) - late, secret)
    return site.browser().post(PATH, content=body, headers=headers).status_code


def test_a_pushed_event_reaches_the_timeline_once(listening: Site) -> None:
    program = listening.program()
    reference = sent(program)
    assert [push(listening, event(reference)) for _ in range(3)] == [204, 204, 204]
    timeline = program.get(f"/api/v1/referrals/{reference}").json()
    assert timeline["status"] == "rated"
    assert [entry["kind"] for entry in timeline["entries"]].count("rated") == 1
    assert "Rated Amber." in listening.browser("Sam Okafor").get(f"/referrals/{reference}").text


def test_an_older_event_that_comes_later_does_not_turn_the_status_back(listening: Site) -> None:
    program = listening.program()
    reference = sent(program)
    push(listening, event(reference, id="e3", type="decided", at="2026-11-20T12:00:00Z"))
    push(listening, event(reference, id="e2", type="screened", at="2026-11-20T11:00:00Z"))
    timeline = program.get(f"/api/v1/referrals/{reference}").json()
    assert timeline["status"] == "decided"
    assert [entry["kind"] for entry in timeline["entries"]][-2:] == ["screened", "decided"]


def test_what_mash_did_not_sign_is_refused_and_changes_nothing(listening: Site) -> None:
    program = listening.program()
    reference = sent(program)
    assert push(listening, event(reference), secret="whsec_" + "A" * 32) == 401
    assert push(listening, event(reference), late=timedelta(minutes=6)) == 401
    headers, body = pushed(event(reference), datetime.now(UTC))
    answer = listening.browser().post(PATH, content=body.replace(b"Amber", b"Green"), headers=headers)
    assert (answer.status_code, answer.headers["content-type"]) == (401, "application/problem+json")
    assert "Green" not in answer.text
    assert program.post(PATH, json=event(reference)).status_code == 401  # a bearer token is no signature
    assert program.get(f"/api/v1/referrals/{reference}").json()["status"] == "waiting"


def test_without_a_secret_nothing_is_pushed_here(site: Site) -> None:
    assert push(site, event("R-0000-0000-0000")) == 404


def test_an_event_about_a_referral_that_is_not_ours_is_taken_and_hurts_nobody(listening: Site) -> None:
    assert push(listening, event("R-0000-0000-0000")) == 204
