"""Is the child known? Paragraph 1.3: an open case, or one closed within 28 days, goes to its worker."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from bot.intake.tables import Case, Trace
from bot.intake.work import known
from bot.intake.work.screening import is_current
from tests.intake.mash import Mash, plain

MAYA = {
    "first_name": "Maya",
    "last_name": "Kowalska",
    "date_of_birth": "2014-05-09",
    "address": "4 Demonstration Road",
    "postcode": "WV1 1AA",
}
AT_HOME = {"address": "4 demonstration road, Town", "postcode": "wv11aa"}
ELLIE = {"first_name": "Ellie", "last_name": "Turner", "date_of_birth": "2016-02-03"}


def found(mash: Mash, **child: Any) -> list[known.Match]:
    with mash.services.database.read() as session:
        return known.search(session, child)


def test_an_open_case_takes_the_referral_and_its_worker_is_told(both: Mash) -> None:
    school = both.sender()
    reference = school.send(children=[MAYA])
    referral_id = both.id_of(reference)
    officer = both.sign_in("screening")
    form = officer.open(f"/referrals/{referral_id}/screen").text
    assert "Very likely" in form and "Same date of birth" in form and "Same address" in form
    case = re.search(r'name="case" id="[^"]+" value="(\w{32})"', form)
    assert case is not None
    officer.step(referral_id, "screen", case=case.group(1), notes="Spoke to the team.")
    assert school.get(f"/v1/referrals/{reference}").json()["state"] == "allocated"
    assert [event["type"] for event in school.heard()] == ["received", "allocated"]
    worker = both.sign_in("worker")
    assert "A referral was allocated to you" in worker.page("/notices")
    assert "Maya" in worker.page(f"/referrals/{referral_id}")
    assert referral_id not in officer.open("/queue").text


def test_a_case_closed_long_ago_is_shown_and_does_not_take_the_referral(mash: Mash) -> None:
    reference = mash.sender().send(children=[ELLIE])
    form = mash.sign_in("screening").open(f"/referrals/{mash.id_of(reference)}/screen").text
    assert "more than 28 days ago" in plain(form)
    assert re.search(r'name="case" id="[^"]+" value="(\w{32})"', form) is None


@pytest.mark.parametrize(("days", "takes"), [(27, True), (28, True), (28.01, False)])
def test_the_28_days_are_counted_to_the_moment(mash: Mash, days: float, takes: bool) -> None:
    now = mash.clock()
    case = Case(child_id="x", worker_id="x", opened_at=now, closed_at=now - timedelta(days=days))
    assert is_current(case, now) is takes


def test_a_case_that_is_not_current_cannot_be_chosen(mash: Mash) -> None:
    reference = mash.sender().send(children=[ELLIE])
    with mash.services.database.read() as session:
        closed = session.scalars(
            select(Case).where(Case.closed_at.is_not(None)).order_by(Case.closed_at)
        ).first()
    assert closed is not None
    answer = mash.sign_in("screening").step(mash.id_of(reference), "screen", case=closed.id)
    assert answer.status_code == 422


@pytest.mark.parametrize(
    ("child", "why"),
    [
        ({"first_name": "Maiya", "last_name": "Kowalska"}, "Names sound alike: Maiya and Maya"),
        ({"first_name": "KOWALSKA", "last_name": "Maya"}, "Same name: Maya"),
        ({"first_name": "Máyà", "last_name": "Kowalska"}, "Same name: Maya"),
        ({"first_name": "Maya", "date_of_birth": "2014-05-09"}, "Same date of birth"),
        (
            {"last_name": "Kowalska", "address": "4 demonstration road, Town", "postcode": "wv11aa"},
            "Same address",
        ),
    ],
)
def test_a_child_is_found_by_what_is_the_same(mash: Mash, child: dict[str, str], why: str) -> None:
    mayas = [match for match in found(mash, **child) if match.details["last_name"] == "Kowalska"]
    assert mayas and why in mayas[0].because


@pytest.mark.parametrize(
    "child", [{"first_name": "Maya"}, {"date_of_birth": "2014-05-09"}, {"postcode": "WV1 1AA"}, {}]
)
def test_one_common_fact_alone_finds_nobody(mash: Mash, child: dict[str, str]) -> None:
    assert found(mash, **child) == []


def test_the_same_upn_is_enough(mash: Mash) -> None:
    mash.sender().send(children=[{"first_name": "Ali", "upn": "B801200005001"}])
    (match,) = found(mash, upn="b801200005001")
    assert (match.likelihood, match.because) == ("Very likely", ("Same UPN",))


def test_a_sibling_and_a_duplicate_are_found_and_linked_both_ways(mash: Mash) -> None:
    school = mash.sender()
    brother = {
        "first_name": "Noah",
        "last_name": "Kowalska",
        "address": "4 Demonstration Road",
        "postcode": "WV1 1AA",
    }
    first = mash.id_of(school.send(children=[MAYA]))
    second = mash.id_of(school.send(children=[brother]))
    said: dict[str, Any] = {"case": "none", "other": [first], f"tie-{first}": "sibling"}
    mash.sign_in("screening").step(second, "screen", **said)
    lead = mash.sign_in("lead")
    assert "About a brother or sister" in lead.page(f"/referrals/{second}")
    assert "About a brother or sister" in lead.page(f"/referrals/{first}")


def test_the_database_holds_no_fact_of_a_child_in_clear(mash: Mash, tmp_path: Any) -> None:
    mash.sender().send(children=[MAYA])
    with mash.services.database.read() as session:
        values = list(session.scalars(select(Trace.value)))
    assert values and all(re.fullmatch(r"[0-9a-f]{64}", value) for value in values)
    kept = b"".join(path.read_bytes() for path in tmp_path.glob("intake.db*"))
    for fact in (b"Kowalska", b"kowalska", b"Demonstration Road", b"left ear"):
        assert fact not in kept


def test_screening_is_done_once(mash: Mash) -> None:
    referral_id = mash.screened(mash.sender().send())
    answer = mash.sign_in("screening").step(referral_id, "screen", version=2, case="none")
    assert answer.status_code == 409


NAMES = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)


@given(NAMES, NAMES, st.dates().map(str), NAMES, NAMES)
def test_any_child_can_be_told_apart_by_its_facts(
    first: str, last: str, born: str, address: str, postcode: str
) -> None:
    details = {
        "first_name": first,
        "last_name": last,
        "date_of_birth": born,
        "address": address,
        "postcode": postcode,
    }
    facts = list(known._facts(details))
    assert len(facts) == len(set(facts))
    assert ("dob", born) in facts
