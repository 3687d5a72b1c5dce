"""What nobody sends in earnest is refused in clear words, on every kind of database, and breaks nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import requests

from tests.intake.mash import SECRET, Mash

NUL = "\x00"
GRANT = {"grant_type": "client_credentials"}


def attempts(mash: Mash) -> Iterator[tuple[str, requests.Response]]:
    """A character that PostgreSQL keeps in no text, in every place that is looked up."""
    school = mash.sender()
    reference = school.send()
    referral_id = mash.screened(reference)
    other = mash.id_of(school.send())
    lead, officer, manager = (mash.sign_in(role) for role in ("lead", "screening", "manager"))
    yield "list", school.get("/v1/referrals", params={"after": NUL})
    yield "reference", school.get("/v1/referrals/R%00x")
    for auth in ((NUL, SECRET), ("demo-school", NUL)):
        yield "token", requests.post(f"{mash.base}/oauth/token", data=GRANT, auth=auth, timeout=30)
    yield "sign-in", requests.post(f"{mash.base}/sign-in", data={"person": NUL}, timeout=30)
    yield "link", requests.get(f"{mash.base}/answer/%00", timeout=30)
    yield "audit", manager.open("/audit?subject=%00")
    for path in ("%00", f"{referral_id}/%00", f"{referral_id}/attachments/%00"):
        yield path, lead.open(f"/referrals/{path}")
    yield "ask again", manager.browser.post(f"{mash.base}/referrals/{referral_id}/ask/%00/again", timeout=30)
    yield "case", officer.step(other, "screen", case=NUL)
    tied: dict[str, Any] = {"case": "none", "other": NUL, f"tie-{NUL}": "sibling"}
    yield "tie", officer.step(other, "screen", **tied)
    yield "band", lead.step(referral_id, "rate", band=f"red{NUL}", reason="x")
    yield (
        "worker",
        lead.step(other, "decide", decision="immediate_protection", words="x", reason="x", worker=NUL),
    )


def test_a_character_that_no_column_holds_is_refused_everywhere(both: Mash) -> None:
    for what, answer in attempts(both):
        assert answer.status_code < 500, (what, answer.status_code)
        assert answer.status_code >= 400 or what in ("list", "audit"), (what, answer.status_code)


def test_it_is_kept_where_it_was_only_said(both: Mash) -> None:
    school = both.sender()
    said = {"reference": "R-NUL", "concern": {"what_happened": f"a{NUL}b"}, "children": [{"postcode": NUL}]}
    assert school.post("/v1/referrals", said).status_code == 201
    assert both.sign_in("manager").open(f"/referrals/{both.id_of('R-NUL')}").status_code == 200


def test_a_cursor_that_is_far_ahead_has_nothing_after_it(both: Mash) -> None:
    school = both.sender()
    school.send()
    page = school.get("/v1/events", params={"after": "9" * 12})
    assert (page.status_code, page.json()["events"]) == (200, [])


def test_a_body_that_does_not_say_how_large_it_is_is_cut_off(mash: Mash) -> None:
    school = mash.sender()
    headers = school.headers | {"idempotency-key": "key-of-a-long-body", "content-type": "application/json"}
    pieces = (b" " * 1_000_000 for _ in range(15))
    answer = requests.post(f"{mash.base}/v1/referrals", data=pieces, headers=headers, timeout=30)
    assert (answer.status_code, answer.headers["content-type"]) == (413, "application/problem+json")


def test_a_large_family_with_common_names_can_be_screened(mash: Mash) -> None:
    """Forty others of the same name for each of six children: every one is a choice in the form."""
    school = mash.sender()
    child = {"first_name": "Ali", "last_name": "Khan"}
    for _ in range(41):
        school.send(children=[child])
    born = [f"2015-01-0{day}" for day in range(1, 7)]
    referral_id = mash.id_of(school.send(children=[{**child, "date_of_birth": day} for day in born]))
    officer = mash.sign_in("screening")
    page = officer.open(f"/referrals/{referral_id}/screen").text
    fields = [("case", "none"), ("version", "1")]
    fields += [("other", other) for other in re.findall(r'name="other" value="(\w+)"', page)]
    fields += [(tie, "") for tie in re.findall(r'name="(tie-\w+)"', page)]
    assert len(fields) > 450
    answer = officer.browser.post(f"{mash.base}/referrals/{referral_id}/screen", data=fields, timeout=30)
    assert answer.status_code == 200
    assert mash.sign_in("lead").open(f"/referrals/{referral_id}/rate").status_code == 200
