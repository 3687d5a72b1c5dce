"""Names that nobody has told us: lists of names, the words around them, capital letters and spaCy's opinion."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.reading.language import is_word, word_list
from bot.reading.spans import Span

if TYPE_CHECKING:
    from spacy.tokens import Doc

_TOKEN = re.compile(r"[^\W\d_](?:[^\W_]|['’.](?=[^\W\d_]))*", re.UNICODE)
_TITLE = re.compile(
    r"\b(?:(?:mr|mrs|ms|mx|dr|prof|rev|fr|pc|sgt|dc|ds|cllr)\.?|professor|reverend|father|imam|pastor|sister|rabbi|pcso|"
    r"uncle|auntie|aunty|aunt|nurse|coach|miss|sir|nan|nanny|gran|grandad|nana|step-?dad|step-?mum|lady|doctor)\s+"
    r"(?P<it>[^\W\d_][\w'’-]+(?:\s+(?-i:[A-Z])[\w'’-]+)?)",
    re.I,
)
_PLAIN_TITLES = frozenset({"mr", "mrs", "ms", "mx", "dr", "prof", "cllr", "pc", "sgt", "dc", "ds"})
_NAMED = re.compile(
    r"\b(?:called|named|name is|name's|names|known as|goes by|nicknamed|aka|a\.k\.a\.?|surname(?: is)?|first name(?: is)?|"
    r"initials(?: are)?|child's name|pupil:|name:|child:|student:|re:|regarding)(?![\w'’])\s*:?\s*[\"“'‘(]?"
    r"(?P<it>[^\W\d_][\w'’-]*(?:\s+[^\W\d_][\w'’-]+)?)",
    re.I,
)
# Somebody's mum is somebody: "kyron's mum", "aleeshas stepdad".
_OWNER = re.compile(
    r"\b(?P<it>[^\W\d_]{3,})(?:['’]s|s['’]|s)\s+(?:(?:little|older|younger|big|baby|step|half|foster|new|ex|own|older|twin)[ -])*"
    r"(?:mum|mam|mom|mother|dad|father|mummy|daddy|parents?|nan|nana|gran|grandad|grandma|auntie?|aunty|uncle|cousin|"
    r"brother|sister|sibling|twin|boyfriend|girlfriend|partner|bf|gf|family|carer|foster|stepdad|stepmum|step-dad|"
    r"step-mum|step|social worker|sw|house|phone|bag|locker|arm|face|leg|legs|arms|back|neck|teacher|key worker|friend)\b",
    re.I,
)
_RELATION = re.compile(
    r"\b(?:brother|sister|sibling|twin|cousin|son|daughter|friend|mate|boyfriend|girlfriend|partner|bf|gf|ex|mum|dad|mother|"
    r"father|stepdad|stepmum|step-dad|step-mum|nan|gran|grandad|uncle|auntie|aunt|neighbour|pupil|student|child|boy|girl|"
    r"lad|baby|half-brother|half-sister|teacher|ta|worker|dog|cat|kid|tell|told|about|between|and|with|met|saw|asked|for)"
    r"(?:\s*[,(:–-]\s*|\s+)(?P<it>[^\W\d_][\w'’-]+)",
    re.I,
)
_TWO_INITIALS = re.compile(
    r"(?:\b(?:pupil|child|student|for|about|re|initials|called|boy|girl|with|and|named|parent of|concern:?)\s+|^)"
    r"(?P<it>[A-Z]\.?\s?[A-Z]\.?)(?=[\s,.:;)'’]|$)(?!\s*[A-Z]{2})"
)
_DOTTED = re.compile(r"(?<![\w.])(?:[A-Z]\.\s?){1,2}[A-Z]\b\.?(?!\w)")
_SINGLE = re.compile(
    r"(?<![\w.&/+'’-])(?P<it>[B-HJ-Z])(?=['’]s\s|\.?\s(?:said|told|says|has|is|was|came|disclosed|went|looked|arrived|and|will|had|did)\b)(?!\.?\s?[A-Z]\b)"
)
_NOT_SINGLE = re.compile(
    r"\b(?:child|pupil|student|year|yr|class|form|set|block|room|option|part|section|person|adult|parent|male|female|vitamin|plan|grade)\s+$",
    re.I,
)
_ABBREVIATED = word_list("two_letters")
_BANDS = re.compile(
    r"\b(?:red|green|band|rated|rag|threshold|referral|mash|alert|rating|warning|traffic)\b", re.I
)
_NAME_BEFORE = word_list("before_a_name")
_NAME_AFTER = word_list("after_a_name")


@dataclass(frozen=True)
class _Word:
    start: int
    end: int
    written: str
    opens: bool
    """Whether it begins a sentence, where a capital letter says nothing."""
    proper: bool
    """Whether the tagger takes it for a name of some kind."""

    @property
    def plain(self) -> str:
        return bare(self.written)

    @property
    def capital(self) -> bool:
        return self.written[0].isupper() and not (len(self.written) > 1 and self.written.isupper())


def bare(word: str) -> str:
    """A word in small letters without its possessive or what it is run together with: “Kyron's”, “She'd”."""
    return re.sub(r"['’](?:s|ve|d|ll|re|m)?$", "", word.lower())


def guessed(text: str, doc: Doc) -> Iterator[Span]:
    """Every stretch that reads as a person's name."""
    proper = frozenset(token.idx for token in doc if token.tag_ in ("NNP", "NNPS"))
    words = list(_words(text, proper))
    for i, word in enumerate(words):
        if _is_name(words, i, text):
            yield _span(word)
    yield from _in_context(text)
    yield from _by_initials(text)
    yield from _by_model(doc)


def _words(text: str, proper: frozenset[int]) -> Iterator[_Word]:
    for match in _TOKEN.finditer(text):
        before = text[: match.start()].rstrip(" \"“'‘([*•-–—")
        opens = not before or before[-1] in ".!?:;\n…/" or "\n" in text[len(before) : match.start()]
        yield _Word(match.start(), match.end(), match.group(), opens, match.start() in proper)


def _span(word: _Word) -> Span:
    return Span(word.start, word.start + len(word.plain), "NAME")


def _is_name(words: list[_Word], i: int, text: str) -> bool:
    word = words[i]
    plain = word.plain
    if (
        len(plain) < 2
        or any(map(str.isdigit, plain))
        or (plain in word_list("capitalised") and plain not in word_list("word_names"))
    ):
        return False
    if _listed(plain):
        return True
    if plain in word_list("word_names"):
        return _word_as_name(words, i, text)
    if plain in word_list("surnames"):
        return word.capital or _after_name(words, i)
    if not word.capital:
        return False
    if not is_word(plain):
        return True
    return _after_name(words, i) and not word.opens  # "Chloe Bright"


def _listed(plain: str) -> bool:
    """In the list of first names, as it stands, without the s of a missing apostrophe, or hyphened."""
    names = word_list("first_names")
    if plain in names:
        return True
    if plain.endswith("s") and plain[:-1] in names and not is_word(plain):
        return True
    return "-" in plain and any(part in names for part in plain.split("-"))


def _after_name(words: list[_Word], i: int) -> bool:
    if i == 0 or words[i].start - words[i - 1].end > 1:
        return False
    before = words[i - 1].plain
    return before in word_list("first_names") or (before in word_list("word_names") and words[i - 1].capital)


def _word_as_name(words: list[_Word], i: int, text: str) -> bool:
    """A name that is a word: “Grace said”, “a girl called hope”, but not “by the grace of”, “Red or Amber”."""
    word = words[i]
    before = words[i - 1].plain if i else ""
    after = words[i + 1].plain if i + 1 < len(words) else ""
    if word.plain in ("amber", "red") and _BANDS.search(text[max(0, word.start - 30) : word.end + 30]):
        return False
    if word.plain in _CALENDAR and re.search(
        r"\d(?:st|nd|rd|th)?\s$|\b(?:in|since|last|next|on|of|every|until|till|by|from|before|after|early|late|this)\s$",
        text[: word.start],
        re.I,
    ):
        return False
    if word.written.isupper() and len(word.written) > 2 and word.proper and not text.isupper():
        return True
    if word.capital and not word.opens and word.plain not in _CALENDAR:
        return True
    if word.capital:
        return after in _NAME_AFTER or word.written.lower().endswith(("'s", "’s")) or _names_follow(words, i)
    if before in ("called", "named"):
        return True
    possessive = word.written.lower().endswith(("'s", "’s"))
    return (before in _NAME_BEFORE and after in _SPEAKING) or (possessive and after in _KIN)


_CALENDAR = word_list("calendar_names")
_SPEAKING = frozenset(
    {"said", "says", "told", "disclosed", "mentioned", "hasn't", "isn't", "wasn't", "doesn't"}
)
_KIN = word_list("kin")


def _names_follow(words: list[_Word], i: int) -> bool:
    """“Summer Ali”, “Ruby and Jack”: a name stands right after."""
    if i + 1 >= len(words):
        return False
    after = words[i + 1]
    return after.plain in word_list("surnames") or (after.capital and not is_word(after.plain))


def _in_context(text: str) -> Iterator[Span]:
    for match in _TITLE.finditer(text):
        title = re.match(r"\w+", match.group())
        yield from _after_title(match, title.group().lower() if title else "")
    for match in _NAMED.finditer(text):
        yield from _pieces(match.start("it"), match.group("it"), trusting=True)
    for match in _OWNER.finditer(text):
        if not is_word(match.group("it").lower()) and not is_word(match.group("it").lower() + "s"):
            yield Span(match.start("it"), match.end("it"), "NAME")
    for match in _RELATION.finditer(text):
        name = match.group("it")
        plain = bare(name)
        if (
            len(plain) > 2
            and plain.isalpha()
            and not is_word(plain)
            and not name.isupper()
            and (name[0].isupper() or plain in word_list("surnames"))
        ):
            yield Span(match.start("it"), match.start("it") + len(plain), "NAME")


def _after_title(match: re.Match[str], title: str) -> Iterator[Span]:
    name = match.group("it")
    first = name.split()[0]
    plain = bare(first)
    if title in _PLAIN_TITLES:
        certain = plain not in word_list("capitalised") and (
            first[0].isupper()
            or not is_word(plain)
            or plain in word_list("surnames")
            or title in ("mr", "mrs")
        )
    else:
        certain = (first[0].isupper() and plain not in word_list("capitalised")) or (
            not is_word(plain) and plain in word_list("surnames")
        )
    if certain:
        yield from _pieces(match.start("it"), name, trusting=True, first_sure=True)


def _pieces(start: int, name: str, *, trusting: bool, first_sure: bool = False) -> Iterator[Span]:
    at = start
    for number, word in enumerate(name.split()):
        plain = bare(word)
        known = plain in word_list("first_names") or plain in word_list("surnames")
        listed = plain in word_list("capitalised")
        sure = first_sure and number == 0
        if (
            len(plain) > 1
            and not listed
            and (sure or known or not is_word(plain) or (plain in word_list("word_names") and trusting))
        ):
            yield Span(at, at + len(plain), "NAME")
        elif number == 0:
            return
        at += len(word) + 1


def _by_initials(text: str) -> Iterator[Span]:
    for match in _TWO_INITIALS.finditer(text):
        if match.group("it").replace(".", "").replace(" ", "").lower() not in _ABBREVIATED:
            yield Span(match.start("it"), match.end("it"), "NAME")
    for match in _DOTTED.finditer(text):
        if re.sub(r"\W", "", match.group()).lower() not in (
            "dob",
            "pe",
            "ta",
            "ie",
            "eg",
            "uk",
            "us",
            "dsl",
            "aka",
            "am",
            "pm",
        ):
            yield Span(match.start(), match.end(), "NAME")
    for match in _SINGLE.finditer(text):
        if not _NOT_SINGLE.search(text[: match.start()]):
            yield Span(match.start("it"), match.end("it"), "NAME")


def _by_model(doc: Doc) -> Iterator[Span]:
    """What spaCy takes for a person, cleared of words that it takes for one by mistake."""
    for entity in doc.ents:
        if entity.label_ != "PERSON":
            continue
        for token in entity:
            plain = bare(token.text)
            if (
                token.text[0].isupper()
                and len(plain) > 2
                and token.text.isalpha()
                and not token.text.isupper()
                and not is_word(plain)
            ):
                yield Span(token.idx, token.idx + len(plain), "NAME")
