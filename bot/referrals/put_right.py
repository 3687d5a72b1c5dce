"""Whether an account puts an earlier one right, in its writer's own voice."""

from __future__ import annotations

import re

_CUE = re.compile(
    r"^\W*(?:(?:oh|no|ah|oops|and|ok|but)\W+)*(?:sorry|wait|hang on|hold on|actually|correction|my mistake"
    r"|my bad|scrap that|ignore that|forget what|i (?:was wrong|meant|mean|misread|got (?:that|it) wrong)"
    r"|to correct|(?:just )?(?:re)?checked|looked again|turns out)\b"
    r"|^\W*it (?:was ?n'?t|is ?n'?t|was not|is not)\b|\bdid ?n'?t\b[^.!?]*, (?:it was )?\w+(?: \w+)? did\b"
    r"|\b(?:my mistake|i got (?:that|it) wrong|i was wrong)\W*$"
    r"|\b(?:it was|was an?|its|it's) (?:\w+ ){1,3}?not (?:\w+ ){0,2}\w+\W*$",
    re.IGNORECASE,
)
_HEARSAY = re.compile(
    r"(?<!what i )\b(?:says?|said|told|claims?|reckons?|insists?|den(?:ies|ied)|swears?|thinks?)\b",
    re.IGNORECASE,
)


_NOT_SO = re.compile(
    r"\b(?:not|wasn'?t|isn'?t)(?: (?:on|at|in))?(?: (?:the|his|her|their|last))? (?P<said>\w+)", re.IGNORECASE
)


def not_so(text: str) -> frozenset[str]:
    """The words of day or place that a correction takes out: “it was Tuesday not Monday”, “not at home”."""
    if not puts_right(text):
        return frozenset()
    return frozenset(match["said"].lower() for match in _NOT_SO.finditer(text.replace("’", "'")))


def puts_right(text: str) -> bool:
    """“Sorry, it was dad not mum”; what another person says or denies puts nothing right."""
    plain = text.replace("’", "'")
    return _CUE.search(plain) is not None and _HEARSAY.search(plain) is None
