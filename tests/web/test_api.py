"""The JSON API holds a whole conversation; what it cannot take it says without repeating it."""

from __future__ import annotations

from typing import Any

import pytest

from tests.web.conftest import Browser, Site

STORY = "A girl in Year 2 has a bruise behind her ear and would not say how it happened."
SECRET = "Zebedee-Quillfeather"


@pytest.fixture
def program(site: Site) -> Browser:
    return site.program()


def begun(program: Browser) -> dict[str, Any]:
    """A concern that was told."""
    concern = program.post("/api/v1/concerns").json()
    answer = program.post(f"/api/v1/concerns/{concern['id']}/messages", json={"text": STORY})
    assert answer.status_code == 200, answer.text
    reply: dict[str, Any] = answer.json()
    return reply


def test_a_conversation_from_the_first_words_to_a_sent_red(program: Browser) -> None:
    reply = begun(program)
    base = f"/api/v1/concerns/{reply['id']}"
    reply = program.post(f"{base}/messages", json={"question": "danger_now", "value": "yes"}).json()
    assert reply["assessment"]["certain"] == "red"
    assert reply["clock"]["band"] == "red"
    fields = {"children": [{"first_name": "Testy", "last_name": "Example"}]}
    draft = program.patch(f"{base}/draft", json=fields).json()
    assert draft["draft"]["children"][0]["first_name"] == "Testy"
    assert draft["missing"]
    sent = program.post(f"{base}/referral", json={"call": {"outcome": "could not get through"}})
    assert sent.status_code == 201
    reference = sent.json()["reference"]
    timeline = program.get(f"/api/v1/referrals/{reference}").json()
    assert timeline["status"] == "waiting"
    assert timeline["entries"][0]["kind"] == "sent"
    assert program.post(f"{base}/referral").json()["reference"] == reference


def test_a_decision_without_a_referral_needs_a_reason(program: Browser) -> None:
    reply = begun(program)
    base = f"/api/v1/concerns/{reply['id']}"
    assert program.post(f"{base}/decision", json={"decision": "school_support"}).status_code == 422
    body = {"decision": "school_support", "reason": "Talked with the DSL; we look again on Friday."}
    assert program.post(f"{base}/decision", json=body).status_code == 201
    assert program.get(base).json()["state"] == "decided"


def test_a_repeated_key_gives_the_same_answer_and_another_content_is_refused(program: Browser) -> None:
    concern = program.post("/api/v1/concerns").json()["id"]
    path, key = f"/api/v1/concerns/{concern}/messages", {"idempotency-key": "k1"}
    first = program.post(path, json={"text": STORY}, headers=key)
    again = program.post(path, json={"text": STORY}, headers=key)
    assert first.json()["messages"] == again.json()["messages"]
    assert first.json()["version"] == again.json()["version"]
    other = program.post(path, json={"text": "Something else."}, headers=key)
    assert other.status_code == 422
    assert "key" in other.json()["detail"]


def test_a_stale_version_is_a_conflict_that_names_the_current_one(program: Browser) -> None:
    reply = begun(program)
    path = f"/api/v1/concerns/{reply['id']}/messages"
    answer = program.post(path, json={"question": "danger_now", "value": "no", "version": 1})
    assert answer.status_code == 409
    assert answer.json()["version"] == reply["version"]


BAD = [
    ({}, 422),
    ({"text": ""}, 422),
    ({"text": "x" * 20_001}, 422),
    ({"text": f"{SECRET}\x00"}, 422),
    ({"text": [SECRET]}, 422),
    ({"text": "a", "question": "danger_now", "value": "no"}, 422),
    ({"question": "danger_now"}, 422),
    ({"question": "danger_now", "value": SECRET}, 422),
    ({"question": SECRET, "value": "no"}, 422),
    ({"question": "danger_now", "value": "no", "child": SECRET}, 422),
    ({"text": "a", SECRET: "b"}, 422),
    ({"text": "a", "version": SECRET}, 422),
]


@pytest.mark.parametrize(("body", "status"), BAD, ids=[str(number) for number in range(len(BAD))])
def test_what_cannot_be_taken_is_a_problem_that_echoes_nothing(
    program: Browser, body: dict[str, Any], status: int
) -> None:
    reply = begun(program)
    answer = program.post(f"/api/v1/concerns/{reply['id']}/messages", json=body)
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["detail"]
    assert SECRET not in answer.text
    assert "x" * 50 not in answer.text


@pytest.mark.parametrize("content", [b"{", b'"text"', b"\xff", b'{"text": "\\ud800"}'])
def test_a_broken_body_is_a_problem_too(program: Browser, content: bytes) -> None:
    reply = begun(program)
    answer = program.post(
        f"/api/v1/concerns/{reply['id']}/messages",
        content=content,
        headers={"content-type": "application/json"},
    )
    assert answer.status_code in (400, 422)
    assert answer.headers["content-type"] == "application/problem+json"


def test_a_body_without_end_is_turned_away_unread(program: Browser) -> None:
    reply = begun(program)
    answer = program.post(f"/api/v1/concerns/{reply['id']}/messages", content=b"x" * 1_000_001)
    assert answer.status_code == 413
    assert answer.headers["content-type"] == "application/problem+json"


def test_an_unknown_concern_and_someone_elses_are_the_same_404(site: Site) -> None:
    theirs = site.program("Priya Shah").post("/api/v1/concerns").json()["id"]
    program = site.program("Sam Okafor")
    answers = [program.get(f"/api/v1/concerns/{concern}") for concern in (theirs, "0" * len(theirs))]
    assert [answer.status_code for answer in answers] == [404, 404]
    assert answers[0].text == answers[1].text
    assert program.get("/api/v1/referrals/R-0000-0000-0000").status_code == 404


def test_correcting_an_answer_keeps_the_peak(program: Browser) -> None:
    reply = begun(program)
    base = f"/api/v1/concerns/{reply['id']}"
    program.post(f"{base}/messages", json={"question": "danger_now", "value": "yes"})
    reply = program.put(
        f"{base}/answers/danger_now", json={"value": "no", "reason": "She is safe now."}
    ).json()
    assert reply["assessment"]["peak"] == "red"
    assert reply["assessment"]["certain"] != "red"


def test_unknown_fields_of_the_draft_are_refused(program: Browser) -> None:
    reply = begun(program)
    answer = program.patch(
        f"/api/v1/concerns/{reply['id']}/draft", json={"concern": {"place": {"a": SECRET}}}
    )
    assert answer.status_code == 422
    assert SECRET not in answer.text


def test_an_unknown_address_of_the_api_is_a_problem(program: Browser) -> None:
    answer = program.get("/api/v1/nothing")
    assert answer.status_code == 404
    assert answer.headers["content-type"] == "application/problem+json"
    assert program.delete("/api/v1/concerns").status_code == 405


def test_the_description_covers_every_operation(program: Browser) -> None:
    schema = program.get("/api/openapi.json").json()
    page = program.get("/api/docs").text
    for path, methods in schema["paths"].items():
        for method in methods:
            assert f"{method.upper()} {path}" in page
    assert "ValidationError" not in str(schema["paths"])
