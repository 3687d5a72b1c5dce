"""What an officer can say that a message is: a category of concern, or a dialogue act, in plain words."""

from __future__ import annotations

from collections.abc import Mapping

CONCERN = "concern/"

ACTS: Mapping[str, str] = {
    "tell": "Tells a fact about the concern",
    "immediate_danger": "Immediate danger",
    "affirm": "Says yes",
    "deny": "Says no",
    "dont_know": "Does not know",
    "correct_answer": "Corrects an answer",
    "go_back": "Wants to go back",
    "restart": "Wants to start again",
    "ask_why": "Asks why we ask",
    "ask_threshold": "Asks about the threshold",
    "ask_consent": "Asks about consent and telling parents",
    "ask_out_of_hours": "Asks what to do out of hours",
    "ask_early_help": "Asks about early help",
    "ask_status": "Asks where a referral is",
    "worried_for_self": "Is worried about themself",
    "human_handoff": "Wants to talk to somebody",
    "greet": "Greets",
    "thank": "Thanks",
    "out_of_scope": "Something else altogether",
}


def category_of(label: str) -> str | None:
    """The category that a label names, or None for an act."""
    return label.removeprefix(CONCERN) if label.startswith(CONCERN) else None


def known(label: str, categories: Mapping[str, str]) -> bool:
    """Whether there is such a label. `categories`: the codes and names of the authority's pack."""
    category = category_of(label)
    return label in ACTS if category is None else category in categories


def words(label: str, categories: Mapping[str, str]) -> str:
    """A label as people read it."""
    category = category_of(label)
    return ACTS.get(label, label) if category is None else categories.get(category, category)
