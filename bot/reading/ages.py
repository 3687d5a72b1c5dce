"""Ages and school years in words, and which option of a question they fall in."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

NUMBERS = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
    "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17,
    "eighteen": 18, "nineteen": 19,
}  # fmt: skip
_NUMBER = r"(?:\d{1,2}|" + "|".join(NUMBERS) + r")"
_YEARS_OLD = re.compile(
    rf"(?<![\w£.,:/])(?P<age>{_NUMBER})\s*(?:ish\s*)?(?:-|–|\s)?\s*(?:years?|yrs?|yr|y)(?:[ -]|\s)*(?:olds?|o\b|of age)|"
    rf"(?<![\w£.,:/])(?P<yo>\d{{1,2}})\s?(?:yo|y/o|y\.o\.?|yr ?old)\b|"
    rf"\b(?:aged?|age is|age:|is only|only just|just turned|turned|turns|he's|she's|they're|he is|she is|they are|hes|shes|child is|pupil is)\s+"
    rf"(?:about |around |only |just |nearly |almost |roughly |like |probably |maybe |now )*(?P<aged>{_NUMBER})(?:ish)?\b(?!\s*(?:%|percent|days?|weeks?|months?|minutes?|mins?|hours?|times?|th|st|nd|rd|o'?clock|am|pm|foot|stone|kg|cm|:|\.\d|of\b|late\b|sisters?|brothers?|kids|children|siblings))|"
    r"\b(?:girl|boy|lad|pupil|child|student|kid|daughter|son)\s*[,(]\s*(?:aged? )?(?P<comma>\d{1,2})\b(?!\s*(?:%|days?|weeks?|months?|times?|th\b|st\b))",
    re.I,
)
_AFTER_NAME = re.compile(
    rf"\[NAME\](?:'s)?\s*(?:[(,]\s*)?(?:aged? )?(?P<age>{_NUMBER})\b(?=\s*(?:[),.;:]|$|and\b|is\b|has\b|told\b|who\b|year|yr|y\b))"
    rf"|\b(?:girl|boy|lad|lass|pupil|student|child|kid|asd|adhd|send|male|female)\s*,?\s*(?P<bare>\d{{1,2}})\b"
    r"(?=\s*(?:[),.;:]|$|and\b|is\b|has\b|told\b|who\b|in\b|with\b|says\b))"
    rf"|\b(?:kids|children|twins|girls|boys|sisters|brothers)(?: are|'re|,)? (?P<of>\d{{1,2}}) and \d{{1,2}}\b",
    re.I,
)
"""“[NAME] (8)”, “lad 14”, “the kids are 4 and 6”: a bare number right behind the child."""
OLDEST_PUPIL = 19
_NEARLY = re.compile(r"\b(?:nearly|almost|coming up(?: to)?)\s+\S+(?:\s+\S+)?$", re.I)
_NOT_YET = re.compile(r"\b(?:nearly|almost|coming up(?: to)?|not quite|just under|going on)\s+\S+", re.I)
_MONTHS_OLD = re.compile(
    rf"(?<![\w£.,:/])(?P<n>{_NUMBER}|few)[ -]?(?P<unit>days?|weeks?|wks?|months?|mths?|mnths?)[ -]*(?:olds?|of age)",
    re.I,
)
_SCHOOL_YEAR = re.compile(
    r"\b(?:years?|yrs?|yr\.?|y)[ -]?(?P<year>1[0-3]|[1-9])\b(?!\s*(?:years|yrs|months|weeks|days|olds?|ago|yo\b|%|:))",
    re.I,
)
_NURSERY = re.compile(
    r"\b(?:in|at|from|a|our|the)\s+(?:the\s+)?(?:nursery|pre-?school)\b|\bnursery (?:child|boy|girl|pupil|aged?)\b|^nursery\b",
    re.I,
)
_RECEPTION = re.compile(
    r"\b(?:in|a|our|from|my|foundation|one of (?:our|my|the)) reception\b(?! (?:area|desk|at|now|waiting|asking|to\b|with|screaming|demanding|shouting|refusing|and (?:is|has)))|\breception (?:child|boy|girl|pupil|class|age|kid|kids|little)\b|^reception\b|\byear r\b|\byr r\b|\b(?-i:YR)\b",
    re.I,
)


_Found = tuple[int, tuple[float, float]]
"""Where an age is told, and the youngest and oldest that it allows."""


def ages(text: str) -> tuple[float, float] | None:
    """Youngest and oldest age in years that the first mention allows (“Y4” is 8 to 9); None where there is none."""
    found = [*_in_years(text), *_behind_the_child(text), *_in_months(text), *_by_school_year(text)]
    return min(found)[1] if found else None


def _in_years(text: str) -> Iterator[_Found]:
    for match in _YEARS_OLD.finditer(text):
        words = match.group("age") or match.group("yo") or match.group("aged") or match.group("comma") or ""
        age = number(words)
        if age is None or _of_another(text, match):
            continue
        if _NEARLY.search(match.group()) and age >= 1:
            age -= 1
        yield match.start(), (age, age)


def _behind_the_child(text: str) -> Iterator[_Found]:
    for match in _AFTER_NAME.finditer(text):
        age = number(match.group("age") or match.group("bare") or match.group("of"))
        if age is not None and age <= OLDEST_PUPIL and not _of_another(text, match):
            yield match.start(), (age, age)


def _in_months(text: str) -> Iterator[_Found]:
    for match in _MONTHS_OLD.finditer(text):
        if _of_another(text, match):
            continue
        many = number(match.group("n")) or 3
        per_year = {"d": 365, "w": 52, "m": 12}[match.group("unit")[0].lower()]
        yield match.start(), (many / per_year, many / per_year)


def _by_school_year(text: str) -> Iterator[_Found]:
    for match in _SCHOOL_YEAR.finditer(text):
        if not _of_another(text, match):
            year = int(match.group("year"))
            yield match.start(), (year + 4, year + 5)
    for pattern, span in ((_RECEPTION, (4.0, 5.0)), (_NURSERY, (3.0, 4.0))):
        nearest = pattern.search(text)
        if nearest:
            yield nearest.start(), span


_SIBLING = r"(?:half-?|step-?)?(?:brother|sister|sibling|cousin|boyfriend|girlfriend|partner|man|bf|friend|twin brother|mum|dad|uncle)s?"


def _of_another(text: str, match: re.Match[str]) -> bool:
    """“Her 6 month old sister”, “brother is 3”: not the age of the pupil who is told of."""
    after = re.match(
        rf"\s*(?:(?!and|with|has|had|says|said|told|whose|but|,)\w+ )?{_SIBLING}\b", text[match.end() :], re.I
    )
    before = re.search(
        rf"\b{_SIBLING}(?:,? \[NAME\])*(?: who)?(?: is| in|'s|,|\s)*\s*$", text[: match.start()], re.I
    )
    return bool(after or before)


def number(word: str) -> float | None:
    """A number in figures or in words up to nineteen; “3ish” is 3."""
    word = word.lower().removesuffix("ish")
    if word.isdigit():
        return float(word)
    return float(NUMBERS[word]) if word in NUMBERS else None


def bare_number(text: str) -> float | None:
    """The only number of a short answer: “9”, “about nine”, “3ish”, “he'd be 10 now”."""
    found = {
        value
        for word in re.findall(r"[a-z]+|\d{1,3}(?:ish)?", text.lower())
        if (value := number(word)) is not None
    }
    if len(found) != 1:
        return None
    age = found.pop()
    return age - 1 if age >= 1 and _NOT_YET.search(text) else age


def in_words(label: str) -> tuple[float, float] | None:
    """The range that a label names: “Under 1”, “2 to 4”, “16 or 17”, “18 or over”, “1”; None where it names none."""
    numbers = [float(one) for one in re.findall(r"\d+", label)]
    if not numbers:
        return None
    if re.search(r"\bunder|\bless than|\bfewer than|\byounger", label, re.I):
        return (0.0, numbers[0] - 0.001)
    if re.search(r"\bor (?:over|more|older)|\bover\b|\bmore than|\bolder", label, re.I):
        return (numbers[0], 1000.0)
    return (min(numbers), max(numbers) + 0.999)


def fitting(options: Mapping[str, str], youngest: float, oldest: float) -> str | None:
    """The one option whose label covers these ages; None where none does, or where two do."""
    ranges = {value: span for value, label in options.items() if (span := in_words(label)) is not None}
    covering = {value for value, (low, high) in ranges.items() if low <= youngest and oldest <= high}
    return covering.pop() if len(covering) == 1 else None


def is_about_age(options: Mapping[str, str]) -> bool:
    """Whether nearly every option of a question is a range of numbers."""
    return sum(1 for label in options.values() if in_words(label) is not None) >= max(2, len(options) - 1)
