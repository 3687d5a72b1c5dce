"""Plays a script through the JSON API: staff lines are sent, all others are what must be seen then.

staff: …                    says these words
staff presses: A            chooses an answer by its label; `staff ticks: A | B` where several may be chosen
staff changes: Q = A        corrects the answer to a question (its first words are enough);
                            `… because R` gives the reason with it
staff adds a child: sibling
staff answers the rest:     until nothing more is asked: each line beneath it is Q = A, what no line names is
                            nothing unusual, and what was read from the words is confirmed as it stands
staff sends the referral:
the next day:               everything is shut down and opened again a day later
assistant asks: Q           the question now open begins with these words; `about Child 2: Q` says of whom
assistant asks again:       the same question as before the last staff line
assistant offers: A | B     among the answers; `suggests` those that it read from the words, ticked already
assistant says: …           words of one of its messages; `…` stands for what is left out
assistant shows: …          the headline beside the conversation begins with these words
assistant refuses: …        the message was not taken, for this reason
route: red                  it ends like this, and no question is open
sure so far: amber          the band that confirmed answers make certain by now (or: nothing)
likely: red                 the band to act on, raised by what was read and not yet confirmed
highest so far: red         the band is kept, also when a correction lowers it
child 2: green              how that child's own assessment ends
duties: D | D               among what must be done, by title; `no duty: D` is not
duties shown: D             the same, also those that only follow from what was read and not yet confirmed
parents: do not tell        whether parents are told
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from tests.conversations.script import Conversation, Line
from tests.conversations.stage import Stage
from tests.vignettes.staff import MOST_QUESTIONS, USUAL

Reply = dict[str, Any]
NONE_OF_THESE = "none"
NOTHING_UNUSUAL = {**USUAL, "screen": [NONE_OF_THESE]}
"""What is answered where a script says nothing of it: nothing unusual."""


class Play:
    """One conversation being played."""

    def __init__(self, stage: Stage) -> None:
        self._stage = stage
        self._reply: Reply = self._taken("POST", "/concerns", None, expect=201)
        self._before: Reply = self._reply
        self._refused = ""
        self._done: dict[str, Callable[[str], None]] = {
            "staff": self._says,
            "staff presses": self._presses,
            "staff ticks": self._ticks,
            "staff changes": self._changes,
            "if it asks": self._if_asked,
            "staff adds a child": self._adds,
            "staff answers the rest": self._answers_rest,
            "staff sends the referral": self._sends,
            "the next day": self._comes_back,
        }
        self._seen: dict[str, Callable[[str], None]] = {
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

    def play(self, conversation: Conversation) -> None:
        """Play every line; an AssertionError tells the line and what was seen instead."""
        for line in conversation.lines:
            try:
                self._line(line)
            except AssertionError as error:
                raise AssertionError(f"line {line.number}, {line.what}: {line.words}\n{error}") from error
        assert not self._refused, f"the last message was refused: {self._refused}"

    def _line(self, line: Line) -> None:
        if line.what in self._done:
            assert not self._refused, f"the message before was refused: {self._refused}"
            self._before = self._reply
            self._done[line.what](line.words)
        elif child := re.fullmatch(r"child (\d)", line.what):
            self._child(f"c{child.group(1)}", line.words)
        elif child := re.fullmatch(r"assistant asks about child (\d)", line.what):
            self._asks(line.words)
            assert self._question["child"] == f"c{child.group(1)}", f"it asks about {self._question['child']}"
        else:
            assert line.what in self._seen, "no such line in a script"
            self._seen[line.what](line.words)

    # What staff do

    def _says(self, words: str) -> None:
        self._turn("POST", f"{self._path}/messages", {"text": words})

    def _presses(self, label: str) -> None:
        question = self._question
        value = label if question["kind"] == "text" else self._value(question["options"], label)
        self._chosen(value)

    def _ticks(self, labels: str) -> None:
        options = self._question["options"]
        self._chosen([self._value(options, label) for label in _each(labels)])

    def _if_asked(self, words: str) -> None:
        ask, _, label = words.partition(" = ")
        question = self._reply["question"]
        if question is not None and question["ask"].startswith(ask):
            (self._ticks if question["kind"] == "many" else self._presses)(label)

    def _chosen(self, value: str | list[str]) -> None:
        question = self._question
        body = {"question": question["id"], "value": value, "child": question["child"] or ""}
        self._turn("POST", f"{self._path}/messages", body)

    def _changes(self, words: str) -> None:
        change, _, reason = words.partition(" because ")
        ask, _, label = change.partition(" = ")
        told = [one for one in self._reply["answers"] if one["ask"].startswith(ask)]
        assert told, f"nothing like that was answered; answered: {_asks_of(self._reply['answers'])}"
        one = told[0]
        value = self._corrected(one["question"], one["child"] or "", label)
        body = {"value": value, "child": one["child"] or "", "reason": reason or None}
        self._turn("PUT", f"{self._path}/answers/{one['question']}", body)

    def _answers_rest(self, words: str) -> None:
        told = dict(line.split(" = ", 1) for line in words.splitlines() if line.strip())
        for _ in range(MOST_QUESTIONS):
            if self._reply["done"]:
                return
            question = self._question
            said = next((answer for ask, answer in told.items() if question["ask"].startswith(ask)), None)
            if said is None:
                self._chosen(self._usual(question))
            elif question["kind"] == "many":
                self._ticks(said)
            else:
                self._presses(said)
            assert not self._refused, self._refused
        raise AssertionError(f"it does not end; it still asks: {self._question['ask']}")

    def _usual(self, question: dict[str, Any]) -> str | list[str]:
        if question["id"] == "categories":
            return self._suggested or [NONE_OF_THESE]
        assert not question["suggested"], f"the script does not say whether this is right: {question['ask']}"
        assert question["id"] in NOTHING_UNUSUAL, (
            f"the script does not say what to answer to: {question['ask']}"
        )
        return NOTHING_UNUSUAL[question["id"]]

    def _adds(self, role: str) -> None:
        self._turn("POST", f"{self._path}/children", {"role": role})

    def _sends(self, _: str) -> None:
        sent = self._taken("POST", f"{self._path}/referral", {}, expect=201)
        self._reply = self._taken("GET", self._path, None) | {"messages": sent["say"]}

    def _comes_back(self, _: str) -> None:
        self._stage.come_back(days=1)
        self._reply = self._taken("GET", self._path, None)
        assert self._reply["answers"] == self._before["answers"], "answers were lost over night"
        assert self._reply["version"] == self._before["version"], "it changed over night"

    # What must be seen

    def _asks(self, words: str) -> None:
        assert self._question["ask"].startswith(words), f"it asks: {self._question['ask']}"

    def _asks_again(self, _: str) -> None:
        then = self._before["question"]
        assert then is not None, "no question was open before"
        now = self._question
        assert (now["id"], now["child"]) == (then["id"], then["child"]), f"it asks: {now['ask']}"
        assert now["options"] == then["options"], "the answers to choose from are not the same"

    def _offers(self, labels: str) -> None:
        for label in _each(labels):
            self._value(self._question["options"], label)

    def _does_not_offer(self, labels: str) -> None:
        offered = [option["label"] for option in self._question["options"]]
        assert not set(_each(labels)) & set(offered), f"it offers: {offered}"

    def _suggests(self, labels: str) -> None:
        for label in _each(labels):
            value = self._value(self._question["options"], label)
            assert value in self._suggested, f"not ticked; ticked: {self._suggested_labels}"

    def _does_not_suggest(self, labels: str) -> None:
        assert not set(_each(labels)) & set(self._suggested_labels), f"ticked: {self._suggested_labels}"

    def _answers(self, words: str) -> None:
        assert any(_says(said, words) for said in self._said), f"it says: {self._said}"

    def _does_not_answer(self, words: str) -> None:
        assert not any(_says(said, words) for said in self._said), f"it says: {self._said}"

    def _shows(self, words: str) -> None:
        assert self._reply["headline"].startswith(words), f"it shows: {self._reply['headline']}"

    def _refuses(self, words: str) -> None:
        assert words in self._refused, f"refused: {self._refused or 'nothing'}"
        self._refused = ""

    def _route(self, route: str) -> None:
        asked = self._reply["question"]
        assert self._reply["done"], f"it still asks: {asked and asked['ask']}"
        assert self._reply["route"] == route, self._standing

    def _band(self, which: str, band: str) -> None:
        seen = self._reply["assessment"][which]
        assert (seen or "nothing") == band, self._standing

    def _child(self, child: str, route: str) -> None:
        assert self._reply["assessments"][child]["route"] == route, self._standing

    def _duties(self, titles: str) -> None:
        for title in _each(titles):
            assert any(one.startswith(title) for one in self._due), f"duties: {self._due}"

    def _duties_shown(self, titles: str) -> None:
        shown = [duty["title"] for duty in self._reply["duties"]]
        for title in _each(titles):
            assert any(one.startswith(title) for one in shown), f"duties: {shown}"

    def _no_duty(self, titles: str) -> None:
        for title in _each(titles):
            assert not any(one.startswith(title) for one in self._due), f"duties: {self._due}"

    def _parents(self, advice: str) -> None:
        parents = self._reply["parents"]
        assert parents["advice"] == advice.replace(" ", "_"), parents

    # What was seen

    @property
    def _path(self) -> str:
        return f"/concerns/{self._reply['id']}"

    @property
    def _question(self) -> dict[str, Any]:
        question: dict[str, Any] | None = self._reply["question"]
        assert question is not None, f"no question is open. {self._standing}"
        return question

    @property
    def _suggested(self) -> list[str]:
        suggested = self._question["suggested"]
        return suggested if isinstance(suggested, list) else [suggested] if suggested else []

    @property
    def _suggested_labels(self) -> list[str]:
        options = self._question["options"]
        return [option["label"] for option in options if option["value"] in self._suggested]

    @property
    def _said(self) -> list[str]:
        said: list[str] = self._reply["messages"]
        return said

    @property
    def _due(self) -> list[str]:
        return [duty["title"] for duty in self._reply["duties"] if duty["certain"]]

    @property
    def _standing(self) -> str:
        assessment = self._reply["assessment"]
        bands = {name: assessment[name] for name in ("certain", "likely", "possible", "peak", "route")}
        read = [f"{one['ask']} {one['label']}" for one in self._reply["suggestions"]]
        return f"{bands}, met: {[met['because'] for met in assessment['met']]}, read: {read}"

    def _value(self, options: list[dict[str, str]], label: str) -> str:
        found = [option["value"] for option in options if option["label"].startswith(label)]
        exact = [option["value"] for option in options if option["label"] == label]
        assert found, f"not offered: {label}; offered: {[option['label'] for option in options]}"
        assert exact or len(found) == 1, f"which one? {found}"
        return (exact or found)[0]

    def _corrected(self, question: str, child: str, labels: str) -> str | list[str]:
        """The values of these labels for a question that was answered before and stands open no more."""
        choices = self._stage.choices(question)
        options = [{"value": value, "label": text} for value, text in choices]
        values = [self._value(options, label) for label in _each(labels)]
        return values if isinstance(self._answer(question, child)["value"], list) else values[0]

    def _answer(self, question: str, child: str) -> dict[str, Any]:
        answers: list[dict[str, Any]] = self._reply["answers"]
        return next(one for one in answers if (one["question"], one["child"] or "") == (question, child))

    def _turn(self, method: str, path: str, body: dict[str, Any]) -> None:
        answer = self._stage.program.request(method, f"/api/v1{path}", json=body)
        if answer.status_code in (409, 422):
            self._refused = str(answer.json()["detail"])
            return
        assert answer.status_code == 200, answer.text
        self._reply = answer.json()
        asked = self._reply["question"]
        assert (asked is None) == self._reply["done"], "neither a question nor an end"

    def _taken(self, method: str, path: str, body: dict[str, Any] | None, expect: int = 200) -> Reply:
        answer = self._stage.program.request(method, f"/api/v1{path}", json=body)
        assert answer.status_code == expect, answer.text
        taken: Reply = answer.json()
        return taken


def _each(labels: str) -> list[str]:
    return [label.strip() for label in labels.split("|")]


def _asks_of(answers: list[dict[str, Any]]) -> list[str]:
    return [one["ask"] for one in answers]


def _says(said: str, words: str) -> bool:
    return re.search(".*".join(re.escape(part.strip()) for part in words.split("…")), said, re.S) is not None
