"""Identifiers with a format: a wrong check digit, a lower-case letter or a stray space hides none of them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date

from stdnum.gb import nhs

from bot.reading.language import word_list
from bot.reading.spans import Span

# The letters that begin a postcode (Royal Mail's areas): "y10 3rd" is a year group, not a place.
AREAS = word_list("postcode_areas")
_AREA = "|".join(sorted(AREAS, key=lambda area: (-len(area), area)))
_MONTH = r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
_DAY = r"(?:0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?"
_SOCIAL = (
    r"(?:snap ?chat|snap|insta(?:gram)?|ig|tik ?tok|discord|twitter|telegram|kik|facebook|fb|whatsapp|roblox|xbox|psn|"
    r"playstation|steam|twitch|youtube|omegle|fortnite|wizz|yubo|be ?real|threads|reddit|onlyfans|"
    r"gamer ?tag|user ?name|handle|screen ?name|profile name|account name|snap name)"
)
_NOT_A_HANDLE = word_list("not_a_handle")

Check = Callable[[re.Match[str], str], bool]


def formatted(text: str) -> Iterator[Span]:
    """Every identifier with a format, the most certain kinds first."""
    for kind, pattern, check in RECOGNISERS:
        for match in pattern.finditer(text):
            if check(match, text):
                group = "it" if "it" in pattern.groupindex else 0
                yield Span(match.start(group), match.end(group), kind)
    yield from _numbers(text)


def _always(match: re.Match[str], text: str) -> bool:
    return True


def _near(match: re.Match[str], text: str, words: str, reach: int = 45) -> bool:
    before = text[max(0, match.start() - reach) : match.start()]
    after = text[match.end() : match.end() + 25]
    return bool(re.search(rf"\b(?:{words})\b", f"{before} {after}", re.I))


def _is_postcode(match: re.Match[str], text: str) -> bool:
    """Outside the postal areas a code in capitals still counts; “Yr3 2nd” never does."""
    inward = match.group("inward").lower()
    known = re.fullmatch(rf"(?:{_AREA})\d.*", match.group("outward"), re.I) is not None
    if re.fullmatch(r"[yY][rR]?\d{1,2}|[kK][sS]\d", match.group("outward")):
        return False
    ordinal = inward in ("1st", "2nd", "3rd") or inward.endswith("th")
    if ordinal or inward[1:] in ("am", "pm", "hr"):
        return known and match.group().isupper()
    return known or match.group().isupper()


def _is_registration(match: re.Match[str], text: str) -> bool:
    plate = match.group()
    if re.match(r"(?:yr|ks|no|in|at|on|by|to|is|of)\d", plate, re.I) and not plate.isupper():
        return False
    if plate.upper() == plate:
        return True
    return _near(match, text, _VEHICLE) or " " not in plate


_VEHICLE = (
    r"reg|rego|regs|registration|registered|plates?|number ?plate|car|van|vehicle|taxi|cab|bmw|audi|golf|corsa|"
    r"truck|lorry|motor|motorbike|bike|scooter|hatchback|saloon|estate|suv|jeep|drives?|drove|driving|driver|parked|"
    r"pulled up|picked up|passat|clio|micra|yaris|insignia|zafira|kia|nissan|toyota|honda|skoda|seat|mini|tesla|"
    r"fiesta|ford|merc|mercedes|astra|polo|focus|range ?rover|transit|moped|motorbike|index"
)


def _beside_vehicle(match: re.Match[str], text: str) -> bool:
    if re.fullmatch(
        r"(?:y|yr|year|ks|rm|age|period|lesson|set|wk|week) ?\d{1,2}|p ?\d|\d{1,2} ?(?:yo|yr|am|pm|st|nd|rd|th|mth|min)",
        match.group("it"),
        re.I,
    ):
        return False
    return _near(match, text, r"reg|rego|regs|registration|plates?|number ?plate|index") or (
        _near(match, text, _VEHICLE, 80) and match.group("it").isupper()
    )


def _is_birth(match: re.Match[str], text: str) -> bool:
    """A date is one of birth when the words say so, or when it is years ago; recent dates are kept: when it was."""
    if _near(match, text, r"d\.?o\.?b\.?|born|birth|birthday|birthdate|b-day|bday|turned|turns|turning", 45):
        return True
    year = match.groupdict().get("year")
    if not year:
        return False
    full = int(year)
    this = date.today().year  # noqa: DTZ011 only the year matters
    if full < 100:
        full += 2000 if full <= this % 100 else 1900
    return full <= this - 2


def _only_birth(match: re.Match[str], text: str) -> bool:
    return _near(
        match, text, r"d\.?o\.?b\.?|born|birth|birthday|birthdate|b-day|bday|turned|turns|turning", 45
    )


def _is_handle(match: re.Match[str], text: str) -> bool:
    name = match.group("it").strip(".").lower()
    if name in _NOT_A_HANDLE or len(name) < 3 or re.fullmatch(r"[\d.]+k?|y(?:ea)?r?\d+", name):
        return False
    odd = bool(re.search(r"[\d_.]", name)) or (
        match.group("it") != match.group("it").capitalize() and not name.isalpha()
    )
    return odd or bool(match.groupdict().get("sure"))


def _beside_social(match: re.Match[str], text: str) -> bool:
    return _near(match, text, _SOCIAL, 80) and not re.match(
        r"(?:yr?|year|ks|gcse|covid|a)\d", match.group(), re.I
    )


RECOGNISERS: tuple[tuple[str, re.Pattern[str], Check], ...] = (
    ("EMAIL", re.compile(r"[\w.+'’-]+\s?@\s?[\w-]+(?:\s?\.\s?[a-z]{2,}\b)+", re.I), _always),
    ("EMAIL", re.compile(r"[\w.+-]+\s*(?:\(at\)|\[at\]|\bat\b)\s*[\w-]+(?:\s*(?:\(dot\)|\[dot\]|\bdot\b|\.)\s*(?:com|co|uk|org|sch|net|ac|gov|ie))+\b", re.I), _always),
    ("HANDLE", re.compile(r"(?:https?://|www\.)\S*(?:instagram|tiktok|snapchat|facebook|twitter|x|youtube|discord|roblox|onlyfans|twitch|threads|t)\.(?:com|tv|me|gg|net)/\S+|\b(?:instagram|tiktok|snapchat|facebook|twitter|youtube|roblox|onlyfans|twitch|fb|t|discord)\.(?:com|tv|me|gg)/\S+", re.I), _always),
    ("HANDLE", re.compile(r"(?<![\w@.])@ ?[A-Za-z_][\w.]{1,30}\w"), _always),
    ("HANDLE", re.compile(r"\b[\w.]{2,32}#\d{4}\b"), _always),
    ("HANDLE", re.compile(r"(?<![\w\[])(?:_*[A-Za-z0-9]+(?:[_]+[A-Za-z0-9.]+)+_*|_+[A-Za-z0-9.]{3,}|[A-Za-z0-9.]{3,}_+)(?![\w\]])"), _always),
    ("HANDLE", re.compile(rf"\b{_SOCIAL}(?:'s)?(?:\s+(?:name|account|acc|handle|username|user|tag|id|profile|is))*\s*(?P<sure>is|called|:|=|-|–|goes by|as|under|named)\s*(?:called|:|under)?\s*[\"“'‘(]?(?P<it>[A-Za-z0-9_.]{{3,30}})", re.I), _is_handle),
    ("HANDLE", re.compile(rf"\b{_SOCIAL}\s+(?:account |name |handle |username |user )?[\"“'‘(]?(?P<it>[A-Za-z0-9_.]{{3,30}})", re.I), _is_handle),
    ("HANDLE", re.compile(rf"\b(?P<sure>goes by|called|known as|named|as|account is|user(?:name)? is|handle is|under)\s+[\"“'‘(]?(?P<it>[A-Za-z0-9_.]{{3,30}})[\"”'’)]?\s+on\s+(?:his |her |their |the )?{_SOCIAL}\b", re.I), _is_handle),
    ("HANDLE", re.compile(rf"\bon {_SOCIAL},?\s+(?:he|she|they|it)(?:'s|’s| is| goes by| are)\s+(?P<sure>called |under |as )?[\"“'‘(]?(?P<it>[A-Za-z0-9_.]{{3,30}})", re.I), _is_handle),
    ("HANDLE", re.compile(r"\b(?=[A-Za-z0-9.]*[A-Za-z]{3})[A-Za-z]+(?:[.][A-Za-z]+)*[.]?\d{1,6}(?:[A-Za-z]{0,4}\d{0,3})\b"), _beside_social),
    ("HANDLE", re.compile(r"\b[a-z]{2,}(?:\.[a-z]{2,}){1,3}\b", re.I), _beside_social),
    ("UPN", re.compile(r"\b[A-Z](?:[ -]?\d){4}(?:[ -]?[\dOIl]){6,8}[ -]?[A-Z\d]\b", re.I), _always),
    ("UPN", re.compile(r"\bupn\b[\s:=.#-]*(?:is|no\.?|number)?[\s:=.#-]*(?P<it>[A-Z]?[\d -]{6,16}[A-Z\d])\b", re.I), _always),
    ("PHONE", re.compile(r"\b(?=(?:\D*\d){8})0[7oO1][\doOlI -]{8,13}[\doOlI]\b"), _always),
    ("POSTCODE", re.compile(r"\b(?P<outward>[A-Z]{1,2}\d[A-Z\d]?)[ \t.-]{0,3}(?P<inward>\d[A-Z]{2})\b", re.I), _is_postcode),
    ("POSTCODE", re.compile(r"\bGIR ?0AA\b", re.I), _always),
    ("POSTCODE", re.compile(r"\b(?:post ?code|pc)\b[\s:=-]*(?:is|of)?\s*(?P<it>[A-Z]{1,2}\d[A-Z\d]?(?:\s?\d?[A-Z]{0,2})?)\b", re.I), _always),
    ("REGISTRATION", re.compile(r"\b[A-Z]{2}[ -]?\d{2}[ -]?[A-Z]{3}\b", re.I), _is_registration),
    ("REGISTRATION", re.compile(r"(?<!['’])\b(?P<it>[A-Z]\d{1,3}[ -]?[A-Z]{3}|[A-Z]{3}[ -]?\d{1,3}[A-Z]|[A-Z]{1,3}Z[ -]?\d{1,4}|[A-Z]{1,3} ?\d{1,4}|\d{1,4} ?[A-Z]{1,3})\b", re.I), _beside_vehicle),
    ("REGISTRATION", re.compile(r"\b(?:reg|registration|number ?plate|plate|index)\b[\s:=.-]*(?:is|was|no\.?|number|of|mark|starts?|starting|begins?|beginning|ends?|ending|with|in|plate|like|it's|maybe|i think|something|\s|:|-)*(?P<it>(?=[A-Z]*\d)[A-Z0-9]{2,4}(?:[ -]?[A-Z0-9]{2,4})?)\b", re.I), _always),
    ("DOB", re.compile(r"(?<![\d/])(?:0?[1-9]|[12]\d|3[01])\s?[/.\-]\s?(?:0?[1-9]|1[0-2])\s?[/.\-]\s?(?P<year>(?:19|20)?\d{2})(?![\d/])"), _is_birth),
    ("DOB", re.compile(r"(?<![\d/])(?P<year>(?:19|20)\d{2})[/.\-](?:0[1-9]|1[0-2])[/.\-](?:0[1-9]|[12]\d|3[01])(?![\d/])"), _is_birth),
    ("DOB", re.compile(rf"\b{_DAY}(?: of)?[ \-/,.]{{0,2}}{_MONTH}[,.]?[ \-/,'’]{{0,2}}(?P<year>(?:19|20)\d{{2}}|\d{{2}})\b(?!:)", re.I), _is_birth),
    ("DOB", re.compile(rf"\b{_MONTH}\.? {_DAY},? (?P<year>(?:19|20)\d{{2}})\b", re.I), _is_birth),
    ("DOB", re.compile(rf"\b{_MONTH}[,.]? (?P<year>(?:19|20)\d{{2}})\b", re.I), _only_birth),
    ("DOB", re.compile(rf"\b(?:{_DAY}(?: of)? {_MONTH}|{_MONTH} (?:the )?{_DAY})\b", re.I), _only_birth),
    ("DOB", re.compile(r"(?<!\d)(?:0?[1-9]|[12]\d|3[01])[/.\-](?:0?[1-9]|1[0-2])(?![\d/])"), _only_birth),
    ("DOB", re.compile(r"\b(?:d\.?o\.?b\.?|date of birth|born(?: on)?)[\s:=-]*(?:is |was )?(?P<it>\d{6}|\d{8}|\d{1,2} \d{1,2} \d{2,4})\b", re.I), _always),
)  # fmt: skip

_DIGITS = re.compile(r"(?<!\d[.,/:-])(?<![\w£])(?:\+|\(?0|\(?\d)[\d\s().+–-]{4,22}\d(?![\w%]|[.:]\d)")
_PHONE_WORD = (
    r"phone|phones|tel|telephone|mobile|mob|cell|ring|rang|call|called|calls|text|texted|texts|number|num|no|landline|"
    r"whatsapp|contact|ext|extension|dial|answered|fax"
)
_NHS_WORD = r"nhs(?: no| number| num)?"


def _numbers(text: str) -> Iterator[Span]:
    """Long numbers: telephone, NHS, or a pupil's number without its letter."""
    for match in _DIGITS.finditer(text):
        raw = match.group()
        digits = re.sub(r"\D", "", raw)
        kind = _number_kind(match, text, raw, digits)
        if kind:
            yield Span(match.start(), match.end(), kind)
    for match in re.finditer(
        rf"\b{_NHS_WORD}\b[\s:=#.-]*(?:is |was |no\.? |number )?[\s:=#-]*(?P<it>\d[\d\s-]{{5,14}}\d)",
        text,
        re.I,
    ):
        yield Span(match.start("it"), match.end("it"), "NHS")


def _number_kind(match: re.Match[str], text: str, raw: str, digits: str) -> str | None:
    if re.fullmatch(r"\d{1,2}[\s.:/-]+\d{1,2}([\s.:/-]+\d{2,4})?", raw.strip()):
        return None  # a time, a range or a date
    if _near(match, text, _NHS_WORD, 25) and 8 <= len(digits) <= 12:
        return "NHS"
    if (digits.startswith(("0", "44")) and 9 <= len(digits) <= 14) or (
        raw.startswith("+") and 8 <= len(digits) <= 15
    ):
        return "NHS" if len(digits) == 10 and nhs.is_valid(digits) and not digits.startswith("0") else "PHONE"
    if len(digits) == 10:
        return "NHS" if not digits.startswith("7") or nhs.is_valid(digits) or raw.count(" ") == 2 else "PHONE"
    if len(digits) in (11, 12, 13):
        return "UPN" if _near(match, text, "upn|pupil number|unique pupil", 30) else "PHONE"
    if re.fullmatch(r"[1-9]\d{2}[ -]\d{4}", raw.strip()):
        return "PHONE"
    if 5 <= len(digits) <= 9 and _near(match, text, _PHONE_WORD, 25):
        return "PHONE"
    return None
