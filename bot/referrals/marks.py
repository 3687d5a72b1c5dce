"""The marks that an account tells of, each with its place on the body, as staff wrote it.

Only a mark that stands beside a part of the body in one clause, of the child and not denied, makes a row. The
rows are for staff to check and complete; nothing is drawn, measured or guessed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

MOST = 8
"""So many rows at most; the account itself holds all."""
FAR, FURTHER = 70, 30
"""Letters between a mark and its place at most; a place before the mark counts as so many further away."""
_KINDS = (
    ("bruise", r"bruis\w*|black eye|shiner"),
    ("burn", r"burns?\b|burnt|burned|scald\w*"),
    ("cut", r"cuts?\b|scratch\w*|graze\w*|gash|slash\w*"),
    ("bite", r"bites?\b|bite ?marks?|bitten"),
    ("swelling", r"swell\w*|swollen|lumps?\b|bump\b"),
    ("mark", r"marks?\b|hand ?prints?|finger ?prints?|welts?\b|weals?\b|sores?\b"),
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
_MORE = re.compile(
    r"\b(?:one|another|more|others?) (?:on|to|across|behind|under|down) (?:the |his |her |their )?$",
    re.IGNORECASE,
)
_GROWN_UP = re.compile(
    r"\b(?:mum(?:my)?|mam|mom|mother|dad(?:dy)?|father|nan|gran\w*|partner|auntie?|uncle|teacher|ta)(?:'s)?\b"
    r"(?: (?:has|had|have|got|with|was|is|came|turned)| (?:\w+ )?(?:face|arm|eye|neck|lip))",
    re.IGNORECASE,
)
_CENTIMETRES = re.compile(r"\b(?P<size>\d{1,2}(?:\.\d)?) ?cm\b", re.IGNORECASE)
_COLOUR = re.compile(
    r"\b(?:purple|black(?! eye)|blue|green|greenish|yellow|yellowish|red|brown|pink|white)\b", re.IGNORECASE
)


def marks(texts: Iterable[str]) -> list[dict[str, Any]]:
    """Rows of the list of injuries: kind, where on the body, and size (cm) and colour where they are told."""
    found: dict[tuple[str, str], dict[str, Any]] = {}
    for text in texts:
        for clause in _CLAUSE.split(text):
            for row in _of(clause.replace("’", "'")):
                found.setdefault((row["type"], row["where"].lower()), row)
    return list(found.values())[:MOST]


def _of(clause: str) -> Iterator[dict[str, Any]]:
    if _GROWN_UP.search(clause):
        return
    places = list(_PLACE.finditer(clause))
    kind = ""
    for match in _MARK.finditer(clause):
        where = _nearest(places, match)
        if where is None or _DENIED.search(clause[: match.start()]):
            continue
        kind = str(match.lastgroup)
        yield {"type": kind, "where": where, **_looks(clause, match)}
    for place in places:  # “a bruise on his shin and one on his back”
        if kind and _MORE.search(clause[: place.start("where")]):
            yield {"type": kind, "where": place["where"]}


def _looks(clause: str, mark: re.Match[str]) -> dict[str, Any]:
    """Size and colour where they stand beside the mark."""
    around = clause[max(0, mark.start() - 40) : mark.end() + 60]
    size, colour = _CENTIMETRES.search(around), _COLOUR.search(around)
    looks: dict[str, Any] = {"size_cm": float(size["size"])} if size else {}
    return looks | ({"colour": colour.group().lower()} if colour else {})


def _nearest(places: Sequence[re.Match[str]], mark: re.Match[str]) -> str | None:
    """The part of the body that is told nearest behind the mark, or before it: “his cheek is swollen”."""
    if _EYE.fullmatch(mark.group()):
        return "eye"
    apart = [(one.start() - mark.end(), one) for one in places if one.start() >= mark.end()]
    apart += [
        (mark.start() - one.end() + FURTHER, one)
        for one in places
        if one["state"] and one.end() <= mark.start()
    ]
    near = [pair for pair in apart if pair[0] < FAR]
    return min(near, key=lambda pair: pair[0])[1]["where"] if near else None
