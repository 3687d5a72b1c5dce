"""Schools and addresses: what a capital letter or the words around them give away."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.reading.language import is_word
from bot.reading.spans import Span

# Kinds of street that are hardly ever anything else, and those that are also ordinary words.
_STREET = (
    "street|st|road|rd|avenue|ave|lane|ln|crescent|cresc?|terrace|terr|gardens|gdns|grove|mews|close|drive|court|"
    "boulevard|parade|broadway"
)
_STREET_WORD = (
    "way|walk|hill|rise|row|square|sq|green|park|view|vale|croft|mount|house|towers?|point|lodge|heights|fold|gate|wharf|"
    "quay|estate|meadows?|end|place|pl|cottages?|buildings|villas?|ridge|bank|common|brow|passage|yard|chase|dene|"
    "dell|glade|hollow|orchard|paddocks?|dr|cl|ct|gr|circus|bridge|fields?|mill|farm|caravan park|flats?|cresent|avenu"
)
_STOP = (
    "a|an|the|his|her|their|my|our|your|its|in|on|at|to|by|of|off|up|down|from|for|with|and|or|but|into|onto|over|"
    "under|across|along|near|is|was|were|are|be|been|has|had|have|he|she|they|it|we|you|i|him|them|who|that|this|"
    "minutes?|mins?|hours?|hrs?|days?|weeks?|months?|years?|yrs?|yr|times?|miles?|boys?|girls?|kids|children|pupils|"
    "people|men|lads|of|old|other|more|different|whole|new|year|yo|pm|am|went|go|going|came|walked|met|seen|saw|left|"
    "all|both|some|any|no|not|every|each|which|when|where|then|so|because|again|after|before|said|says|out|back|home|"
    "can|could|will|would|next|same|school|class|form|today|yesterday|tomorrow|night|morning"
)
_WORD = rf"(?!(?:{_STOP})\b)[A-Za-z][\w'’.-]*"
_CAPITAL = r"[A-Z][\w'’-]+\.?"
_FLAT = r"(?:(?:flat|apartment|apt|unit|room|block)\s*\d*[A-Za-z]?,?\s+)?"

_ADDRESSES = (
    re.compile(rf"\b{_FLAT}\d{{1,4}}[a-z]?,?\s+(?:{_WORD}\s+){{1,3}}(?:{_STREET})\b\.?", re.I),
    re.compile(rf"\b(?i:{_FLAT})\d{{1,4}}[A-Za-z]?,?\s+(?:{_CAPITAL}\s+){{1,3}}(?i:{_STREET_WORD})\b"),
    re.compile(rf"(?i:\b(?:live[sd]?|living|stay(?:s|ed|ing)?|moved|address(?: is)?|house|home|door)\b[\s:,]*(?:(?:now|is|at|to|on|in|with \w+ at|just|:|currently)\s+)*)(?P<it>{_FLAT}\d{{1,4}}[a-z]?,?\s+(?:{_WORD}\s+){{1,3}}(?:{_STREET}|{_STREET_WORD}))\b", re.I),
    re.compile(rf"\b(?i:flat|apartment|apt)\s*\d+[A-Za-z]?,?\s+(?:(?:{_CAPITAL}|(?i:house|court|tower|towers|heights|lodge))[ ,]*){{1,4}}"),
    re.compile(rf"\b(?:{_CAPITAL}\s+){{1,3}}(?:Street|St|Road|Rd|Avenue|Ave|Lane|Crescent|Terrace|Gardens|Grove|Mews|Close|Drive|Court|Walk|Parade|Boulevard)\b"),
    re.compile(rf"(?i:\b(?:live[sd]?|living|stay(?:s|ed|ing)?|moved|address(?: is)?|house|home|flat)\b\s+(?:(?:now|is|at|to|on|in|just|off|over|up|down)\s+)+(?:the\s+)?)(?P<it>(?:{_WORD}\s+){{1,2}}(?:{_STREET}))\b", re.I),
    re.compile(rf"(?i:\b(?:live[sd]?|living|address(?: is)?)\s+(?:at|on|in)\s+)(?P<it>(?:The\s+)?(?:{_CAPITAL}\s+){{1,3}}(?:House|Farm|Cottage|Lodge|Court|Tower|Towers|Heights|Vicarage|Rectory|Hall|Estate|View|Place|Way|Park|Green|Hill|Rise|Hostel|Hotel|Inn))\b"),
    re.compile(rf"(?<![\d/.,£])\b\d{{1,3}}[a-z]?,?\s+(?:the\s+)(?:{_CAPITAL}|(?i:paddocks?|green|crescent|avenue|close|grove|meadows?|glebe|mount|drive))(?:\s+(?i:{_STREET}|{_STREET_WORD}))?\b"),
)  # fmt: skip

_SCHOOL_WORD = (
    r"(?:primary|infants?|juniors?|high|secondary|academy|school|college|nursery|pre-?school|grammar|comprehensive|"
    r"comp|sixth form|federation|first school|middle school|special school|upper school|lower school|high school|"
    r"primary school|c ?of ?e(?: primary(?: school)?)?|c\.?e\.?(?: primary(?: school)?)|rc(?: primary(?: school)?)?|"
    r"catholic(?: primary| high| secondary)?(?: school| academy)?|playgroup|children'?s centre|studio school|utc)"
)
_NOT_SCHOOL = (
    "the|a|an|his|her|their|my|our|your|this|that|at|in|to|from|after|before|primary|secondary|high|infant|infants|"
    "junior|juniors|old|new|last|previous|first|middle|upper|lower|local|another|different|same|current|special|"
    "mainstream|independent|private|boarding|public|home|sunday|saturday|summer|night|big|whole|every|each|any|no|"
    "some|other|next|mosque|faith|language|dance|swimming|all|of|with|and|for|is|was|on|by|her|up|out|off|since|mum|"
    "dad|left|still|start|starts|started|starting|during|leave|leaving|leaves|miss|missed|missing|hates?|nice|good|"
    "bad|senior|prep|art|sports|when|about|into|walk|walks|gets?|got|goes|go|going|be|being|been|not|per|via|within|"
    "around|outside|inside|near|between|back|come|came|comes|coming|late|i|we|they|he|she|you|it|who|which|as|if|so|attend|attends|attending|free|football|sports?|child|marac|refuses?|jewish|muslim|islamic|catholic|christian|hindu|sikh|religious|supplementary|quran|koran|medical|nurture|breakfast|holiday"
)
_SCHOOLS = (
    re.compile(rf"\b(?i:(?:st|saint|ss)\.?)\s+(?:(?!(?i:{_NOT_SCHOOL})\b)[A-Za-z][\w'’]+[\s,-]+(?:(?:and|&|of|the|st)\s+)*){{1,4}}(?i:{_SCHOOL_WORD})(?:\s+(?i:{_SCHOOL_WORD}))*\b"),
    re.compile(rf"\b(?:(?!(?i:{_NOT_SCHOOL})\b)[A-Z][\w'’.&-]+\s+(?:(?:of|the|and|&|on|upon|in)\s+)*){{1,5}}(?i:{_SCHOOL_WORD})(?:\s+(?i:{_SCHOOL_WORD}))*\b"),
    re.compile(rf"\b(?i:(?:goes|went|go|going|moved|transferr?ed|came|joined|joining|attends?|attended|attending|left|at|from|to|school is|school was|called|expelled from)\s+(?:to\s+|from\s+|at\s+)?)(?P<it>(?:(?!(?:{_NOT_SCHOOL})\b)[a-z][\w'’-]{{2,}}\s+){{1,3}}{_SCHOOL_WORD}(?:\s+{_SCHOOL_WORD})*)\b", re.I),
    re.compile(r"\b(?:St|Saint)\.? [A-Z][\w’']+(?:'s|’s|s)?(?: (?:and|&) (?:St\.? )?[A-Z][\w’']+(?:'s|’s)?)?\b"),
    re.compile(r"\b(?i:(?:at|from|to|in|attends|left|joined))\s+(?P<it>st\.? [a-z][\w’']+(?:'s|’s|s)?)\b", re.I),
    re.compile(r"\b(?:[A-Z][\w'’-]+\s+){1,3}(?:MAT|Multi[- ]Academy Trust|Learning Trust|Academies Trust)\b"),
)  # fmt: skip
_GENERIC = re.compile(
    rf"(?i:(?:{_NOT_SCHOOL}|{_SCHOOL_WORD}|social|youth|mental|health|care|year|yr|reception|rec|pe|dsl|sen|semh|cp|ta)\s*)+"
)


def schools(text: str) -> Iterator[Span]:
    """Names of schools, nurseries and colleges; “the primary school” is none."""
    for pattern in _SCHOOLS:
        for match in pattern.finditer(text):
            group = "it" if "it" in pattern.groupindex else 0
            if not _GENERIC.fullmatch(match.group(group)) and not _only_begins_a_sentence(text, match, group):
                yield Span(match.start(group), match.end(group), "SCHOOL")


def _only_begins_a_sentence(text: str, match: re.Match[str], group: str | int) -> bool:
    """“Child in nursery”, “Football academy lad”: the capital is the sentence's, the words are ordinary."""
    words = match.group(group).split()
    before = text[: match.start(group)].rstrip()
    opens = not before or before[-1] in ".!?:;\n"
    return opens and sum(word[0].isupper() for word in words) == 1 and is_word(words[0].lower())


def addresses(text: str) -> Iterator[Span]:
    """House numbers with their street, flats, and streets that somebody lives in."""
    for pattern in _ADDRESSES:
        for match in pattern.finditer(text):
            group = "it" if "it" in pattern.groupindex else 0
            yield Span(match.start(group), match.end(group), "ADDRESS")
