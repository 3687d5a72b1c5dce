"""What changes between two packs, in plain words, and for which answers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass

from bot.thresholds.answers import Answers
from bot.thresholds.assessing import assess
from bot.thresholds.compiling import compile_condition
from bot.thresholds.conditions import TRUE
from bot.thresholds.grids import describe, grid_of
from bot.thresholds.outcome import Assessment
from bot.thresholds.pack import Criterion, Duty, Move, Pack, Question
from bot.thresholds.wording import in_words

_HEAD = ("title", "status", "in_force", "until", "extends", "section_17_level", "calendar", "consultation")
_MAPS = ("levels", "clocks", "contacts", "words", "authority", "sources")
EXAMPLES = 2
Rule = Criterion | Move | Duty


def differences(old: Pack, new: Pack) -> str:
    """Say everything that changes from one pack to another; changed rules come with the smallest answers."""
    told = [f"From {old.name} {old.version} to {new.name} {new.version}", ""]
    changes = [*_head(old, new), *_questions(old, new), *_categories(old, new), *_rules(old, new)]
    return "\n".join(told + (changes or ["Nothing changes but the layout."]))


def _head(old: Pack, new: Pack) -> Iterator[str]:
    for key in _HEAD:
        before, after = getattr(old, key), getattr(new, key)
        if before != after:
            yield f"- {key}: was {_said(before)}, becomes {_said(after)}."
    for block in _MAPS:
        yield from _map(block, getattr(old, block), getattr(new, block))


def _map(block: str, old: Mapping[object, object], new: Mapping[object, object]) -> Iterator[str]:
    for key in (*old, *(key for key in new if key not in old)):
        if old.get(key) != new.get(key):
            yield f"- {block} {key}: was {_said(old.get(key))}, becomes {_said(new.get(key))}."


def _said(value: object) -> str:
    return "nothing" if value in (None, "", (), {}) else f"“{_plain(value)}”"


def _plain(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, tuple | frozenset):
        return "; ".join(_plain(one) for one in (sorted(value) if isinstance(value, frozenset) else value))
    if is_dataclass(value):
        named = {field.name: getattr(value, field.name) for field in fields(value)}
        return "; ".join(f"{key.replace('_', ' ')}: {_plain(one)}" for key, one in named.items() if one != "")
    return str(value)


def _questions(old: Pack, new: Pack) -> Iterator[str]:
    for id in (*old.questions, *(id for id in new.questions if id not in old.questions)):
        before, after = old.questions.get(id), new.questions.get(id)
        if before is None and after is not None:
            yield f"- New question `{id}`: {after.ask}"
        elif before is not None and after is None:
            yield f"- Question `{id}` is no longer asked: {before.ask}"
        elif before is not None and after is not None and before != after:
            yield from _question(before, after)


def _question(before: Question, after: Question) -> Iterator[str]:
    if before.ask != after.ask:
        yield f"- Question `{before.id}` was “{before.ask}”, becomes “{after.ask}”."
    for option in (*before.options, *(one for one in after.options if one not in before.options)):
        was, becomes = before.options.get(option), after.options.get(option)
        if was != becomes:
            yield f"- Question `{before.id}`, option `{option}`: was {_said(was)}, becomes {_said(becomes)}."
    for key in ("why", "kind", "per", "severity", "protective", "asked_when", "first", "help"):
        if getattr(before, key) != getattr(after, key):
            yield f"- Question `{before.id}`: its `{key}` changes."


def _categories(old: Pack, new: Pack) -> Iterator[str]:
    for code in (*old.categories, *(code for code in new.categories if code not in old.categories)):
        before, after = old.categories.get(code), new.categories.get(code)
        if before is None and after is not None:
            yield f"- New category `{code}`: {after.label}"
        elif after is None and before is not None:
            yield f"- Category `{code}` is gone: {before.label}"
        elif before != after and before and after:
            yield f"- Category `{code}` was “{before.label}”: {before.describe}"
            yield f"    It becomes “{after.label}”: {after.describe}"


def _rules(old: Pack, new: Pack) -> Iterator[str]:
    for noun, block in (("Criterion", "criteria"), ("Move", "moves"), ("Duty", "duties")):
        before, after = getattr(old, block), getattr(new, block)
        for id in (*before, *(id for id in after if id not in before)):
            yield from _rule(noun, id, (old, before.get(id)), (new, after.get(id)))
    if old.parents != new.parents:
        yield from _parents(old, new)


def _rule(
    noun: str, id: str, was: tuple[Pack, Rule | None], becomes: tuple[Pack, Rule | None]
) -> Iterator[str]:
    (old, before), (new, after) = was, becomes
    if before == after and (before is None or _same_meaning(old, new, before)):
        return
    if before is None and after is not None:
        yield f"- New {noun.lower()} `{id}`{_band(after)}: {_gist(after)}"
    elif after is None and before is not None:
        yield f"- {noun} `{id}`{_band(before)} is gone: {_gist(before)}"
    elif before is not None and after is not None:
        yield f"- {noun} `{id}` changes:"
        yield from _fields(old, before, new, after)
    yield from _examples(old, before, new, after)


def _same_meaning(old: Pack, new: Pack, rule: Rule) -> bool:
    """A rule that reads the same may still change when a fact or a guard that it rests on does."""
    before, after = grid_of(old, [rule.when]), grid_of(new, [rule.when])
    return before.variables == after.variables and in_words(old, rule.when) == in_words(new, rule.when)


def _band(rule: Rule) -> str:
    return f" ({rule.band.value}, level {rule.level})" if isinstance(rule, Criterion) else ""


def _gist(rule: Rule) -> str:
    return rule.title if isinstance(rule, Duty) else rule.because


def _fields(old: Pack, before: Rule, new: Pack, after: Rule) -> Iterator[str]:
    for key, was in vars(before).items():
        becomes = getattr(after, key)
        if key == "when":
            was, becomes = in_words(old, was), in_words(new, becomes)
        if was != becomes:
            yield f"    {key}: was {_said(was)}, becomes {_said(becomes)}."


def _examples(old: Pack, before: Rule | None, new: Pack, after: Rule | None) -> Iterator[str]:
    """Show the smallest answers of the rule for which the advice is not the same."""
    shown: set[str] = set()
    for pack, rule in ((new, after), (old, before)):
        if rule is None:
            continue
        for answers in _smallest(pack, rule):
            told = _advice(assess(old, answers)), _advice(assess(new, answers))
            words = describe(pack, answers.given)
            if told[0] != told[1] and words not in shown and len(shown) < EXAMPLES:
                shown.add(words)
                yield f"    For example: was {told[0]}, becomes {told[1]}, with\n{words}"


def _smallest(pack: Pack, rule: Rule, limit: int = 40) -> list[Answers]:
    grid = grid_of(pack, [rule.when])
    if grid.size > 50_000:
        return []
    value = compile_condition(rule.when, pack.guards).value
    category = rule.category if isinstance(rule, Criterion) else None
    points = [point for point in grid.points() if value(grid.view(point)) == TRUE]
    found = [grid.answers(point, (category,) if category else ()) for point in points]
    return sorted(found, key=lambda answers: len(answers.given))[:limit]


def _advice(found: Assessment) -> str:
    band = found.certain.value if found.certain else "nothing certain"
    duties = ", ".join(sorted(due.duty for due in found.duties))
    return f"{band} (duties: {duties or 'none'}; parents: {found.parents.advice})"


def _parents(old: Pack, new: Pack) -> Iterator[str]:
    was = {(rule.advice, in_words(old, rule.when)): rule for rule in old.parents}
    becomes = {(rule.advice, in_words(new, rule.when)): rule for rule in new.parents}
    for key in was.keys() - becomes.keys():
        yield f"- Telling parents: no longer {key[0]} when {key[1]}."
    for key in becomes.keys() - was.keys():
        yield f"- Telling parents: now {key[0]} when {key[1]}: {becomes[key].because}"
