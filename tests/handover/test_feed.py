"""What MASH says reaches the sender once, read by cursor or pushed and signed."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from standardwebhooks import Webhook

from bot.handover import IntakeClient, NotFromMash, read_events, take_event, verified_event
from bot.store import Store
from bot.store.audit import audit_of
from bot.store.events import events_of
from bot.store.notices import STATUS, notices_for
from bot.store.outbox import outbox_of
from bot.store.referrals import referral_by_reference
from bot.store.standing import standing
from tests.databases import NOW
from tests.handover.reception import Reception
from tests.store.schools import add_school, add_sent

SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"


def test_events_come_page_by_page_and_once(store: Store, client: IntakeClient, reception: Reception) -> None:
    school = add_school(store)
    with store.write() as session:
        reference = add_sent(session, school.teacher)
    reception.says(reference, "received", "screened", "rated")
    assert read_events(store, client, NOW) == 3
    assert read_events(store, client, NOW) == 0
    reception.says(reference, "decided")
    assert read_events(store, client, NOW) == 1
    with store.read() as session:
        referral = referral_by_reference(session, reference)
        events = events_of(session, referral.id)
        assert [event.type for event in events] == ["received", "screened", "rated", "decided"]
        assert events[2].body["words"] == "It is rated."
        assert standing(referral, outbox_of(session, referral.id), events, NOW).state == "decided"
        assert [notice.kind for notice in notices_for(session, school.teacher.id)] == [STATUS] * 4
        assert len(audit_of(session, school.organisation.id, subject=f"referral:{reference}")) == 4


def test_what_a_later_release_of_the_intake_adds_stops_nothing(
    store: Store, client: IntakeClient, reception: Reception
) -> None:
    school = add_school(store)
    with store.write() as session:
        reference = add_sent(session, school.teacher)
    reception.says(reference, "conference_called", "rated")
    for event in reception.events:
        event["panel"] = {"new": True}
    assert read_events(store, client, NOW) == 2
    with store.read() as session:
        referral = referral_by_reference(session, reference)
        events = events_of(session, referral.id)
        assert [event.type for event in events] == ["conference_called", "rated"]
        assert standing(referral, outbox_of(session, referral.id), events, NOW).state == "rated"


def test_an_event_about_no_referral_of_ours_is_kept_and_stops_nothing(
    store: Store, client: IntakeClient, reception: Reception
) -> None:
    school = add_school(store)
    with store.write() as session:
        reference = add_sent(session, school.teacher)
    reception.says("R-0000-0000-0000", "rated")
    reception.says(reference, "rated")
    assert read_events(store, client, NOW) == 2


def test_what_a_newer_mash_adds_stops_nothing(
    store: Store, client: IntakeClient, reception: Reception
) -> None:
    """Within a version fields and kinds of event are added; a reader takes what it knows."""
    school = add_school(store)
    with store.write() as session:
        reference = add_sent(session, school.teacher)
    reception.says(reference, "received", "triaged", "decided")
    reception.events[1] |= {"words": "MASH has triaged it.", "triage_desk": "north"}
    reception.events[2] |= {"decision": "family_group_conference"}
    assert read_events(store, client, NOW) == 3
    with store.read() as session:
        referral = referral_by_reference(session, reference)
        events = events_of(session, referral.id)
        assert [event.type for event in events] == ["received", "triaged", "decided"]
        assert events[1].body == {"words": "MASH has triaged it.", "reasons": []}
        assert standing(referral, outbox_of(session, referral.id), events, NOW).state == "decided"


def pushed(event: dict[str, Any], at: datetime, secret: str = SECRET) -> tuple[dict[str, str], bytes]:
    body = json.dumps(event)
    signature = Webhook(secret).sign(event["id"], at, body)
    headers = {
        "Webhook-Id": event["id"],
        "Webhook-Timestamp": str(int(at.timestamp())),
        "Webhook-Signature": signature,
    }
    return headers, body.encode()


def test_a_pushed_event_is_kept_once_however_often_it_comes(store: Store) -> None:
    school = add_school(store)
    with store.write() as session:
        reference = add_sent(session, school.teacher)
    event = {"id": "e1", "cursor": "1", "type": "rated", "reference": reference, "at": NOW.isoformat()}
    headers, body = pushed(event, datetime.now(UTC))
    assert take_event(store, verified_event(SECRET, headers, body), NOW)
    assert not take_event(store, verified_event(SECRET, headers, body), NOW)


@pytest.mark.parametrize("wrong", ["secret", "body", "time", "no headers", "no event"])
def test_what_mash_did_not_sign_is_refused(wrong: str) -> None:
    event = {
        "id": "e1",
        "cursor": "1",
        "type": "rated",
        "reference": "R-0000-0000-0000",
        "at": NOW.isoformat(),
    }
    if wrong == "no event":
        event.pop("type")
    at = datetime.now(UTC) - timedelta(hours=1 if wrong == "time" else 0)
    headers, body = pushed(event, at, "whsec_" + "A" * 32 if wrong == "secret" else SECRET)
    if wrong == "body":
        body = body.replace(b"rated", b"closed")
    with pytest.raises(NotFromMash):
        verified_event(SECRET, {} if wrong == "no headers" else headers, body)
