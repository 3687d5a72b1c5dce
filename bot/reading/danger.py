"""Immediate danger in a message: rules that need no model. Recall comes before precision.

The patterns stand in ``lists/danger.yml``. A sentence that denies it, places it long ago, speaks of play, plans or
lessons, or says that it is over, is left alone unless it also says that it is now.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import yaml

from bot.reading.language import LISTS

_SENTENCE = re.compile(r"(?<=[.!?;\n])\s+|\n+|\s+[-–—]\s+")
# Words such as “not” stand inside these very phrases: only a plain denial sets them aside.
_NEGATIVE_BY_NATURE = frozenset(
    {"missing_now", "collapse", "strangled", "baby_mark", "at_the_gate", "child_alone"}
)
_PLAIN_DENIAL = re.compile(
    r"\b(?:no|never|without|any|is ?n'?t|was ?n'?t|not (?:a|any|been|gone|missing|collapsed|strangled))\s*(?:\S+\s+){0,2}$",
    re.I,
)


@dataclass(frozen=True)
class Family:
    """One family of danger: what is said, what else must be said with it, and what makes it harmless."""

    name: str
    said: tuple[re.Pattern[str], ...]
    harmless: re.Pattern[str] | None
    needs: re.Pattern[str] | None


@dataclass(frozen=True)
class _Rules:
    families: tuple[Family, ...]
    aside: dict[str, re.Pattern[str]]


def dangers(text: str) -> tuple[str, ...]:
    """Names of the families of danger that a message tells of; empty: it does not read as immediate danger."""
    plain = text.replace("’", "'").lower()
    sentences = [part for part in _SENTENCE.split(plain) if part.strip()]
    rules = _rules()
    met = [
        family.name
        for family in rules.families
        if any(_meets(family, one, plain, rules) for one in sentences)
    ]
    if "baby_mark" not in met and 1 < len(sentences) < 4:
        baby = next(family for family in rules.families if family.name == "baby_mark")
        met += [baby.name] if _meets(baby, " ".join(sentences), plain, rules) else []
    return tuple(met)


def put_right(sentence: str) -> bool:
    """Whether a sentence says that what it tells of is over and done with: “dad's long gone, all fine now”."""
    return _rules().aside["then"].search(sentence.replace("’", "'").lower()) is not None


@lru_cache(maxsize=1)
def _rules() -> _Rules:
    content: dict[str, Any] = yaml.safe_load((LISTS / "danger.yml").read_text(encoding="utf-8"))
    words: dict[str, str] = {}
    for name, pattern in content["words"].items():
        words[name] = _filled(pattern, words)
    families = tuple(
        Family(
            name,
            tuple(re.compile(_filled(one, words)) for one in entry["said"]),
            _any(entry.get("harmless"), words),
            _any(entry.get("needs"), words),
        )
        for name, entry in content["families"].items()
    )
    return _Rules(families, {name: re.compile(pattern) for name, pattern in content["set_aside"].items()})


def _filled(pattern: str, words: dict[str, str]) -> str:
    return re.sub(r"\{([a-z_]+)\}", lambda match: words[match.group(1)], pattern)


def _any(patterns: list[str] | None, words: dict[str, str]) -> re.Pattern[str] | None:
    return re.compile("|".join(_filled(one, words) for one in patterns)) if patterns else None


def _meets(family: Family, sentence: str, message: str, rules: _Rules) -> bool:
    if family.harmless is not None and family.harmless.search(sentence):
        return False
    if family.needs is not None and not family.needs.search(message):
        return False
    if rules.aside["imagined"].search(sentence):
        return False
    if _is_over(sentence, rules):
        return False
    return any(
        not _is_denied(family, sentence, match, rules)
        for pattern in family.said
        for match in pattern.finditer(sentence)
    )


def _is_over(sentence: str, rules: _Rules) -> bool:
    """Long ago, or since put right; “now” in the same sentence keeps it open unless it says “fine now”."""
    if rules.aside["then"].search(sentence):
        return True
    return rules.aside["past"].search(sentence) is not None and rules.aside["now"].search(sentence) is None


def _is_denied(family: Family, sentence: str, match: re.Match[str], rules: _Rules) -> bool:
    if rules.aside["denied_after"].search(sentence[match.end() :]):
        return True
    before = sentence[: match.start()]
    if not rules.aside["denied_before"].search(before) or re.search(r"\b(?:but|only)\b", before[-25:]):
        return False
    return family.name not in _NEGATIVE_BY_NATURE or _PLAIN_DENIAL.search(before) is not None
