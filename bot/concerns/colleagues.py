"""A worry about a colleague who is named: the reader gets no names, so the school's people are found here."""

from __future__ import annotations

import re
from dataclasses import replace

from bot.concerns.access import ABOUT, STAFF_ALLEGATION
from bot.dialogue.history import CATEGORIES, State
from bot.dialogue.understanding import Ranked, Suggestion, Understanding
from bot.store import Concern, Session
from bot.store import people as kept_people

OPTIONS = {"dsl": "dsl", "head": "head", "staff": "staff_member"}
"""By role: the packs' option for a worry about that person, the one that closes most doors first."""
_TOLD_TO = re.compile(
    r"\b(?:told|tell|telling|informed?|spoke|speak|spoken|asked|ask|rang|emailed|messaged|reported|passed|mentioned|logged|said)"
    r"\b(?:[^\w.!?]+(?!that\b)\w+){0,4}[^\w.!?]*$",
    re.I,
)
"""What stands before whoever was told of the worry, and is not whom it is about."""
_KNOWS = re.compile(
    r"(?:'?s)? (?:\w+ )?(?:knows?|aware|told|tells|said|says|asked|asks|advised|logged|agreed|suggested|"
    r"rang|rings|thinks|has (?:it|been told)|was (?:told|there)|is (?:on|dealing|ringing)|and i\b)",
    re.I,
)
"""What stands behind whoever knows of the worry or said something of it."""
DID = re.compile(
    r"\[NAME\](?: (?:has|is|was|just|been|keeps|had|always|often))* (?:push|shov|hit|slap|smack|grab|drag|"
    r"kick|punch|shout|scream|touch|hug|cuddl|strok|kiss|text|messag|lock|pull|swore|swear|threw|humiliat|restrain)",
    re.I,
)
"""Somebody with a name did this: whether that is one of the school's people, the names tell."""
_SHORTEST_NAME = 3
_LONGEST_WORDS = 200


def with_colleague(
    session: Session, concern: Concern, state: State, text: str, understood: Understanding
) -> Understanding:
    """Add whom a worry about a colleague is about, where it names somebody of the school; to be confirmed."""
    did = DID.search(understood.redacted) is not None
    if not (did or _may_be_about_a_colleague(state, understood)):
        return understood
    if any(one.question == ABOUT for one in understood.suggestions):
        return understood
    people = [
        person
        for person in kept_people.people_of(session, concern.organisation_id, roles=tuple(OPTIONS))
        if person.id != concern.author_id and is_named(person.name, text)
    ]
    if not people:
        return understood
    role = min((person.role for person in people), key=list(OPTIONS).index)
    found = Suggestion(ABOUT, OPTIONS[role], understood.redacted[:_LONGEST_WORDS])
    categories = understood.categories
    if not _may_be_about_a_colleague(state, understood):
        categories = (Ranked(STAFF_ALLEGATION, 1.0), *categories)
    return replace(understood, categories=categories, suggestions=(*understood.suggestions, found))


def is_named(name: str, text: str) -> bool:
    """Whether a text speaks of the person (“Mrs Okafor shoved him”) and not only of telling that person."""
    surname = name.split()[-1] if name.split() else ""
    if len(surname) < _SHORTEST_NAME:
        return False
    mentions = re.finditer(rf"(?<!\w){re.escape(surname)}(?:'?s)?(?!\w)", text.replace("’", "'"), re.I)
    plain = text.replace("’", "'")
    return any(
        not (_TOLD_TO.search(_before(plain, mention, name)) or _KNOWS.match(plain[mention.end() :]))
        for mention in mentions
    )


def _before(text: str, mention: re.Match[str], name: str) -> str:
    """What stands before a mention, without the first name or title that belongs to it."""
    before = text[: mention.start()].rstrip()
    for one in (*name.split()[:-1], "mrs", "mr", "miss", "ms", "dr"):
        if before.lower().removesuffix(".").endswith(one.lower()):
            before = before.removesuffix(".")[: -len(one)]
            break
    return before


def _may_be_about_a_colleague(state: State, understood: Understanding) -> bool:
    answers = state.answers
    ticked = [values.get(("", CATEGORIES)) for values in (answers.given, answers.suggested)]
    named = {one.name for one in understood.categories}.union(
        *(one for one in ticked if isinstance(one, frozenset))
    )
    return STAFF_ALLEGATION in named
