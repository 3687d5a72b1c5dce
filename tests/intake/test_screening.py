"""Is the child known? Paragraph 1.3: an open case, or one closed within 28 days, goes to its worker."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
import requests
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


@pytest.mark.parametrize("common", ["Smith", "Jones", "Williams", "Wilson"])
def test_a_common_surname_alone_is_no_match(mash: Mash, common: str) -> None:
    """Double metaphone hears these in two ways; that is still one name."""
    mash.sender().send(children=[{"first_name": "Ali", "last_name": common}])
    assert found(mash, first_name="Zoe", last_name=common) == []
    (match,) = found(mash, first_name="Ally", last_name=common)
    assert (match.score, match.likelihood) == (30, "Possible")


def test_every_point_of_a_score_is_explained(mash: Mash) -> None:
    (match,) = found(mash, **MAYA | {"first_name": "Maia"})
    assert match.because == (
        "Names sound alike: Maia and Maya",
        "Same name: Kowalska",
        "Same date of birth",
        "Same address",
    )
    assert match.score == 15 + 15 + 20 + 25


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


def test_two_children_who_meet_in_one_referral_are_linked_by_either_choice(mash: Mash) -> None:
    """The page then offers the same choice twice; the one that is left empty takes nothing away."""
    school = mash.sender()
    pair = [MAYA, MAYA | {"first_name": "Noah", "date_of_birth": "2012-01-02"}]
    first, second = mash.id_of(school.send(children=pair)), mash.id_of(school.send(children=pair))
    said: dict[str, Any] = {"case": "none", "other": [first, first], f"tie-{first}": ["duplicate", ""]}
    assert mash.sign_in("screening").step(second, "screen", **said).status_code == 200
    assert "The same concern, sent twice" in mash.sign_in("lead").page(f"/referrals/{second}")


def search(mash: Mash, referral_id: str, **said: str) -> requests.Response:
    fields = {f"search-{name}": text for name, text in said.items()}
    officer = mash.sign_in("screening")
    return officer.browser.post(f"{mash.base}/referrals/{referral_id}/search", data=fields, timeout=30)


def test_nobody_is_told_that_a_child_is_unknown_when_too_little_was_sent_to_search_by(mash: Mash) -> None:
    referral_id = mash.id_of(mash.sender().send(children=[{"first_name": "Robin"}]))
    page = mash.sign_in("screening").page(f"/referrals/{referral_id}/screen")
    assert "Not searched" in page and "Nobody alike is known" not in page


def test_an_officer_searches_by_what_was_learned_elsewhere(mash: Mash) -> None:
    """The referral names nobody; the school says on the telephone who it is about."""
    school = mash.sender()
    reference = school.send(children=[{"where_now": "In school"}])
    referral_id = mash.id_of(reference)
    page = search(mash, referral_id, last_name="Kowalsca", day="9", month="5", year="2014")
    assert page.status_code == 200
    assert "Names sound alike: Kowalsca and Kowalska" in page.text and "Same date of birth" in page.text
    case = re.search(r'name="case" id="[^"]+" value="(\w{32})"', page.text)
    assert case is not None
    mash.sign_in("screening").step(referral_id, "screen", case=case.group(1))
    assert school.get(f"/v1/referrals/{reference}").json()["state"] == "allocated"


def test_a_search_is_audited_and_what_it_was_for_is_not_kept(mash: Mash, tmp_path: Any) -> None:
    referral_id = mash.id_of(mash.sender().send(children=[{"first_name": "Robin"}]))
    assert "Nobody alike is known" in search(mash, referral_id, last_name="Featherstonehaugh", upn="Q1").text
    assert "searched" in mash.sign_in("manager").page(f"/audit?subject=referral:{referral_id}")
    kept = b"".join(path.read_bytes() for path in tmp_path.glob("intake.db*"))
    assert b"Featherstonehaugh" not in kept


@pytest.mark.parametrize(
    ("said", "says"),
    [
        ({}, "Say what you know of the child"),
        ({"first_name": " "}, "Say what you know of the child"),
        (
            {"last_name": "Kowalska", "day": "31", "month": "2", "year": "2014"},
            "Write the date of birth like",
        ),
        ({"last_name": "Kowalska", "day": "9"}, "Write the date of birth like"),
        ({"last_name": "Kowalska", "day": "9", "month": "5", "year": "²014"}, "Write the date of birth like"),
    ],
)
def test_a_search_that_cannot_be_made_says_why(mash: Mash, said: dict[str, str], says: str) -> None:
    answer = search(mash, mash.id_of(mash.sender().send()), **said)
    assert (answer.status_code, says in answer.text) == (422, True)


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
