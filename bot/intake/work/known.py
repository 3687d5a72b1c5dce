"""Is the child known? Search by name sound, date of birth, UPN and address, over blind indexes.

A trace is a keyed fingerprint of one normalised fact, so the database can say "equal" and nothing else. It
finds whom to look at; the opened records are then scored by which facts are equal, with every point
explained in words, so that a screening officer decides, not a number.
"""

from __future__ import annotations

import itertools
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from metaphone import doublemetaphone
from sqlalchemy import case, func, select
from sqlalchemy.orm import Session

from bot.intake.tables import Child, Trace
from bot.safekeeping import Vault

WEIGHTS = {"upn": 60, "dob": 20, "name": 15, "address": 15, "postcode": 10}
"""What an equal fact is worth. One alone says little, but for a UPN; two from different places are shown."""

LEAST = 25
"""Below this a match is chance: one sound, or one date of birth."""

_MOST = 40
_MOST_OPENED = 200
_MOST_NAMES = 3  # more names in common, as in long double names, say no more than these
_NAMES = ("first_name", "last_name", "known_as", "former_names")


@dataclass(frozen=True)
class Match:
    """A child who may be the same one. `because` are plain words; `score` orders matches."""

    child_id: str
    referral_id: str | None
    details: dict[str, Any]
    score: int
    because: tuple[str, ...]

    @property
    def name(self) -> str:
        """The child's name as it is shown."""
        return name_of(self.details)

    @property
    def likelihood(self) -> str:
        """The score in words."""
        return "Very likely" if self.score >= 60 else "Likely" if self.score >= 45 else "Possible"


def remember(session: Session, details: dict[str, Any], referral_id: str | None, now: datetime) -> Child:
    """Keep a child with its traces."""
    vault: Vault = session.info["vault"]
    child = Child(referral_id=referral_id, added_at=now, details=details)
    session.add(child)
    session.flush()
    session.add_all(
        Trace(child_id=child.id, kind=kind, value=value) for kind, value in traces(vault, details)
    )
    return child


def search(session: Session, details: dict[str, Any], *, without_referral: str | None = None) -> list[Match]:
    """Children who may be this one, best match first."""
    vault: Vault = session.info["vault"]
    wanted = dict.fromkeys(traces(vault, details))
    if not wanted:
        return []
    found = (
        select(Trace.kind, Trace.value, Trace.child_id)
        .where(Trace.value.in_([value for _, value in wanted]))
        .distinct()
        .subquery()
    )
    points = func.sum(case(WEIGHTS, value=found.c.kind, else_=0))
    scores = (
        select(found.c.child_id, points.label("points"))
        .group_by(found.c.child_id)
        .having(points >= LEAST)
        .subquery()
    )
    candidates = select(Child).join(scores, scores.c.child_id == Child.id)
    if without_referral is not None:
        candidates = candidates.where(Child.referral_id.is_distinct_from(without_referral))
    opened = session.scalars(
        candidates.order_by(scores.c.points.desc(), Child.added_at.desc()).limit(_MOST_OPENED)
    )
    matches = [_match(details, child) for child in opened]
    alike = [match for match in matches if match.score >= LEAST]
    return sorted(alike, key=lambda match: match.score, reverse=True)[:_MOST]


def can_be_searched(details: dict[str, Any]) -> bool:
    """Whether enough is known of a child that anybody could be found by it."""
    return _match(details, Child(details=details)).score >= LEAST


def name_of(details: dict[str, Any]) -> str:
    """A child's name as it is shown; in words where no name is known."""
    names = " ".join(str(details[field]) for field in ("first_name", "last_name") if details.get(field))
    return names or str(details.get("known_as") or "Name not known")


def traces(vault: Vault, details: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """The blind indexes of a child, as (kind, fingerprint)."""
    for kind, fact in _facts(details):
        yield kind, vault.blind_index(f"trace.{kind}", fact)


def _facts(details: dict[str, Any]) -> Iterator[tuple[str, str]]:
    for sound in _sounds(details):
        yield "name", sound
    if born := details.get("date_of_birth"):
        yield "dob", str(born)
    if upn := _plain(details.get("upn")):
        yield "upn", upn
    postcode = _plain(details.get("postcode"))
    if postcode:
        yield "postcode", postcode
    if address := _plain(str(details.get("address") or "").split(",")[0].split("\n")[0]):
        yield "address", f"{address} {postcode}"


def _sounds(details: dict[str, Any]) -> set[str]:
    """How each part of every name sounds; a name that has no Latin letters is compared as it is written."""
    return {sound for field in _NAMES for word in _words(details.get(field)) for sound in _sound(word)}


def _words(text: object) -> list[str]:
    decomposed = unicodedata.normalize("NFKD", str(text or "")).casefold()
    plain = "".join(sign for sign in decomposed if not unicodedata.combining(sign))
    return [word for word in re.split(r"[^\w']+|_", plain.replace("'", "")) if len(word) > 1]


def _sound(word: str) -> tuple[str, ...]:
    """Both ways in which double metaphone hears a word, so that Catherine meets Kathryn."""
    heard = tuple(sound for sound in doublemetaphone(word) if sound) if word.isascii() else ()
    return heard or (word,)


def _plain(text: object) -> str:
    return re.sub(r"[^0-9a-z]", "", str(text or "").casefold())


def _match(asked: dict[str, Any], child: Child) -> Match:
    same = list(_same(asked, child.details))
    because = tuple(words for words, _ in same)
    return Match(child.id, child.referral_id, child.details, sum(points for _, points in same), because)


def _same(asked: dict[str, Any], kept: dict[str, Any]) -> Iterator[tuple[str, int]]:
    """Which facts are the same, in words, and what each is worth. A name counts once, however it sounds."""
    asked_facts, kept_facts = dict(_facts(asked)), dict(_facts(kept))

    def equal(kind: str) -> bool:
        return kind in asked_facts and asked_facts[kind] == kept_facts.get(kind)

    if equal("upn"):
        yield "Same UPN", WEIGHTS["upn"]
    for words in itertools.islice(_same_names(asked, kept), _MOST_NAMES):
        yield words, WEIGHTS["name"]
    if equal("dob"):
        yield "Same date of birth", WEIGHTS["dob"]
    if equal("address"):
        yield "Same address", WEIGHTS["address"] + (WEIGHTS["postcode"] if equal("postcode") else 0)
    elif equal("postcode"):
        yield "Same postcode", WEIGHTS["postcode"]


def _same_names(asked: dict[str, Any], kept: dict[str, Any]) -> Iterator[str]:
    theirs = _all_names(kept)
    for word in _all_names(asked):
        alike = [other for other in theirs if set(_sound(other)) & set(_sound(word))]
        if word in theirs:
            yield f"Same name: {word.title()}"
        elif alike:
            yield f"Names sound alike: {word.title()} and {alike[0].title()}"


def _all_names(details: dict[str, Any]) -> list[str]:
    return list(dict.fromkeys(word for field in _NAMES for word in _words(details.get(field))))
