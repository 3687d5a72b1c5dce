"""What must be seen in the assistant's last reply: one method for each kind of line in a script."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

Reply = dict[str, Any]


class Seen:
    """The last reply, and the one before the last thing that staff did."""

    def __init__(self, reply: Reply) -> None:
        self.reply = self.before = reply
        self.refused = ""
        self._lines: dict[str, Callable[[str], None]] = {
            "assistant asks": self._asks,
            "assistant asks again": self._asks_again,
            "assistant offers": self._offers,
            "assistant does not offer": self._does_not_offer,
            "assistant suggests": self._suggests,
            "assistant does not suggest": self._does_not_suggest,
            "assistant says": self._answers,
            "assistant does not say": self._does_not_answer,
            "assistant shows": self._shows,
            "assistant refuses": self._refuses,
            "route": self._route,
            "sure so far": lambda band: self._band("certain", band),
            "likely": lambda band: self._band("likely", band),
            "highest so far": lambda band: self._band("peak", band),
            "duties": self._duties,
            "duties shown": self._duties_shown,
            "no duty": self._no_duty,
            "parents": self._parents,
        }

    def line(self, what: str, words: str) -> None:
        """Check one line of a script; an AssertionError tells what was seen instead."""
        if child := re.fullmatch(r"child (\d)", what):
            self._child(f"c{child.group(1)}", words)
        elif child := re.fullmatch(r"assistant asks about child (\d)", what):
            self._asks(words)
            assert self.question["child"] == f"c{child.group(1)}", f"it asks about {self.question['child']}"
        else:
            assert what in self._lines, "no such line in a script"
            self._lines[what](words)

    def _asks(self, words: str) -> None:
        assert self.question["ask"].startswith(words), f"it asks: {self.question['ask']}"

    def _asks_again(self, _: str) -> None:
        then = self.before["question"]
        assert then is not None, "no question was open before"
        now = self.question
        assert (now["id"], now["child"]) == (then["id"], then["child"]), f"it asks: {now['ask']}"
        assert now["options"] == then["options"], "the answers to choose from are not the same"

    def _offers(self, labels: str) -> None:
        for label in each(labels):
            value_of(self.question["options"], label)

    def _does_not_offer(self, labels: str) -> None:
        offered = [option["label"] for option in self.question["options"]]
        assert not set(each(labels)) & set(offered), f"it offers: {offered}"

    def _suggests(self, labels: str) -> None:
        for label in each(labels):
            value = value_of(self.question["options"], label)
            assert value in self.suggested, f"not ticked; ticked: {self._ticked}"

    def _does_not_suggest(self, labels: str) -> None:
        assert not set(each(labels)) & set(self._ticked), f"ticked: {self._ticked}"

    def _answers(self, words: str) -> None:
        assert any(_says(said, words) for said in self._said), f"it says: {self._said}"

    def _does_not_answer(self, words: str) -> None:
        assert not any(_says(said, words) for said in self._said), f"it says: {self._said}"

    def _shows(self, words: str) -> None:
        assert self.reply["headline"].startswith(words), f"it shows: {self.reply['headline']}"

    def _refuses(self, words: str) -> None:
        assert words in self.refused, f"refused: {self.refused or 'nothing'}"
        self.refused = ""

    def _route(self, route: str) -> None:
        asked = self.reply["question"]
        assert self.reply["done"], f"it still asks: {asked and asked['ask']}"
        assert self.reply["route"] == route, self._stands

    def _band(self, which: str, band: str) -> None:
        seen = self.reply["assessment"][which]
        assert (seen or "nothing") == band, self._stands

    def _child(self, child: str, route: str) -> None:
        assert self.reply["assessments"][child]["route"] == route, self._stands

    def _duties(self, titles: str) -> None:
        for title in each(titles):
            assert any(one.startswith(title) for one in self._due), f"duties: {self._due}"

    def _duties_shown(self, titles: str) -> None:
        shown = [duty["title"] for duty in self.reply["duties"]]
        for title in each(titles):
            assert any(one.startswith(title) for one in shown), f"duties: {shown}"

    def _no_duty(self, titles: str) -> None:
        for title in each(titles):
            assert not any(one.startswith(title) for one in self._due), f"duties: {self._due}"

    def _parents(self, advice: str) -> None:
        parents = self.reply["parents"]
        assert parents["advice"] == advice.replace(" ", "_"), parents

    @property
    def question(self) -> dict[str, Any]:
        question: dict[str, Any] | None = self.reply["question"]
        assert question is not None, f"no question is open. {self._stands}"
        return question

    @property
    def suggested(self) -> list[str]:
        suggested = self.question["suggested"]
        return suggested if isinstance(suggested, list) else [suggested] if suggested else []

    @property
    def _ticked(self) -> list[str]:
        options = self.question["options"]
        return [option["label"] for option in options if option["value"] in self.suggested]

    @property
    def _said(self) -> list[str]:
        said: list[str] = self.reply["messages"]
        return said

    @property
    def _due(self) -> list[str]:
        return [duty["title"] for duty in self.reply["duties"] if duty["certain"]]

    @property
    def _stands(self) -> str:
        assessment = self.reply["assessment"]
        bands = {name: assessment[name] for name in ("certain", "likely", "possible", "peak", "route")}
        read = [f"{one['ask']} {one['label']}" for one in self.reply["suggestions"]]
        return f"{bands}, met: {[met['because'] for met in assessment['met']]}, read: {read}"


def value_of(options: list[dict[str, str]], label: str) -> str:
    """The one option whose label begins with these words."""
    found = [option["value"] for option in options if option["label"].startswith(label)]
    exact = [option["value"] for option in options if option["label"] == label]
    assert found, f"not offered: {label}; offered: {[option['label'] for option in options]}"
    assert exact or len(found) == 1, f"which one? {found}"
    return (exact or found)[0]


def each(labels: str) -> list[str]:
    """The labels of one line."""
    return [label.strip() for label in labels.split("|")]


def _says(said: str, words: str) -> bool:
    return re.search(".*".join(re.escape(part.strip()) for part in words.split("…")), said, re.S) is not None
