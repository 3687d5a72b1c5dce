"""The twelve checks and their points; together 100."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from bot.referrals.draft import items_of, value_at
from bot.referrals.form import FIELDS, NOT_KNOWN
from bot.referrals.gaps import holds
from bot.referrals.quality.flags import Flag, flags
from bot.referrals.values import filled

WHY_NOW_LETTERS = 30
_ASKS = re.compile(r"\b(ask|asking|request|requesting|would like|want|need|please|hope)\b", re.IGNORECASE)


@dataclass(frozen=True)
class Check:
    """One check: its points, how many the draft has, what would help (empty: nothing), and where."""

    id: str
    label: str
    points: int
    got: int
    advice: str
    path: str


@dataclass(frozen=True)
class Quality:
    """The score of a draft (0 to 100), its checks, and the flags on single words."""

    score: int
    checks: tuple[Check, ...]
    flags: tuple[Flag, ...] = ()


Part = tuple[int, bool, str, str]  # points, whether the draft has it, what would help, where


def quality(draft: Mapping[str, Any]) -> Quality:
    """Score a draft against the checklist. The same draft always gives the same score."""
    seen = _Seen(draft, flags(draft))
    checks = tuple(_check(name, label, parts(seen)) for name, label, parts in CHECKS)
    return Quality(sum(check.got for check in checks), checks, seen.flags)


@dataclass(frozen=True)
class _Seen:
    """A draft with what the checks ask of it."""

    draft: Mapping[str, Any]
    flags: tuple[Flag, ...]

    def said(self, *paths: str) -> bool:
        """Whether any of these fields is answered; "not known" is an answer."""
        return any(filled(value_at(self.draft, path)) for path in paths)

    def told(self, path: str, letters: int = 1) -> bool:
        """Whether a field tells something: not blank, and more than "not known"."""
        value = value_at(self.draft, path)
        return value != NOT_KNOWN and filled(value) and len(str(value).strip()) >= letters

    def items(self, path: str) -> list[dict[str, Any]]:
        """The items of a list."""
        return items_of(self.draft, FIELDS[path])

    def flagged(self, kind: str) -> int:
        """How many flags of a kind there are."""
        return sum(flag.kind == kind for flag in self.flags)


def _check(name: str, label: str, parts: list[Part]) -> Check:
    lacking = [part for part in parts if not part[1]]
    first = lacking[0] if lacking else None
    return Check(
        id=name,
        label=label,
        points=sum(points for points, *_ in parts),
        got=sum(points for points, there, *_ in parts if there),
        advice=" ".join(part[2] for part in lacking),
        path=first[3] if first else parts[0][3],
    )


def _every(items: list[dict[str, Any]], *any_of: str) -> bool:
    return bool(items) and all(any(_has(item, path) for path in any_of) for item in items)


def _has(item: Mapping[str, Any], path: str) -> bool:
    value = value_at(item, path)
    return filled(value) and value != NOT_KNOWN


def _identifiable(seen: _Seen) -> list[Part]:
    children = seen.items("children")
    where = f"children.{children[0]['id']}"
    named = all(_has(c, "description") or (_has(c, "first_name") and _has(c, "last_name")) for c in children)
    aged = _every(children, "date_of_birth", "age_estimate", "expected_date")
    return [
        (4, named, "Say who the child is: name, or a description.", f"{where}.first_name"),
        (3, aged, "Give the date of birth, or the age as near as you know it.", f"{where}.date_of_birth"),
        (
            3,
            _every(children, "address", "where_now"),
            "Say where the child lives or is now.",
            f"{where}.address",
        ),
    ]


def _household(seen: _Seen) -> list[Part]:
    people = seen.items("household")
    responsible = any(person.get("parental_responsibility") == "yes" for person in people)
    return [
        (3, bool(people), "Who lives with the child, and who stays often?", "household"),
        (2, responsible, "Who has parental responsibility?", "household"),
        (
            3,
            any(_has(person, "phone") for person in people),
            "Add a telephone number of the family.",
            "household",
        ),
    ]


def _reachable(seen: _Seen) -> list[Part]:
    cover = seen.told("referrer.availability") or seen.told("referrer.holiday_cover")
    return [
        (3, seen.told("referrer.phone"), "Give a number on which MASH reaches you today.", "referrer.phone"),
        (1, seen.told("referrer.email"), "Give your school e-mail address.", "referrer.email"),
        (1, cover, "Say when you can be reached, and who else can.", "referrer.availability"),
    ]


def _ask(seen: _Seen) -> list[Part]:
    asks = seen.told("concern.asked_for") and bool(
        _ASKS.search(str(value_at(seen.draft, "concern.asked_for")))
    )
    return [
        (
            4,
            seen.told("concern.why_now", WHY_NOW_LETTERS),
            "Say in a sentence why you refer today and not last week.",
            "concern.why_now",
        ),
        (4, asks, "Say what you ask for: “I am asking for …”", "concern.asked_for"),
    ]


def _dated(seen: _Seen) -> list[Part]:
    rows = seen.items("chronology")
    dated = seen.told("concern.occurred_on") or seen.told("concern.occurred_when")
    sourced = seen.told("concern.known_by") and (
        value_at(seen.draft, "concern.known_by") != "told" or seen.said("concern.told_by")
    )
    in_order = not rows or (_every(rows, "date") and _every(rows, "source"))
    return [
        (4, dated, "Say when it happened, with the date.", "concern.occurred_on"),
        (4, sourced, "Say how you know it: seen, heard, told by whom?", "concern.known_by"),
        (4, dated and in_order, "Give every earlier event its date and where it is recorded.", "chronology"),
    ]


def _facts(seen: _Seen) -> list[Part]:
    told = seen.told("concern.what_happened")
    opinions = seen.flagged("opinion")
    kept = max(0, 10 - 2 * opinions) if told else 0
    advice = (
        "Describe what you saw and heard; the words marked are opinions."
        if told
        else "Write what you saw, heard or were told; only facts."
    )
    return [
        (kept, True, "", "concern.what_happened"),
        (10 - kept, kept == 10, advice, "concern.what_happened"),
    ]


def _own_words(seen: _Seen) -> list[Part]:
    quotes = [quote for quote in seen.items("concern.child_words") if _has(quote, "words")]
    shown = seen.told("voice_of_child.presentation")
    asked = bool(quotes) and all(filled(value_at(quote, "question")) for quote in quotes)
    return [
        (
            8,
            bool(quotes) or shown,
            "Write the child’s own words in quotation marks; for a child who does not speak, how the child "
            "is.",
            "concern.child_words" if not shown else "voice_of_child.presentation",
        ),
        (
            4,
            asked or (shown and not quotes),
            "Write what the child was asked, and by whom.",
            "concern.child_words",
        ),
    ]


def _impact(seen: _Seen) -> list[Part]:
    told = seen.told("concern.impact", WHY_NOW_LETTERS)
    return [(8, told, "Say what life is like for this child: sleep, food, mood, friends.", "concern.impact")]


def _pattern(seen: _Seen) -> list[Part]:
    claimed = holds(seen.draft, FIELDS["chronology"].only)  # type: ignore[arg-type]
    rows = bool(seen.items("chronology"))
    settled = rows or (seen.said("concern.pattern") and not claimed)
    advice = (
        "Add the earlier events, one line each." if claimed else "Has it happened before? “No” is an answer."
    )
    return [(7, settled, advice, "chronology" if claimed else "concern.pattern")]


def _strengths(seen: _Seen) -> list[Part]:
    well = seen.told("concern.working_well") or seen.told("concern.protective")
    return [
        (4, well, "Say what is working well, and who protects the child.", "concern.working_well"),
        (
            4,
            seen.told("concern.done_so_far"),
            "Say what the school has done, with what result.",
            "concern.done_so_far",
        ),
    ]


def _permission(seen: _Seen) -> list[Part]:
    informed = value_at(seen.draft, "parents.informed")
    reason = informed == "yes" or seen.said("parents.reason_not_informed")
    return [
        (3, seen.said("parents.informed"), "Say whether the parents were told.", "parents.informed"),
        (
            2,
            filled(informed) and reason,
            "If they were not told, say why not.",
            "parents.reason_not_informed",
        ),
        (3, seen.said("consent.support", "consent.share"), "Say how consent stands.", "consent.support"),
    ]


def _safe_contact(seen: _Seen) -> list[Part]:
    interpreter = all(filled(child.get("interpreter")) for child in seen.items("children"))
    return [
        (
            1,
            seen.said("safety.none_known"),
            "Are there risks to staff who visit? “None known” is an answer.",
            "safety.none_known",
        ),
        (2, seen.told("safety.safe_contact"), "Say whom to ring safely, and how.", "safety.safe_contact"),
        (
            1,
            interpreter,
            "Is an interpreter or signer needed?",
            f"children.{seen.items('children')[0]['id']}.interpreter",
        ),
    ]


CHECKS: tuple[tuple[str, str, Callable[[_Seen], list[Part]]], ...] = (
    ("identifiable", "The child can be identified and found", _identifiable),
    ("household", "Household, parental responsibility and telephone numbers", _household),
    ("reachable", "You can be reached today", _reachable),
    ("ask", "Why now, and what you ask for", _ask),
    ("dated", "Every event has a date and a source", _dated),
    ("facts", "Facts kept apart from opinion", _facts),
    ("own_words", "The child’s own words, with the question asked", _own_words),
    ("impact", "What it does to the child", _impact),
    ("pattern", "What happened before", _pattern),
    ("strengths", "Strengths, safety and what was tried", _strengths),
    ("permission", "Consent, and whether parents were told", _permission),
    ("safe_contact", "Safe visits and contact", _safe_contact),
)
