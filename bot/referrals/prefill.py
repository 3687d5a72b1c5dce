"""What the conversation already says, in its section of the referral: word for word, never invented."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.contract import LONDON
from bot.referrals.chronology import confirmed, events_of
from bot.referrals.circumstances import when_told, where_told
from bot.referrals.draft import TOLD
from bot.referrals.form import NOT_KNOWN
from bot.referrals.marks import marks
from bot.referrals.particulars import how_often, who_collects
from bot.referrals.people_told import possible_risks, school_year, services, siblings, social_worker
from bot.referrals.quotations import quotations
from bot.thresholds import NONE_OF_THESE, NOT_SURE, Answers, Pack, Question, Value
from bot.thresholds import NOT_KNOWN as UNKNOWN

MOST_LETTERS = 50_000
"""How many letters one field of the contract takes."""
MOST_QUOTES = 50
"""How many quotations are taken over; the account itself holds them all."""


@dataclass(frozen=True)
class Told:
    """The original words of staff, when they were written and by whom."""

    text: str
    at: datetime
    by: str


@dataclass(frozen=True)
class Referrer:
    """Who refers, as far as the school's record says."""

    name: str = ""
    role: str = ""
    email: str = ""
    phone: str = ""
    school: str = ""
    urn: str = ""
    laestab: str = ""
    dsl: str = ""


@dataclass(frozen=True)
class Place:
    """Where the answer to a question goes. ``only``: just these options; ``ticks``: as codes."""

    question: str
    path: str
    only: frozenset[str] = frozenset()
    ticks: tuple[tuple[str, str], ...] = ()


CHILD_PLACES = (
    Place("age_band", "age_estimate"),
    Place("child_next", "where_now", frozenset({"in_school", "whereabouts_unknown"})),
    Place("child_next", "collected_by", frozenset({"safe_adult", "person_of_worry"})),
    Place("about_child", "allocated_worker.notes", frozenset({"social_worker", "social_worker_before"})),
    Place("about_child", "health", frozenset({"disabled"})),
    Place("about_child", "preferred_communication", frozenset({"cannot_tell"})),
    Place(
        "about_child",
        "legal_status_before",
        frozenset({"plan_before"}),
        (("plan_before", "child_protection_plan"),),
    ),
)
WHOLE_PLACES = (
    Place("child_says", "voice_of_child.feelings", frozenset({"afraid_home", "afraid_of_telling"})),
    Place("child_says", "voice_of_child.wishes", frozenset({"asks_help"})),
    Place("telling_risk", "parents.reason_words"),
)
"""Questions of the packs and the field that each answer belongs to. A pack without such a question fills
nothing.
"""


def prefill(
    pack: Pack,
    answers: Answers,
    told: Sequence[Told],
    referrer: Referrer,
    dates: Collection[str] = (),
) -> dict[str, Any]:
    """The fields that the conversation fills. What staff wrote stands there as they wrote it.

    ``dates``: the ids of the events of pasted chronologies that staff confirmed.
    """
    accounts = [one for one in told if one.text.strip()]
    draft: dict[str, Any] = {
        "referrer": _referrer(referrer),
        "children": [_child(pack, answers, child, accounts) for child in answers.children or ("",)],
        "concern": _concern(accounts),
        "chronology": _dated(accounts, dates) + _later(accounts[len(_fitting(accounts)) :]),
        "injuries": _marks(answers, accounts),
        "household": _items("household", siblings(one.text for one in accounts) if _alone(answers) else []),
        "people_of_concern": _items("person", possible_risks(one.text for one in accounts)),
    }
    for path, value in _of_all(pack, answers).items():
        _put(draft, path, value)
    return {name: value for name, value in draft.items() if value}


def _referrer(referrer: Referrer) -> dict[str, Any]:
    school = {"name": referrer.school, "urn": referrer.urn, "laestab": referrer.laestab}
    whole = {
        "name": referrer.name,
        "role": referrer.role,
        "email": referrer.email,
        "phone": referrer.phone,
        "school": {key: value for key, value in school.items() if value},
        "dsl": {"name": referrer.dsl} if referrer.dsl else {},
    }
    return {key: value for key, value in whole.items() if value}


def _child(pack: Pack, answers: Answers, child: str, accounts: Sequence[Told]) -> dict[str, Any]:
    item: dict[str, Any] = {"id": child or "c1"}
    for path, value in _placed(pack, answers, child, CHILD_PLACES):
        _put(item, path, value)
    if _alone(answers):
        for path, words in _particulars([one.text for one in accounts]):
            _put_beside(item, path, words)
    return item


def _particulars(texts: Sequence[str]) -> Iterator[tuple[str, str]]:
    """What the accounts say of the one child, by its field."""
    who, when = who_collects(texts)
    yield "collected_by", who
    yield "collected_at", when
    yield "age_estimate", school_year(texts)
    yield "allocated_worker.name", social_worker(texts)
    named = services(texts)
    yield "allocated_worker.notes", f"Services in the account: {named}" if named else ""


def _put_beside(item: dict[str, Any], path: str, words: str) -> None:
    """Put words of an account into a field, before the answer that stands there already."""
    *groups, last = path.split(".")
    inner = item
    for group in groups:
        inner = inner.get(group, {})
    answered = inner.get(last, "")
    if words:
        _put(item, path, f"{words} ({answered})" if answered and answered != NOT_KNOWN else words)


def _alone(answers: Answers) -> bool:
    """Whether the concern is of one child: of several, the words do not say which is meant."""
    return len(answers.children or ("",)) == 1


def _marks(answers: Answers, accounts: Sequence[Told]) -> list[dict[str, Any]]:
    if not _alone(answers):
        return []
    return _items("mark", marks(one.text for one in accounts))


def _items(kind: str, rows: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Rows of a list, each marked as told."""
    return [{"id": f"{TOLD}{kind}-{number}", **row} for number, row in enumerate(rows, start=1)]


def _of_all(pack: Pack, answers: Answers) -> dict[str, Any]:
    """Answers about any child that the referral holds once, each with its child where there are several."""
    whole: dict[str, list[str]] = {}
    for child in answers.children or ("",):
        named = f"Child {child.removeprefix('c')}: " if len(answers.children) > 1 else ""
        for path, value in _placed(pack, answers, child, WHOLE_PLACES):
            words = value if value == NOT_KNOWN else f"{named}{value}"
            if words not in whole.setdefault(path, []):
                whole[path].append(words)
    return {path: "\n".join(_known(words)) for path, words in whole.items()}


def _known(words: list[str]) -> list[str]:
    """The words that say something; "not known" only where nothing else is said."""
    return [one for one in words if one != NOT_KNOWN] or words


def _concern(accounts: Sequence[Told]) -> dict[str, Any]:
    """The first accounts as what happened; those that no longer fit there follow in the chronology."""
    concern: dict[str, Any] = {}
    quotes = [
        {"id": f"{TOLD}{number}-{place}", "words": words}
        for number, one in enumerate(accounts, start=1)
        for place, words in enumerate(quotations(one.text), start=1)
    ]
    happened = "\n\n".join(f"[{_said(one)}]\n{one.text}" for one in _fitting(accounts))
    if happened:
        concern["what_happened"] = happened
    if quotes:
        concern["child_words"] = quotes[:MOST_QUOTES]
    stories = [
        one for one in accounts if not events_of(one.text)
    ]  # a chronology has days and places of its own
    when = when_told([(one.text, one.at) for one in stories])
    where = where_told(one.text for one in stories)
    often = how_often(one.text for one in stories)
    phrases = (("occurred_when", when), ("place", where), ("pattern", often))
    return concern | {key: said for key, said in phrases if said}


def _fitting(accounts: Sequence[Told]) -> Sequence[Told]:
    """The accounts that fit into one field, the oldest first."""
    room, count = MOST_LETTERS, 0
    for one in accounts:
        room -= len(one.text) + len(_said(one)) + 6
        if room < 0:
            break
        count += 1
    return accounts[:count]


def _dated(accounts: Sequence[Told], dates: Collection[str]) -> list[dict[str, Any]]:
    return [
        {"id": f"{TOLD}{event.id}", "date": event.written, "event": event.words[:MOST_LETTERS]}
        for event in confirmed([one.text for one in accounts], dates)
    ]


def _later(accounts: Sequence[Told]) -> list[dict[str, Any]]:
    return [
        {
            "id": f"{TOLD}{place}-{number}",
            "date": _day(one),
            "event": one.text[start : start + MOST_LETTERS],
            "source": _said(one),
        }
        for place, one in enumerate(accounts, start=1)
        for number, start in enumerate(range(0, len(one.text), MOST_LETTERS), start=1)
    ]


def _said(one: Told) -> str:
    by = f" by {one.by}" if one.by else " by staff"
    return f"Told{by} via the assistant, {_day(one)}, {one.at.astimezone(LONDON):%H:%M}"


def _day(one: Told) -> str:
    at = one.at.astimezone(LONDON)
    return f"{at.day} {at:%B %Y}"


def _placed(pack: Pack, answers: Answers, child: str, places: Sequence[Place]) -> Iterator[tuple[str, Any]]:
    for place in places:
        question, value = pack.find_question(place.question), answers.get(child, place.question)
        if question is None or value is None:
            continue
        if value == UNKNOWN:
            yield place.path, NOT_KNOWN
            continue
        said = [option for option in _options(question, value) if not place.only or option in place.only]
        if said and place.ticks:
            yield place.path, [code for option, code in place.ticks if option in said]
        elif said:
            yield place.path, "; ".join(question.label(option) for option in said)


def _options(question: Question, value: Value) -> list[str]:
    given = {value} if isinstance(value, str) else value
    return [option for option, _ in question.choices if option in given - {NOT_SURE, UNKNOWN, NONE_OF_THESE}]


def _put(draft: dict[str, Any], path: str, value: Any) -> None:
    *groups, last = path.split(".")
    for group in groups:
        draft = draft.setdefault(group, {})
    draft[last] = value
