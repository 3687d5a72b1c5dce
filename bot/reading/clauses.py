"""Who a sentence speaks of, and whether it denies: read from spaCy's parse of it.

“His brother has a bruise” is no bruise of the child; “no social worker” is none; “mum said dad hit him” makes nobody
fear mum. What the parse leaves open counts for the child and as told: it may raise advice, never lower it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from bot.reading.language import parsed, word_list

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

CHILD, GROWN_UP, OTHER_CHILD, NOBODY = "child", "grown_up", "other_child", "nobody"
"""Of whom something is told."""
_GROWN_UPS = word_list("grown_ups")
_OTHER_CHILDREN = word_list("other_children")
_NOBODY = frozenset({"nobody", "noone", "none", "nothing"})
_NO = frozenset({"no", "any", "neither", "zero"})
_CHILDS = frozenset(
    {"he", "she", "him", "her", "his", "they", "them", "their", "i", "me", "my", "child", "girl", "boy"}
)
_SUBJECTS = frozenset({"nsubj", "nsubjpass"})
_STAND_IN = "Alex"
"""What a redacted name is parsed as: brackets lead the parser astray."""
_NAME = re.compile(r"\[[A-Z]+\]")
_SHOWS = word_list("verbs_that_show")
"""Verbs whose denial denies what they bring: “hasn't got a mark”, not “won't explain a mark”."""
_HAVING = word_list("verbs_of_having")
"""Verbs whose subject has what they bring."""
_DENYING = frozenset({"without", "denies", "denied", "denying", "deny"})
_LONGEST_WAY = 6


def speaks_of(sentence: str, pattern: re.Pattern[str]) -> frozenset[str]:
    """Of whom everything is told that the pattern finds in the sentence; denied things are told of nobody.

    Empty where the pattern finds nothing.
    """
    if not pattern.search(sentence):
        return frozenset()
    doc = _grammar(sentence)
    found = set()
    for match in pattern.finditer(doc.text):
        span = doc.char_span(*match.span(), alignment_mode="expand")
        if span is not None and len(span):
            found.add(_of_whom(span.root))
    return frozenset(found)


def _grammar(sentence: str) -> Doc:
    return parsed(_NAME.sub(_STAND_IN, sentence.replace("’", "'")))


def doers(sentence: str, deeds: re.Pattern[str]) -> tuple[str, ...]:
    """Who does what the pattern finds, each in the sentence's own words: of “mum said dad hit him” dad alone."""
    if not deeds.search(sentence):
        return ()
    doc = _grammar(sentence)
    found: dict[str, None] = {}
    for match in deeds.finditer(doc.text):
        span = doc.char_span(*match.span(), alignment_mode="expand")
        if span is None or not len(span) or not _is_verb(span.root) or _denied(span.root):
            continue
        doer = _by_whom(span.root) or _subject(span.root)
        if doer is not None and not any(one.dep_ == "nsubjpass" for one in span.root.children if one is doer):
            found.update(dict.fromkeys(_named(one) for one in (doer, *doer.conjuncts)))
    return tuple(found)


def _by_whom(verb: Token) -> Token | None:
    """“Hit by dad”."""
    by = next((one for one in verb.children if one.dep_ == "agent"), None)
    return next((one for one in by.children if one.dep_ == "pobj"), None) if by is not None else None


def _named(person: Token) -> str:
    """A person with what stands before the noun: “her mum's new boyfriend”."""
    start = min(one.i for one in (person, *(part for part in person.lefts for part in part.subtree)))
    return person.doc[start : person.i + 1].text


def _of_whom(token: Token) -> str:
    """Of several (“his brother and [NAME]”) the child counts."""
    if _denied(token):
        return NOBODY
    owner = _owner(token)
    if owner is None:
        return CHILD
    kinds = [_kind(one) for one in (owner, *owner.conjuncts)]
    return CHILD if CHILD in kinds else kinds[0]


def _kind(token: Token) -> str:
    """What sort of person a word names; of “her cousin Alex”, the cousin."""
    words = {token.lower_} | {one.lower_ for one in token.children if one.dep_ in ("appos", "compound")}
    if token.dep_ == "appos":
        words.add(token.head.lower_)
    if words & _OTHER_CHILDREN:
        return OTHER_CHILD
    return GROWN_UP if words & _GROWN_UPS else CHILD


def _owner(token: Token) -> Token | None:
    """Whose it is: the noun that it belongs to, is on, or is done to; else who has it. None: it is left open."""
    for one in _up(token):
        if _is_verb(one):
            if one is token:
                return _done_to(one)
            return _dative(one) or (_subject(one) if _has(one) else None)
        belongs = next(
            (own for own in one.children if own.dep_ == "poss" and own.lower_ not in _CHILDS), None
        )
        if belongs is not None and _kind(belongs) != CHILD:
            return belongs
        if (on := _on_whom(one)) is not None:
            return on
    return None


def _has(verb: Token) -> bool:
    """“Mum has a black eye”, but “mum left a mark”: that is on somebody else."""
    return verb.lower_ in _HAVING


def _is_verb(token: Token) -> bool:
    return token.tag_.startswith(("VB", "MD"))


def _up(token: Token) -> Iterator[Token]:
    """The word and those that it hangs on, up to its verb."""
    for _ in range(_LONGEST_WAY):
        yield token
        if _is_verb(token) or token.head is token:
            return
        token = token.head


def _on_whom(token: Token) -> Token | None:
    """“A bruise on mum”, “a mark on him”, “a cut to his brother's arm”; “on his arm” leaves open whose."""
    for preposition in (
        one for one in token.children if one.dep_ == "prep" and one.lower_ in ("on", "of", "to")
    ):
        for place in (one for one in preposition.children if one.dep_ == "pobj"):
            owner = next((own for own in place.children if own.dep_ == "poss"), place)
            if _kind(owner) != CHILD or place.lower_ in _CHILDS:
                return owner
    return None


def _done_to(verb: Token) -> Token | None:
    """To whom a deed is done; “himself” is who does it."""
    one = next((one for one in verb.children if one.dep_ in ("dobj", "nsubjpass", "dative")), None)
    return _subject(verb) if one is not None and one.lower_.endswith(("self", "selves")) else one


def _dative(verb: Token) -> Token | None:
    return next((one for one in verb.children if one.dep_ == "dative"), None)


def _subject(verb: Token) -> Token | None:
    """The subject of a clause; “who” stands for the noun before it, and a clause without one has its neighbour's."""
    for _ in range(_LONGEST_WAY):
        for one in verb.children:
            if one.dep_ in _SUBJECTS and one.tag_ != "EX":
                return _antecedent(one, verb) if one.lower_ in ("who", "that", "which") else one
        if verb.dep_ not in ("conj", "xcomp", "aux", "auxpass", "acomp") or verb.head is verb:
            return None
        verb = verb.head
    return None


def _antecedent(who: Token, verb: Token) -> Token | None:
    if verb.dep_ == "relcl":
        return verb.head
    before = [one for one in who.doc[: who.i] if one.tag_.startswith("NN")]
    return before[-1] if before else None


def _denied(token: Token) -> bool:
    """Whether the thing, or the clause that brings it, is denied. “He won't explain the bruise” denies no bruise."""
    verb = None
    for one in _up(token):
        if any(own.lower_ in _NO for own in one.children if own.dep_ in ("det", "neg", "advmod", "amod")):
            return not _turned(token, one)
        if one.dep_ == "pobj" and one.head.lower_ in _DENYING:
            return True
        if _is_verb(one):
            verb = one
            break
    if verb is None:
        return False
    if any(one.lower_ in _NOBODY for one in verb.children if one.dep_ in _SUBJECTS):
        return True
    if verb.dep_ in ("xcomp", "pcomp", "ccomp", "dobj") and verb.head.lower_ in _DENYING:
        return True
    negated = any(one.dep_ == "neg" for one in verb.children)
    return negated and (verb is token or (verb.lower_ in _SHOWS and not _is_known(token)))


def _turned(token: Token, denied: Token) -> bool:
    """“No bruises but a cut”: what stands behind “but” is told."""
    return token is not denied and any(one.lower_ == "but" for one in denied.children if one.dep_ == "cc")


def _is_known(token: Token) -> bool:
    """“The bruise” is there, whatever is denied about it."""
    return any(
        one.lower_ in ("the", "that", "this", "these", "those") for one in token.children if one.dep_ == "det"
    )
