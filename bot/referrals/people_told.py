"""Whom an account tells of, word for word: who did it, brothers and sisters, services, the child's year.

They stand in the draft for staff to check and complete. Somebody is named as a possible risk only where the
account says in one clause that they did it; what is denied, asked, or only feared stays in the account.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from bot.referrals.put_right import puts_right

MOST = 4
"""So many people or services of one kind are taken over; the account itself holds all."""
_WHOSE = (
    r"(?:mum|dad|nan|gran|step-?dad|step-?mum|sister|brother|uncle|aunt(?:ie|y)?|cousin|mate|friend|neighbour"
    r"|boyfriend|carer)'?s"
)
_ADULT = (
    rf"(?:(?:(?:his|her|their|the) )?(?:{_WHOSE} (?:new |old |older |ex-?)?)?"
    r"(?:step-? ?(?:dad|mum|father|mother|brother)|foster (?:dad|mum|carer)"
    r"|dad(?:dy)?|mum(?:my)?|mam|father|mother|nan(?:a|ny)?|gran(?:d?ma|ny|dad)?|grand(?:father|mother)"
    r"|uncle|aunt(?:ie|y)?|(?:older |big )?brother|cousin|childminder|carer|boyfriend|girlfriend|partner"
    rf"|lodger|neighbour)|(?:(?:his|her|their|the) )?{_WHOSE} (?:new |old |ex-?)?(?:bf|gf|ex|mate|friend))"
)
_NAMED = r"(?: (?-i:[A-Z][a-z]+)(?! and\b))?"
_CHILD = (
    r"(?:(?:his|her|their) \w+|him|her|them|it|this|that|me|(?-i:[A-Z][a-z]+)|the (?:child|baby|boy|girl))"
)
_NOT_ANOTHER = r"(?<! friend)(?<! mate)(?<! cousin)(?! (?:friend|mate|cousin|teacher)s?\b)"
_HARMS = (
    r"(?:hit|hits|hitting|smack(?:s|ed)?|slap(?:s|ped)?|punch(?:es|ed)?|kick(?:s|ed)|beat(?:s|en)?"
    r"|burn(?:s|ed|t)|hurts?|strangl(?:es|ed)|chok(?:es|ed)|grab(?:s|bed)|shov(?:es|ed)|push(?:es|ed)|threw"
    rf"|threatens?|threatened|touch(?:es|ed)|rap(?:es|ed)|drag(?:s|ged)|shook|belted|whack(?:s|ed)) {_CHILD}"
    rf"{_NOT_ANOTHER}"
)
_OFTEN = r"(?: (?:has|had|always|often|sometimes|just|then|really|regularly|also|would|keeps|been|who))*"
_DID = re.compile(
    rf"\b(?P<who>{_ADULT}{_NAMED}){_OFTEN} (?:{_HARMS}\b|(?:hit|hits|did it|done it|did this)\b"
    r"(?! (?:his|her|their|a) (?:friend|mate|cousin)))"
    r"|\b(?:hit|hurt|smacked|slapped|punched|kicked|beaten|burnt|touched|strangled|choked|bitten|shaken) by "
    rf"(?P<by>{_ADULT}{_NAMED})\b"
    rf"|\b(?:says?|said) (?:that )?it was (?P<named>{_ADULT}{_NAMED})\b",
    re.IGNORECASE,
)
_UNSURE = re.compile(
    r"\b(?:not|never|no|denie[sd]|denying|if|whether|might|may|could|thinks?|maybe|perhaps|unless|asked"
    r"|wonder\w*)\b[^.!?\n]{0,25}$",
    re.IGNORECASE,
)
_NOT_THEM = re.compile(
    rf"\b(?:not|wasn'?t|weren'?t|isn'?t|forget what i said about|never mind) (?P<who>{_ADULT})\b"
    rf"|\b(?P<by>{_ADULT}) (?:never|did ?n[o']?t|didnt|has ?n[o']?t|hasnt)\b",
    re.IGNORECASE,
)
"""Whom a later account takes out again: “sorry it was dad not mum”, “dad never hit him, my mistake”."""
_BUT_THEM = re.compile(
    rf"\b(?:it (?:was|is)|its|it's|i me(?:an|ant)|turns out(?: it(?: was|'s)?)?|not {_ADULT},?)"
    rf" (?:actually |really )?(?P<who>{_ADULT}{_NAMED})\b|, (?:it was )?(?P<by>{_ADULT}{_NAMED}) did\b",
    re.IGNORECASE,
)
_SIZE = r"older|elder|eldest|younger|youngest|little|baby|big|twin|new|newborn|other"
_AGE = r"(?:year|yr|y) ?\d{1,2}|reception|nursery|\d{1,2}(?: ?(?:years|months|yrs)(?: old)?)?"
_SIBLING = re.compile(
    rf"\b(?P<which>(?:(?:{_SIZE})\s+)?(?:(?:half|step|foster)[- ]?)?(?:brother|sister|sibling)|twin)\b"
    r"(?!'s (?:friend|mate|teacher))(?:'s)?,?(?: (?P<name>(?-i:[A-Z][a-z]+)))?"
    rf"(?:[ ,(]+(?:aged? |is |in )?(?P<age>{_AGE})\b)?",
    re.IGNORECASE,
)
_OF_ANOTHER = re.compile(rf"\b{_WHOSE} (?:new |older |younger |little )?$", re.IGNORECASE)
_NOT_A_NAME = re.compile(r"he|she|they|mum|dad|nan|the|this|it|we|is|has|and|but|who", re.IGNORECASE)
_SERVICE = re.compile(
    r"\b(?:camhs|school nurse|health visitor|midwife|ed(?:ucational)? psych\w*|yjs|yot"
    r"|youth (?:justice|offending)(?: team| service)?|family support(?: worker)?"
    r"|early help(?: worker| practitioner| team)?|children'?s social care|social services|women'?s aid|refuge"
    r"|young carers(?: service| project)?|probation|police|marac|paediatrician|pru|ewo|education welfare"
    r"|attendance officer|housing(?: officer| association| team)|drug (?:and alcohol )?(?:team|service)"
    r"|barnardo'?s|nspcc)\b",
    re.IGNORECASE,
)
_INVOLVED = re.compile(
    r"\b(?:under|open to|with|involved|known to|working with|sees?|seeing|has an?|have an?|got an?|from"
    r"|referred to|via|through|list for|worker|at|rang|called|informed|spoke to|told)\b",
    re.IGNORECASE,
)
_SENTENCES = re.compile(r"(?<=[.!?;])\s+|\n+")
_NO_SERVICE = re.compile(r"\b(?:no|not|never|without)\b[^,;]{0,20}$", re.IGNORECASE)
_WORKER = re.compile(
    r"\b(?:social worker|sw)(?:'s name)?(?: is|,|:| called)? "
    r"(?P<name>(?-i:[A-Z][a-z]+(?:[ -](?-i:[A-Z][a-z]+))?))",
    re.IGNORECASE,
)
_YEAR = re.compile(
    r"\b(?:(?:year|yr|y) ?(?P<year>1[0-3]|[1-9])(?!\d| ?(?:old|months|weeks|years|ago|yo))"
    r"|(?P<early>reception|nursery))\b",
    re.IGNORECASE,
)
_YEAR_MENDED = re.compile(
    r"\b(?:year|yr|y) ?(?P<year>1[0-3]|[1-9]),? not (?:in )?(?:year |yr |y)?\d", re.IGNORECASE
)
_NOT_THE_CHILDS = re.compile(
    r"\b(?:brother|sister|sibling|cousin|twin|friend|mate|teacher|ta|tutor|head of|lead|other|those|some"
    r"|back in|was in|were in|since|from)\b[^.!?\n]{0,18}$",
    re.IGNORECASE,
)


def possible_risks(texts: Iterable[str]) -> list[dict[str, Any]]:
    """Who is said to have done it: relation, name where it stands there, and the sentence that says it.

    A later account may put somebody else in their place; what another person denies takes nobody out.
    """
    found: dict[str, dict[str, Any]] = {}
    for number, text in enumerate(texts):
        plain = text.replace("’", "'")
        instead: list[re.Match[str]] = []
        done = [row["notes"] for row in found.values()]
        if number and puts_right(plain):
            for match in _NOT_THEM.finditer(plain):
                found.pop(_relation(match["who"] or match["by"])[0].lower(), None)
            instead = list(_BUT_THEM.finditer(plain))
        if instead:
            found.clear()
        for match in (*_DID.finditer(plain), *instead):
            if match.re is _DID and _UNSURE.search(plain[: match.start()]):
                continue
            relation, name = _relation(next(one for one in match.groups() if one))
            notes = [*(done if match in instead else ()), _sentence(text, match.start())]
            row = {"name": name, "relation": relation, "notes": "\n".join(notes)}
            found.setdefault(relation.lower(), {key: one for key, one in row.items() if one})
    return list(found.values())[:MOST]


def siblings(texts: Iterable[str]) -> list[dict[str, Any]]:
    """Brothers and sisters: relation, name, and age or school year where they are told."""
    found: dict[str, dict[str, Any]] = {}
    for text in texts:
        for match in _SIBLING.finditer(text):
            if _OF_ANOTHER.search(text[: match.start()]):
                continue
            name = "" if _NOT_A_NAME.fullmatch(match["name"] or "") else (match["name"] or "")
            relation = match["which"].lower()
            kind = relation.split()[-1]
            if name.lower() + kind in found or (not name and any(key.endswith(kind) for key in found)):
                continue
            found.pop(kind, None)
            row = {"relation": relation, "name": name, "notes": match["age"] or ""}
            found[name.lower() + kind] = {key: said for key, said in row.items() if said}
    return list(found.values())[:MOST]


def services(texts: Iterable[str]) -> str:
    """The services that are said to be involved, in the account's words."""
    found: dict[str, str] = {}
    for sentence in (one for text in texts for one in _SENTENCES.split(text) if _INVOLVED.search(one)):
        for match in _SERVICE.finditer(sentence):
            if not _NO_SERVICE.search(sentence[: match.start()]):
                found.setdefault(match.group().lower(), match.group())
    return "; ".join(list(found.values())[:MOST])


def social_worker(texts: Iterable[str]) -> str:
    """The social worker's name, where the account gives it."""
    return next((match["name"] for text in texts for match in _WORKER.finditer(text)), "")


def school_year(texts: Iterable[str]) -> str:
    """The child's school year: as it was put right, else the first that is told and not somebody else's."""
    accounts = list(texts)
    for text in reversed(accounts):
        if mended := _YEAR_MENDED.search(text):
            return f"Year {mended['year']}"
    for text in accounts:
        for match in _YEAR.finditer(text):
            if not _NOT_THE_CHILDS.search(text[: match.start()]):
                return f"Year {match['year']}" if match["year"] else match["early"].capitalize()
    return ""


def _relation(who: str) -> tuple[str, str]:
    """Relation and name of “his stepdad Darren”; a missing apostrophe is put in: “mums ex” is “mum's ex”."""
    plain = re.sub(r"^(?:his|her|their|the) ", "", who, flags=re.IGNORECASE)
    plain = re.sub(r"^(\w+)(?<!')s (?=\w)", r"\1's ", plain)
    *first, last = plain.split(" ")
    return (" ".join(first), last) if first and last[:1].isupper() else (plain, "")


def _sentence(text: str, at: int) -> str:
    """The sentence around a place; a point within “8.45” ends none."""
    ends = [end.end() for end in re.finditer(r"[.!?](?!\d)|\n", text)]
    start = max((end for end in ends if end <= at), default=0)
    return text[start : min((end for end in ends if end > at), default=len(text))].strip()
