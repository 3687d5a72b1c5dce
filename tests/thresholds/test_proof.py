"""The proof finds what is wrong, and shows the smallest answers."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest

from bot.packs_cli import main
from bot.thresholds import Pack, load_pack
from bot.thresholds.proof import Prover
from bot.thresholds.proving import prove, table
from tests.thresholds.small import SMALL, write_pack


def test_the_small_pack_holds(pack: Pack) -> None:
    proof = prove(pack, Random(1))
    assert proof.counterexamples == []
    assert "no test meets `baby_hurt`" in "".join(proof.faults)
    assert "exhaustive per rule" in table(proof)


def counterexamples(root: Path, old: str, new: str) -> list[str]:
    assert old in SMALL
    pack = load_pack(write_pack(root, SMALL.replace(old, new, 1)), root=root)
    prover = Prover(pack)
    return [str(one) for category in (None, *pack.categories) for one in prover.prove_rules(category).found]


@pytest.mark.parametrize(
    ("old", "new", "rule", "answers"),
    [
        # a green criterion that a worse answer drops, with nothing in its place
        ("when: {days: [tenth, half]}", "when: {days: few}", "tenth_missed", "days: few becomes tenth"),
        # the same for a red one
        ("fact: worrying_account}", "account: missing}", "unexplained", "account: missing becomes conflicts"),
        # a duty that a worse answer drops
        (
            "when: {category: absence, days: half}",
            "when: {category: absence, days: tenth}",
            "visit",
            "days: tenth becomes half",
        ),
        # a raising move that a worse answer undoes
        ("when: {going_home: yes}", "when: {going_home: no}", "goes_home", "going_home: no becomes yes"),
        # a lowering that a worse answer brings about
        (
            "{all: [{support: engaged}, {support: adult}]}",
            "{support: none}",
            "family_engages",
            "support: none",
        ),
        # parents who are told after a worse answer
        ("- {when: {afraid: yes}", "- {when: {afraid: no}", "parents rule 1", "afraid: no becomes yes"),
        # a criterion that can never hold
        ("when: {injury: seen, age: baby}", "when: {injury: none_seen, account: fits}", "baby_hurt", "(any)"),
    ],
)
def test_it_finds_what_is_wrong(tmp_path: Path, old: str, new: str, rule: str, answers: str) -> None:
    found = counterexamples(tmp_path, old, new)
    assert any(rule in one and answers in one for one in found), found


def test_the_counterexample_is_the_smallest(tmp_path: Path) -> None:
    found = counterexamples(tmp_path, "fact: worrying_account}", "account: missing}")
    assert len(found) == 1
    assert "signs" not in found[0]
    assert "age" not in found[0]


def test_a_drop_that_something_more_urgent_takes_over_is_no_fault(tmp_path: Path) -> None:
    """A tenth missed is green, half missed is amber: the green one may end where the amber one begins."""
    assert counterexamples(tmp_path, "when: {days: [tenth, half]}", "when: {days: tenth}") == []


def test_the_command_says_whether_it_is_proved(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = write_pack(tmp_path, SMALL.replace("when: {going_home: yes}", "when: {going_home: no}"))
    assert main(["prove", str(folder), "--root", str(tmp_path)]) == 1
    shown = capsys.readouterr().out
    assert "COUNTEREXAMPLES" in shown
    assert "Not proved." in shown
