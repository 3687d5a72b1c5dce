"""Reading a condition from a pack file. The set is closed: no expression strings, no code."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from bot.thresholds.answers import NONE_OF_THESE, UNKNOWNS
from bot.thresholds.conditions import NEVER, AllOf, AnyOf, AtLeast, Condition, Fact, InCategory, Is, Not
from bot.thresholds.fields import Fields, nearest
from bot.thresholds.yaml_text import Node

KEYWORDS = ("all", "any", "not", "at_least", "fact", "category")


@dataclass(frozen=True)
class Names:
    """What a condition may name: questions with their options and kind, facts, categories."""

    options: Mapping[str, Collection[str]]
    many: frozenset[str]
    facts: Collection[str]
    categories: Collection[str]


def read_condition(node: Node, where: str, names: Names, fields: Fields) -> Condition:
    """Return the condition of a node; what is wrong is noted, and read as an empty "any" (never true)."""
    entries = fields.mapping(node, where)
    if not entries and node.fields is not None:
        fields.fault(node, f"{where} is empty.", "Write what must hold, such as `injury: seen`.")
    parts = [_entry(node, key, value, where, names, fields) for key, value in entries.items()]
    if not parts:
        return NEVER
    return parts[0] if len(parts) == 1 else AllOf(tuple(parts))


def _entry(node: Node, key: str, value: Node, where: str, names: Names, fields: Fields) -> Condition:
    match key:
        case "all":
            return AllOf(_parts(value, f"`all` in {where}", names, fields))
        case "any":
            return AnyOf(_parts(value, f"`any` in {where}", names, fields))
        case "not":
            return Not(read_condition(value, f"`not` in {where}", names, fields))
        case "at_least":
            return _at_least(value, where, names, fields)
        case "fact":
            found = _known(value, fields.texts(value, "`fact`"), names.facts, "fact", where, fields)
            parts = tuple(Fact(name) for name in found)
            return parts[0] if len(parts) == 1 else AnyOf(parts)
        case "category":
            return InCategory(
                _known(value, fields.texts(value, "`category`"), names.categories, "category", where, fields)
            )
    return _question(node, key, value, where, names, fields)


def _question(node: Node, key: str, value: Node, where: str, names: Names, fields: Fields) -> Condition:
    if key not in names.options:
        known = {*names.options, *KEYWORDS}
        fields.fault(node, f"{where} names an unknown question `{key}`.", nearest(key, known), key=key)
        return NEVER
    allowed = set(names.options[key]) | ({NONE_OF_THESE} if key in names.many else set())
    values = fields.texts(value, f"`{key}` in {where}")
    if not values:
        fields.fault(value, f"`{key}` in {where} lists no option.", "Write at least one.")
    for text in values:
        if text in UNKNOWNS:
            mend = "Leave it out: what is not known is unknown by itself and leads to the consultation."
            fields.fault(value, f"{where} tests `{key}` for `{text}`, which is not an answer.", mend)
        elif text and text not in allowed:
            mend = f"{nearest(text, allowed)} (yes, no, true and false are read as written.)"
            fields.fault(value, f"`{key}` in {where} has no option `{text}`.", mend)
    return Is(key, tuple(values))


def _parts(node: Node, where: str, names: Names, fields: Fields) -> tuple[Condition, ...]:
    if not node.items:
        fields.fault(node, f"{where} must be a list of conditions.", "Begin each with “- ” on its own line.")
        return (NEVER,)
    return tuple(read_condition(item, where, names, fields) for item in node.items)


def _at_least(node: Node, where: str, names: Names, fields: Fields) -> Condition:
    entries = fields.closed(node, f"`at_least` in {where}", ("n", "of"), ())
    if "of" not in entries:
        return NEVER
    parts = _parts(entries["of"], f"`at_least` in {where}", names, fields)
    n = fields.number(entries.get("n"), f"`n` of `at_least` in {where}", 1, max(len(parts), 1))
    return AtLeast(n or 1, parts)


def _known(
    node: Node, given: tuple[str, ...], known: Collection[str], noun: str, where: str, fields: Fields
) -> tuple[str, ...]:
    if not given:
        fields.fault(node, f"{where} lists no {noun}.", "Write at least one.")
    for name in given:
        if name not in known:
            fields.fault(node, f"{where} names an unknown {noun} `{name}`.", nearest(name, known))
    return tuple(name for name in given if name in known)
