"""Guessing at secrets is stopped early; the school whose client id is guessed at goes on getting tokens."""

from __future__ import annotations

from datetime import timedelta

import pytest
import requests

from bot.contract import Problem
from bot.intake.api.proof import ASSERTION_TYPE
from bot.intake.attempts import MOST_OF_A_CLIENT, MOST_OF_AN_ADDRESS, WINDOW, Attempts, network_of
from tests.intake.mash import MONDAY, SECRET, Mash
from tests.intake.test_tokens import assertion, by_key
from tests.intake.test_tokens import with_key as with_key  # a client with a key pair

SCHOOL, STRANGER = "192.0.2.10", "203.0.113.66"


def ask(mash: Mash, secret: str, *, at: str = SCHOOL, client: str = "demo-school") -> requests.Response:
    """Ask for a token through a proxy on this machine, which says where the request came from."""
    return requests.post(
        f"{mash.base}/oauth/token",
        data={"grant_type": "client_credentials"},
        auth=(client, secret),
        headers={"x-forwarded-for": at},
        timeout=30,
    )


def guess(mash: Mash, times: int = MOST_OF_A_CLIENT, *, at: str = STRANGER) -> None:
    for number in range(times):
        assert ask(mash, f"guess-{number}", at=at).status_code == 401


def test_after_too_many_failures_nothing_is_checked_for_a_while(mash: Mash) -> None:
    guess(mash)
    refused = ask(mash, SECRET, at=STRANGER)
    assert refused.status_code == 429
    assert refused.headers["content-type"] == "application/problem+json"
    assert Problem.model_validate(refused.json()).type.endswith(":too-many-failures")
    assert 1 <= int(refused.headers["retry-after"]) <= WINDOW.total_seconds()
    assert SECRET not in refused.text and "demo-school" not in refused.text


def test_the_time_to_wait_is_true(mash: Mash) -> None:
    guess(mash)
    mash.clock.move(seconds=20)
    wait = int(ask(mash, "guess", at=STRANGER).headers["retry-after"])
    assert wait == 40
    mash.clock.move(seconds=wait)
    assert ask(mash, SECRET, at=STRANGER).status_code == 200


def test_a_stranger_cannot_lock_the_school_out(mash: Mash) -> None:
    guess(mash)
    assert ask(mash, "guess", at=STRANGER).status_code == 429
    assert ask(mash, SECRET, at=SCHOOL).status_code == 200


def test_a_stranger_behind_the_same_router_cannot_either(mash: Mash) -> None:
    """The school had a token before; its secret is known to be right, so it is looked at all the same."""
    assert ask(mash, SECRET).status_code == 200
    guess(mash, at=SCHOOL)
    for _ in range(MOST_OF_A_CLIENT):
        assert ask(mash, "guess").status_code == 429
        assert ask(mash, SECRET).status_code == 200


def test_a_secret_that_was_taken_away_is_not_let_through(mash: Mash) -> None:
    assert ask(mash, SECRET).status_code == 200
    mash.change_secret("demo-school", "another secret")
    guess(mash, MOST_OF_A_CLIENT, at=SCHOOL)
    assert ask(mash, SECRET).status_code == 429
    assert ask(mash, SECRET, at="192.0.2.11").status_code == 401
    assert ask(mash, "another secret", at="192.0.2.11").status_code == 200


def test_trying_many_client_ids_is_stopped_too(mash: Mash) -> None:
    for number in range(MOST_OF_AN_ADDRESS):
        assert ask(mash, "x", at=STRANGER, client=f"school-{number}").status_code == 401
    assert ask(mash, "x", at=STRANGER, client="school-new").status_code == 429
    assert ask(mash, "x", at=SCHOOL, client="school-new").status_code == 401


def test_a_signed_assertion_is_always_looked_at(with_key: Mash) -> None:
    for number in range(MOST_OF_A_CLIENT):
        assert by_key(with_key, f"nothing-{number}").status_code == 401
        assert ask(with_key, "guess", client="with-key", at="127.0.0.1").status_code in (401, 429)
    forged = {"grant_type": "client_credentials", "client_assertion_type": ASSERTION_TYPE}
    forged |= {"client_assertion": "nothing", "client_id": "with-key"}
    assert requests.post(f"{with_key.base}/oauth/token", data=forged, timeout=30).status_code == 429
    assert by_key(with_key, assertion(with_key)).status_code == 200


def test_a_right_secret_never_counts_as_a_failure(mash: Mash) -> None:
    for _ in range(MOST_OF_A_CLIENT + 2):
        assert ask(mash, SECRET).status_code == 200
    guess(mash, MOST_OF_A_CLIENT - 1, at=SCHOOL)
    assert ask(mash, "guess").status_code == 401
    assert ask(mash, "guess").status_code == 429


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("192.0.2.1", "192.0.2.2", False),
        ("2001:db8:1:2::1", "2001:db8:1:2:ffff::9", True),
        ("2001:db8:1:2::1", "2001:db8:1:3::1", False),
        ("::ffff:192.0.2.1", "192.0.2.1", True),
        ("fe80::1%eth0", "fe80::1", True),
        ("", "", True),
    ],
)
def test_one_host_cannot_come_from_many_addresses(one: str, other: str, same: bool) -> None:
    assert (network_of(one) == network_of(other)) == same


def test_a_clock_that_is_set_back_locks_nobody_out() -> None:
    attempts = Attempts()
    for _ in range(MOST_OF_A_CLIENT):
        attempts.failed("school", SCHOOL, MONDAY)
    attempts.check("school", SCHOOL, MONDAY - timedelta(hours=1))


def test_the_counts_have_an_end() -> None:
    attempts = Attempts()
    for number in range(30_000):
        attempts.failed(f"school-{number}", f"10.{number >> 16}.{number >> 8 & 255}.{number & 255}", MONDAY)
    assert attempts.kept <= 10_000
