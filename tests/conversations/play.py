"""Plays a script through the JSON API: staff lines are sent, all others are what must be seen then.

staff: …                    says these words
staff presses: A            chooses an answer by its label; `staff ticks: A | B` where several may be chosen
staff changes: Q = A        corrects the answer to a question (its first words are enough);
                            `… because R` gives the reason with it
if it asks: Q = A           chooses this only where that is the question now open
staff adds a child: sibling
staff answers the rest:     until nothing more is asked: each line beneath it is Q = A, what no line names is
                            nothing unusual, and what was read from the words is confirmed as it stands
staff sends the referral:
the next day:               everything is shut down and opened again a day later
assistant asks: Q           the question now open begins so; `asks about child 2: Q` says of whom
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

from collections.abc import Callable
from typing import Any

from bot.dialogue.wording import MORE_OF_IT
from tests.conversations.script import Conversation, Line
from tests.conversations.seen import Reply, Seen, each, value_of
from tests.conversations.stage import Stage
from tests.vignettes.staff import MOST_QUESTIONS, USUAL

NONE_OF_THESE = "none"
NOTHING_UNUSUAL = {**USUAL, "screen": [NONE_OF_THESE]}
"""What is answered where a script says nothing of it: nothing unusual."""


class Play:
    """One conversation being played."""

    def __init__(self, stage: Stage) -> None:
        self._stage = stage
        self._seen = Seen(self._taken("POST", "/concerns", None, expect=201))
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

    def play(self, conversation: Conversation) -> None:
        """Play every line; an AssertionError tells the line and what was seen instead."""
        for line in conversation.lines:
            try:
                self._line(line)
            except AssertionError as error:
                raise AssertionError(f"line {line.number}, {line.what}: {line.words}\n{error}") from error
        assert not self._seen.refused, f"the last message was refused: {self._seen.refused}"

    def _line(self, line: Line) -> None:
        if line.what not in self._done:
            self._seen.line(line.what, line.words)
            return
        assert not self._seen.refused, f"the message before was refused: {self._seen.refused}"
        self._seen.before = self._seen.reply
        self._done[line.what](line.words)

    def _says(self, words: str) -> None:
        self._turn("POST", f"{self._path}/messages", {"text": words})

    def _presses(self, label: str) -> None:
        question = self._seen.question
        value = label if question["kind"] == "text" else value_of(question["options"], label)
        self._chosen(value)

    def _ticks(self, labels: str) -> None:
        options = self._seen.question["options"]
        self._chosen([value_of(options, label) for label in each(labels)])

    def _if_asked(self, words: str) -> None:
        ask, _, label = words.partition(" = ")
        question = self._seen.reply["question"]
        if question is not None and question["ask"].startswith(ask):
            (self._ticks if question["kind"] == "many" else self._presses)(label)

    def _chosen(self, value: str | list[str]) -> None:
        question = self._seen.question
        body = {"question": question["id"], "value": value, "child": question["child"] or ""}
        self._turn("POST", f"{self._path}/messages", body)

    def _changes(self, words: str) -> None:
        change, _, reason = words.partition(" because ")
        ask, _, label = change.partition(" = ")
        told = [one for one in self._seen.reply["answers"] if one["ask"].startswith(ask)]
        answered = [one["ask"] for one in self._seen.reply["answers"]]
        assert told, f"nothing like that was answered; answered: {answered}"
        one = told[0]
        value = self._corrected(one["question"], one["child"] or "", label)
        body = {"value": value, "child": one["child"] or "", "reason": reason or None}
        self._turn("PUT", f"{self._path}/answers/{one['question']}", body)

    def _answers_rest(self, words: str) -> None:
        told = dict(line.split(" = ", 1) for line in words.splitlines() if line.strip())
        for _ in range(MOST_QUESTIONS):
            if self._seen.reply["done"]:
                return
            question = self._seen.question
            again = question["ask"].endswith(MORE_OF_IT)
            said = next((told[ask] for ask in told if question["ask"].startswith(ask) and not again), None)
            if said is None:
                self._chosen(self._usual(question))
            elif question["kind"] == "many":
                self._ticks(said)
            else:
                self._presses(said)
            assert not self._seen.refused, self._seen.refused
        raise AssertionError(f"it does not end; it still asks: {self._seen.question['ask']}")

    def _usual(self, question: dict[str, Any]) -> str | list[str]:
        if question["id"] == "categories":
            return self._seen.suggested or [NONE_OF_THESE]
        if question["ask"].endswith(MORE_OF_IT) and isinstance(question["suggested"], list):
            chosen: list[str] = question["suggested"]
            return chosen  # what was told before, and no more
        assert not question["suggested"], f"the script does not say whether this is right: {question['ask']}"
        assert question["id"] in NOTHING_UNUSUAL, (
            f"the script does not say what to answer to: {question['ask']}"
        )
        return NOTHING_UNUSUAL[question["id"]]

    def _adds(self, role: str) -> None:
        self._turn("POST", f"{self._path}/children", {"role": role})

    def _sends(self, _: str) -> None:
        sent = self._taken("POST", f"{self._path}/referral", {}, expect=201)
        self._seen.reply = self._taken("GET", self._path, None) | {"messages": sent["say"]}

    def _comes_back(self, _: str) -> None:
        self._stage.come_back(days=1)
        self._seen.reply = self._taken("GET", self._path, None)
        assert self._seen.reply["answers"] == self._seen.before["answers"], "answers were lost over night"
        assert self._seen.reply["version"] == self._seen.before["version"], "it changed over night"

    @property
    def _path(self) -> str:
        return f"/concerns/{self._seen.reply['id']}"

    def _corrected(self, question: str, child: str, labels: str) -> str | list[str]:
        """The values of these labels for a question that was answered before and stands open no more."""
        choices = self._stage.choices(question)
        options = [{"value": value, "label": text} for value, text in choices]
        values = [value_of(options, label) for label in each(labels)]
        return values if isinstance(self._answer(question, child)["value"], list) else values[0]

    def _answer(self, question: str, child: str) -> dict[str, Any]:
        answers: list[dict[str, Any]] = self._seen.reply["answers"]
        return next(one for one in answers if (one["question"], one["child"] or "") == (question, child))

    def _turn(self, method: str, path: str, body: dict[str, Any]) -> None:
        answer = self._stage.program.request(method, f"/api/v1{path}", json=body)
        if answer.status_code in (409, 422):
            self._seen.refused = str(answer.json()["detail"])
            return
        assert answer.status_code == 200, answer.text
        self._seen.reply = answer.json()
        asked = self._seen.reply["question"]
        assert (asked is None) == self._seen.reply["done"], "neither a question nor an end"

    def _taken(self, method: str, path: str, body: dict[str, Any] | None, expect: int = 200) -> Reply:
        answer = self._stage.program.request(method, f"/api/v1{path}", json=body)
        assert answer.status_code == expect, answer.text
        taken: Reply = answer.json()
        return taken
