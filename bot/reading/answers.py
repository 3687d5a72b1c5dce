"""What a message answers to the question that is open. Nothing is taken from a mere piece of a word."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from bot.dialogue.understanding import AnswerRead
from bot.reading.ages import ages, bare_number, fitting, is_about_age
from bot.reading.language import word_list
from bot.reading.plain_no import is_plain_no, says_no_danger
from bot.thresholds import NONE_OF_THESE, NOT_KNOWN, NOT_SURE, Question, Value

_NOT_KNOWN = re.compile(
    r"\b(?:(?:the )?school|we|nobody(?: here)?|no[- ]?one(?: here| in school| at school)?|none of us|staff)\s+"
    r"(?:really |honestly |just |still |here |in school )*(?:do ?n[o']?t|does ?n[o']?t|dont|doesnt|wouldn'?t|can'?t|haven'?t (?:a|been)|know|knows|has no|have no|has not|have not)\b(?:\s*(?:actually |really )?(?:know\b|been told|asked|say|tell|idea|way of knowing|record))?"
    r"|\bnot known(?: to (?:us|school|the school))?\b|\bunknown\b|\bnot (?:been )?told\b|\bwe(?:'ve| have) not been told\b|\bno way (?:of|to) know",
    re.I,
)
_WE_KNOW = re.compile(r"\bwe (?:know|do know|can't say|knows)\b|\bschool knows\b", re.I)
_NOT_SURE = re.compile(
    r"\b(?:dunno|d'no|du?nno|idk|don'?t (?:really |actually |honestly )?(?:know|remember|recall)|dont (?:really )?know|do not know|not (?:\w+ )?(?:sure|certain|clear)|unsure|uncertain|no idea|no clue|not a clue|haven'?t a clue|can'?t (?:say|tell|remember|be sure)|cant (?:say|tell|remember)|couldn'?t (?:say|tell)|hard to (?:say|tell)|might be|might have|possibly|perhaps|maybe|who knows|your guess|couldn't tell you|i'?d have to check|would have to check|need to check)\b|^\W*\?+\W*$",
    re.I,
)
# “She is” says yes; “she is with me in the office” tells.
_AND_NO_MORE = r"\W*$|\s*[,.;:!–-]|\s+(?:but|and|yes|sadly|unfortunately|i think|though|too|already|still|now|today|currently)\b"
_YES = re.compile(
    r"^\W*(?:oh |well |um+ |er+ |erm |so |ok |okay |and |i think |i believe |actually |hi |sorry )*"
    r"(?:y(?! (?:r |do |are |would |did )?(?:u|you)\b)|ye|yes|yeah|yea|yeh|yh|yep|yup|yas|yess+|aye|correct|right|indeed|(?:definitely|absolutely|certainly|of course|sure)(?! not\b)|afraid so|sadly yes|true|exactly|affirmative|100%|think so|i think so|i believe so|i'?m afraid so|unfortunately yes|(?:he|she|they|it) can walk|(?:he|she|they|it) (?:does|do|is|are|has|have|was|were|did|can)(?="
    + _AND_NO_MORE
    + r")|that'?s right)\b(?!\s*(?:,\s*)?but no\b)",
    re.I,
)
_NO = re.compile(
    r"^\W*(?:oh |well |um+ |er+ |erm |so |ok |okay |and |i think |actually |sorry |thankfully |luckily )*"
    r"(?:n|no(?! (?:account|explanation|reason|story|injur\w+|marks?|bruis\w+)\b)|nah|nope|naw|noo+|nay|negative|never|not at all|not that (?:i|we) (?:know|am aware|are aware|can see|could see|saw)(?: of)?|not really|definitely not|absolutely not|certainly not|i don'?t think so|don'?t think so|i doubt it|not (?:now|yet|any ?more|today|since|at the moment|currently|right now)|none|no one|nothing|(?:he|she|they|it) (?:does ?n'?t|do ?n'?t|is ?n'?t|are ?n'?t|has ?n'?t|have ?n'?t|was ?n'?t|were ?n'?t|did ?n'?t|can'?t|cannot|is not|does not|has not))\b",
    re.I,
)
_BOTH_WAYS = re.compile(
    r"^\W*(?:y|ye[sahp]*|yup)\W+(?:\w+\W+){0,3}?(?:no|nope|nah)\b|^\W*(?:no+|nope|nah)\W+(?:\w+\W+){0,3}?(?:yes|yeah|yep|think so)\b",
    re.I,
)
_NONE = re.compile(
    r"^\W*(?:(?:no|nah|nope|na)[,.]? )?(?:no(?:ne|pe|thing)?|nah|none of (?:these|those|them|the above|that)|nothing(?: like that| else| of that| that i know| i know of)?|none that (?:i|we) know(?: of)?|neither(?: of (?:these|those|them))?|no(?: to)? (?:all|any|either)(?: of (?:these|those|them|that))?|not any of (?:these|those|them)|no(?:,| )+(?:none|nothing).*|no to all.*|not that (?:i|we) (?:know|am aware|are aware).*)\W*$",
    re.I,
)
_ALL = re.compile(
    r"^\W*(?:all(?: of (?:them|these|those|it|the above))?|every(?:thing| one)|both(?: of (?:them|these))?|yes(?:,| )+(?:all|both)(?: of (?:them|these))?)\W*$",
    re.I,
)
_NEGATED = re.compile(
    r"\b(?:not|no|never|without|n't|isn'?t|wasn'?t|didn'?t|doesn'?t|hasn'?t|don'?t|nor|neither|except|apart from|rather than|instead of)\b(?:\s+\S+){0,2}\s*$",
    re.I,
)
_SMALL = word_list("small_words")
_WEAK = word_list("weak_words")
_ASIDE_IN_LABEL = re.compile(r"\([^)]*\b(?:not|even)\b[^)]*\)", re.I)
_COUNTED = re.compile(
    r"\d+ (?:\w+ )?(?:kids|people|children|boys|girls|of (?:them|us)|bruises|marks|lads|staff|others|in \w+)\b",
    re.I,
)
_SAFE = re.compile(
    r"^(?!\W*(?:is|are)\b)(?=.*\b(?:he|she|they|it|all|both|everyone|child|kids?)(?:'?s|'?re| is| are)\b)"
    r"[^?]*\b(?:safe|fine|ok|okay|alright|good)\b[^?]*$",
    re.I,
)
"""“He's fine, in class with me”, asked whether a child is in danger: a no without the word."""
_SOMEBODY_ELSE = re.compile(
    r"\b(?:sister|brother|sibling|cousin|twin|mum|dad|friend|nan|boyfriend|girlfriend|baby|uncle|aunt\w*)s?\b",
    re.I,
)
DANGER = "danger_now"
"""The question whether a child is in danger now."""
TWO = 2
"""Options of which “both” means all."""
_LONGEST_ANSWER = 40
"""Words: a longer message tells, it does not answer, unless it begins with a plain yes or no."""


def read_answer(text: str, question: Question) -> AnswerRead | None:
    """The answer in the message, or None when the message does not fit the question."""
    words = text.split()
    if not words:
        return None
    reading: Value | None = _unknown(text, question, len(words))
    if reading is None:
        reading = _many(text, question) if question.kind == "many" else _one(text, question)
    if question.id == DANGER and reading == "no" and not is_plain_no(text):
        return None
    if question.id == DANGER and reading is None and is_plain_no(text):
        reading = "no" if says_no_danger(text) or _SAFE.search(text) else None
    return AnswerRead(reading, text) if reading is not None else None


def _unknown(text: str, question: Question, length: int) -> str | None:
    """“Dunno” is not sure; “the school doesn't know” is not known. Said beside a plain yes or no, it is neither."""
    if (
        length > 15
        or (is_about_age(question.options) and re.search(r"\d", text))
        or (
            (_YES.search(text) or _NO.search(text))
            and not re.match(r"\W*no (?:idea|clue|way of)", text, re.I)
        )
    ):
        return None
    if _NOT_KNOWN.search(text) and not _WE_KNOW.search(text) and not _labels(text, question):
        return NOT_KNOWN
    if _NOT_SURE.search(text) and not _labels(text, question):
        return NOT_SURE
    return None


def _one(text: str, question: Question) -> str | None:
    whole = _whole(text.lower(), question)
    if whole and len(text.split()) <= _LONGEST_ANSWER:
        return max(whole, key=lambda value: len(question.options[value]))
    if is_about_age(question.options):
        return _age(text, question)
    named = _labels(text, question)
    if _YES.search(text) or _NO.search(text):
        if _BOTH_WAYS.search(text):
            return None  # “yeah no”, “yes i mean no”: asked again
        side = _side(question, yes=bool(_YES.search(text)))
        if len(side) == 1:
            return side[0]
        both = [value for value in named if value in side]
        return both[0] if len(both) == 1 else None
    if len(text.split()) > _LONGEST_ANSWER:
        return None
    return named[0] if len(named) == 1 else None


def _many(text: str, question: Question) -> Value | None:
    if says_none(text):
        return frozenset({NONE_OF_THESE})
    if _ALL.match(text) and (len(question.options) == TWO or not re.search(r"\bboth\b", text, re.I)):
        return frozenset(question.options)
    if len(text.split()) > _LONGEST_ANSWER:
        return None
    named = _labels(text, question)
    if not named and _YES.search(text) and len(question.options) == 1:
        named = list(question.options)
    return frozenset(named) if named else None


def says_none(text: str) -> bool:
    """Whether a message plainly denies a whole list: “nah, she's fine” and “not at the moment” do not."""
    return _NONE.match(text) is not None


def _age(text: str, question: Question) -> str | None:
    """Ages and school years; a bare number counts only in a short answer."""
    span = ages(text)
    if span is None and _SOMEBODY_ELSE.search(text):
        return None  # “sister is 3”
    either = re.search(r"\b(\d{1,2}) ?(?:or|to|-|/) ?(\d{1,2})\b", text)
    if span is None and either and not _COUNTED.search(text):
        span = (min(map(float, either.groups())), max(map(float, either.groups())))
    if span is None and len(text.split()) <= 8 and not re.search(r"\b(?:times|days|weeks|£|%|hours)\b", text):
        months = re.search(r"\b(\d+|[a-z]+) ?(?:months?|mths?|weeks?|days?)\b", text, re.I)
        bare = bare_number(text)
        if months:
            span = (
                (0.5, 0.5)
                if "month" not in months.group().lower() or (bare or 1) < 12
                else ((bare or 12) / 12,) * 2
            )
        elif bare is not None and bare <= 20 and not _COUNTED.search(text):
            span = (bare, bare)
    if span is None:
        return None
    youngest, oldest = span
    exact = fitting(question.options, youngest, oldest)
    if exact is None and youngest != oldest:
        # A school year spans two bands: the younger one, where harm weighs more; the person sees and can change it.
        exact = fitting(question.options, youngest, youngest)
    return exact


def _side(question: Question, *, yes: bool) -> list[str]:
    """Options that a plain yes, or a plain no, means."""
    start = "yes" if yes else "no"
    wanted = [
        value
        for value, label in question.options.items()
        if value == start or re.match(rf"{start}\b(?!\s+(?:account|injury|idea|one)\b)", label, re.I)
    ]
    exact = [value for value in wanted if value == start]
    return exact or wanted


def _labels(text: str, question: Question) -> list[str]:
    """Options whose own words stand in the message: the whole label, or every word of a distinguishing part of it."""
    said = _stems(text)
    lowered = text.lower()
    whole = _whole(lowered, question)
    scored = {value: _share(value, question, said, lowered) for value in question.options}
    named = [value for value, share in scored.items() if share >= 1.0 or value in whole]
    if question.kind == "one" and len(named) > 1:
        best = max(len(_distinct(value, question)) for value in named)
        named = [value for value in named if len(_distinct(value, question)) == best]
    return named


def _whole(lowered: str, question: Question) -> list[str]:
    """Options whose whole label, or whose name in the pack, stands in the message."""
    return [
        value
        for value, label in question.options.items()
        if _says(lowered, label)
        or (_is_telling(value, question) and _says(lowered, value.replace("_", " ")))
        or _says_no_such(lowered, label)
    ]


def _says(lowered: str, phrase: str) -> bool:
    phrase = phrase.lower().strip(" .")
    if len(phrase) < 4 or phrase in ("yes", "no", "none"):
        return False
    match = re.search(rf"(?<!\w){re.escape(phrase)}(?!\w)", lowered)
    return match is not None and not _NEGATED.search(lowered[: match.start()])


def _is_telling(value: str, question: Question) -> bool:
    """Whether an option's name in the pack tells it from the others: “mark” does not where three labels say it."""
    others = (_plain(label) for other, label in question.options.items() if other != value)
    return len(value) > 3 and not any(
        _label_stems(value.replace("_", " ")) & _label_stems(label) for label in others
    )


def _says_no_such(lowered: str, label: str) -> bool:
    """“No account, he just shrugged” says “No account was given”."""
    start = re.match(r"no (?!or\b|not\b|also\b)\w{4,}", label.lower())
    return start is not None and re.search(rf"\b{re.escape(start.group())}\b", lowered) is not None


def _share(value: str, question: Question, said: frozenset[str], lowered: str) -> float:
    """Best share of an alternative of the label (“ear, neck, chest”) that the message says, unnegated."""
    best = 0.0
    for alternative in _alternatives(question.options[value]):
        words = _label_stems(alternative) - _shared(question)
        if _tells(words) and words <= said and not _is_negated(words, lowered):
            best = 1.0
    distinct = _distinct(value, question)
    if _tells(distinct) and not _is_negated(distinct, lowered):
        best = max(
            best,
            len(distinct & said) / max(2, len(distinct)) if len(distinct) > 2 else float(distinct <= said),
        )
        if len(distinct) > 3 and len(distinct & said) >= 3:
            best = 1.0
    return best


def _tells(words: frozenset[str]) -> bool:
    """Whether words may name an option: one weak word alone (“mum is at work”) never ticks anything."""
    return len(words) > 1 or bool(words - _WEAK)


def _is_negated(words: Iterable[str], lowered: str) -> bool:
    for word in words:
        match = re.search(rf"\b{re.escape(word)}", lowered)
        if match and _NEGATED.search(lowered[: match.start()]):
            return True
    return False


def _alternatives(label: str) -> list[str]:
    parts = re.split(r",|;|\(|\)|\bor\b|\band\b|:", _plain(label))
    return [part for part in parts if part.strip()]


def _plain(label: str) -> str:
    """A label without what it sets aside: “A member of staff (not the DSL and not the head)” names neither."""
    return _ASIDE_IN_LABEL.sub("", label)


def _distinct(value: str, question: Question) -> frozenset[str]:
    return _label_stems(_plain(question.options[value])) - _shared(question)


def _shared(question: Question) -> frozenset[str]:
    """Words that several options use tell none of them apart."""
    seen: dict[str, int] = {}
    for label in question.options.values():
        for word in _label_stems(_plain(label)):
            seen[word] = seen.get(word, 0) + 1
    return frozenset(word for word, times in seen.items() if times > 1)


@lru_cache(maxsize=10_000)
def _label_stems(label: str) -> frozenset[str]:
    """The same of words of a pack, which come again with every message. What staff say is never kept so."""
    return _stems(label)


def _stems(text: str) -> frozenset[str]:
    words = re.findall(r"[a-z']+|\d+", text.lower().replace("’", "'"))
    return frozenset(_stem(word) for word in words if word not in _SMALL)


def _stem(word: str) -> str:
    word = word.removesuffix("'s")
    for ending in ("ing", "ies", "ed", "es", "s"):
        stem = word.removesuffix(ending)
        if stem != word and len(stem) >= 3:
            return stem + "y" if ending == "ies" else stem
    return word
