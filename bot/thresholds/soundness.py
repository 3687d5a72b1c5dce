"""What must hold of a pack before it may be used at all: no cycles, and every category can be ruled out."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping

from bot.thresholds.conditions import Condition, Fact, questions_of, walk
from bot.thresholds.fields import Fields
from bot.thresholds.gathering import Gathered
from bot.thresholds.pack import Pack


def check_cycles(pack: Pack, gathered: Gathered, fields: Fields) -> None:
    """Facts must not rest on themselves; a question must not wait for itself."""

    def facts_in(name: str) -> Collection[str]:
        return [part.name for part in walk(pack.facts[name]) if isinstance(part, Fact)]

    cycle = _cycle(pack.facts, facts_in)
    if cycle:
        node = gathered.named["facts"][cycle[0]]
        what = f"facts rest on each other in a circle: {' → '.join(cycle)}."
        fields.fault(node, what, "Take one of these facts out of the other's condition.")
        return  # questions_of would not come back

    def guards_of(id: str) -> Collection[str]:
        guard: Condition | None = pack.questions[id].asked_when
        return sorted(questions_of(guard, pack.facts)) if guard is not None else ()

    cycle = _cycle(pack.questions, guards_of)
    if cycle:
        node = gathered.named["questions"][cycle[0]]
        what = f"`asked_when` goes in a circle: {' → '.join(cycle)}."
        fields.fault(node, what, "Let one of these questions be asked without the other.", key="asked_when")


def _cycle(names: Mapping[str, object], needs: Callable[[str], Collection[str]]) -> list[str]:
    """Return one circle, as a list that begins and ends with the same name; empty when there is none."""
    done: set[str] = set()

    def visit(name: str, path: list[str]) -> list[str]:
        if name in path:
            return [*path[path.index(name) :], name]
        if name in done:
            return []
        for other in needs(name):
            if other in names and (found := visit(other, [*path, name])):
                return found
        done.add(name)
        return []

    for name in names:
        if found := visit(name, []):
            return found
    return []


def check_screen(pack: Pack, gathered: Gathered, fields: Fields) -> None:
    """Every category must stand in the universal screen, or "none" could never be earned."""
    covered = {code for option in pack.screen.options.values() for code in option.categories}
    for code in pack.categories:
        if code not in covered:
            node = gathered.named["categories"][code]
            what = f"category `{code}` is in no line of the universal screen, so it could never be ruled out."
            fields.fault(
                node, what, "Add it to the `categories` of one of the lines in `screens: universal`."
            )
    if pack.categories and not (pack.screen.ask and pack.screen.why):
        fields.fault(gathered.root(), "the universal screen has no `ask` or no `why`.", "Add both.")
