"""Who may call: client secrets, signed assertions, scopes, and everything that is no token."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
import requests
from joserfc import jwt
from joserfc.jwk import RSAKey

from bot.contract import Scope
from bot.intake.api.proof import ASSERTION_TYPE
from tests.intake.mash import SECRET, Mash

KEY = RSAKey.generate_key(2048, {"kid": "one", "use": "sig"})
STRANGERS_KEY = RSAKey.generate_key(2048, {"kid": "one", "use": "sig"})


def ask(mash: Mash, data: dict[str, Any], **more: Any) -> requests.Response:
    return requests.post(f"{mash.base}/oauth/token", data=data, timeout=30, **more)


def assertion(mash: Mash, key: RSAKey = KEY, **changed: Any) -> str:
    claims = {
        "iss": "with-key",
        "sub": "with-key",
        "aud": mash.services.settings.public_url + "/oauth/token",
        "jti": "first",
        "exp": int((mash.clock() + timedelta(minutes=4)).timestamp()),
    }
    return jwt.encode({"alg": "RS512", "kid": "one"}, claims | changed, key, algorithms=["RS512"])


def by_key(mash: Mash, signed: str) -> requests.Response:
    return ask(
        mash,
        {
            "grant_type": "client_credentials",
            "client_assertion_type": ASSERTION_TYPE,
            "client_assertion": signed,
        },
    )


@pytest.fixture
def with_key(mash: Mash) -> Mash:
    mash.add_organisation("with-key", public_keys={"keys": [KEY.as_dict(private=False)]})
    return mash


def test_a_secret_buys_a_token_in_the_header_or_in_the_form(mash: Mash) -> None:
    grant = {"grant_type": "client_credentials"}
    assert ask(mash, grant, auth=("demo-school", SECRET)).status_code == 200
    assert ask(mash, grant | {"client_id": "demo-school", "client_secret": SECRET}).status_code == 200


@pytest.mark.parametrize(
    ("data", "status", "error"),
    [
        ({}, 400, "invalid_request"),
        ({"grant_type": "password"}, 400, "unsupported_grant_type"),
        ({"grant_type": "client_credentials"}, 401, "invalid_client"),
        (
            {"grant_type": "client_credentials", "client_id": "demo-school", "client_secret": "x"},
            401,
            "invalid_client",
        ),
        (
            {"grant_type": "client_credentials", "client_id": "nobody", "client_secret": SECRET},
            401,
            "invalid_client",
        ),
        (
            {
                "grant_type": "client_credentials",
                "client_id": "demo-school",
                "client_secret": SECRET,
                "scope": "everything",
            },
            400,
            "invalid_scope",
        ),
        ({"grant_type": "client_credentials", "client_assertion": "x"}, 400, "invalid_request"),
    ],
)
def test_what_buys_no_token(mash: Mash, data: dict[str, str], status: int, error: str) -> None:
    answer = ask(mash, data)
    assert (answer.status_code, answer.json()["error"]) == (status, error)
    assert SECRET not in answer.text


def test_a_signed_assertion_buys_one_token(with_key: Mash) -> None:
    signed = assertion(with_key)
    assert by_key(with_key, signed).status_code == 200
    assert by_key(with_key, signed).status_code == 401


@pytest.mark.parametrize(
    "changed",
    [
        {"aud": "https://another.example/oauth/token"},
        {"sub": "demo-school"},
        {"iss": "demo-school"},
        {"jti": None},
        {"exp": 1},
        {"exp": None},
        {"exp": 10**12},
    ],
)
def test_an_assertion_must_be_for_us_from_the_client_and_fresh(
    with_key: Mash, changed: dict[str, Any]
) -> None:
    assert by_key(with_key, assertion(with_key, **changed)).status_code == 401


def test_an_assertion_of_another_key_or_none_is_refused(with_key: Mash) -> None:
    assert by_key(with_key, assertion(with_key, STRANGERS_KEY)).status_code == 401
    assert by_key(with_key, "e30.e30.").status_code == 401
    assert by_key(with_key, "nothing").status_code == 401


@pytest.mark.parametrize(("minutes", "status"), [(-4.5, 200), (-6, 401), (4.5, 200), (6, 401)])
def test_clocks_may_differ_by_a_minute(with_key: Mash, minutes: float, status: int) -> None:
    """A sender's clock that is behind or ahead shifts when its assertion ends; at most five minutes."""
    ends = int((with_key.clock() + timedelta(minutes=4)).timestamp())
    with_key.clock.move(minutes=minutes if minutes > 0 else minutes + 3)
    assert by_key(with_key, assertion(with_key, exp=ends)).status_code == status


def test_a_token_ends_after_a_quarter_of_an_hour(mash: Mash) -> None:
    school = mash.sender()
    mash.clock.move(minutes=14)
    assert requests.get(f"{mash.base}/v1/referrals", headers=school.headers, timeout=30).status_code == 200
    mash.clock.move(minutes=2)
    answer = requests.get(f"{mash.base}/v1/referrals", headers=school.headers, timeout=30)
    assert answer.status_code == 401
    assert "invalid_token" in answer.headers["www-authenticate"]


@pytest.mark.parametrize("header", ["", "Bearer", "Bearer x", "Basic eA==", "Bearer é"])
def test_what_is_no_token_opens_nothing(mash: Mash, header: str) -> None:
    answer = requests.get(f"{mash.base}/v1/referrals", headers={"authorization": header.encode()}, timeout=30)
    assert answer.status_code == 401
    assert answer.headers["content-type"] == "application/problem+json"


CALLS = [
    ("GET", "/v1/referrals", Scope.READ_REFERRALS),
    ("GET", "/v1/referrals/R-NONE", Scope.READ_REFERRALS),
    ("POST", "/v1/referrals", Scope.WRITE_REFERRALS),
    ("POST", "/v1/referrals/R-NONE/information", Scope.WRITE_REFERRALS),
    ("POST", "/v1/referrals/R-NONE/withdraw", Scope.WRITE_REFERRALS),
    ("POST", "/v1/referrals/R-NONE/attachments", Scope.WRITE_REFERRALS),
    ("GET", "/v1/events", Scope.READ_EVENTS),
    ("PUT", "/v1/webhook", Scope.READ_EVENTS),
    ("DELETE", "/v1/webhook", Scope.READ_EVENTS),
]


def test_every_route_of_the_api_is_in_the_table_of_scopes(mash: Mash) -> None:
    served = {
        (method.upper(), path.replace("{reference}", "R-NONE"))
        for path, item in requests.get(f"{mash.base}/openapi.json", timeout=30).json()["paths"].items()
        for method in item
        if path.startswith("/v1/")
    }
    assert served == {(method, path) for method, path, _ in CALLS}


@pytest.mark.parametrize("scope", list(Scope))
def test_a_scope_opens_its_routes_and_no_other(mash: Mash, scope: Scope) -> None:
    limited = mash.sender(scope=scope.value)
    for method, path, needed in CALLS:
        answer = requests.request(method, mash.base + path, headers=limited.headers, timeout=30)
        assert (answer.status_code == 403) == (needed != scope), (method, path)
        bare = requests.request(method, mash.base + path, timeout=30)
        assert bare.status_code == 401, (method, path)
