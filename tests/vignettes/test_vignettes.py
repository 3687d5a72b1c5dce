"""Every case reaches its outcome through the JSON API: route, duties and what parents are told."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.store import Store
from tests.vignettes.staff import Vignette, converse, vignettes
from tests.web.conftest import Browser, Site, make_site

HERE = Path(__file__).parent
CASES = [pytest.param(case, id=case.id) for case in vignettes(HERE / "public.yml")] + [
    # Whole conversations take seconds each; test_authored.py holds all of these with the pack alone.
    pytest.param(case, id=case.id, marks=pytest.mark.slow)
    for case in vignettes(HERE / "authored.yml")[::8]
]


@pytest.fixture
def site(sqlite_store: Store, tmp_path: Path) -> Iterator[Site]:
    yield make_site(sqlite_store, tmp_path)


@pytest.fixture
def program(site: Site) -> Browser:
    return site.program()


@pytest.mark.parametrize("case", CASES)
def test_the_case_reaches_its_outcome(case: Vignette, site: Site, program: Browser) -> None:
    pack = site.services.packs.in_force("wolverhampton", site.clock().date())
    screen = {line: list(option.categories) for line, option in pack.screen.options.items()}
    ending = converse(program, case, screen)
    expect = case.expect
    reply = ending.reply
    if "route" in expect:
        assert reply["route"] in {expect["route"], *expect.get("acceptable", ())}, ending.asked
    due = {duty["duty"] for duty in reply["duties"]} | {duty["route"] for duty in reply["duties"]}
    assert {"tell_dsl", *expect.get("duties", ())} <= due
    assert not due & set(expect.get("no_duties", ()))
    assert reply["parents"]["advice"] not in expect.get("parents_not", ())
    assert reply["done"]
    assert any("DSL" in line for line in reply["messages"])
