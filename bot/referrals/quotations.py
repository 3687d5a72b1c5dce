"""The child's own words in what staff wrote: what stands in quotation marks and is said to be spoken by the
child.

Words put into a child's mouth would be worse than words left where they stand, so a quotation is taken over
only when the sentence names the child as its speaker, and no adult could be meant.
"""

from __future__ import annotations

import re

_MARKS = re.compile(
    r"“(?P<curly>[^“”]{1,2000})”"
    r'|"(?P<straight>[^"]{1,2000})"'
    r"|(?<![\w’'])‘(?P<single>[^‘]{1,2000}?)’(?!\w)"
    r"|(?<![\w’'])'(?P<plain>[^'\n]{1,2000}?(?:\w'\w[^'\n]{0,2000}?)*)'(?!\w)"
)
_SAID = (
    r"(?:said|says|say|saying|told|tells|asked|asks|shouted|shouts|replied|answered|wrote|writes|explained|"
    r"claims|claimed|states|stated|screamed|whispered|whispers|mumbled|cried|goes|disclosed|announced)"
)
_VERB = re.compile(rf"\b{_SAID}\b", re.IGNORECASE)
_AFTER = re.compile(
    rf"[\s,]*(?:(?P<first>[A-Za-z]+) {_SAID}|{_SAID} (?:the |a |my )?(?P<last>[A-Za-z]+))\b"
    r"|\s*[-–—]\s*(?P<signed>[A-Z][a-z]+)\b(?=[,.\s]|$)"
)
_OF_ONESELF = re.compile(r"\b(?:i|i'm|i've|im|ive|me|my|mine|myself)\b", re.IGNORECASE)
_CHILD = {"child", "boy", "girl", "lad", "pupil", "student", "kid", "daughter", "son"}
_SHE_ADULTS = {
    *("mum", "mam", "mom", "mother", "mummy", "stepmum", "stepmother", "nan", "nana", "gran", "grandma"),
    *("granny", "grandmother", "aunt", "auntie", "girlfriend", "wife", "miss", "mrs", "ms", "woman", "lady"),
}
_HE_ADULTS = {
    *("dad", "father", "daddy", "stepdad", "stepfather", "grandad", "grandfather", "uncle", "boyfriend"),
    *("husband", "sir", "mr", "man", "landlord"),
}
_ANY_ADULTS = {
    *(
        "parent",
        "parents",
        "carer",
        "carers",
        "partner",
        "teacher",
        "ta",
        "colleague",
        "head",
        "dsl",
        "nurse",
    ),
    *("doctor", "worker", "neighbour", "coach", "staff", "i", "we", "they", "you"),
}
_ADULTS = _SHE_ADULTS | _HE_ADULTS | _ANY_ADULTS
_NOBODY = "-"
_PRONOUNS = {"she": _SHE_ADULTS | _ANY_ADULTS - {"i", "we"}, "he": _HE_ADULTS | _ANY_ADULTS - {"i", "we"}}
_NO_NAMES = {
    *(
        "the",
        "then",
        "and",
        "but",
        "when",
        "after",
        "today",
        "yesterday",
        "this",
        "that",
        "year",
        "also",
        "has",
    ),
    *("it", "so", "now", "in", "at", "on", "as", "my", "our", "his", "her", "a", "just", "who"),
}
_LISTENERS = {
    *(
        "me",
        "us",
        "him",
        "them",
        "her",
        "his",
        "my",
        "our",
        "their",
        "the",
        "a",
        "to",
        "this",
        "that",
        "it",
        "in",
    ),
    *(
        "class",
        "teacher",
        "ta",
        "mentor",
        "friend",
        "friends",
        "staff",
        "mum",
        "dad",
        "sir",
        "miss",
        "out",
        "loud",
    ),
    *("straight", "again", "then", "back", "nurse", "lunch", "today", "yesterday"),
}
_OPENING = 3  # an adult among so many first words of a sentence is whom the sentence is about
_NEAR = 4  # a speaker stands at most so many words before the verb, and the quotation as many after it


def quotations(text: str) -> list[str]:
    """The quotations that the text says the child spoke, word for word, each once.

    Everything else in quotation marks (what an adult said, what somebody calls something, what a message
    says) is left where it stands.
    """
    plain = without_quotations(text)
    found = [
        next(group for group in match.groups() if group is not None)
        for match in _MARKS.finditer(text)
        if _child_speaks(plain[: match.start()], match.group(), plain[match.end() : match.end() + 60])
    ]
    return list(dict.fromkeys(words for words in found if words.strip()))


def without_quotations(text: str) -> str:
    """The text with blanks in place of every quotation, so that places in it stay the same."""
    return _MARKS.sub(lambda match: " " * len(match.group()), text)


def _child_speaks(before: str, quoted: str, after: str) -> bool:
    *earlier, sentence = re.split(r"[.!?](?:\s|$)|\n", before[-600:])
    previous = next((one for one in reversed(earlier) if one.strip()), "")
    speaker = _speaker_before(sentence) or _speaker_after(after)
    if verbs := list(_VERB.finditer(sentence)):
        sentence = sentence[: verbs[-1].start()]  # “he told TA”: who listens is not whom it is about
    if not speaker and not sentence.strip() and _OF_ONESELF.search(quoted.replace("’", "'")):
        # “She told me while we were painting. ‘Gary burned me’”: who has begun to tell, tells of themself.
        return _is_child(_teller(previous), previous, "")
    return _is_child(speaker, sentence, previous)


def _speaker_before(sentence: str) -> str:
    """Who speaks in "she told me “…”": nobody, where more than a listener stands between."""
    verbs = list(_VERB.finditer(sentence))
    if not verbs:
        return ""
    between = _words(sentence[verbs[-1].end() :])
    if len(between) > _NEAR or not all(_listens(word) for word in between) or between[-1:] == ["to"]:
        return _NOBODY
    near = _words(sentence[: verbs[-1].start()])[-_NEAR:]
    for place in range(len(near) - 1, -1, -1):
        word, title = near[place], near[place - 1].lower() if place else ""
        if word.lower() in _ADULTS | _CHILD | set(_PRONOUNS):
            return word
        if word[0].isupper() and word[1:].islower() and word.lower() not in _NO_NAMES:
            return title if title in _ADULTS else word
    return _NOBODY


def _teller(sentence: str) -> str:
    """Who tells in a sentence that only says that somebody told: nobody, where it says what was told."""
    verbs = list(_VERB.finditer(sentence))
    return (_speaker_before(sentence[: verbs[0].end()]) or _NOBODY) if len(verbs) == 1 else _NOBODY


def _speaker_after(after: str) -> str:
    """Who speaks in "“…”, she said" or "“…” said the boy"."""
    match = _AFTER.match(after)
    return (match["first"] or match["last"] or match["signed"]) if match else ""


def _is_child(speaker: str, sentence: str, previous: str) -> bool:
    who = speaker.lower()
    if not who or who in _ADULTS or speaker == _NOBODY:
        return False
    if who in _PRONOUNS:
        return not _about(sentence, _PRONOUNS[who]) and not _about(previous, _PRONOUNS[who])
    return who in _CHILD or (speaker[0].isupper() and who not in _NO_NAMES)


def _about(sentence: str, adults: set[str]) -> bool:
    """Whether a sentence opens with one of these adults, so that "she" or "he" may mean them."""
    return any(word.lower() in adults for word in _words(sentence)[:_OPENING])


def _listens(word: str) -> bool:
    """Whether a word may stand between "told" and what was said: who listened, or how it was said."""
    return word.lower() in _LISTENERS or word.lower().endswith("ly")


def _words(text: str) -> list[str]:
    return re.findall(r"[A-Za-z]+", text)
