"""Versions by date, and a local pack on top of the national base: it adds and raises, it never removes or
lowers."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from bot.thresholds import Answers, Band, PackError, assess, load_pack
from bot.thresholds.linting import lint
from tests.thresholds.small import SMALL, SOURCE, write_pack

LOCAL = """\
pack: local
version: 1
title: A local pack
extends: small@1
in_force: 2026-01-01
status: illustrative
"""


def local(root: Path, more: str) -> Path:
    write_pack(root, SMALL)
    return write_pack(root, LOCAL + more, name="local")


def test_it_takes_everything_over(tmp_path: Path) -> None:
    pack = load_pack(local(tmp_path, ""), root=tmp_path)
    base = load_pack("small", root=tmp_path)
    assert pack.name == "local"
    assert pack.criteria == base.criteria
    assert pack.digest != base.digest


def test_it_adds_and_raises(tmp_path: Path) -> None:
    more = f"""\
criteria:
  one_sign: {{band: amber}}
  local_one: {{category: harm, level: 4, band: red, when: {{signs: hit}}, because: Local., source: {SOURCE}}}
questions:
  injury: {{ask: Is the child hurt?}}
duties:
  visit: {{how: [Ring the officer.]}}
contacts:
  dsl: {{label: The lead}}
"""
    pack = load_pack(local(tmp_path, more), root=tmp_path)
    assert pack.criteria["one_sign"].band is Band.AMBER
    assert pack.criteria["one_sign"].origin == "small"
    assert pack.criteria["local_one"].origin == "local"
    assert pack.question("injury").ask == "Is the child hurt?"
    assert pack.question("injury").options == {"none_seen": "No", "seen": "Yes"}
    assert pack.duties["visit"].how == ("Visit.", "Ring the officer.")
    assert pack.contacts["dsl"].label == "The lead"
    answers = Answers({("", "categories"): frozenset({"harm"}), ("", "signs"): frozenset({"hit"})})
    assert assess(pack, answers).route == "red"


@pytest.mark.parametrize(
    ("more", "what"),
    [
        ("criteria:\n  unexplained: {band: amber}\n", "lowers the national `unexplained` from red to amber"),
        ("criteria:\n  unexplained: {when: {injury: seen}}\n", "cannot change `when`"),
        ("duties:\n  call_999: {when: {danger_now: no}}\n", "cannot change `when`"),
        ("duties:\n  call_999: {by_when: Next week}\n", "cannot change `by_when`"),
        ("questions:\n  injury: {severity: [seen, none_seen]}\n", "cannot change `severity`"),
        ("facts:\n  worrying_account: {account: fits}\n", "belongs to the national base"),
        ("moves:\n  goes_home: {to: amber}\n", "belongs to the national base"),
        (
            "screens:\n  universal:\n    options:\n      home: {label: x, categories: [harm]}\n",
            "cannot be replaced",
        ),
        (
            "moves:\n  mine: {when: {support: adult}, applies_to: any, from: [amber], to: green, because: x, "
            f"source: {SOURCE}}}\n",
            "would lower national criteria",
        ),
    ],
)
def test_it_may_not_remove_or_lower(tmp_path: Path, more: str, what: str) -> None:
    faults = lint(local(tmp_path, more), root=tmp_path)
    assert any(what in fault.what for fault in faults), [str(fault) for fault in faults]
    found = next(fault for fault in faults if what in fault.what)
    assert found.file.endswith("local/1/pack.yml")
    assert found.line > LOCAL.count("\n")


@pytest.mark.parametrize("extends", ["small", "small@9", "nowhere@1", "local@1", "../small@1"])
def test_what_it_extends_must_be_there(tmp_path: Path, extends: str) -> None:
    write_pack(tmp_path, SMALL)
    folder = write_pack(tmp_path, LOCAL.replace("small@1", extends), name="local")
    with pytest.raises(PackError) as refused:
        load_pack(folder, root=tmp_path)
    assert (Path(refused.value.file).name, refused.value.line) == ("pack.yml", 4)


def versions(root: Path, *dates: tuple[str, str]) -> None:
    for number, (begins, until) in enumerate(dates, start=1):
        text = SMALL.replace("version: 1\n", f"version: 1.{number}0\n").replace(
            "in_force: 2026-01-01", f"in_force: {begins}"
        )
        write_pack(root, text + (f"until: {until}\n" if until else ""), version=f"1.{number}0")


def test_the_version_in_force_on_a_day(tmp_path: Path) -> None:
    versions(tmp_path, ("2024-09-01", "2025-08-31"), ("2025-09-01", ""), ("2026-09-01", ""))
    named = {
        date(2024, 9, 1): "1.10",
        date(2025, 8, 31): "1.10",
        date(2025, 9, 1): "1.20",
        date(2026, 8, 31): "1.20",
        date(2026, 9, 1): "1.30",
        date(2030, 1, 1): "1.30",
    }
    assert {day: load_pack("small", root=tmp_path, on=day).version for day in named} == named
    assert load_pack("small", root=tmp_path).version == "1.30"
    assert load_pack("small", root=tmp_path, version="1.20").version == "1.20"
    with pytest.raises(PackError, match="no version was in force on 2020-01-01"):
        load_pack("small", root=tmp_path, on=date(2020, 1, 1))
    with pytest.raises(PackError, match="there is no version 9"):
        load_pack("small", root=tmp_path, version="9")


def test_a_gap_between_versions(tmp_path: Path) -> None:
    versions(tmp_path, ("2024-09-01", "2025-03-31"), ("2025-09-01", ""))
    with pytest.raises(PackError, match="no version was in force"):
        load_pack("small", root=tmp_path, on=date(2025, 6, 1))


@pytest.mark.parametrize(
    "dates",
    [
        (("2024-09-01", "2025-09-01"), ("2025-09-01", "")),
        (("2025-09-01", ""), ("2025-09-01", "")),
    ],
)
def test_overlapping_dates_are_refused(tmp_path: Path, dates: tuple[tuple[str, str], ...]) -> None:
    versions(tmp_path, *dates)
    faults = lint("small", root=tmp_path)
    assert "overlap on 2025-09-01" in faults[0].what
    assert faults[0].line > 1
    with pytest.raises(PackError, match="overlap"):
        load_pack("small", root=tmp_path, on=date(2026, 1, 1))


def test_the_digest_is_of_the_content_alone(tmp_path: Path) -> None:
    first = load_pack(write_pack(tmp_path / "a", SMALL), root=tmp_path).digest
    commented = SMALL.replace("facts:", "# a comment\nfacts:").replace("  one_sign:", "\n  one_sign:")
    assert load_pack(write_pack(tmp_path / "b", commented), root=tmp_path).digest == first
    changed = SMALL.replace("because: A baby is hurt.", "because: A baby was hurt.")
    assert load_pack(write_pack(tmp_path / "c", changed), root=tmp_path).digest != first
