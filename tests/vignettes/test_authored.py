"""Our own cases, held with the pack alone: every category near its threshold, on both sides."""

from __future__ import annotations

from pathlib import Path
from random import Random
from statistics import median

import pytest

from bot.thresholds import Pack, load_pack
from tests.vignettes.interviewing import interview
from tests.vignettes.staff import Vignette, vignettes

PACKS = Path(__file__).resolve().parents[2] / "data" / "thresholds"
CASES = vignettes(Path(__file__).parent / "authored.yml")


@pytest.fixture(scope="module")
def pack() -> Pack:
    return load_pack("wolverhampton", root=PACKS)


@pytest.mark.parametrize("case", CASES, ids=[case.id for case in CASES])
@pytest.mark.parametrize("categories_first", [True, False], ids=["categories", "screen"])
def test_the_case_reaches_its_outcome(pack: Pack, case: Vignette, categories_first: bool) -> None:
    ending = interview(pack, case, categories_first=categories_first).ending
    expect = case.expect
    assert ending.route in {expect["route"], *expect.get("acceptable", ())}
    due = {duty.duty for duty in ending.duties} | {duty.route for duty in ending.duties}
    assert {"tell_dsl", *expect.get("duties", ())} <= due
    assert ending.parents.advice not in expect.get("parents_not", ())


def test_interviews_are_short_and_a_red_is_seen_early(pack: Pack) -> None:
    held = [(case, interview(pack, case)) for case in CASES]
    assert median(one.questions for _, one in held) <= 8
    late = [case.id for case, one in held if case.expect["route"] == "red" and (one.red_after or 0) > 4]
    assert not late


def test_who_is_not_sure_is_not_sent_to_consult_much_more_than_a_lead_would_want(pack: Pack) -> None:
    random = Random(7)
    held = [interview(pack, case, unsure_share=0.2, random=random) for case in CASES]
    consulted = [one for one in held if one.ending.route == "consult"]
    wanted = [one for one in consulted if one.wanted]
    assert wanted
    assert len(consulted) <= 1.2 * len(wanted)
