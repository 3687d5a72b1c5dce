"""When and where it happened, as staff wrote it: short phrases of their account, word for word.

They stand in the draft for staff to check, so that nobody types again what the account says. What is still to
come (“tonight he goes to his dad”) is no time at which it happened.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta

from bot.contract import LONDON
from bot.referrals.put_right import not_so

MOST = 3
"""So many phrases are taken over; the account itself holds them all."""
_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_SHORT = r"(?:mon|tues?|weds?|thurs?|thur|fri|sat|sun)"
_PART = (
    r"(?:first thing|early|late|morning|afternoon|evening|night|registration|"
    r"(?:dinner|tea|lunch|break) ?time)"
)
_WHEN = re.compile(
    r"\b(?:"
    r"(?P<today>this (?:morning|afternoon|lunch ?time|break ?time)|earlier today|today)"
    rf"(?: (?:at|in|during|before|after) {_PART})?"
    rf"|(?P<yesterday>yesterday(?: {_PART})?|last (?:night|nite))"
    rf"|(?:on |last |since )?(?P<day>(?:{'|'.join(_DAYS)}))\b(?: {_PART})?(?! (?:to|he will|she will"
    rf"|they will))"
    rf"|(?:on |last |since )(?P<short>{_SHORT})\b(?: {_PART}| nite)?|(?P<short2>{_SHORT}) (?:{_PART}|nite)"
    r"|(?:over|at|last|this|during) (?:the )?(?:weekend|week|half[- ]term|holidays|summer|christmas|easter)"
    r"|(?:at|during|in|before|after) (?:the )?(?:break|lunch|registration|assembly|tutor time"
    r"|form time|pe|swimming|"
    r"home ?time|pick ?up|drop ?off|(?:after ?school|breakfast|homework) club|(?:period|lesson|p) ?\d)\b"
    r"|(?:at |about |around )?\d{1,2}(?:[:.]\d\d)? ?(?:am|pm)\b|(?:at |about |around )\d{1,2}[:.]\d\d\b"
    r"|(?:\d+|a few|two|three|four|five|six) (?:days|weeks|months) ago"
    r"|for (?:\d+|a few|two|three|four|five|six|several) (?:days|weeks|months)"
    r")",
    re.IGNORECASE,
)
_COMING = re.compile(
    r"\b(?:not|tonight|tomorrow|next|will|going to|gonna|due|back|until|till|by|from)\s*$", re.IGNORECASE
)
_PLANNED = re.compile(
    r"\b(?:collect\w*|pick\w* (?:\w+ )?up|fetch\w*|go(?:es|ing)? home|home with|wants? to|going to"
    r"|meet(?:ing|s)?|conference|core group|review|due|appointment|will|plans?|planned|next|every"
    r"|each|booked|usually|always|only|normally|closed|social worker|sw|case|referr\w+|camhs"
    r"|joined|moved|stepped down|stays?|has (?:him|her|them))\b[^.!?\n]{0,40}$",
    re.IGNORECASE,
)
"""What is arranged, to come, or so every week is no time at which it happened."""
_KIN = (
    r"(?:dad|mum|mam|nan|nana|gran|grandma|grandad|uncle|aunt(?:ie|y)?|step-?dad|step-?mum|friend"
    r"|boyfriend|girlfriend|"
    r"mate|neighbour|childminder)"
)
_PLACES = (
    r"(?:home(?! (?:corner|time|school|learning|work))|house|flat|bedroom|kitchen|bathroom|living room"
    r"|garden|shed|toilets?|loos?|changing rooms?|playground|"
    r"canteen|dinner hall|dining hall|hall|gym|corridor|cloakroom|classroom|medical room"
    r"|school gates?|gates?|field|"
    r"car park|bus|bus stop|school bus|minibus|taxi|car|park|shops?|street|estate|town|town centre"
    r"|library|church|mosque|"
    r"temple|nursery|after ?school club|breakfast club|youth club|hostel|hotel|refuge|b&b|station"
    r"|pool|leisure centre)"
)
_WHERE = re.compile(
    r"\b(?:(?:at|in|on|outside|behind|near|by|inside) (?:the |his |her |their |our |a )?"
    rf"(?:boys'? |girls'? |school |local |front |back )*{_PLACES}\b"
    rf"|(?:at|in) (?:his |her |their )?{_KIN}['’]?s(?: (?:house|flat|place))?\b"
    r"|on (?:snapchat|snap|instagram|insta|tik ?tok|whatsapp|discord|roblox|xbox|facebook|youtube)\b"
    r"|\bonline\b)",
    re.IGNORECASE,
)
_NOW_THERE = re.compile(
    r"\b(?:is|are|am|he's|she's|they're|i'm|sitting|sat|waiting|here|safe|now)\b[^.!?\n]{0,25}$",
    re.IGNORECASE,
)

_NOT_THERE = re.compile(
    r"\b(?:not|no|never|isn'?t|wasn'?t|aren'?t|any|fine|happy|good|ok|okay)\b[^.!?;\n]{0,40}$", re.IGNORECASE
)
"""“No drugs at home”, “it wasn't at home”, “all fine at home”: nothing happened there."""


def when_told(accounts: Sequence[tuple[str, datetime]]) -> str:
    """When it happened, in the words of the accounts, each with the day that it means where that is plain."""
    return "; ".join(_few(_standing(_times(accounts), [text for text, _ in accounts])))


def where_told(texts: Iterable[str]) -> str:
    """Where it happened, in the words of the accounts; where somebody is sitting now is another matter."""
    accounts = list(texts)
    found = (
        match.group()
        for text in accounts
        for match in _WHERE.finditer(text)
        if not _NOT_THERE.search(text[: match.start()].replace("’", "'"))
        and not _NOW_THERE.search(text[: match.start()].replace("’", "'"))
    )
    return "; ".join(_few(_standing(found, accounts)))


def _standing(phrases: Iterable[str], accounts: Sequence[str]) -> Iterable[str]:
    """The phrases that no later account takes out: “it was Tuesday not Monday”."""
    gone = frozenset[str]().union(*(not_so(text) for text in accounts[1:]))
    return (one for one in phrases if gone.isdisjoint(re.findall(r"\w+", one.lower())))


def _times(accounts: Sequence[tuple[str, datetime]]) -> Iterable[str]:
    for text, at in accounts:
        told_on_a_day = (
            False  # “on Tuesday she told me … last night” is the night before that Tuesday, or not: no date
        )
        for match in _WHEN.finditer(text):
            before = text[: match.start()]
            if not _COMING.search(before) and not _PLANNED.search(before):
                meant = _meant(match, at.astimezone(LONDON).date())
                meant = None if match["yesterday"] and told_on_a_day else meant
                told_on_a_day = told_on_a_day or _weekday(match) is not None
                yield f"{match.group()} ({meant.day} {meant:%B %Y})" if meant else match.group()


def _meant(match: re.Match[str], written: date) -> date | None:
    """The day that a phrase means, seen from the day it was written on; a weekday is the last such day."""
    if match["today"]:
        return written
    if match["yesterday"]:
        return written - timedelta(days=1)
    day = _weekday(match)
    if day is not None:
        back = (written.weekday() - day) % 7
        return written - timedelta(days=back or (7 if match.group().lower().startswith("last") else 0))
    return None


def _weekday(match: re.Match[str]) -> int | None:
    """Which day of the week a phrase names, Monday being 0: “Tuesday”, “weds”, “sat night”."""
    named = match["day"] or match["short"] or match["short2"]
    if not named:
        return None
    return next(number for number, day in enumerate(_DAYS) if day.startswith(named.lower()[:3]))


def _few(found: Iterable[str]) -> list[str]:
    """The first few, each once whatever its capitals."""
    kept: dict[str, str] = {}
    for one in found:
        kept.setdefault(" ".join(one.lower().split()), one)
    return list(kept.values())[:MOST]
