"""Reading what is asked: categories, the universal screen, questions and their options."""

from __future__ import annotations

from collections.abc import Mapping

from bot.thresholds.answers import NONE_OF_THESE, UNKNOWNS
from bot.thresholds.condition_text import KEYWORDS
from bot.thresholds.fields import Fields, fixed, nearest
from bot.thresholds.gathering import Gathered
from bot.thresholds.pack import CATEGORIES, SCREEN, WHICH, Category, Question, Screen, ScreenOption
from bot.thresholds.yaml_text import Node

RESERVED_FIRST = 15  # the categories are confirmed after "is there danger now?"


def read_category(code: str, node: Node, fields: Fields) -> Category:
    """Read one category."""
    where = f"category `{code}`"
    entries = fields.closed(node, where, ("label", "describe"), ("census",))
    census = entries.get("census")
    codes = fields.closed(census, f"`census` of {where}", (), ("need", "factors")) if census else {}
    return Category(
        code,
        fields.text(entries.get("label"), f"`label` of {where}"),
        fields.text(entries.get("describe"), f"`describe` of {where}"),
        fields.text(codes.get("need"), f"`need` of {where}"),
        fields.texts(codes.get("factors"), f"`factors` of {where}"),
    )


def read_screen(gathered: Gathered, categories: Mapping[str, Category], fields: Fields) -> Screen:
    """Read the universal screen."""
    options: dict[str, ScreenOption] = {}
    for id, node in gathered.screen_options.items():
        fields.id(node, id, "a line of the universal screen")
        where = f"`{id}` of the universal screen"
        entries = fields.closed(node, where, ("label", "categories"), ())
        codes = fields.texts(entries.get("categories"), f"`categories` of {where}")
        for code in codes:
            if code not in categories:
                fields.fault(node, f"{where} names an unknown category `{code}`.", nearest(code, categories))
        known = tuple(code for code in codes if code in categories)
        options[id] = ScreenOption(fields.text(entries.get("label"), where), known)
    ask = fields.text(gathered.screen.get("ask"), "`ask` of the universal screen")
    return Screen(ask, fields.text(gathered.screen.get("why"), "`why` of the universal screen"), options)


def reserved_questions(
    categories: Mapping[str, Category], screen: Screen, words: Mapping[str, str]
) -> dict[str, Question]:
    """The questions that the engine adds: which categories, the screen, and which of a screen's line."""
    labels = {code: category.label for code, category in categories.items()}
    helps = {code: category.describe for code, category in categories.items()}
    ask = words.get("ask_categories", "Which of these is your worry about? Tick all that apply.")
    why = words.get("why_categories", "So that we ask only about what matters here.")
    reserved = {
        CATEGORIES: Question(CATEGORIES, ask, why, "many", "concern", labels, helps, first=RESERVED_FIRST),
        SCREEN: Question(
            SCREEN,
            screen.ask,
            screen.why,
            "many",
            "concern",
            {id: option.label for id, option in screen.options.items()},
            {},
        ),
    }
    for id, option in screen.options.items():
        if len(option.categories) > 1:
            reserved[WHICH + id] = Question(
                WHICH + id,
                words.get("ask_which", "Which of these comes closest? Tick all that apply."),
                f"You ticked “{option.label}”.",
                "many",
                "concern",
                {code: labels[code] for code in option.categories},
                {code: helps[code] for code in option.categories},
            )
    return reserved


def read_question(id: str, node: Node, fields: Fields) -> Question:
    """Read one question, without its ``asked_when``: that may name any question of the pack."""
    where = f"question `{id}`"
    if id in KEYWORDS or id in (CATEGORIES, SCREEN) or id.startswith(WHICH):
        fields.fault(node, f"`{id}` is a word of the engine and cannot name a question.", "Rename it.")
    optional = ("help", "per", "severity", "protective", "asked_when", "first")
    entries = fields.closed(node, where, ("ask", "why", "kind", "options"), optional)
    kind = fields.choice(entries.get("kind"), f"`kind` of {where}", ("one", "many"), "one")
    options = _labels(entries.get("options"), f"`options` of {where}", fields)
    taken = UNKNOWNS | ({NONE_OF_THESE} if kind == "many" else frozenset())
    for option in taken & set(options):
        mend = "Take it out: the engine adds it by itself."
        fields.fault(entries["options"], f"{where} defines the option `{option}`.", mend, key=option)
    severity = _options_of(entries.get("severity"), options, f"`severity` of {where}", fields)
    protective = _options_of(entries.get("protective"), options, f"`protective` of {where}", fields)
    for key, belongs in (("severity", "one"), ("protective", "many")):
        if key in entries and kind != belongs:
            what = f"{where} is of kind {kind}, and `{key}` belongs to kind {belongs}."
            fields.fault(node, what, "Change the kind, or take this line out.", key=key)
    if entries and not options:
        fields.fault(node, f"{where} has no options.", "Add `options: {yes: Yes, no: No}`.")
    return Question(
        id,
        fields.text(entries.get("ask"), f"`ask` of {where}"),
        fields.text(entries.get("why"), f"`why` of {where}"),
        kind,
        fields.choice(entries.get("per"), f"`per` of {where}", ("child", "concern"), "child"),
        fixed(options),
        fixed(_labels(entries.get("help"), f"`help` of {where}", fields)),
        severity,
        frozenset(protective),
        first=fields.number(entries.get("first"), f"`first` of {where}", 1, 999),
    )


def _labels(node: Node | None, where: str, fields: Fields) -> dict[str, str]:
    if node is None:
        return {}
    return {key: fields.text(label, where) for key, label in fields.mapping(node, where).items()}


def _options_of(node: Node | None, options: Mapping[str, str], where: str, fields: Fields) -> tuple[str, ...]:
    values = fields.texts(node, where)
    for value in values:
        if node is not None and value not in options:
            fields.fault(node, f"{where} names an unknown option `{value}`.", nearest(value, options))
    if node is not None and len(set(values)) < len(values):
        fields.fault(node, f"{where} names an option twice.", "Name each option once.")
    return tuple(value for value in values if value in options)
