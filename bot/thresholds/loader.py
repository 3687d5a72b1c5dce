"""Loading a pack from its folder: the one module of this room that reads files."""

from __future__ import annotations

import re
from datetime import date
from itertools import pairwise
from pathlib import Path

from bot.thresholds.building import build
from bot.thresholds.fields import Fields
from bot.thresholds.gathering import Gathered, gather, lay_over
from bot.thresholds.pack import Pack
from bot.thresholds.soundness import check_cycles, check_screen
from bot.thresholds.yaml_text import Fault, PackError, read_yaml

Version = tuple[date, date | None, str, Path]  # in force, until, version, folder
_NAME = re.compile(r"[a-z][a-z0-9_-]*\Z")


def load_pack(
    folder_or_name: str | Path, *, root: Path, version: str | None = None, on: date | None = None
) -> Pack:
    """Load a pack by folder, or by name below ``root``; by name, of a version or as in force on a day.

    Without version and day it is the version that came into force last. Raises PackError.
    """
    fields = Fields()
    pack = read_pack(find_folder(folder_or_name, root=root, version=version, on=on), root, fields)
    if pack is None or fields.faults:
        raise PackError(fields.faults)
    return pack


def read_pack(folder: Path, root: Path, fields: Fields) -> Pack | None:
    """Read the pack in a folder, noting everything wrong; None when it could not be built."""
    gathered = _gather_with_base(folder, root, fields, ())
    if gathered is None:
        return None
    pack = build(gathered, fields)
    if not fields.faults:
        check_cycles(pack, gathered, fields)
    if not fields.faults:
        check_screen(pack, gathered, fields)
    return pack


def find_folder(
    folder_or_name: str | Path, *, root: Path, version: str | None = None, on: date | None = None
) -> Path:
    """Return the folder of a pack's version; raises PackError when there is none, or when two are in
    force."""
    path, name = Path(folder_or_name), str(folder_or_name)
    named = _NAME.match(name) is not None and (root / name).is_dir()
    home = root / name if named else path
    if (home / "pack.yml").is_file():
        return home
    versions = versions_of(home) if home.is_dir() else []
    if not versions:
        known = ", ".join(sorted(one.name for one in root.iterdir() if one.is_dir())) if root.is_dir() else ""
        mend = f"Give a pack's name or its folder. Packs in {root.name}: {known or 'none'}."
        raise PackError.of(name, 1, "there is no threshold pack here.", mend)
    if version is not None:
        return _of_version(home, versions, version)
    check_dates(home, versions)
    return versions[-1][3] if on is None else _in_force(home, versions, on)


def _of_version(home: Path, versions: list[Version], version: str) -> Path:
    for _, _, label, folder in versions:
        if label == version:
            return folder
    labels = ", ".join(label for _, _, label, _ in versions)
    raise PackError.of(shown_path(home), 1, f"there is no version {version} here.", f"Versions: {labels}.")


def _in_force(home: Path, versions: list[Version], on: date) -> Path:
    for begins, until, _, folder in reversed(versions):
        if begins <= on and (until is None or on <= until):
            return folder
    what = f"no version was in force on {on.isoformat()}."
    mend = f"The first came into force on {versions[0][0].isoformat()}."
    raise PackError.of(shown_path(home), 1, what, mend)


def versions_of(home: Path) -> list[Version]:
    """Return the versions of a pack by date: in force, until, version, folder."""
    found: list[Version] = []
    for path in sorted(home.glob("*/pack.yml")):
        fields = Fields()
        head = read_yaml(path, shown_path(path), fields.faults)
        entries = head.fields if head is not None and head.fields is not None else {}
        begins = fields.day(entries.get("in_force"), "`in_force`")
        until = fields.day(entries.get("until"), "`until`")
        label = fields.text(entries.get("version"), "`version`")
        if begins is None:
            if not fields.faults:
                mend = "Add `in_force: 2026-09-01` (year-month-day)."
                fields.faults.append(Fault(shown_path(path), 1, "the pack has no `in_force`.", mend))
            raise PackError(fields.faults)
        found.append((begins, until, label, path.parent))
    return sorted(found, key=lambda one: one[0])


def check_dates(home: Path, versions: list[Version]) -> None:
    """Two versions must not be in force on the same day. One without ``until`` ends where the next begins."""
    for earlier, later in pairwise(versions):
        overlap = earlier[1] is not None and earlier[1] >= later[0]
        if overlap or earlier[0] == later[0]:
            what = f"the dates of {home.name} {earlier[2]} and {later[2]} overlap on {later[0].isoformat()}."
            mend = "Let `until` of the earlier one lie before `in_force` of the later one."
            raise PackError.of(
                shown_path(later[3] / "pack.yml"), _line_of(later[3] / "pack.yml", "in_force"), what, mend
            )


def _line_of(path: Path, key: str) -> int:
    node = read_yaml(path, shown_path(path), [])
    return node.key_lines.get(key, 1) if node is not None else 1


def _gather_with_base(folder: Path, root: Path, fields: Fields, seen: tuple[Path, ...]) -> Gathered | None:
    path = folder / "pack.yml"
    if not path.is_file():
        fields.faults.append(
            Fault(shown_path(path), 1, "there is no pack.yml here.", "Give the folder of a pack.")
        )
        return None
    gathered = gather(folder, shown_path(folder), fields)
    extends = gathered.single.get("extends")
    if extends is None:
        return gathered
    found = re.fullmatch(r"([a-z][a-z0-9_-]*)@([0-9A-Za-z._-]+)", extends.text or "")
    if not found:
        fields.fault(extends, "`extends` must name a pack and its version.", "Write it as england@2026.1.")
        return None
    try:
        base_folder = find_folder(found.group(1), root=root, version=found.group(2))
    except PackError as error:
        fields.fault(extends, f"the pack that this one extends was not found: {error.what}", error.mend)
        return None
    if base_folder in (*seen, folder):
        fields.fault(extends, "packs extend each other in a circle.", "Extend a pack that stands on its own.")
        return None
    base = _gather_with_base(base_folder, root, fields, (*seen, folder))
    return lay_over(base, gathered, fields) if base is not None else None


def shown_path(path: Path) -> str:
    """Show a path the way its reader types it: from the working directory where that is shorter."""
    try:
        return str(path.resolve().relative_to(Path.cwd()))
    except ValueError:
        return str(path)
