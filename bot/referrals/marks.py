"""The marks that an account tells of, each with its place on the body, as staff wrote it.

Only a mark that stands beside a part of the body in one clause, of the child and not denied, makes a row. The
rows are for staff to check and complete; nothing is drawn, measured or guessed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from bot.referrals.put_right import puts_right

MOST = 8
"""So many rows at most; the account itself holds all."""
FAR, NEAR = 70, 30
"""Letters between a mark and its place behind it at most; and between a place and a mark behind that."""
_KINDS = (
    ("bruise", r"bruis\w*|black eye|shiner"),
    ("burn", r"burns?\b|burnt|burned|scald\w*"),
    ("cut", r"cuts?\b|scratch\w*|gash|slash\w*"),
    ("bite", r"bite ?marks?|bites?\b|bitten"),
    ("swelling", r"swell\w*|swollen|lumps?\b|bump\b"),
    ("mark", r"marks?\b|graze\w*|hand ?prints?|finger ?prints?|welts?\b|weals?\b|sores?\b"),
)
_MARK = re.compile("|".join(rf"(?P<{kind}>\b(?:{words}))" for kind, words in _KINDS), re.IGNORECASE)
_EYE = re.compile(r"black eye|shiner", re.IGNORECASE)
_SIDE = (
    r"(?:left|right|upper|lower|inner|outer|inside|outside|back|side|top|front|both|middle)"
    r"(?: (?:side )?of(?: (?:the|his|her|their))?)?"
)
_BODY = (
    r"(?:ears?|neck|throat|chest|ribs?|back|belly|tummy|stomach|bottom|bum|buttocks?|thighs?|shins?|knees?"
    r"|calf|calves|legs?|ankles?|foot|feet|arms?|forearms?|wrists?|hands?|fingers?|thumbs?|elbows?"
    r"|shoulders?(?: blades?)?|cheeks?|jaw|chin|lips?|mouth|nose|eyes?|eye ?lids?|forehead"
    r"|head(?! ?(?:teacher|of|boy|girl|lice))|face|scalp|hips?)"
)
_WHOSE = r"(?:(?:the|his|her|their|both|one|each|baby's|(?-i:[A-Z])\w+'s)\s+)?"
_PLACE = re.compile(
    rf"\b(?:(?:on|to|across|round|around|over|near|down|along|of)\s+{_WHOSE})?"
    rf"(?P<where>(?:(?:under|behind|inside|above|below)\s+{_WHOSE})?(?:{_SIDE}\s+)*{_BODY})\b"
    r"(?P<state>\s+(?:is|are|was|were|looks?|has|have|had|got)\b)?",
    re.IGNORECASE,
)
_CLAUSE = re.compile(r"(?<=[.!?;])\s+|\n+|,?\s+\bbut\b\s+|\s+[-–—]\s+")
_DENIED = re.compile(
    r"\b(?:no|not|never|without|any|isn'?t|wasn'?t|hasn'?t|haven'?t|didn'?t|don'?t|doesn'?t"
    r"|couldn'?t see|full|top|good)\s+(?:\w+\s+){0,3}$",
    re.IGNORECASE,
)
_GROWN_UP = re.compile(
    r"\b(?:mum(?:my)?|mam|mom|mother|dad(?:dy)?|father|nan|gran\w*|partner|auntie?|uncle|teacher|ta)(?:'s)?\b"
    r"(?: (?:has|had|have|got|with|was|is|came|turned)| (?:\w+ )?(?:face|arm|eye|neck|lip))",
    re.IGNORECASE,
)
_NOT_ONE = re.compile(
    r"\b(?:no|not an?|wasn'?t an?|isn'?t an?|weren'?t any|wasn'?t any|not any)\s+(?:\w+ )?$", re.IGNORECASE
)
_BEFORE = re.compile(
    r"\b(?:before|last time|in the past|used to|years? ago|months? ago|healed)\b", re.IGNORECASE
)
"""Of marks of an earlier time."""
_CENTIMETRES = re.compile(r"\b(?P<size>\d{1,2}(?:\.\d)?) ?cm\b", re.IGNORECASE)
_COLOUR = re.compile(
    r"\b(?:purple|black(?! eye)|blue|green|greenish|yellow|yellowish|red|brown|pink|white)\b", re.IGNORECASE
)


def marks(texts: Iterable[str]) -> list[dict[str, Any]]:
    """Rows of the list of injuries: kind, where on the body, and size (cm) and colour where they are told.

    A later account may put them right: “hang on, there was no mark”, “it was a scratch not a bruise”.
    """
    found: dict[tuple[str, str], dict[str, Any]] = {}
    for number, text in enumerate(texts):
        if number and (denied := _denied_kinds(text.replace("’", "'"))):
            found = dict(_mended(found, denied, text))
        for clause in _CLAUSE.split(text):
            for row in _of(clause.replace("’", "'")):
                found.setdefault((row["type"], row["where"].lower()), row)
    return list(found.values())[:MOST]


def _denied_kinds(text: str) -> frozenset[str]:
    """The kinds of mark that an account says are not there; “no mark” denies every kind."""
    if not puts_right(text) or _PLACE.search(text):
        return frozenset()  # “no marks on his legs” takes no bruise from his back
    kinds = {str(one.lastgroup) for one in _MARK.finditer(text) if _NOT_ONE.search(text[: one.start()])}
    return frozenset(kind for kind, _ in _KINDS) if "mark" in kinds else frozenset(kinds)


def _mended(
    found: dict[tuple[str, str], dict[str, Any]], denied: frozenset[str], text: str
) -> Iterator[tuple[tuple[str, str], dict[str, Any]]]:
    """The rows without those that were denied; with the kind that stands in its place, where one is told."""
    instead = [one for one in _MARK.finditer(text) if str(one.lastgroup) not in denied]
    for (kind, where), row in found.items():
        if kind not in denied:
            yield (kind, where), row
        elif instead:
            other = str(instead[0].lastgroup)
            yield (other, where), {**row, "type": other}


def _of(clause: str) -> Iterator[dict[str, Any]]:
    if _GROWN_UP.search(clause) or _BEFORE.search(clause):
        return
    found = [one for one in _MARK.finditer(clause) if not _DENIED.search(clause[: one.start()])]
    for eye in (one for one in found if _EYE.fullmatch(one.group())):
        yield {"type": "bruise", "where": "eye", **_looks(clause, eye)}
    for place in _PLACE.finditer(clause):
        mark = _mark_of(place, [one for one in found if not _EYE.fullmatch(one.group())])
        if mark is not None:
            yield {"type": str(mark.lastgroup), "where": place["where"], **_looks(clause, mark)}


def _looks(clause: str, mark: re.Match[str]) -> dict[str, Any]:
    """Size and colour where they stand beside the mark."""
    around = clause[max(0, mark.start() - 40) : mark.end() + 60]
    size, colour = _CENTIMETRES.search(around), _COLOUR.search(around)
    looks: dict[str, Any] = {"size_cm": float(size["size"])} if size else {}
    return looks | ({"colour": colour.group().lower()} if colour else {})


def _mark_of(place: re.Match[str], found: Sequence[re.Match[str]]) -> re.Match[str] | None:
    """The mark that is told last before the place, or right behind it: “his cheek is swollen”."""
    before = [one for one in found if one.end() <= place.start() and place.start() - one.end() < FAR]
    if before:
        return before[-1]
    behind = [one for one in found if one.start() >= place.end() and one.start() - place.end() < NEAR]
    return behind[0] if place["state"] and behind else None
