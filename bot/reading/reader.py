"""Reading one message: redacted first, then the parser's rankings beside rules that need no parser."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING

from bot.dialogue.asides import ASIDES
from bot.dialogue.understanding import Ranked, Understanding
from bot.reading.acts import asks_to_restart, is_command, odd_act, plain_act
from bot.reading.alarm import alarms
from bot.reading.answers import DANGER as DANGER_NOW
from bot.reading.answers import read_answer, says_none
from bot.reading.beside import told_beside
from bot.reading.danger import dangers
from bot.reading.lines import lines_of, with_each
from bot.reading.parser import Answering, Parsed, Parser
from bot.reading.plain_no import is_plain_no, names_another, says_no_danger
from bot.reading.redaction import redact
from bot.reading.taken_back import corrects, taken_back
from bot.reading.told import suggestions
from bot.thresholds import CATEGORIES, Pack, Question

if TYPE_CHECKING:
    from spacy.language import Language

MOST_OFFERED = 5
BESIDE = "beside"
"""The sign of danger where it is told beside something else."""
ASKED = frozenset({"affirm", "deny", "dont_know", "go_back", "restart", *ASIDES})
"""What may stand there and tells nothing."""
ANOTHER = "another_child"
"""The sign of danger where, asked about it, staff name somebody else."""
TELL, DENY, DANGER, OUT_OF_SCOPE = "tell", "deny", "immediate_danger", "out_of_scope"
RESTART, GO_BACK, CORRECT = "restart", "go_back", "correct_answer"
FEW_WORDS = 3
LIKELY, SURE = 0.35, 0.5
"""How likely the best category must be where a few words, or words beside an open question, may tell of none."""
ABOUT_ONESELF = "worried_for_self"
_OTHERS = re.compile(
    r"\b(?:she|her|hers|pupils?|child(?:ren)?|kids?|girls?|boys?|lad|class|yr? ?\d|year \d|son|daughter|student)\b|\[NAME\]",
    re.I,
)
"""Who speaks of a child does not speak of themself alone."""
ACT_FROM = {"restart": 0.7, "deny": 0.6, "affirm": 0.5, "go_back": 0.5}
ANY_ACT_FROM, LONG_ACT_FROM = 0.35, 0.5
"""How sure the parser must be of an act that steers; what is less sure is taken as telling, which loses nothing."""
A_QUESTION = 7
"""Words up to which a question for the meaning of a word is no more than that."""
LONG = 6
"""Words from which on a message more likely tells than steers."""


@dataclass(frozen=True)
class Heard:
    """A message without its identifiers, which the parser is looking at."""

    redacted: str
    answering: Answering


class Reader:
    """Reads messages for the dialogue; goes on with rules alone while the parser is down."""

    def __init__(self, parser_url: str, timeout: float = 2.0, nlp: Language | None = None) -> None:
        """``timeout`` in seconds; ``nlp`` is loaded at the first message unless it is given."""
        self._parser = Parser(parser_url, timeout)
        self._nlp = nlp

    def begin(self, text: str, known_names: Sequence[str]) -> Heard:
        """Redact a message and send it to the parser, which reads it while the caller stores it."""
        redacted = redact(text, known_names, self._nlp).text
        return Heard(redacted, self._parser.ask(redacted) if redacted.strip() else _nothing)

    def read(
        self, text: str, known_names: Sequence[str], question: Question | None, pack: Pack
    ) -> Understanding:
        """Everything that one message says. Never raises when the parser is down: ``parser_up`` is then false."""
        return self.understand(self.begin(text, known_names), question, pack)

    def understand(self, heard: Heard, question: Question | None, pack: Pack) -> Understanding:
        """What a message that was heard says, beside the question that is open."""
        redacted = heard.redacted
        asked = question if question is not None and question.id != CATEGORIES else None
        answer = read_answer(redacted, asked) if asked else None
        by_rule = dangers(redacted)
        parsed = heard.answering()  # only now: what rules read takes no longer than the parser
        beside, parsed_beside = self._beside(redacted, parsed)
        if parsed is not None:
            lines = map(self._parser.parse, lines_of(redacted))
            parsed = with_each(parsed, chain(lines, [parsed_beside] if beside else []))
        offered = _offered(parsed, pack) if parsed else ()
        acts = _acts(redacted, parsed)
        listed = question is not None and question.id == CATEGORIES
        if listed and acts and acts[0].name == DENY and not says_none(redacted):
            acts = _telling_first(acts)
        return Understanding(
            redacted=redacted,
            acts=acts,
            categories=_clear(offered, redacted, in_the_middle=question is not None),
            suggestions=suggestions(redacted, pack, parsed, asked),
            answer=answer,
            danger=(
                *_danger(redacted, asked, acts, alarms(redacted, by_rule, parsed)),
                *((BESIDE,) if beside and alarms(beside, dangers(beside), parsed_beside) else ()),
            ),
            beside=beside,
            taken_back=taken_back(redacted, pack) if _corrects(acts, redacted) else frozenset(),
            parser_up=parsed is not None or not redacted.strip(),
        )

    def _beside(self, redacted: str, whole: Parsed | None) -> tuple[str, Parsed | None]:
        """What is told beside an opening question, courtesy or “no”, and what the parser makes of that alone.

        Another question there tells nothing.
        """
        rest = told_beside(redacted)
        parsed = self._parser.parse(rest) if rest and whole is not None else None
        if rest and not alarms(rest, dangers(rest), parsed):
            acts = _acts(rest, parsed)
            if (acts and acts[0].name in ASKED) or is_plain_no(rest):
                return "", None
        return rest, parsed


def _danger(
    text: str, asked: Question | None, acts: Sequence[Ranked], heard: tuple[str, ...]
) -> tuple[str, ...]:
    """The signs of danger; none where a message says that there is none, or only asks for a word."""
    if asked is not None and asked.id == DANGER_NOW and names_another(text):
        return (*heard, ANOTHER)
    return () if says_no_danger(text) or _asks_for_a_word(acts, text) else heard


def _asks_for_a_word(acts: Sequence[Ranked], text: str) -> bool:
    """“What is FGM?” asks, and tells of no danger."""
    return bool(acts) and acts[0] == Ranked("ask_meaning", 1.0) and len(text.split()) <= A_QUESTION


def _corrects(acts: Sequence[Ranked], text: str) -> bool:
    return corrects(text) or (bool(acts) and acts[0].name == CORRECT)


def _nothing() -> None:
    """What the parser makes of an empty message."""


def _offered(parsed: Parsed, pack: Pack) -> tuple[Ranked, ...]:
    """Categories of the pack that are likely enough to be offered to tick."""
    likely = [
        one
        for one in parsed.categories
        if one.confidence >= parsed.offer_above and one.name in pack.categories
    ]
    return tuple(likely[:MOST_OFFERED])


def _clear(offered: tuple[Ranked, ...], text: str, *, in_the_middle: bool) -> tuple[Ranked, ...]:
    """What is clear enough to be offered: “3ish” or “both arms” beside a question tells of no new worry."""
    few = len(text.split()) <= FEW_WORDS
    best = max((one.confidence for one in offered), default=0.0)
    if not in_the_middle:
        return offered if best >= LIKELY or not few else ()
    clear = best >= (SURE if few else LIKELY) and any(letter.isalpha() for letter in text)
    return offered if clear else ()


def _acts(text: str, parsed: Parsed | None) -> tuple[Ranked, ...]:
    """The parser's ranking, led by what plain rules read."""
    ranked = parsed.acts if parsed else ()
    if parsed and ranked and ranked[0].name == OUT_OF_SCOPE and _tells(parsed):
        ranked = _telling_first(ranked)
    if ranked and ranked[0].name == RESTART and not asks_to_restart(text):
        ranked = _telling_first(ranked)
    if ranked and ranked[0].name == GO_BACK and not is_command(text):
        ranked = _telling_first(ranked)
    if ranked and ranked[0].name == ABOUT_ONESELF and _OTHERS.search(text):
        ranked = _telling_first(ranked)
    plain = plain_act(text, ranked[0].name if ranked else None) if text.strip() else None
    if plain is not None:
        return (Ranked(plain, 1.0), *ranked)
    sure = _sure(ranked, len(text.split()))
    odd = odd_act(text) if sure and sure[0].name == OUT_OF_SCOPE else None
    return (Ranked(odd, 1.0), *sure) if odd else sure


def _sure(ranked: tuple[Ranked, ...], words: int) -> tuple[Ranked, ...]:
    """The ranking, led by telling where no other act is sure enough. Danger is told: it is heard beside the acts."""
    best = ranked[0] if ranked else None
    floor = (
        max(ACT_FROM.get(best.name, ANY_ACT_FROM), LONG_ACT_FROM if words >= LONG else 0.0) if best else 0.0
    )
    if best is None or (best.confidence >= floor and best.name != DANGER):
        return ranked
    return _telling_first(ranked)


def _tells(parsed: Parsed) -> bool:
    """Whether a message tells of a worry so surely (“attendance is 80%”) that it is not about something else."""
    return bool(parsed.categories) and parsed.categories[0].confidence >= SURE


def _telling_first(ranked: tuple[Ranked, ...]) -> tuple[Ranked, ...]:
    telling = [one for one in ranked if one.name == TELL]
    return (*telling, *(one for one in ranked if one.name != TELL))
