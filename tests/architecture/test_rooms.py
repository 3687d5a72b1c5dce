"""The import contract itself: it must catch a module without a room and an import without leave."""

import sys
from collections.abc import Iterator
from pathlib import Path

import grimp
import pytest

from tests.architecture.rooms import RoomsContract

TABLE = ["house.pure:", "house.store: house.pure"]


@pytest.fixture
def house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A package of two rooms, in which the store may know the pure room and not the other way round."""
    package = tmp_path / "house"
    for room in ("pure", "store"):
        (package / room).mkdir(parents=True)
        (package / room / "__init__.py").touch()
    (package / "__init__.py").touch()
    (package / "store" / "tables.py").write_text("import house.pure\n")
    monkeypatch.syspath_prepend(str(tmp_path))
    yield package
    for name in [name for name in sys.modules if name.split(".")[0] == "house"]:
        del sys.modules[name]


def check(table: list[str]) -> tuple[list[str], list[tuple[str, str]]]:
    graph = grimp.build_graph("house", cache_dir=None)
    contract = RoomsContract("rooms", {"root_packages": ["house"]}, {"rooms": table})
    found = contract.check(graph, verbose=False)
    assert found.kept == (not found.metadata["homeless"] and not found.metadata["strangers"])
    return found.metadata["homeless"], found.metadata["strangers"]


def test_what_the_table_allows_is_allowed(house: Path) -> None:
    assert check(TABLE) == ([], [])


def test_an_import_against_the_table_is_found(house: Path) -> None:
    (house / "pure" / "rules.py").write_text("from house.store import tables\n")
    assert check(TABLE) == ([], [("house.pure.rules", "house.store.tables")])


def test_a_new_module_must_be_placed(house: Path) -> None:
    (house / "attic.py").touch()
    assert check(TABLE) == (["house.attic"], [])
