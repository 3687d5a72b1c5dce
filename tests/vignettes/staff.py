"""A member of staff who knows the facts of a case and answers what the assistant asks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

MOST_QUESTIONS = 40

USUAL: Mapping[str, str | list[str]] = {
    "danger_now": "no",
    "child_next": "safe_adult",
    "open_case": "no",
    "lives_in": "here",
    "mobility": "mobile",
    "child_says": ["none"],
    "about_child": ["none"],
    "also_true": ["none"],
    "telling_risk": ["none"],
}
"""What staff answer when the case does not say otherwise: nothing unusual."""


@dataclass(frozen=True)
class Vignette:
    """One case: what staff would write, what they know, and what must come out."""

    id: str
    facts: str
    categories: tuple[str, ...]
    answers: Mapping[str, str | list[str]]
    expect: Mapping[str, Any]


@dataclass
class Ending:
    """Where a conversation ended."""

    reply: dict[str, Any]
    asked: list[str] = field(default_factory=list)
    red_after: int | None = None


def vignettes(path: Path) -> list[Vignette]:
    """The cases of one file."""
    rows = yaml.safe_load(path.read_text(encoding="utf-8"))["vignettes"]
    return [
        Vignette(row["id"], row["facts"], tuple(row["categories"]), row.get("answers", {}), row["expect"])
        for row in rows
    ]


def converse(http: Any, case: Vignette, screen: Mapping[str, list[str]]) -> Ending:
    """Hold the whole conversation; ``screen`` tells which line of the screen stands for which categories."""
    reply = http.post("/api/v1/concerns").json()
    path = f"/api/v1/concerns/{reply['id']}/messages"
    ending = Ending(_taken(http.post(path, json={"text": case.facts})))
    while (question := ending.reply["question"]) is not None:
        ending.asked.append(question["id"])
        assert len(ending.asked) < MOST_QUESTIONS, f"the interview does not end: {ending.asked}"
        value = answer(case, question, screen)
        ending.reply = _taken(http.post(path, json={"question": question["id"], "value": value}))
        if ending.red_after is None and ending.reply["assessment"]["certain"] == "red":
            ending.red_after = len(ending.asked)
    return ending


def answer(case: Vignette, question: Mapping[str, Any], screen: Mapping[str, list[str]]) -> str | list[str]:
    """What they answer: what the case says, else nothing unusual, else that they do not know."""
    name = question["id"]
    offered = {option["value"] for option in question["options"]}
    if name in case.answers:
        return case.answers[name]
    if name == "categories":
        return sorted(set(case.categories) & offered) or ["none"]
    if name == "screen":
        if "categories" in case.answers or question.get("asked_after_categories"):
            return ["none"]
        return [line for line in screen if set(screen[line]) & set(case.categories)] or ["none"]
    if name.startswith("which_"):
        return sorted(set(case.categories) & offered) or ["none"]
    if name in USUAL:
        return USUAL[name]
    if question["kind"] == "many":
        return ["none"]
    return "not_known"


def _taken(answer: Any) -> dict[str, Any]:
    assert answer.status_code == 200, answer.text
    taken: dict[str, Any] = answer.json()
    return taken
