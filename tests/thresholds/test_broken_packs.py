"""A pack that is wrong says so: file, line, what, and how to mend it. Never a traceback."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.packs_cli import main
from bot.thresholds import PackError, load_pack
from bot.thresholds.linting import lint
from tests.thresholds.small import SMALL, SOURCE, write_pack

# (what is broken, the text replaced, by what, a piece of the message, a piece of the advice)
BROKEN = [
    ("unknown block", "screens:", "screns:", "unknown block `screns`", "Did you mean `screens`?"),
    (
        "unknown key",
        "    because: A baby is hurt.",
        "    becuase: x",
        "unknown key `becuase`",
        "Did you mean `because`?",
    ),
    ("missing key", "    because: A baby is hurt.\n", "", "has no `because`", "Add `because:`"),
    (
        "unknown question",
        "injury: seen, age: baby",
        "injry: seen, age: baby",
        "unknown question `injry`",
        "`injury`",
    ),
    ("unknown option", "injury: seen, age: baby", "injury: scene, age: baby", "no option `scene`", "`seen`"),
    (
        "boolean-looking",
        "{danger_now: yes}, because",
        "{danger_now: true}, because",
        "no option `true`",
        "as written",
    ),
    (
        "flag",
        "emergency: true",
        "emergency: yes",
        "must be true or false, not `yes`",
        "Write `true` or `false`",
    ),
    ("unknown tested", "{afraid: yes}", "{afraid: not_sure}", "which is not an answer", "unknown by itself"),
    (
        "missing source",
        f"    because: A baby is hurt.\n    source: {SOURCE}",
        "    because: x",
        "has no `source`",
        "Add",
    ),
    ("unknown source", "cite: kcsie, mark: k}, because", "cite: x, mark: k}, because", "", ""),
    (
        "bad mark",
        f"because: Danger now., source: {SOURCE}",
        "because: x, source: {cite: kcsie, mark: z}",
        "cannot be `z`",
        "r, k",
    ),
    (
        "bad band",
        "band: amber, when: {days: half}",
        "band: orange, when: {days: half}",
        "cannot be `orange`",
        "amber",
    ),
    (
        "wrong type: list",
        "    ask: Is there an injury?",
        "    ask: [a, b]",
        "must be text, not a list",
        "one line",
    ),
    (
        "wrong type: text",
        '    options: {none_seen: "No", seen: "Yes"}',
        "    options: seen",
        "must be a block",
        "Indent",
    ),
    (
        "wrong number",
        "level: 3, band: amber",
        "level: three, band: amber",
        "whole number from 1 to 5",
        "number alone",
    ),
    ("wrong date", "in_force: 2026-01-01", "in_force: 1 January", "is not a date", "2026-09-01"),
    ("duplicate id", "  support:\n    ask", "  injury:\n    ask", "stands here twice", "another name"),
    ("engine's word", "  support:\n    ask", "  screen:\n    ask", "word of the engine", "Rename"),
    (
        "severity",
        "severity: [few, tenth, half]",
        "severity: [few, tenth, haf]",
        "unknown option `haf`",
        "`half`",
    ),
    (
        "protective on one",
        "severity: [few, tenth, half]",
        "protective: [few]",
        "belongs to kind many",
        "Change",
    ),
    ("reserved option", "hit: Was hit", "none: Was hit", "defines the option `none`", "adds it by itself"),
    ("unknown fact", "fact: worrying_account", "fact: worying_account", "unknown fact", "`worrying_account`"),
    (
        "unknown category",
        "category: absence, days: half",
        "category: absense, days: half",
        "unknown category",
        "`absence`",
    ),
    (
        "lowering a red",
        "    from: [amber]\n    to: green",
        "    from: [red]\n    to: green",
        "lowers red to green",
        "never lower a Red",
    ),
    (
        "two-way move",
        "    from: [amber]\n    to: green",
        "    from: [none, red]\n    to: green",
        "one way",
        "two moves",
    ),
    ("at_least", "n: 2, of", "n: 9, of", "whole number from 1 to 3", "number alone"),
    ("empty when", "when: {afraid: yes}", "when: {}", "is empty", "what must hold"),
    ("when as text", "when: {afraid: yes}", "when: afraid == yes", "must be a block", "Indent"),
    (
        "cycle of facts",
        "worrying_account: {account",
        "a: {fact: b}\n  b: {fact: a}\n  worrying_account: {account",
        "circle",
        "Take one",
    ),
    (
        "cycle of guards",
        "asked_when: {injury: seen}",
        "asked_when: {account: fits}",
        "circle",
        "without the other",
    ),
    (
        "anchor",
        "status: illustrative",
        "status: &x illustrative",
        "anchors and aliases",
        "Write the value out",
    ),
    ("not YAML", "status: illustrative", "status: [illustrative", "not valid YAML", "indentation"),
    (
        "test expects unknown",
        "met: [unexplained]",
        "met: [unexplaned]",
        "unknown `unexplaned`",
        "`unexplained`",
    ),
    (
        "test answers unknown",
        "answers: {categories: harm, injury",
        "answers: {categories: harm, injry",
        "unknown question",
        "`injury`",
    ),
    ("approved by nobody", "status: illustrative", "status: approved", "who approved it", "approved_by"),
    ("unknown contact", "with: [dsl]", "with: [dls]", "unknown contact `dls`", "`dsl`"),
]


@pytest.mark.parametrize(
    ("old", "new", "what", "mend"), [case[1:] for case in BROKEN], ids=[case[0] for case in BROKEN]
)
def test_what_is_wrong_is_said_with_file_line_and_mend(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], old: str, new: str, what: str, mend: str
) -> None:
    if old not in SMALL:
        old, new = "source: {cite: kcsie, mark: k}}", "source: {cite: kcise, mark: k}}"
        what, mend = "which is not in `sources`", "`kcsie`"
    text = SMALL.replace(old, new, 1)
    assert text != SMALL
    folder = write_pack(tmp_path, text)
    changed = next(
        number
        for number, (one, other) in enumerate(zip(text.split("\n"), SMALL.split("\n"), strict=False), start=1)
        if one != other
    )
    faults = lint(folder, root=tmp_path)
    matching = [fault for fault in faults if what in fault.what and mend in fault.mend]
    assert matching, [str(fault) for fault in faults]
    assert matching[0].file.endswith("small/1/pack.yml")
    assert any(abs(fault.line - changed) <= 8 for fault in matching), (matching[0].line, changed)
    with pytest.raises(PackError):
        load_pack(folder, root=tmp_path)
    assert main(["lint", str(folder), "--root", str(tmp_path)]) == 1
    shown = capsys.readouterr()
    assert "Traceback" not in shown.out + shown.err
    assert "pack.yml:" in shown.out


def test_the_line_is_exact(tmp_path: Path) -> None:
    folder = write_pack(tmp_path, SMALL.replace("injury: seen, age: baby", "injry: seen, age: baby"))
    line = SMALL[: SMALL.index("injury: seen, age: baby")].count("\n") + 1
    assert [fault.line for fault in lint(folder, root=tmp_path)] == [line]


def test_a_category_that_no_line_of_the_screen_rules_out(tmp_path: Path) -> None:
    fault = lint(write_pack(tmp_path, SMALL.replace("[harm, absence]", "[absence]")), root=tmp_path)[0]
    assert "`harm` is in no line of the universal screen" in fault.what
    assert fault.line == SMALL[: SMALL.index("  harm: {label")].count("\n") + 1


def test_the_same_id_in_two_files(tmp_path: Path) -> None:
    folder = write_pack(tmp_path, SMALL)
    (folder / "more.yml").write_text("facts:\n  worrying_account: {account: conflicts}\n", encoding="utf-8")
    fault = lint(folder, root=tmp_path)[0]
    assert (Path(fault.file).name, fault.line) == ("more.yml", 2)
    assert "already defined at" in fault.what
    assert "pack.yml:" in fault.what


def test_a_huge_file_is_refused_before_it_is_read(tmp_path: Path) -> None:
    folder = write_pack(tmp_path, SMALL)
    (folder / "huge.yml").write_bytes(b"# " + b"x" * 10_000_000)
    fault = lint(folder, root=tmp_path)[0]
    assert "10,000,002 bytes" in fault.what


def test_an_alias_bomb_is_refused(tmp_path: Path) -> None:
    lines = ["a: &a [x, x]"] + [
        f"{new}: &{new} [*{old}, *{old}]" for old, new in zip("abcdefghi", "bcdefghij", strict=True)
    ]
    folder = write_pack(tmp_path, SMALL)
    (folder / "bomb.yml").write_text("\n".join(lines), encoding="utf-8")
    assert "anchors and aliases" in lint(folder, root=tmp_path)[0].what


def test_deep_nesting_is_refused(tmp_path: Path) -> None:
    folder = write_pack(tmp_path, SMALL)
    (folder / "deep.yml").write_text("facts: " + "[" * 5000 + "]" * 5000, encoding="utf-8")
    assert "deep" in lint(folder, root=tmp_path)[0].what


def test_a_file_that_is_no_text(tmp_path: Path) -> None:
    folder = write_pack(tmp_path, SMALL)
    (folder / "binary.yml").write_bytes(b"facts:\n  x: \xff\xfe\x00")
    assert "UTF-8" in lint(folder, root=tmp_path)[0].what


@pytest.mark.parametrize(
    "text", ["", "- a\n- b\n", "just words", "criteria:\n", "criteria: []\n", "tests: {}\n", "? [a]\n: b\n"]
)
def test_odd_files(tmp_path: Path, text: str) -> None:
    folder = write_pack(tmp_path, text)
    assert lint(folder, root=tmp_path)


def test_an_option_that_no_rule_reads(tmp_path: Path) -> None:
    folder = write_pack(tmp_path, SMALL.replace("hit: Was hit,", "hit: Was hit, idle: Was idle,"))
    assert any("option `idle` of `signs`" in fault.what for fault in lint(folder, root=tmp_path))


def test_a_hard_question(tmp_path: Path) -> None:
    hard = "Has the caregiver's psychosocial functioning deteriorated in consequence of circumstances?"
    folder = write_pack(tmp_path, SMALL.replace("Is there an injury?", hard))
    assert any("reads like a text for age" in fault.what for fault in lint(folder, root=tmp_path))


def test_a_telephone_number_in_a_pack_nobody_approved(tmp_path: Path) -> None:
    folder = write_pack(
        tmp_path, SMALL.replace("{label: Your DSL}", '{label: Your DSL, phone: "01902 000000"}')
    )
    assert any("telephone number" in fault.what for fault in lint(folder, root=tmp_path))


def test_a_test_that_fails_is_said(tmp_path: Path) -> None:
    folder = write_pack(tmp_path, SMALL.replace("route: red, met", "route: green, met"))
    assert any("route is red, expected green" in fault.what for fault in lint(folder, root=tmp_path))


def test_rules_without_tests_are_said(tmp_path: Path) -> None:
    told = {fault.what for fault in lint(write_pack(tmp_path, SMALL), root=tmp_path)}
    assert "no test meets `baby_hurt`." in told
    assert "no test just misses `unexplained`." in told
    assert "no test brings about duty `call_999`." in told


def test_no_such_pack(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write_pack(tmp_path, SMALL)
    for name in ("nowhere", "../small", "small/9"):
        with pytest.raises(PackError, match="there is no"):
            load_pack(name, root=tmp_path)
    assert main(["assess", "nowhere", "x.json", "--root", str(tmp_path)]) == 1
    assert "Packs in" in capsys.readouterr().err
