"""An oracle built another way: the YAML read afresh, every rule a formula, and z3 asked instead.

It shares nothing with ``bot.thresholds`` but the pack files. Answers are two-valued here (everything is
answered): an option of a question, a tick of a tick-list and a category are Booleans.
"""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path
from typing import Any

import yaml
import z3

BLOCKS = ("questions", "facts", "criteria", "moves", "duties", "categories")
RANK = {"none": 0, "green": 1, "amber": 2, "red": 3}


class Oracle:
    """The rules of one pack folder (without a base) as formulas."""

    def __init__(self, folder: Path) -> None:
        self.blocks: dict[str, dict[str, Any]] = {block: {} for block in BLOCKS}
        self.do_not_tell: list[Any] = []
        for path in sorted(folder.rglob("*.yml")):
            data = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader) or {}
            for block in BLOCKS:
                self.blocks[block].update(data.get(block) or {})
            self.do_not_tell += (data.get("parents") or {}).get("do_not_tell") or []
        self.questions = self.blocks["questions"]

    def variable(self, question: str, option: str) -> Any:
        """The Boolean that an option is chosen."""
        return z3.Bool(f"{question}={option}")

    def constraints(self) -> Any:
        """Exactly one option of every "one" question."""
        found = []
        for id, question in self.questions.items():
            if question["kind"] == "one":
                found.append(z3.PbEq([(self.variable(id, option), 1) for option in question["options"]], 1))
        return z3.And(found)

    def formula(self, when: Any) -> Any:
        """The formula of a ``when``."""
        if when == "always":
            return z3.BoolVal(True)
        return z3.And([self._entry(key, value) for key, value in when.items()])

    def _entry(self, key: str, value: Any) -> Any:
        listed = value if isinstance(value, list) else [value]
        match key:
            case "all":
                return z3.And([self.formula(part) for part in value])
            case "any":
                return z3.Or([self.formula(part) for part in value])
            case "not":
                return z3.Not(self.formula(value))
            case "at_least":
                return z3.PbGe([(self.formula(part), 1) for part in value["of"]], int(value["n"]))
            case "fact":
                return z3.Or([self.formula(self.blocks["facts"][name]) for name in listed])
            case "category":
                return z3.Or([z3.Bool(f"category={code}") for code in listed])
        guard = self.questions[key].get("asked_when")
        applies = self.formula(guard) if guard else z3.BoolVal(True)
        return z3.And(applies, z3.Or([self._option(key, one) for one in listed]))

    def _option(self, question: str, option: str) -> Any:
        asked = self.questions[question]
        if asked["kind"] == "many" and option == "none":
            return z3.Not(z3.Or([self.variable(question, one) for one in asked["options"]]))
        return self.variable(question, option)

    def criterion(self, id: str) -> Any:
        """The formula of a criterion, its category included."""
        rule = self.blocks["criteria"][id]
        held = self.formula(rule["when"])
        return held if rule["category"] == "any" else z3.And(z3.Bool(f"category={rule['category']}"), held)

    def at_least(self, rank: int) -> Any:
        """The formula that the band is at least so urgent."""
        found = []
        for id, rule in self.blocks["criteria"].items():
            held, own = self.criterion(id), RANK[rule["band"]]
            moves = [move for move in self.blocks["moves"].values() if self._looks_at(move, id, rule)]
            raising = [move for move in moves if RANK[move["to"]] > own]
            lowered = [self.formula(move["when"]) for move in moves if RANK[move["to"]] < rank <= own]
            if own >= rank:
                raised = [self.formula(move["when"]) for move in raising]
                found.append(z3.And(held, z3.Or(z3.Not(z3.Or(lowered)), *raised)))
            else:
                far = [self.formula(move["when"]) for move in raising if RANK[move["to"]] >= rank]
                found.append(z3.And(held, z3.Or(far)))
        return z3.Or(found)

    def _looks_at(self, move: Any, id: str, rule: Any) -> bool:
        froms = move["from"] if isinstance(move["from"], list) else [move["from"]]
        if rule["band"] not in froms:
            return False
        applies = move["applies_to"]
        if isinstance(applies, dict):
            named = applies["criteria"]
            return id in (named if isinstance(named, list) else [named])
        listed = applies if isinstance(applies, list) else [applies]
        return listed == ["any"] or rule["category"] in listed

    def flips(self) -> list[tuple[str, str, str]]:
        """Every single more worrying answer: (question, from, to); for a tick-list "" stands for no tick."""
        found = []
        for id, question in self.questions.items():
            severity = question.get("severity") or []
            found += [(id, less, more) for less, more in pairwise(severity)]
            if question["kind"] == "many":
                protective = question.get("protective") or []
                for option in question["options"]:
                    found.append((id, option, "") if option in protective else (id, "", option))
        return found

    def flipped(self, claim: Any, question: str, less: str, more: str) -> tuple[Any, Any]:
        """A claim before and after one answer became more worrying."""
        options = self.questions[question]["options"]
        if self.questions[question]["kind"] == "one":

            def given(chosen: str) -> Any:
                values = [(self.variable(question, one), z3.BoolVal(one == chosen)) for one in options]
                return z3.substitute(claim, *values)

            return given(less), given(more)
        tick = self.variable(question, more or less)
        off, on = (z3.substitute(claim, (tick, z3.BoolVal(value))) for value in (False, True))
        return (off, on) if more else (on, off)
