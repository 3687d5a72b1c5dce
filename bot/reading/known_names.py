"""The names that a concern already holds, in every shape in which people write them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from jellyfish import damerau_levenshtein_distance

from bot.reading.language import LISTS, is_word, word_list
from bot.reading.spans import Span

_TOKEN = re.compile(r"[^\W\d_](?:[^\W_]|['’](?=[^\W\d_]{2}))*", re.UNICODE)
_SHORT_WORDS = word_list("short_words")


@lru_cache(maxsize=1)
def _shortened() -> dict[str, frozenset[str]]:
    """Name to what it is shortened to, and back."""
    short: dict[str, set[str]] = {}
    for line in (LISTS / "nicknames.txt").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            name, *others = line.split()
            short.setdefault(name, set()).update(others)
            for other in others:
                short.setdefault(other, set()).add(name)
    return {name: frozenset(others) for name, others in short.items()}


def known(text: str, names: Sequence[str]) -> Iterator[Span]:
    """Where the known names stand: whole, in part, shortened, misspelt, possessive, or as initials."""
    for name in names:
        yield from _whole(text, name)
    parts = {part.lower() for name in names for part in _parts(name)}
    forms = frozenset(form for part in parts for form in _forms(part))
    for token in _TOKEN.finditer(text):
        if _fits(_bare(token.group()), token.group(), parts, forms) or _acts(token, text, parts):
            yield Span(token.start(), token.end(), "NAME")
    for name in names:
        yield from _initials(text, name)


def _bare(word: str) -> str:
    return re.sub(r"['’]s?$", "", word.lower())


def _parts(name: str) -> list[str]:
    titles = {
        "mr",
        "mrs",
        "ms",
        "miss",
        "dr",
        "mx",
        "sir",
        "prof",
        "rev",
        "pc",
        "de",
        "van",
        "von",
        "la",
        "le",
        "al",
        "el",
        "bin",
        "the",
    }
    return [
        part
        for part in re.findall(r"[^\W\d_]+(?:['’][^\W\d_]+)?", name)
        if len(part) > 1 and part.lower() not in titles
    ]


def _forms(part: str) -> set[str]:
    """Shortened forms, with the endings of the playground: Jay, Jayo, Jayzee, Shazza."""
    forms = {part, part.replace("'", "").replace("’", ""), *_shortened().get(part, ())}
    if len(part) >= 5:
        forms |= {part[:3], part[:4]}
    if len(part) >= 4:
        stem = part[:3]
        forms |= {
            stem + end for end in ("y", "ie", "o", "z", "zy", "za", "s", stem[-1] + "y", stem[-1] + "ie")
        }
        forms |= {part[:4] + end for end in ("y", "ie", "s", "z")}
    return {form for form in forms if len(form) > 2 or form not in _SHORT_WORDS}


def _fits(word: str, written: str, parts: set[str], forms: frozenset[str]) -> bool:
    if word in parts:
        # A known name that is an ordinary word ("will", "grace") counts when it is written as a name.
        return (
            not (word in word_list("word_names") or is_word(word))
            or written[0].isupper()
            or (len(parts) < 3 and word not in _ALWAYS_WORDS)
        )
    if word in forms:
        return not is_word(word) or (written[0].isupper() and word not in word_list("capitalised"))
    if word.endswith("s") and word[:-1] in parts | forms:
        return not is_word(word)
    return len(word) > 3 and not is_word(word) and any(_misspelt(word, part) for part in parts)


_ALWAYS_WORDS = word_list("names_that_are_verbs")


def _acts(token: re.Match[str], text: str, parts: set[str]) -> bool:
    """A known name that is a word, in small letters, where only a person fits: “will wouldn't”, “the coles”."""
    word = token.group().lower()
    if _bare(word) in parts and _SPEAKS.match(text[token.end() :]):
        return True
    if _bare(word) in parts and word.endswith(("'s", "’s")):
        return True
    return word.endswith("s") and word[:-1] in parts and text[: token.start()].lower().endswith("the ")


_SPEAKS = re.compile(
    r"\s+(?:said|says|told|tells|was|wasn'?t|is|isn'?t|has|hasn'?t|had|did|didn'?t|does|doesn'?t|wouldn'?t|won'?t|couldn'?t|"
    r"can'?t|came|went|cried|looked|disclosed|seems|wants|keeps|got|ran|refused|started|turned up)\b",
    re.I,
)


def _misspelt(word: str, part: str) -> bool:
    if len(part) < 4 or abs(len(word) - len(part)) > 2:
        return False
    allowed = 1 if len(part) < 7 else 2
    return bool(damerau_levenshtein_distance(word, part) <= allowed and word[0] == part[0])


def _whole(text: str, name: str) -> Iterator[Span]:
    pattern = r"[\s-]+".join(re.escape(part) for part in name.split())
    if pattern and len(_parts(name)) > 1:
        for match in re.finditer(rf"(?<!\w){pattern}(?!\w)", text, re.I):
            yield Span(match.start(), match.end(), "NAME")


def _initials(text: str, name: str) -> Iterator[Span]:
    """“JS”, “J.S.”, “J S”, and a single capital that acts as a person (“J said”, “J's mum”)."""
    letters = [part[0].upper() for part in re.findall(r"[^\W\d_]+", name)]
    if len(letters) > 1:
        joined = r"[. ]{0,2}".join(letters)
        outer = rf"{letters[0]}[. ]{{0,2}}{letters[-1]}"
        for match in re.finditer(rf"(?<![\w.])(?:{joined}|{outer})(?!\w)\.?(?!\w)", text):
            yield Span(match.start(), match.end(), "NAME")
        if len(letters) < 4:
            lower = r"\.?".join(letter.lower() for letter in letters)
            if not is_word("".join(letters).lower()):
                for match in re.finditer(rf"(?<![\w.])(?:{lower})(?![\w])\.?", text):
                    yield Span(match.start(), match.end(), "NAME")
    if letters and letters[0] not in "AI":
        for match in re.finditer(
            rf"(?<![\w.&/+'’-]){letters[0]}(?=['’]s\b|\.?\s|[,;:?!)]|\.?$)(?![-/&+])", text
        ):
            yield Span(match.start(), match.end(), "NAME")
    elif letters:
        for match in re.finditer(rf"(?<![\w.&/+'’-]){letters[0]}(?=['’]s\s|\.\s)", text):
            yield Span(match.start(), match.end(), "NAME")
