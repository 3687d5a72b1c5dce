"""What senders may rely on: nothing lost, nothing twice, nobody else's referral, nothing echoed."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
import requests

from bot.contract import EXAMPLE, ReferralView
from tests.contract.test_files import docx
from tests.intake.mash import Mash

REFERENCE = str(EXAMPLE["reference"])


def test_a_referral_is_acknowledged_with_a_time(both: Mash) -> None:
    answer = both.sender().post("/v1/referrals", EXAMPLE)
    view = ReferralView.model_validate(answer.json())
    assert answer.status_code == 201
    assert view.due_at is not None
    assert [event.type for event in view.events] == ["received"]
    assert "2:00pm on Monday 14 September" in view.words


def test_the_same_key_and_body_get_the_same_answer_and_one_referral(both: Mash) -> None:
    school = both.sender()
    first = school.post("/v1/referrals", EXAMPLE, key="the-same-key")
    both.clock.move(hours=1)
    again = school.post("/v1/referrals", EXAMPLE, key="the-same-key")
    assert (again.status_code, again.json()) == (201, first.json())
    assert len(school.get("/v1/referrals").json()["referrals"]) == 1
    assert len(school.heard()) == 1


def test_the_same_key_with_another_body_is_refused(mash: Mash) -> None:
    school = mash.sender()
    school.post("/v1/referrals", EXAMPLE, key="the-same-key")
    answer = school.post("/v1/referrals", {**EXAMPLE, "reference": "R-OTHER"}, key="the-same-key")
    assert answer.status_code == 422
    assert answer.json()["type"].endswith("key-reused")


def test_a_referral_that_is_here_already_is_acknowledged_again_under_a_new_key(mash: Mash) -> None:
    school = mash.sender()
    first = school.post("/v1/referrals", EXAMPLE).json()
    again = school.post("/v1/referrals", EXAMPLE)
    assert (again.status_code, again.json()["mash_reference"]) == (201, first["mash_reference"])


def test_a_reference_cannot_be_used_for_another_referral(mash: Mash) -> None:
    school = mash.sender()
    school.post("/v1/referrals", EXAMPLE)
    answer = school.post("/v1/referrals", {**EXAMPLE, "gaps": []})
    assert answer.status_code == 409


def test_two_machines_that_send_the_same_at_once_make_one_referral(both: Mash) -> None:
    school = both.sender()
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda _: school.post("/v1/referrals", EXAMPLE, key="at-once-key"), range(8)))
    assert {answer.status_code for answer in answers} == {201}
    assert len({answer.json()["mash_reference"] for answer in answers}) == 1
    assert len(school.heard()) == 1


def test_many_senders_at_once_number_their_events_without_a_gap(both: Mash) -> None:
    school = both.sender()
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda _: school.send(), range(16)))
    assert [int(event["cursor"]) for event in school.heard()] == list(range(1, 17))


def test_a_red_with_nothing_but_a_reference_is_taken(mash: Mash) -> None:
    answer = mash.sender().post("/v1/referrals", {"reference": "R-BARE", "suggested": {"band": "red"}})
    assert answer.status_code == 201


def test_information_is_added_and_what_was_sent_stays(mash: Mash) -> None:
    school = mash.sender()
    reference = school.send()
    answer = school.post(f"/v1/referrals/{reference}/information", {"words": "A bruise was seen today."})
    assert (answer.status_code, answer.json()["additions"]) == (201, 1)
    assert "A bruise was seen today." in mash.sign_in("screening").page(f"/referrals/{mash.id_of(reference)}")


def test_news_of_a_higher_risk_brings_a_decided_referral_back(mash: Mash) -> None:
    school = mash.sender()
    reference = school.send()
    referral_id = mash.rated(reference, "amber")
    mash.sign_in("manager").step(
        referral_id, "decide", decision="advice", reason="Enough is known.", words="Please keep watching."
    )
    assert school.get(f"/v1/referrals/{reference}").json()["state"] == "decided"
    school.post(
        f"/v1/referrals/{reference}/information", {"words": "He is back home.", "risk_is_higher": True}
    )
    assert school.get(f"/v1/referrals/{reference}").json()["state"] == "screened"
    assert referral_id in mash.sign_in("lead").open("/queue?lane=rating").text
    assert [event["type"] for event in school.heard()][-2:] == ["information_added", "stepped_up"]


def test_news_of_a_higher_risk_overtakes_a_wish_to_withdraw(mash: Mash) -> None:
    school = mash.sender()
    reference = school.send()
    school.post(f"/v1/referrals/{reference}/withdraw", {"reason": "Sent twice."})
    news = {"words": "It was another child that was sent twice.", "risk_is_higher": True}
    assert school.post(f"/v1/referrals/{reference}/information", news).json()["state"] == "received"
    assert "stepped_up" not in [event["type"] for event in school.heard()], "nobody had rated it yet"


def test_withdrawing_is_a_wish_and_mash_decides(mash: Mash) -> None:
    school = mash.sender()
    reference = school.send()
    answer = school.post(f"/v1/referrals/{reference}/withdraw", {"reason": "Sent twice."})
    assert (answer.status_code, answer.json()["state"]) == (201, "withdrawn")
    assert mash.id_of(reference) in mash.sign_in("screening").open("/queue").text
    assert school.post(f"/v1/referrals/{reference}/withdraw", {"reason": "Again."}).status_code == 409


def test_an_attachment_is_kept_once_and_comes_out_as_it_went_in(mash: Mash) -> None:
    school = mash.sender()
    reference = school.send()
    path, content = f"/v1/referrals/{reference}/attachments", b"%PDF-1.7 early help assessment"
    first = school.post(path, files={"file": ("eha.pdf", content)}, data={"name": "Early help assessment"})
    again = school.post(path, files={"file": ("x", content)}, data={"name": "Early help assessment"})
    assert (first.status_code, again.json()["id"]) == (201, first.json()["id"])
    referral_id = mash.id_of(reference)
    got = mash.sign_in("lead").open(f"/referrals/{referral_id}/attachments/{first.json()['id']}")
    assert got.content == content
    assert got.headers["content-disposition"] == "attachment"


@pytest.mark.parametrize(
    ("content", "status"),
    [
        (b"MZ\x90\x00 a program", 415),
        (b"", 415),
        (b"\x00" * 10_000_001, 413),
        (b"plain words", 415),
        (b"\x89PNG\r\n\x1a\n", 415),
        (b"%PDF-1.7 << /S /JavaScript >>", 415),
        (docx(word__vbaProject_bin="macro"), 415),
        (docx(), 201),
    ],
)
def test_only_documents_that_run_nothing_are_taken(mash: Mash, content: bytes, status: int) -> None:
    school = mash.sender()
    reference = school.send()
    answer = school.post(
        f"/v1/referrals/{reference}/attachments", files={"file": ("a.pdf", content, "application/pdf")}
    )
    assert answer.status_code == status
    kept = school.get(f"/v1/referrals/{reference}").json()["attachments"]
    assert len(kept) == (status == 201)


def test_a_photograph_is_refused_and_the_answer_says_why(mash: Mash) -> None:
    school = mash.sender()
    path = f"/v1/referrals/{school.send()}/attachments"
    answer = school.post(path, files={"file": ("a.pdf", b"\xff\xd8\xff\xe0 photo", "application/pdf")})
    assert (answer.status_code, answer.headers["content-type"]) == (415, "application/problem+json")
    assert "body map" in answer.json()["detail"]
    assert "indecent image must never be copied" in answer.json()["detail"]


def test_the_list_of_a_sender_is_paged_newest_first(mash: Mash) -> None:
    school = mash.sender()
    sent = []
    for _ in range(5):
        sent.append(school.send())
        mash.clock.move(minutes=1)
    seen, after = [], None
    while True:
        page = school.get("/v1/referrals", params={"limit": 2, "after": after}).json()
        seen += [row["reference"] for row in page["referrals"]]
        after = page["next"]
        if after is None:
            break
    assert seen == sent[::-1]


def test_another_organisation_sees_and_changes_nothing(both: Mash) -> None:
    reference = both.sender().send()
    stranger = both.organisation("another-school")
    assert stranger.get(f"/v1/referrals/{reference}").status_code == 404
    assert stranger.post(f"/v1/referrals/{reference}/information", {"words": "x"}).status_code == 404
    assert stranger.post(f"/v1/referrals/{reference}/withdraw", {"reason": "x"}).status_code == 404
    attached = stranger.post(f"/v1/referrals/{reference}/attachments", files={"file": ("a", b"%PDF-1.7")})
    assert attached.status_code == 404
    assert stranger.get("/v1/referrals").json()["referrals"] == []
    assert stranger.heard() == []


def test_two_organisations_may_use_the_same_reference_and_key(mash: Mash) -> None:
    mash.sender().post("/v1/referrals", EXAMPLE, key="the-same-key")
    answer = mash.organisation("another-school").post("/v1/referrals", EXAMPLE, key="the-same-key")
    assert answer.status_code == 201


@pytest.mark.parametrize(
    ("said", "shown"),
    [({}, "Police"), ({"source": "3E"}, "Accident and emergency"), ({"source": "2A"}, "School")],
)
def test_other_agencies_send_too_and_are_no_schools(mash: Mash, said: dict[str, str], shown: str) -> None:
    police = mash.organisation("police", "West Midlands Police", source="6")
    police.post("/v1/referrals", {"reference": "R-POLICE", **said})
    page = mash.sign_in("screening").page(f"/referrals/{mash.id_of('R-POLICE')}")
    assert f"from West Midlands Police ({shown}" in page


BAD_BODIES: list[tuple[Any, int]] = [
    (b"", 422),
    (b"{", 400),
    (b"[1, 2]", 422),
    (b'"Marmalade"', 422),
    (b"\xff\xfe Marmalade", 400),
    (b'{"reference": "R-1234", "Marmalade": 1}', 422),
    (b'{"reference": "R-1234", "source": "Marmalade"}', 422),
    (b'{"reference": "Marmalade sandwich!"}', 422),
    (b'{"reference": "R-1234", "children": [{"date_of_birth": "Marmalade"}]}', 422),
    (b'{"reference": "R-1234", "concern": {"what_happened": "' + b"Marmalade" * 9_000 + b'"}}', 422),
    (b'{"reference": "R-1234", "gaps": ["\\ud800Marmalade"]}', 422),
    (b"[" * 100_000, 400),
]


@pytest.mark.parametrize(("body", "status"), BAD_BODIES)
def test_a_bad_body_is_told_clearly_and_never_repeated(mash: Mash, body: bytes, status: int) -> None:
    school = mash.sender()
    headers = school.headers | {"content-type": "application/json", "idempotency-key": "key-of-bad-body"}
    answer = requests.post(f"{mash.base}/v1/referrals", data=body, headers=headers, timeout=30)
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    assert "marmalade" not in answer.text.lower()
    assert school.get("/v1/referrals").json()["referrals"] == []


def test_a_body_that_is_too_large_is_refused(mash: Mash) -> None:
    school = mash.sender()
    answer = school.post("/v1/referrals", {"reference": "R-1234", "gaps": ["x" * 12_000_000]})
    assert answer.status_code == 413
    assert answer.headers["content-type"] == "application/problem+json"


def test_a_request_without_a_key_is_refused(mash: Mash) -> None:
    answer = requests.post(
        f"{mash.base}/v1/referrals", json=EXAMPLE, headers=mash.sender().headers, timeout=30
    )
    assert answer.status_code == 422
    assert "Idempotency-Key" in answer.text


def test_an_unknown_address_and_method_are_problems(mash: Mash) -> None:
    answer = requests.get(f"{mash.base}/v1/nothing", timeout=30)
    assert (answer.status_code, answer.headers["content-type"]) == (404, "application/problem+json")
    assert requests.delete(f"{mash.base}/v1/referrals", timeout=30).status_code == 405
