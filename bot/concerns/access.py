"""Who may see a concern beyond the usual: one about a colleague is closed to whom it is about."""

from __future__ import annotations

from datetime import datetime

from bot.dialogue.advice import ABOUT_DSL
from bot.dialogue.history import CATEGORIES
from bot.store import Concern, Person, Session
from bot.store import concerns as kept_concerns
from bot.store import people as kept_people
from bot.thresholds import NOT_KNOWN, NOT_SURE, Answers

ABOUT = "allegation_about"
"""The pack's question on whom a concern about a colleague is about."""
STAFF_ALLEGATION = "staff_allegation"
CHAIR = "chair"
GOES_TO = {"dsl": ("head",), "head": ("chair",), "chair": ("chair",)}
"""Whom such a concern is shown to instead (Keeping children safe in education, part four): about the DSL, the
head; about the head, the chair of governors."""


UNSURE_GOES_TO = {NOT_SURE: (CHAIR,), NOT_KNOWN: (CHAIR,)}
"""Where nobody is sure whom it is about, it may be either of those whom staff usually tell."""


def closed_by_answer(session: Session, concern: Concern, answers: Answers, at: datetime) -> None:
    """Close a concern to the people whom it is about, and show it to those whom it goes to."""
    about = next((value for (_, question), value in answers.given.items() if question == ABOUT), None)
    if not isinstance(about, str) or about not in GOES_TO | UNSURE_GOES_TO:
        return
    people = kept_people.people_of(session, concern.organisation_id)
    for person in people:
        if person.role == about and person.id != concern.author_id and about != CHAIR:
            kept_concerns.close_to(session, concern.id, person.id, at)
        elif person.role in (GOES_TO | UNSURE_GOES_TO)[about]:
            kept_concerns.show_to(session, concern.id, person.id, at)


def maybe_about_dsl(answers: Answers) -> set[str]:
    """The duty that keeps a worry from the DSL, also where it was only read that it is about the DSL."""
    about = {answers.given.get(("", ABOUT)), answers.suggested.get(("", ABOUT))}
    return {ABOUT_DSL} if about & {"dsl"} and answers.given.get(("", ABOUT)) in (None, "dsl") else set()


def waits_for_whom(answers: Answers, person: Person, concern: Concern) -> bool:
    """Whether somebody else must not see it yet: it may be about a colleague, and nobody said whom.

    “Not sure” names nobody: it may be about whoever asks. The chair of governors sees it then.
    """
    if person.id == concern.author_id:
        return False
    named = any(
        question == ABOUT and value not in UNSURE_GOES_TO for (_, question), value in answers.given.items()
    )
    if named or person.role == CHAIR:
        return False
    for values in (answers.given, answers.suggested):
        categories = values.get(("", CATEGORIES))
        if isinstance(categories, frozenset) and STAFF_ALLEGATION in categories:
            return True
    return False
