"""Who collects the child and when, and how often it happened: short phrases of the account, word for word.

They stand in the draft for staff to check. What is denied, over, or only wished is left in the account.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

MOST = 3
"""So many phrases are taken over; the account itself holds them all."""
_PERSON = (
    r"(?:(?:his|her|their|the) )?(?:(?:step|great|foster|big|older|elder)[ -]?)?"
    r"(?:mum's (?:new |old |ex-?)?(?:partner|boyfriend|bf)|dad's (?:new )?(?:partner|girlfriend|gf)"
    r"|friend's (?:mum|dad)"
    r"|dad(?:dy)?|mum(?:my)?|mam|father|mother|nan(?:a|ny)?|gran(?:d?ma|ny|dad)?|grand(?:father|mother)"
    r"|uncle|aunt(?:ie|y)?|brother|sister|cousin|carers?|childminder|neighbour|social worker|taxi|escort"
    r"|boyfriend)(?: (?-i:[A-Z][a-z]+))?"
)
_WILL = r"(?:'s| is| will| always| usually| normally|'ll| due| here| coming)*(?: to)?(?: be)?"
_CHILD = r"(?:him|her|them|(?-i:[A-Z][a-z]+))"
_COLLECTS = (
    rf"(?: collect(?:s|ing)?\b| pick(?:s|ing)? (?:{_CHILD} )?up\b| fetch(?:es|ing)?\b"
    rf"| (?:to )?(?:get|fetch|collect) {_CHILD}\b| (?:coming|comes) for {_CHILD}\b)"
)
_WHO = re.compile(
    rf"\b(?P<who>{_PERSON}){_WILL}{_COLLECTS}"
    rf"|\b(?:collected|picked up|fetched) by (?P<by>{_PERSON})\b"
    rf"|\b(?:goes|going|go) home (?:with|to) (?P<with>{_PERSON})\b",
    re.IGNORECASE,
)
_TIME = re.compile(
    r"\bat \d{1,2}(?![\d:.])\b(?! ?(?:am|pm|o))"
    r"|\b(?:at |around |about |by )?(?:\d{1,2}[:.]\d\d ?(?:am|pm)?|\d{1,2} ?(?:am|pm)\b|\d{1,2} ?o'?clock"
    r"|half (?:past )?\w+|quarter (?:past|to) \w+|(?:ten|five|twenty) (?:past|to) \w+|home ?time"
    r"|the end of (?:the )?(?:day|school)|after (?:school|club))",
    re.IGNORECASE,
)
_NEAR = 30
"""Letters behind the words about collecting in which the time may stand."""
_NOT = re.compile(
    r"\b(?:not|never|no ?one|nobody|can'?t|won'?t|isn'?t|didn'?t|if|unless|used to|was|were|wants?|asked"
    r"|instead of)\b[^.!?\n]{0,25}$",
    re.IGNORECASE,
)
_OVER = re.compile(r"^[^.!?\n]{0,12}\b(?:yesterday|last (?:night|week))\b", re.IGNORECASE)
_MONTH = (
    r"(?:january|february|march|april|may|june|july|august|september|october|november|december"
    r"|easter|christmas|half[- ]term|the summer|year \d+|reception|nursery)"
)
_DAY = r"(?:monday|tuesday|wednesday|thursday|friday|saturday|sunday)"
_SPAN = r"(?: (?:this|since|in|a) (?:\w+ )?\w+)?"
_OFTEN = re.compile(
    rf"\b(?:every (?:single )?(?:day|night|morning|week|weekend|lesson|break|lunch|time|{_DAY})"
    r"|most (?:days|mornings|nights|weeks|weekends|evenings|lessons)"
    rf"|(?:second|2nd|third|3rd|fourth|4th|fifth|5th|sixth|6th|\d+th) time{_SPAN}"
    rf"|(?:\d+|two|three|four|five|six|several|loads of|lots of|many) times{_SPAN}"
    r"|(?:once|twice) (?:a|this|every) (?:day|week|month|term|half term)"
    r"|all the time|again and again|on and off|day in,? day out|(?:for|over) (?:weeks|months|years|ages)"
    r"|(?:for|over) (?:the )?(?:last|past) (?:\w+ )?(?:days|weeks|months|years|term|year)"
    rf"|since {_MONTH})\b",
    re.IGNORECASE,
)


def who_collects(texts: Iterable[str]) -> tuple[str, str]:
    """Who collects the child, and when, as the accounts last say it; empty where they do not."""
    who = when = ""
    for text in texts:
        plain = text.replace("’", "'")
        for match in _WHO.finditer(plain):
            after = plain[match.end() : match.end() + _NEAR]
            if _NOT.search(plain[: match.start()]) or _OVER.search(after):
                continue
            name = str(match.lastgroup)
            time = _TIME.search(re.split(r"[.!?\n](?!\d)", after)[0] if after else "")
            who = text[slice(*match.span(name))]
            when = time.group() if time else ""
    return who, when


def how_often(texts: Iterable[str]) -> str:
    """How often, or since when, in the words of the accounts."""
    found: dict[str, str] = {}
    for text in texts:
        for match in _OFTEN.finditer(text):
            if not re.search(r"\b(?:not|never|isn'?t)\s*$", text[: match.start()].replace("’", "'"), re.I):
                found.setdefault(match.group().lower(), match.group())
    return "; ".join(list(found.values())[:MOST])
