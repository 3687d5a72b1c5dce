"""Answers as plain data: flat, or with ``answers``, ``children`` and ``suggestions``."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.thresholds.answers import AnswerError, Answers, validate_answer
from bot.thresholds.pack import Pack


def answers_from(pack: Pack, data: Mapping[str, Any]) -> Answers:
    """Return answers from plain data, every value checked against its question.

    Raises AnswerError, which never repeats what was answered.
    """
    nested = isinstance(data.get("answers"), dict) or isinstance(data.get("children"), dict)
    whole = data.get("answers", {}) if nested else data
    children = data.get("children", {}) if nested else {}
    answers = _take(pack, Answers(children=tuple(sorted(children))), whole, "")
    for child, values in children.items():
        answers = _take(pack, answers, values, child)
    if nested:
        for question, value in data.get("suggestions", {}).items():
            answers = answers.with_suggestion(question, _checked(pack, question, value), "")
    return answers


def _take(pack: Pack, answers: Answers, values: Mapping[str, Any], child: str) -> Answers:
    for question, value in values.items():
        answers = answers.with_answer(question, _checked(pack, question, value), child)
    return answers


def _checked(pack: Pack, question: str, value: object) -> str | frozenset[str]:
    try:
        return validate_answer(pack, question, value)
    except AnswerError as error:
        if pack.find_question(question) is None:
            raise AnswerError(f"This pack has no question {question!r}.") from error
        raise AnswerError(f"{question}: {error}") from error
