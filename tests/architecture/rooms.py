"""Import contract: each room imports only what its line allows, and every module has a line.

Used by ``lint-imports`` (see ``pyproject.toml``), where the table of rooms stands.
"""

from collections.abc import Iterator

from grimp import ImportGraph
from importlinter import Contract, ContractCheck, fields, output


class RoomsContract(Contract):
    """A table of lines ``room: rooms that it may import directly``; exhaustive over the root packages."""

    rooms = fields.ListField(subfield=fields.StringField())

    def check(self, graph: ImportGraph, verbose: bool) -> ContractCheck:
        """Find modules without a room and imports without leave."""
        allowed = dict(_parse(line) for line in self.rooms)  # type: ignore[attr-defined]
        homeless = sorted(
            module for module in _own_modules(graph, self.session_options) if _room(module, allowed) is None
        )
        strangers = sorted(
            (importer, imported)
            for importer, imported in _imports(graph, allowed)
            if not _may(_room(importer, allowed), _room(imported, allowed), allowed)
        )
        return ContractCheck(
            kept=not homeless and not strangers, metadata={"homeless": homeless, "strangers": strangers}
        )

    def render_broken_contract(self, check: ContractCheck) -> None:
        """Say which module or import breaks the table and how to mend it."""
        for module in check.metadata["homeless"]:
            output.print_error(
                f"{module} is in no room: give it a line in the table of rooms in pyproject.toml."
            )
        for importer, imported in check.metadata["strangers"]:
            output.print_error(f"{importer} may not import {imported}.")


def _parse(line: str) -> tuple[str, frozenset[str]]:
    room, _, may_import = line.partition(":")
    return room.strip(), frozenset(may_import.split())


def _own_modules(graph: ImportGraph, session_options: dict[str, object]) -> Iterator[str]:
    roots = session_options["root_packages"]
    assert isinstance(roots, list)
    return (module for module in graph.modules if module.split(".")[0] in roots and module not in roots)


def _room(module: str, allowed: dict[str, frozenset[str]]) -> str | None:
    """The room that a module stands in: itself or the nearest package above it that has a line."""
    parts = module.split(".")
    for length in range(len(parts), 0, -1):
        if (name := ".".join(parts[:length])) in allowed:
            return name
    return None


def _imports(graph: ImportGraph, allowed: dict[str, frozenset[str]]) -> Iterator[tuple[str, str]]:
    for importer in graph.modules:
        if _room(importer, allowed) is None:
            continue
        for imported in graph.find_modules_directly_imported_by(importer):
            if _room(imported, allowed) is not None:
                yield importer, imported


def _may(importer: str | None, imported: str | None, allowed: dict[str, frozenset[str]]) -> bool:
    return importer == imported or importer is None or imported in allowed[importer]
