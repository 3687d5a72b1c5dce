"""The test cases that stand beside the rules of a pack."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType

from bot.thresholds.answers import NONE_OF_THESE, UNKNOWNS, Value
from bot.thresholds.band import Band
from bot.thresholds.fields import Fields, nearest
from bot.thresholds.gathering import Gathered
from bot.thresholds.pack import CATEGORIES, Case, Question
from bot.thresholds.yaml_text import Node

_BANDS = tuple(band.value for band in Band)
_EXPECT: dict[str, tuple[str, ...] | str | None] = {
    "band": _BANDS,
    "route": (*_BANDS, "consult", "open"),
    "possible": _BANDS,
    "likely": _BANDS,
    "parents": ("tell", "ask_first", "do_not_tell"),
    "met": "criteria",
    "not_met": "criteria",
    "duties": "duties",
    "no_duties": "duties",
    "next": "questions",
}
OTHERS = ("least_worrying", "not_known")


def read_cases(gathered: Gathered, questions: Mapping[str, Question], fields: Fields) -> tuple[Case, ...]:
    """Read the ``tests`` of a pack."""
    return tuple(
        case
        for number, node in enumerate(gathered.tests, start=1)
        if (case := _case(number, node, gathered, questions, fields)) is not None
    )


def _case(
    number: int, node: Node, gathered: Gathered, questions: Mapping[str, Question], fields: Fields
) -> Case | None:
    optional = ("children", "suggestions", "others")
    entries = fields.closed(node, f"test {number}", ("name", "answers", "expect"), optional)
    if not {"name", "answers", "expect"} <= set(entries):
        return None
    name = fields.text(entries["name"], f"`name` of test {number}")
    where = f"test “{name}”"
    answers = _answers(entries["answers"], "", where, questions, fields)
    children: tuple[str, ...] = ()
    if "children" in entries:
        per_child = fields.mapping(entries["children"], f"`children` of {where}")
        children = tuple(per_child)
        for child, node_of_child in per_child.items():
            if not re.fullmatch("c[1-9]", child):
                fields.fault(node_of_child, f"{where} names a child `{child}`.", "Name children c1, c2 ….")
            answers.update(_answers(node_of_child, child, where, questions, fields))
    _tick_own_category(answers, node, gathered)
    suggestions = (
        _answers(entries["suggestions"], "", where, questions, fields) if "suggestions" in entries else {}
    )
    return Case(
        name,
        MappingProxyType(answers),
        children,
        MappingProxyType(suggestions),
        fields.choice(entries.get("others"), f"`others` of {where}", OTHERS),
        MappingProxyType(_expected(entries["expect"], where, gathered, questions, fields)),
        gathered.name,
        node.file,
        node.line,
    )


def _tick_own_category(answers: dict[tuple[str, str], Value], node: Node, gathered: Gathered) -> None:
    """A test in ``categories/<code>.yml`` that says nothing of categories has that category ticked."""
    found = re.search(r"/categories/([a-z0-9_]+)\.yml\Z", node.file)
    said = any(question == CATEGORIES for _, question in answers)
    if found and not said and found.group(1) in gathered.named["categories"]:
        answers["", CATEGORIES] = frozenset({found.group(1)})


def _answers(
    node: Node, child: str, where: str, questions: Mapping[str, Question], fields: Fields
) -> dict[tuple[str, str], Value]:
    answers: dict[tuple[str, str], Value] = {}
    if node.fields == {}:
        return answers
    for id, value in fields.mapping(node, f"`answers` of {where}").items():
        question = questions.get(id)
        if question is None:
            fields.fault(node, f"{where} answers an unknown question `{id}`.", nearest(id, questions), key=id)
            continue
        texts = fields.texts(value, f"`{id}` in {where}")
        allowed = {option for option, _ in question.choices}
        for text in texts:
            if text not in allowed:
                fields.fault(value, f"`{id}` in {where} has no option `{text}`.", nearest(text, allowed))
        if question.kind == "one":
            if len(texts) != 1:
                fields.fault(value, f"`{id}` in {where} takes one answer.", "Give one option.")
            answers[child, id] = texts[0] if texts else ""
        elif len(texts) == 1 and texts[0] in UNKNOWNS:
            answers[child, id] = texts[0]
        else:
            answers[child, id] = frozenset(texts) or frozenset({NONE_OF_THESE})
    return answers


def _expected(
    node: Node, where: str, gathered: Gathered, questions: Mapping[str, Question], fields: Fields
) -> dict[str, tuple[str, ...]]:
    known: dict[str, set[str]] = {
        "criteria": {*gathered.named["criteria"], *gathered.named["moves"]},
        "duties": set(gathered.named["duties"]),
        "questions": {*questions, "nothing"},
    }
    expected: dict[str, tuple[str, ...]] = {}
    for key, value in fields.closed(node, f"`expect` of {where}", (), _EXPECT).items():
        allowed = _EXPECT.get(key)
        if allowed is None:
            continue
        names = known[allowed] if isinstance(allowed, str) else set(allowed)
        texts = () if value.text == "" else fields.texts(value, f"`{key}` of {where}")
        for text in texts:
            if text not in names:
                fields.fault(value, f"{where} expects an unknown `{text}` in `{key}`.", nearest(text, names))
        expected[key] = texts
    if node.fields is not None and not node.fields:
        fields.fault(node, f"{where} expects nothing.", "Say what must come out, such as `route: red`.")
    return expected
