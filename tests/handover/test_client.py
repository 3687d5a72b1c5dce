"""Every way an intake can answer ends in the failure that says what to do next."""

import json
from datetime import timedelta

import pytest
from werkzeug import Response

from bot.handover import (
    AlreadyReceived,
    DeliveryFailed,
    IntakeClient,
    NeverRetry,
    Receipt,
    Retry,
    Throttled,
    Timeouts,
    Unauthorised,
)
from tests.databases import NOW
from tests.faults.proxy import Proxy
from tests.handover.reception import SECRET, Reception

REFERENCE = "R-7K2M-QX4T-0WZ9"
DOCUMENT = {"reference": REFERENCE, "concern": {"what_happened": "Zebedee has a burn"}}


def deliver(client: IntakeClient) -> Receipt:
    return client.deliver("referral", REFERENCE, "key-1", DOCUMENT)


def test_a_delivery_brings_the_intakes_times(client: IntakeClient, reception: Reception) -> None:
    receipt = client.deliver("referral", REFERENCE, "key-1", DOCUMENT)
    assert (receipt.received_at, receipt.due_at) == (NOW, NOW + timedelta(hours=4))
    assert reception.documents() == [DOCUMENT]


@pytest.mark.parametrize(
    ("status", "failure"),
    [
        (400, NeverRetry), (422, NeverRetry), (413, NeverRetry), (415, NeverRetry),
        (403, Unauthorised), (404, Retry), (405, Retry), (408, Retry), (302, Retry),
        (500, Retry), (502, Retry), (503, Retry), (504, Retry), (429, Throttled),
    ],
)  # fmt: skip
def test_each_status_is_sorted(
    client: IntakeClient, reception: Reception, status: int, failure: type[DeliveryFailed]
) -> None:
    reception.next_answers = [Response("Zebedee has a burn", status)]
    with pytest.raises(failure) as raised:
        deliver(client)
    assert type(raised.value) is failure
    assert raised.value.status == status
    assert "Zebedee" not in str(raised.value)


@pytest.mark.parametrize(
    ("waits", "after"),
    [("7", 7), ("999999", 600), ("-1", 60), ("Fri, 31 Dec 2027 23:59:59 GMT", 60), ("", 60), ("١", 60)],
)
def test_a_wait_that_they_ask_for_is_kept_within_reason(waits: str, after: int) -> None:
    from bot.handover.sorting import sort_answer

    with pytest.raises(Throttled) as raised:
        sort_answer(429, {"Retry-After": waits}, creating=True)
    assert raised.value.after == timedelta(seconds=after)


@pytest.mark.parametrize(
    "answer",
    [
        Response("", 201),
        Response('{"reference": "R-7K2M', 201),
        Response("<html>", 200),
        Response(
            '{"reference": "R-0000-0000-0000", "mash_reference": "M", "state": "received", "due_at": null,'
            ' "received_at": "2026-11-20T09:30:00Z"}',
            201,
        ),
    ],
)  # fmt: skip
def test_a_success_that_cannot_be_understood_is_no_success(
    client: IntakeClient, reception: Reception, answer: Response
) -> None:
    reception.next_answers = [answer]
    with pytest.raises(Retry):
        deliver(client)


def test_an_answer_of_a_later_release_of_the_intake_is_understood(
    client: IntakeClient, reception: Reception
) -> None:
    reception.next_answers = [
        Response(
            json.dumps(
                {
                    "reference": REFERENCE,
                    "mash_reference": "M",
                    "state": "a_new_state",
                    "received_at": NOW.isoformat(),
                    "due_at": None,
                    "panel": {"new": True},
                    "events": [{"type": "a_new_kind"}],
                }
            ),
            201,
        )
    ]
    assert deliver(client).received_at == NOW


def test_a_token_that_ran_out_is_fetched_again_once(client: IntakeClient, reception: Reception) -> None:
    deliver(client)
    reception.tokens += 1  # the one that the client holds is no longer good
    deliver(client)
    reception.next_answers = [Response(status=401), Response(status=401)]
    with pytest.raises(Unauthorised):
        deliver(client)


def test_a_wrong_secret_is_unauthorised(reception: Reception) -> None:
    with pytest.raises(Unauthorised, match="client id and secret"):
        deliver(IntakeClient(reception.url, "school", "wrong"))
    assert reception.kept == {}


def test_a_conflict_counts_only_when_they_know_the_referral(
    client: IntakeClient, reception: Reception
) -> None:
    reception.next_answers = [Response(status=409)]
    with pytest.raises(Retry):
        deliver(client)
    deliver(client)
    reception.next_answers = [Response(status=409)]
    with pytest.raises(AlreadyReceived):
        deliver(client)


@pytest.mark.parametrize(("said", "failure"), [("at-the-same-time", Retry), ("reference-taken", NeverRetry)])
def test_a_conflict_that_says_why_is_believed(
    client: IntakeClient, reception: Reception, said: str, failure: type[DeliveryFailed]
) -> None:
    deliver(client)
    problem = {"type": f"urn:mash-intake:problem:{said}", "title": "", "status": 409}
    reception.next_answers = [Response(json.dumps(problem), 409)]
    with pytest.raises(failure):
        deliver(client)


@pytest.mark.parametrize("kind", ["cut_before", "cut_after", "half", "error_before", "error_after", "slow"])
def test_broken_connections_are_tried_again_and_kept_once(reception: Reception, kind: str) -> None:
    kinds = iter(["pass", kind, "pass"])
    with Proxy(reception.url, lambda: next(kinds), slow=1.5).running() as proxy:
        client = IntakeClient(proxy.url, "school", SECRET, timeouts=Timeouts(1, 1, 2))
        with pytest.raises(Retry):
            deliver(client)
        deliver(client)
    assert reception.documents() == [DOCUMENT]


def test_nobody_there_is_a_reason_to_try_again() -> None:
    with pytest.raises(Retry, match="connection"):
        deliver(IntakeClient("http://127.0.0.1:9", "school", SECRET))


def test_an_illustrative_pack_goes_nowhere_but_this_machine() -> None:
    client = IntakeClient("https://mash.example", "school", SECRET)
    with pytest.raises(NeverRetry, match="illustrative"):
        client.deliver("referral", REFERENCE, "k", {"suggested": {"pack": {"status": "illustrative"}}})


@pytest.mark.parametrize(
    "url",
    [
        "http://mash.example",
        "ftp://127.0.0.1",
        "http://127.0.0.1.mash.example",
        "http://127.0.0.1@mash.example",
    ],
)
def test_personal_data_never_travels_in_clear(url: str) -> None:
    with pytest.raises(ValueError, match="https"):
        IntakeClient(url, "school", SECRET)


def test_a_redirect_is_not_followed(client: IntakeClient, reception: Reception) -> None:
    reception.next_answers = [Response(status=307, headers={"Location": f"{reception.url}/v1/referrals"})]
    with pytest.raises(Retry):
        deliver(client)
    assert reception.kept == {}
