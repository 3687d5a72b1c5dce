"""Gathering a pack's files into one set of blocks, and laying a local pack over the national base it
extends."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from bot.thresholds.band import Band
from bot.thresholds.fields import Fields, nearest
from bot.thresholds.yaml_text import Node, pack_files, read_yaml

SINGLE = (
    "pack",
    "version",
    "title",
    "extends",
    "in_force",
    "until",
    "status",
    "approved_by",
    "approved_on",
    "authority",
    "section_17_level",
    "calendar",
    "consultation",
)
NAMED = (
    "levels",
    "words",
    "contacts",
    "clocks",
    "sources",
    "categories",
    "questions",
    "facts",
    "criteria",
    "moves",
    "duties",
)
PARENTS = ("do_not_tell", "ask_first")
# What a local pack may say again about something that the base defines; all else it can only add.
RESTATABLE = {
    "criteria": ("band", "level", "because", "source"),
    "questions": ("ask", "why", "help", "options", "first"),
    "categories": ("label", "describe", "census"),
    "duties": ("how", "do_not"),
}
REPLACEABLE = ("levels", "words", "contacts", "clocks", "sources")


@dataclass
class Gathered:
    """The blocks of a pack before they are read: every node knows its file and line, every id its pack."""

    folder: str
    single: dict[str, Node] = field(default_factory=dict)
    named: dict[str, dict[str, Node]] = field(default_factory=lambda: {block: {} for block in NAMED})
    parents: dict[str, list[Node]] = field(default_factory=lambda: {kind: [] for kind in PARENTS})
    screen: dict[str, Node] = field(default_factory=dict)
    screen_options: dict[str, Node] = field(default_factory=dict)
    tests: list[Node] = field(default_factory=list)
    origin: dict[tuple[str, str], str] = field(default_factory=dict)
    name: str = ""

    def root(self) -> Node:
        """A node to hang faults on that concern the pack as a whole."""
        return self.single.get("pack") or Node(f"{self.folder}/pack.yml", 1, text="")

    def plain(self) -> dict[str, object]:
        """The whole content as plain data, without lines: what the digest is taken of."""
        return {
            "single": {key: node.plain() for key, node in self.single.items()},
            "named": {
                block: {id: node.plain() for id, node in nodes.items()} for block, nodes in self.named.items()
            },
            "parents": {kind: [node.plain() for node in nodes] for kind, nodes in self.parents.items()},
            "screen": {key: node.plain() for key, node in self.screen.items()},
            "screen_options": {key: node.plain() for key, node in self.screen_options.items()},
        }


def gather(folder: Path, shown: str, fields: Fields) -> Gathered:
    """Read all files of a pack folder into one set of blocks."""
    result = Gathered(shown)
    for path in pack_files(folder):
        name = f"{shown}/{path.relative_to(folder)}"
        root = read_yaml(path, name, fields.faults)
        if root is None:
            continue
        if root.fields is None:
            fields.fault(
                root, "a pack file must be a block of “key: value” lines.", "Begin with `criteria:` …"
            )
            continue
        for key, node in root.fields.items():
            _take(result, root, key, node, fields)
    name_node = result.single.get("pack")
    result.name = (name_node.text or "") if name_node else ""
    for block, nodes in result.named.items():
        result.origin.update({(block, id): result.name for id in nodes})
    return result


def _take(result: Gathered, root: Node, key: str, node: Node, fields: Fields) -> None:
    if key in SINGLE:
        _once(result.single, key, node, root, f"`{key}`", fields)
    elif key in NAMED:
        for id, entry in fields.mapping(node, f"`{key}`").items():
            _once(result.named[key], id, entry, node, f"`{id}` in `{key}`", fields)
    elif key == "parents":
        for kind, entry in fields.closed(node, "`parents`", (), PARENTS).items():
            if kind in PARENTS:
                result.parents[kind] += _listed(entry, f"`{kind}`", fields)
    elif key == "screens":
        _take_screen(result, node, fields)
    elif key == "tests":
        result.tests += _listed(node, "`tests`", fields)
    else:
        known = (*SINGLE, *NAMED, "parents", "screens", "tests")
        fields.fault(root, f"unknown block `{key}`.", nearest(key, known), key=key)


def _take_screen(result: Gathered, node: Node, fields: Fields) -> None:
    universal = fields.closed(node, "`screens`", ("universal",), ()).get("universal")
    if universal is None:
        return
    for key, entry in fields.closed(universal, "the universal screen", (), ("ask", "why", "options")).items():
        if key == "options":
            for id, option in fields.mapping(entry, "`options` of the universal screen").items():
                _once(result.screen_options, id, option, entry, f"`{id}` in the universal screen", fields)
        elif key in ("ask", "why"):
            _once(result.screen, key, entry, universal, f"`{key}` of the universal screen", fields)


def _once(into: dict[str, Node], key: str, node: Node, parent: Node, what: str, fields: Fields) -> None:
    if key in into:
        earlier = into[key]
        mend = "Keep one of them, or give this one another id."
        fields.fault(parent, f"{what} is already defined at {earlier.file}:{earlier.line}.", mend, key=key)
    else:
        into[key] = node


def _listed(node: Node, where: str, fields: Fields) -> list[Node]:
    if node.items is None:
        fields.fault(node, f"{where} must be a list.", "Begin each entry with “- ” on its own line.")
        return []
    return node.items


def lay_over(base: Gathered, local: Gathered, fields: Fields) -> Gathered:
    """Return the base with a local pack on top, which may add and raise but not remove or lower."""
    result = Gathered(local.folder, name=local.name, tests=local.tests)
    inherited = {key: node for key, node in base.single.items() if key not in ("until", "extends")}
    result.single = {**inherited, **local.single}
    result.origin = {**base.origin}
    for block in NAMED:
        merged = dict(base.named[block])
        for id, node in local.named[block].items():
            if id not in merged:
                merged[id] = node
                result.origin[block, id] = local.name
            elif block in REPLACEABLE:
                merged[id] = node
            else:
                merged[id] = _restate(block, id, merged[id], node, fields)
        result.named[block] = merged
    result.parents = {kind: base.parents[kind] + local.parents[kind] for kind in PARENTS}
    result.screen = {**base.screen, **local.screen}
    result.screen_options = {**base.screen_options}
    for id, node in local.screen_options.items():
        if id in base.screen_options:
            mend = "Give the local line another id; it is added to the national screen."
            fields.fault(node, f"`{id}` stands in the national screen and cannot be replaced.", mend)
        else:
            result.screen_options[id] = node
    _refuse_local_lowering(base, local, fields)
    return result


def _restate(block: str, id: str, base: Node, local: Node, fields: Fields) -> Node:
    allowed = RESTATABLE.get(block, ())
    if not allowed:
        mend = "Give the local one another id; a local pack adds to the national rules."
        fields.fault(local, f"`{id}` in `{block}` belongs to the national base and cannot be changed.", mend)
        return base
    entries = fields.mapping(local, f"`{id}`")
    restated = dict(base.fields or {})
    merged = Node(local.file, local.line, fields=restated, key_lines={**base.key_lines})
    for key, node in entries.items():
        if key not in allowed:
            what = f"a local pack cannot change `{key}` of the national `{id}`."
            mend = f"It may restate {', '.join(allowed)}; for other rules add an entry with its own id."
            fields.fault(local, what, mend, key=key)
            continue
        merged.key_lines[key] = local.key_lines[key]
        earlier = restated.get(key)
        if key in ("how", "do_not") and earlier is not None and earlier.items is not None:
            node = Node(node.file, node.line, items=earlier.items + (node.items or [node]))
        elif key in ("options", "help") and earlier is not None and node.fields is not None:
            node = Node(
                node.file,
                node.line,
                fields={**(earlier.fields or {}), **node.fields},
                key_lines={**earlier.key_lines, **node.key_lines},
            )
        elif key == "band":
            _refuse_lower_band(id, earlier, node, fields)
        restated[key] = node
    return merged


def _refuse_lower_band(id: str, base: Node | None, local: Node, fields: Fields) -> None:
    ranks = {band.value: band.rank for band in Band}
    was, becomes = ranks.get((base.text if base else "") or ""), ranks.get(local.text or "")
    if was is not None and becomes is not None and becomes < was:
        what = f"this lowers the national `{id}` from {base.text if base else ''} to {local.text}."
        fields.fault(local, what, "A local pack may raise a band, never lower it: take this line out.")


def _refuse_local_lowering(base: Gathered, local: Gathered, fields: Fields) -> None:
    """A local move that lowers could lower a national criterion; it may only look at the pack's own
    criteria."""
    ranks = {band.value: band.rank for band in Band}
    for id, node in local.named["moves"].items():
        entries = node.fields or {}
        to, source = entries.get("to"), entries.get("from")
        froms = [item.text or "" for item in (source.items or [source])] if source else []
        if to is None or not froms or ranks.get(to.text or "", 0) >= max(ranks.get(one, 0) for one in froms):
            continue
        applies = entries.get("applies_to")
        only = (applies.fields or {}).get("criteria") if applies else None
        named = [item.text or "" for item in (only.items or [only])] if only else []
        if not named or any(name in base.named["criteria"] for name in named):
            mend = "Name the local criteria it lowers: `applies_to: {criteria: [own_id]}`."
            fields.fault(node, f"the local move `{id}` would lower national criteria.", mend)
