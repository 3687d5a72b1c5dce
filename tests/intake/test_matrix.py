"""Every route × every role × own and another's, in one table: of the API, and of MASH's pages."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from typing import Any

import pytest
import requests
from sqlalchemy import select

from bot.contract import EXAMPLE, Scope
from bot.intake.site.actions import ACTIONS
from bot.intake.tables import Client, Person, Referral, WebhookTarget
from tests.intake.mash import Colleague, Mash, Sender

WRITE, READ, EVENTS = Scope.WRITE_REFERRALS, Scope.READ_REFERRALS, Scope.READ_EVENTS
FILE = {
    "file": (
        "notes.pdf",
        b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer << /Root 1 0 R >>\n%%EOF",
    )
}
_keys = itertools.count(1)

# method, path, what is sent, the scope it needs, the answer about one's own, the answer about another's
CALLS: list[tuple[str, str, dict[str, Any], Scope, int, int]] = [
    ("POST", "/v1/referrals", {"json": EXAMPLE}, WRITE, 201, 201),
    ("GET", "/v1/referrals", {}, READ, 200, 200),
    ("GET", "/v1/referrals/{reference}", {}, READ, 200, 404),
    ("POST", "/v1/referrals/{reference}/information", {"json": {"words": "More."}}, WRITE, 201, 404),
    ("POST", "/v1/referrals/{reference}/attachments", {"files": FILE}, WRITE, 201, 404),
    ("POST", "/v1/referrals/{reference}/withdraw", {"json": {"reason": "Twice."}}, WRITE, 201, 404),
    ("GET", "/v1/events", {}, EVENTS, 200, 200),
    ("PUT", "/v1/webhook", {"json": {"url": "http://127.0.0.1:9/other"}}, EVENTS, 200, 200),
    ("DELETE", "/v1/webhook", {}, EVENTS, 204, 204),
]
IDS = [f"{method} {path}" for method, path, *_ in CALLS]


def call(
    mash: Mash, headers: dict[str, str], method: str, path: str, reference: str, sent: dict[str, Any]
) -> requests.Response:
    address = mash.base + path.replace("{reference}", reference)
    key = {"idempotency-key": f"matrix-{next(_keys):06d}"}
    return requests.request(method, address, headers=headers | key, timeout=30, **sent)


def test_the_table_names_every_route_of_the_api(mash: Mash) -> None:
    served = requests.get(f"{mash.base}/openapi.json", timeout=30).json()["paths"].items()
    routes = {(method.upper(), path) for path, item in served for method in item if path.startswith("/v1/")}
    assert routes == {(method, path) for method, path, *_ in CALLS}


@pytest.mark.parametrize(("method", "path", "sent", "needed", "own", "others"), CALLS, ids=IDS)
def test_a_sender_reaches_its_own_with_the_scope_for_it_and_nothing_of_anothers(
    mash: Mash, method: str, path: str, sent: dict[str, Any], needed: Scope, own: int, others: int
) -> None:
    school = mash.sender()
    reference = school.send("R-OWN-0001", children=[{"first_name": "Marmalade"}])
    school.put("/v1/webhook", {"url": "http://127.0.0.1:9/own"})
    stranger = mash.organisation("stranger")

    assert call(mash, {}, method, path, reference, sent).status_code == 401
    for scope in Scope:
        limited = mash.sender(scope=scope.value)
        status = call(mash, limited.headers, method, path, reference, sent).status_code
        assert status == (own if scope == needed else 403), scope

    school.put("/v1/webhook", {"url": "http://127.0.0.1:9/own"})
    before = school.get(f"/v1/referrals/{reference}").json()
    answer = call(mash, stranger.headers, method, path, reference, sent)
    assert answer.status_code == others
    assert reference not in answer.text and "Marmalade" not in answer.text
    assert school.get(f"/v1/referrals/{reference}").json() == before
    assert _pushed_to(mash, school) == "http://127.0.0.1:9/own"


def _pushed_to(mash: Mash, school: Sender) -> str:
    """Where the school's events go, as the database has it: no route tells."""
    with mash.services.database.read() as session:
        return session.scalars(
            select(WebhookTarget.url)
            .join(Client, Client.organisation_id == WebhookTarget.organisation_id)
            .where(Client.client_id == school.client_id)
        ).one()


PAGES = (
    ("GET", ""),
    ("GET", "/ask"),
    ("POST", "/ask"),
    ("POST", "/ask/{request}/again"),
    ("POST", "/search"),
    ("GET", "/attachments/{attachment}"),
    *((method, f"/{step}") for step in ACTIONS for method in ("GET", "POST")),
)


def with_a_worker(mash: Mash, school: Sender, worker: str) -> str:
    """A referral that is with this worker."""
    referral_id = mash.rated(school.send(), "red")
    with mash.services.database.read() as session:
        chosen = session.scalars(select(Person.id).where(Person.name == worker)).one()
    decided: dict[str, Any] = {"decision": "section_17", "reason": "x", "words": "y", "worker": chosen}
    assert mash.sign_in("lead").step(referral_id, "decide", **decided).status_code == 200
    return referral_id


def of_a_hub(mash: Mash, school: Sender, postcode: str) -> str:
    """A referral that went to the hub of this postcode."""
    return mash.rated(school.send(children=[{"first_name": "Ivy", "postcode": postcode}]), "green")


@pytest.mark.parametrize(
    ("role", "own", "others", "may"),
    [
        ("hub", lambda m, s: of_a_hub(m, s, "WV1 1AA"), lambda m, s: of_a_hub(m, s, "WV10 9ZZ"), {"decide"}),
        (
            "worker",
            lambda m, s: with_a_worker(m, s, "Dan Whitlock"),
            lambda m, s: with_a_worker(m, s, "Sian Price"),
            {"close", "step-up"},
        ),
    ],
)
def test_hubs_and_workers_reach_their_own_and_nothing_of_anothers(
    mash: Mash,
    role: str,
    own: Callable[[Mash, Sender], str],
    others: Callable[[Mash, Sender], str],
    may: set[str],
) -> None:
    school = mash.sender()
    mine, theirs = own(mash, school), others(mash, school)
    person = mash.sign_in(role, "central" if role == "hub" else None)
    for method, page in PAGES:
        assert _opened(person, method, theirs, page) == 404, (method, page)
    before = _versions(mash)
    for method, page in PAGES:
        status = _opened(person, method, mine, page)
        allowed = page in ("", *(f"/{step}" for step in may | {"step-up"}))
        if page.startswith("/attachments"):
            assert status == 404, "there is none of that name"
        else:
            assert status in ({200, 409, 422} if allowed else {403}), (method, page, status)
    assert _versions(mash) == before, "nothing was said, so nothing was done"


def _opened(person: Colleague, method: str, referral_id: str, page: str) -> int:
    address = f"{person.base}/referrals/{referral_id}{page.format(request='x', attachment='x')}"
    answer = person.browser.request(method, address, data={"version": "1"}, timeout=30)
    return answer.status_code


def _versions(mash: Mash) -> list[int]:
    with mash.services.database.read() as session:
        return list(session.scalars(select(Referral.version).order_by(Referral.id)))
