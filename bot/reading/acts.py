"""Dialogue acts that plain rules read: finer than the parser's, or so plain that no parser is needed.

A strict rule must fit the whole message; then it holds whatever the parser says, also while that is down. A
loose one only tells apart what the parser took for a question on the way.
"""

from __future__ import annotations

import re
from functools import lru_cache

from bot.dialogue.aside_words import GLOSSARY
from bot.reading.language import dictionary, word_list

ON_THE_WAY = frozenset(
    {
        "ask_why",
        "ask_threshold",
        "ask_consent",
        "ask_out_of_hours",
        "ask_early_help",
        "ask_status",
        "human_handoff",
        "out_of_scope",
    }
)
"""Acts of the parser that a loose rule may tell apart."""

_FILLERS = r"(?:(?:ok(?:ay)?|so|and|but|sorry|wait|hang on|um+|er+m?|well|please|also|btw|actually)[,.]? )*"
_ADULT = (
    r"(?:(?:a|my|our|one of (?:my|our|the)|another|the) (?:\w+ )?)(?:coll?[ea]+gues?|co-?workers?|members? of staff|staff|"
    r"teachers?|ta|tas|teaching assistants?|head ?teacher|head|deputy head|dsl|sports coach|volunteers?|supply teacher|"
    r"midday supervisor|dinner lady|caretaker)"
)
_SHORT_FOR_SOMETHING = "|".join(
    re.escape(term)
    for term in GLOSSARY
    if term.isupper()
    or term.startswith(("section", "non-mol", "strategy", "lead", "grooming", "county lines"))
)
_WHOM_TO_TELL = r"(?:the |my |our |a )?(?:head(?: ?teacher)?|deputy(?: head)?|dsl|ddsl|safeguarding lead|line manager|chair(?: of governors)?|governors?)"
_HURT_MYSELF = (
    r"(?:my (?:husband|wife|partner|ex|boyfriend|girlfriend)(?: (?:\w+ ){0,2}(?:hit|hits|beats?|hurts?|punche[sd]|kick(?:s|ed)?|strangled|"
    r"threatens|raped|rapes)| (?:is|keeps|was) (?:hitting|hurting|beating|threatening)) me"
    r"|(?:i'?m|i am|im|i was|i got|i get) (?:being |getting )?(?:hit|beaten|hurt|abused|raped|strangled) by my (?:husband|wife|partner|ex|boyfriend|girlfriend))"
)
_HOW_FAR = r"(?:a|one|two|three|four|five|[1-5])"
_STRICT = {
    "ask_photo": r"(?:(?:can|could|may|should|shall|must|do) (?:i|we) |is it (?:ok|okay|alright) to |do i need to )?"
    r"(?:take|taking|get|send|attach|upload) (?:a |some |any )?(?:photos?|pictures?|pics?|photographs?)\b.{0,60}",
    "ask_meaning": rf"w(?:h?a|o)ts?(?:'?s| is| are| does)? (?:an? |the |meant by )?(?:{_SHORT_FOR_SOMETHING})s?(?: plan| stand for| short for| again)*",
    "go_back": rf"(?:can (?:i|we) |i want to |let'?s |let me )?(?:go|step) back(?: {_HOW_FAR}(?: (?:steps?|questions?))?)?(?: please)?"
    rf"|back {_HOW_FAR} (?:steps?|questions?)(?: please)?|undo(?: that)?|(?:the )?(?:previous|last) question(?: again)?(?: please)?",
    "restart": r"(?:can (?:i|we) |i want to |let'?s |let me )?(?:start (?:again|over)|restart|begin again)(?: please)?",
    "hesitates": r"h+m+|u+h*m+|e+r+m*|m+|hm+ ?(?:hm+)*|let me think|thinking",
    "wrong_child": r"(?:(?:oops|oh no|ignore (?:that|the) (?:last )?(?:message|one)|my mistake|that was|that's|thats|it's|its|about the|the"
    r"|i (?:have|'ve) got the|i got the|i meant a different)\W+)*wrong (?:child|kid|pupil|girl|boy|student|person|one)\b.{0,120}"
    r"|(?:that|this|it) (?:was|is) (?:about )?(?:a|the) different (?:child|kid|pupil|girl|boy)\b.{0,80}",
    "ask_more": r"(?:sh(?:oul|u)d|shall|can|do|could|must) i (?:be |just |now )?(?:ask|asking|question|questioning|interview|quiz|get)(?: (?:him|her|them|it|the"
    r"|child|boy|girl|pupil|\[name\]))*(?: (?:more|further|some|any|a few))*(?: (?:questions?|details?|info\w*|about (?:it|this|that)"
    r"|what happened|to (?:tell|show) me.{0,20}|again|more|anything else))*",
    "ask_named": r"(?:will|would|do|does|can) (?:they|the (?:parents?|family|mum|dad)|mum|dad|parents|[mM]ash) (?:know|find out|be told|get told|see)"
    r" (?:that )?(?:it (?:was|is|'s) (?:me|us)|who (?:\w+ ){0,3}(?:it|this|them|told|said|referred|reported)|i(?:'ve| have)? (?:told|said|reported|referred)\b.{0,20}|my name)"
    r"|(?:can|could) i (?:do (?:it|this) |refer |report (?:it )?|stay |be |remain )(?:\w+ )?anonymous(?:ly)?|is (?:it|this) anonymous",
    "ask_if_wrong": r"(?:am i|will i (?:be|get)|could i (?:be|get)|would i (?:be|get)|do i get) (?:in(?:to)? )?(?:trouble|blame|the blame|sacked|sued)\b.{0,40}"
    r"|what if (?:i'?m|i am|im|we'?re|it'?s|its) wrong(?: about (?:it|this|that))?",
    "another_child": r"(?:(?:can|could) (?:i|we) |i (?:want|need) to |there(?:'s| is| are) |it'?s )?(?:add |about )?"
    r"(?:another|a second|a new|new|second|one more|two|a different) (?:child(?:ren)?|kids?|pupils?|siblings?|brother|sister)(?: (?:too|as well|please|involved))*"
    r"|(?:(?:it'?s )?about|back to) \[name\](?: now)?|\[name\] now|(?:a )?different (?:child|kid|pupil)(?: now)?"
    r"|(?:change|switch) (?:to )?(?:the |another |a different )?(?:child|kid|pupil)|add (?:(?:his|her|their|a|the) )?(?:little |older |younger |big |baby )?(?:brother|sister|sibling)s?(?: (?:too|as well|please))?",
    "ask_why": r"y (?:r |do |are )?(?:u|you) (?:ask\w*|need\w*|want\w*)(?: .{1,20})?|why(?: (?:do|are|would) (?:you|u) (?:need to |want to |have to )?(?:know|ask\w*)(?: (?:me )?(?:this|that|it))?| (?:that|this)| is that(?: important)?)?",
    "human_handoff": r"(?:can|could|may) i (?:please )?(?:talk|speak) (?:to|with) (?:someone|somebody|a (?:human|person|real person|human being))(?: please)?"
    r"|(?:i need |please )?help(?: me)?(?: please)?"
    r"|who (?:do|should|can|must) (?:i|we) (?:tell|ring|call|phone|contact|talk to|speak to|go to|report (?:it|this|that) to)(?: (?:about )?(?:this|it|that|now|first|today|then))*",
    "about_colleague": rf"(?:what if )?(?:i'?m|i am|im) (?:\w+ )?(?:worried|concerned|uneasy|unhappy) (?:about|with) {_ADULT}(?: (?:here|too|as well|at (?:school|work)))?"
    rf"|{_ADULT} (?:worries|concerns|bothers) me(?: too| as well)?|who do i (?:tell|talk to|speak to|go to) about {_ADULT}",
    "worried_for_self": r"(?:i'?m|i am|im) (?:\w+ )?(?:worried|scared|frightened|unsafe) (?:for|about) myself"
    r"|(?:i'?m|i am|im) (?:being abused|not safe(?: at home)?|the one (?:who|that)(?: is|'s)(?: not|n'?t) safe(?: at home)?|unsafe at home)"
    r"|(?:i'?m|i am|im) (?:\w+ )?(?:scared|frightened|afraid|terrified) (?:of|for) (?:my (?:own )?(?:husband|wife|partner|ex|boyfriend|girlfriend|life|safety)|myself)\b(?:\W+\w[\w']*){0,6}"
    r"|my (?:husband|wife|partner|ex|boyfriend|girlfriend)(?: \w+)? (?:hits|hit|hurts|beats|threatens|controls|abuses|is hitting|is hurting) me\b"
    r"(?:(?! (?:he|she|they|said|says|told|pupil|girl|boy|child|children|kids?|son|daughter)\b) \w[\w']*)*"
    rf"|{_HURT_MYSELF}\b.*|(?:i'?m|i am|im|i feel) (?:\w+ )?suicidal(?: \w+){{0,3}}|i (?:want|wanna|need) to (?:die|kill myself|end it(?: all)?)"
    r"|i ca(?:n'?t|nnot) (?:go on|cope)(?: any ?more| with \w+)?|(?:i'?m|i am|im) not coping\b(?:\W+\w[\w']*){0,12}"
    r"|i (?:don'?t|do not|dont) want to (?:be here|live)(?: any ?more)?",
}
_LOOSE = {
    "ask_more": r"^(?:(?:so|and|but|ok|before i answer)\W+)*(?:sh(?:oul|u)d|shall|can|do|could|must|am|is it|would it|ok|how much|are we|im meant)\b.{0,30}"
    r"\b(?:ask(?:ing)?|question(?:ing)?|dig|push|chat with|get (?:the whole|her|him|them)|look under|go through|leading)\b"
    r".{0,25}\b(?:him|her|them|it|child|kid|sister|brother|boy|girl|pupil|yr old|hurts|story|again|more)\b",
    "ask_named": r"\b(?:my name|anonymous|know (?:that )?it was me|came from me|who (?:reported|told|raised|referred|said)|trace it)\b",
    "human_handoff": rf"\b(?:tell|telling|told|speak(?:ing)? (?:to|with)|talk(?:ing)? (?:to|with)|ask(?:ing)?|go(?:ing)? to|inform\w*|mention\w* (?:it|this) to) {_WHOM_TO_TELL}\b",
    "worried_for_self": r"\b(?:worried|scared|frightened|unsafe) (?:for|about) myself\b|\bi(?:'m| am)(?: not|n'?t)? (?:being abused|safe|ok(?:ay)? myself)\b"
    r"|\bi (?:don'?t|do not) feel safe\b|\bmyself\b.{0,20}\bat home\b",
    "about_colleague": rf"\b(?:worried|concerned|uneasy) about {_ADULT}\b|\ballegation\b|\bwhistle ?blow\w*",
    "ask_meaning": r"\b(?:what|whats)(?:'s| is| does| do| do you)?\b.*\b(?:means?|meant)\b|\bdefine\b|\bmeaning of\b",
    "after_sending": r"\bwhat (?:happens|will happen)\b|\bhappens (?:next|after)\b",
}
_RESTART = re.compile(
    r"\b(?:start|begin|reset|restart|scrap|delete|wipe|clear|cancel|new (?:concern|case|one|chat|conversation)|from (?:scratch|the (?:top|start|beginning)))",
    re.I,
)
_RESTART_WITH = re.compile(
    r"(?:ok(?:ay)?|please|sorry|can (?:we|i))?\W*(?:start (?:again|over)|restart|new (?:concern|case|worry))"
    r"\s*[,.:;!?-]+\s*\S+(?:\s+\S+){3,}",
    re.I,
)
"""“Start again, it's a girl in year 9 who …”."""
_A_CHILD = re.compile(
    r"\b(?:another|second|other|two|add)\b.*\b(?:child|children|kids?|pupils?|siblings?|brother|sister)\b",
    re.I,
)
_MEANING_ALONE = re.compile(
    rf"{_FILLERS}what(?:'?s| does| do you| is)? .{{2,60}}\b(?:mean|means|meant)\b(?: by .{{2,40}})?", re.I
)
_TERM_ALONE = re.compile(rf"(?:and |what about |sorry,? )?(?:{_SHORT_FOR_SOMETHING})", re.I)
_AFTER_ALONE = re.compile(
    rf"{_FILLERS}what (?:happens|will happen|is going to happen|happens then)(?: (?:next|then|after(?:wards| that)?))?"
    r"(?: ?(?:after|when|once|if) (?:i|we|it) (?:have |'ve )?(?:send|sent|submit\w*|refer\w*|press\w*|is sent|goes|went)\b.{0,40})?",
    re.I,
)
_WHEN_CLOSED = re.compile(r"\b(?:late|tonight|weekend|friday|holidays?|closed|out of hours|after \d)\b", re.I)
_SWEARING = re.compile(
    r"\b(?:f+u+c+k\w*|f\*+k?\w*|piss off|shit\w*|bollocks|wank\w*|bastard|bitch|idiot|stupid|useless|rubbish|crap|moron|dumb)\b",
    re.I,
)
_TO_A_MACHINE = re.compile(
    r"\b(?:ignore|disregard|forget) (?:\w+ ){0,4}(?:instructions?|rules|prompts?|above|before)\b|\bsystem prompt\b|\bjailbreak\b"
    r"|\byou are now\b|\bpretend (?:to be|you are|that you)\b|\bact as (?:a|an|if)\b|\bdeveloper mode\b|\b(?:override|bypass) (?:\w+ ){0,2}(?:rules|safety|threshold)\b",
    re.I,
)
_WORDS = re.compile(r"[a-z]+(?:'[a-z]+)?")
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_PLACEHOLDER = re.compile(r"\[[A-Z_ ]+\]")
_NODS = frozenset("👍👌✅")
_FEWEST_WORDS, _MANY_WORDS = 4, 6
_FEW_ENGLISH, _ENOUGH_ENGLISH, _CLEARLY_ENGLISH = 0.25, 0.4, 0.7
"""The share of English words below which a message of few, of many words, or one about no child is not English."""


def plain_act(text: str, act: str | None) -> str | None:
    """The act that rules read in a redacted message; ``act``: what the parser read, None while it is down."""
    said = text.replace("’", "'").strip().strip(" .!?…,;:\"'")
    if not _WORD.search(text) and not re.search(r"\d|\?", text) and not _NODS & set(text):
        return "no_words"
    if not _is_english(text, about_no_child=act == "out_of_scope"):
        return "not_english"
    for name, pattern in _patterns("strict").items():
        if pattern.fullmatch(said):
            return name
    if _RESTART_WITH.match(said):
        return "restart"
    if _MEANING_ALONE.fullmatch(said) or (text.strip().endswith("?") and _TERM_ALONE.fullmatch(said)):
        return "ask_meaning"
    if _AFTER_ALONE.fullmatch(said) and not _WHEN_CLOSED.search(said):
        return "after_sending"
    return _told_apart(said) if act in ON_THE_WAY else None


def _told_apart(said: str) -> str | None:
    for name, pattern in _patterns("loose").items():
        if pattern.search(said) and not (name == "after_sending" and _WHEN_CLOSED.search(said)):
            return name
    return None


def is_command(text: str) -> bool:
    """Whether a message is a command and no more: “go back one”, but not “mum has gone back to him”."""
    said = _WORDS.findall(text.lower().replace("’", "'"))
    return word_list("command_words").issuperset(said)


def asks_to_restart(text: str) -> bool:
    """Whether a message that the parser takes for it plainly asks to start again: it takes back what was answered."""
    return _RESTART.search(text) is not None and _A_CHILD.search(text) is None and is_command(text)


def odd_act(text: str) -> str | None:
    """What kind of message that is about no child it is, where it fits a short reply of its own."""
    if _TO_A_MACHINE.search(text):
        return "to_a_machine"
    return "abuse" if _SWEARING.search(text) else None


def _is_english(text: str, *, about_no_child: bool) -> bool:
    """Whether enough of its words may be English. Typing in a hurry is English: only what is clearly not is not."""
    words = [word.lower() for word in _WORD.findall(_PLACEHOLDER.sub(" ", text)) if len(word) > 1]
    letters = [letter for letter in text if letter.isalpha()]
    if sum(not letter.isascii() for letter in letters) * 2 > len(letters):
        return False
    enough = _ENOUGH_ENGLISH if len(words) >= _MANY_WORDS else _FEW_ENGLISH
    enough = _CLEARLY_ENGLISH if about_no_child else enough
    return len(words) < _FEWEST_WORDS or len(_known(words)) / len(words) >= enough


def _known(words: list[str]) -> list[str]:
    english, small = dictionary(), word_list("small_words")
    return [word for word in words if word in small or word in english or _root(word) & english]


def _root(word: str) -> set[str]:
    plain = word.replace("’", "'").split("'")[0]
    return {plain, *(plain.removesuffix(ending) for ending in ("s", "es", "ed", "ing", "d", "ly"))}


@lru_cache(maxsize=2)
def _patterns(which: str) -> dict[str, re.Pattern[str]]:
    chosen = _STRICT if which == "strict" else _LOOSE
    filler = _FILLERS if which == "strict" else ""
    return {name: re.compile(f"{filler}(?:{pattern})", re.I) for name, pattern in chosen.items()}
