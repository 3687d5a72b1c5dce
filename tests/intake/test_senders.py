"""Operators say who may send: by the command, with the real program beside a running MASH."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
import requests

from bot.intake import senders
from bot.intake.senders import SenderRefused
from tests.intake.mash import Mash
from tests.intake.test_tokens import KEY, assertion, by_key


def asked(mash: Mash, *words: str) -> list[str]:
    return senders.run(mash.services, senders.parser().parse_args(["senders", *words]))


def secret_in(said: list[str]) -> str:
    return said[-1].rpartition(" ")[2]


def test_a_new_organisation_sends_with_what_was_printed(both: Mash) -> None:
    secret = secret_in(asked(both, "add", "West Midlands Police", "police-1", "--source", "6"))
    police = both.sender("police-1", secret)
    police.post("/v1/referrals", {"reference": "R-POLICE"})
    page = both.sign_in("screening").page(f"/referrals/{both.id_of('R-POLICE')}")
    assert "from West Midlands Police (Police)" in page
    assert "sender added" in both.sign_in("manager").page("/audit")


def test_two_machines_of_one_organisation_see_the_same_referrals(mash: Mash) -> None:
    first = mash.sender("one-1", secret_in(asked(mash, "add", "One school", "one-1")))
    reference = first.send()
    said = asked(mash, "add", "One school", "one-2", "--scope", "referrals:read")
    second = mash.sender("one-2", secret_in(said))
    assert second.get(f"/v1/referrals/{reference}").status_code == 200
    assert second.post("/v1/referrals", {"reference": "R-2"}).status_code == 403


def test_a_new_secret_ends_the_old_one_and_its_tokens(mash: Mash) -> None:
    old = mash.sender("one-1", secret_in(asked(mash, "add", "One school", "one-1")))
    new = secret_in(asked(mash, "new-secret", "one-1"))
    assert requests.get(f"{mash.base}/v1/referrals", headers=old.headers, timeout=30).status_code == 401
    assert mash.sender("one-1", new).get("/v1/referrals").status_code == 200


def test_an_ended_machine_is_out_at_once_and_what_it_sent_stays(mash: Mash) -> None:
    secret = secret_in(asked(mash, "add", "One school", "one-1"))
    school = mash.sender("one-1", secret)
    reference = school.send()
    asked(mash, "end", "one-1")
    assert requests.get(f"{mash.base}/v1/referrals", headers=school.headers, timeout=30).status_code == 401
    with pytest.raises(AssertionError, match="invalid_client"):
        mash.sender("one-1", secret)
    assert mash.sign_in("screening").open(f"/referrals/{mash.id_of(reference)}").status_code == 200
    assert any("ended" in line for line in asked(mash, "list"))


def test_a_machine_with_a_key_has_no_secret(mash: Mash, tmp_path: Path) -> None:
    keys = tmp_path / "keys.json"
    keys.write_text(json.dumps({"keys": [KEY.as_dict(private=False)]}))
    said = asked(mash, "add", "One school", "with-key", "--public-keys", str(keys))
    assert not any("ecret" in line for line in said)
    assert by_key(mash, assertion(mash)).status_code == 200
    with pytest.raises(SenderRefused, match="by its key"):
        asked(mash, "new-secret", "with-key")


def test_a_private_key_is_not_taken(mash: Mash, tmp_path: Path) -> None:
    keys = tmp_path / "keys.json"
    for content in (json.dumps({"keys": [KEY.as_dict(private=True)]}), '{"keys": []}', "nothing", "[]"):
        keys.write_text(content)
        with pytest.raises(SenderRefused):
            asked(mash, "add", "One school", "one-1", "--public-keys", str(keys))
    assert not any("one-1" in line for line in asked(mash, "list"))


@pytest.mark.parametrize(
    "words",
    [
        ("add", "One school", "a"),
        ("add", "One school", "demo-school"),
        ("add", " ", "one-1"),
        ("add", "One school", "one-1", "--source", "99"),
        ("add", "Demonstration school", "one-1", "--source", "6"),
        ("end", "nobody"),
        ("new-secret", "nobody"),
    ],
)
def test_what_cannot_be_done_is_said_and_changes_nothing(mash: Mash, words: tuple[str, ...]) -> None:
    before = asked(mash, "list")
    with pytest.raises(SenderRefused):
        asked(mash, *words)
    assert asked(mash, "list") == before


def test_the_program_does_it_and_says_what_went_wrong(tmp_path: Path) -> None:
    def run(*words: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "bot.intake", "senders", *words]
        environment = os.environ | {"BOT_STATE_DIR": str(tmp_path), "BOT_DEMO": "0"}
        return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)

    assert run("list").stdout == "Nobody may send yet.\n"
    assert "Secret, shown now and never again" in run("add", "One school", "one-1").stdout
    again = run("add", "One school", "one-1")
    assert (again.returncode, again.stderr) == (1, "There is a machine one-1 already.\n")
