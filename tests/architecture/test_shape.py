"""What keeps the house in shape: small files, plain names, pure rooms that are pure, tests for each room."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
MOST_LINES = 320
NAMES_THAT_SAY_NOTHING = {"utils", "util", "helpers", "helper", "manager", "base", "misc", "common"}
PURE = ("thresholds", "dialogue", "referrals")
# Reading a pack's files is the one exception, in modules that do nothing else.
READS_FILES = {"bot/thresholds/loading.py", "bot/thresholds/yaml_text.py"}
IMPURE_MODULES = {
    "os",
    "socket",
    "subprocess",
    "random",
    "secrets",
    "time",
    "sqlite3",
    "logging",
    "threading",
}
IMPURE_CALLS = {"open", "input", "now", "today", "utcnow", "read_text", "write_text", "read_bytes", "print"}


def modules() -> list[Path]:
    """Every Python file of ours."""
    found = [path for top in ("bot", "actions", "setup", "tests") for path in (ROOT / top).rglob("*.py")]
    return sorted(path for path in found if "__pycache__" not in path.parts)


def named(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def test_files_are_small_enough_to_hold_in_the_head() -> None:
    lengths = {
        named(path): len(path.read_text().splitlines())
        for path in modules()
        if "migrations" not in path.parts
    }
    assert {name: length for name, length in lengths.items() if length > MOST_LINES} == {}


def test_names_say_the_word_of_the_field() -> None:
    assert [
        named(path) for path in modules() if set(path.with_suffix("").parts) & NAMES_THAT_SAY_NOTHING
    ] == []


def test_every_module_says_what_it_is() -> None:
    ours = [path for path in modules() if named(path).split("/")[0] != "tests"]
    assert [named(path) for path in ours if ast.get_docstring(ast.parse(path.read_text())) is None] == []


@pytest.mark.parametrize("room", PURE)
def test_a_pure_room_asks_neither_clock_nor_file_nor_chance(room: str) -> None:
    faults = [
        f"{named(path)}:{line} {what}"
        for path in sorted((ROOT / "bot" / room).rglob("*.py"))
        if named(path) not in READS_FILES
        for line, what in impurities(ast.parse(path.read_text()))
    ]
    assert faults == []


def impurities(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """Imports and calls by which a module would know the world outside."""
    for node in ast.walk(tree):
        match node:
            case ast.Import(names=names):
                yield from ((node.lineno, name.name) for name in names if name.name in IMPURE_MODULES)
            case ast.ImportFrom(module=str(module)) if module in IMPURE_MODULES:
                yield node.lineno, module
            case ast.Call(func=ast.Name(id=name) | ast.Attribute(attr=name)) if name in IMPURE_CALLS:
                yield node.lineno, f"{name}()"
            case _:
                pass


def test_every_room_has_its_tests() -> None:
    rooms = {path.parent.name for path in (ROOT / "bot").glob("*/__init__.py")} | {"actions"}
    assert sorted(room for room in rooms if not any((ROOT / "tests" / room).glob("test_*.py"))) == []
